package api

import (
	"strings"
	"unicode/utf8"
)

// Folded breaks the rows of two columns that are wider than a screen, between words and
// within the second column; 0 is any width. An example stays whole: it is there to be
// copied.
func Folded(text string, width int) string {
	const (
		narrowest = 24 // of a second column; else it goes below the first
		below     = 6  // where it begins there
	)
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		start := secondColumn(line)
		if start < 0 || width <= 0 || utf8.RuneCountInString(line) <= width {
			out.WriteString(line + "\n")
			continue
		}
		indent := utf8.RuneCountInString(line[:start])
		row := line[:start]
		if indent > below && width-indent < narrowest {
			if name := strings.TrimRight(row, " "); name != "" {
				out.WriteString(name + "\n")
			}
			indent = below
			row = strings.Repeat(" ", indent)
		}
		first := true
		for _, word := range strings.Fields(line[start:]) {
			switch {
			case first:
			case utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width:
				out.WriteString(row + "\n")
				row = strings.Repeat(" ", indent)
			default:
				row += " "
			}
			row, first = row+word, false
		}
		out.WriteString(row + "\n")
	}
	return out.String()
}

// secondColumn is where the second column of a row of help begins, 0 for a plain
// sentence, which has one column, and -1 for an example.
func secondColumn(line string) int {
	if !strings.HasPrefix(line, "  ") {
		return 0
	}
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if indent > 2 { // the words of an option, beneath its row
		return indent
	}
	gap := strings.Index(line[indent:], "  ")
	if gap < 0 {
		return -1
	}
	rest := line[indent+gap:]
	return indent + gap + len(rest) - len(strings.TrimLeft(rest, " "))
}
