package termtext

import "strings"

// Fold breaks a line between words, at blanks, so that no line of what it returns is wider
// than width columns; 0 is any width. The further lines begin with indent. A word that is
// wider by itself stays whole.
func Fold(line string, width int, indent string) string {
	if width <= 0 || Width(line) <= width {
		return line
	}
	var out strings.Builder
	column := 0
	for i, word := range strings.Split(line, " ") {
		wide := Width(word)
		switch {
		case i == 0:
		case column+1+wide > width:
			out.WriteString("\n" + indent)
			column = Width(indent)
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += wide
	}
	return out.String()
}
