package syntax

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// lines finds the line of an offset as goja does: \n, \r, \r\n, U+2028 and U+2029
// end a line.
type lines struct {
	text   string
	starts []int
}

func newLines(text string) lines {
	l := lines{text, []int{0}}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			i++
			l.starts = append(l.starts, i+1)
		case c == '\n' || c == '\r':
			l.starts = append(l.starts, i+1)
		case c == 0xE2 && isSeparator(text[i:]):
			i += 2
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// isSeparator reports whether text starts with U+2028 or U+2029.
func isSeparator(text string) bool {
	return strings.HasPrefix(text, "\u2028") || strings.HasPrefix(text, "\u2029")
}

// offset is the byte at a line and a column of bytes, both from 1.
func (l lines) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(l.starts) {
		return len(l.text)
	}
	return min(max(l.starts[line-1]+column-1, 0), len(l.text))
}

// place is the line and the column of characters, both from 1, of a byte.
func (l lines) place(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.text))
	line = sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > offset })
	return line, utf8.RuneCountInString(l.text[l.starts[line-1]:offset]) + 1
}
