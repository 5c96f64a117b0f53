package inspect

import "strings"

// style is one of node's: the SGR codes that start and end it.
type style struct{ start, end string }

func styles(kind string) style {
	switch kind {
	case "number", "boolean":
		return style{"33", "39"}
	case "string", "symbol":
		return style{"32", "39"}
	case "undefined":
		return style{"90", "39"}
	case "null":
		return style{"1", "22"}
	case "special":
		return style{"36", "39"}
	case "date":
		return style{"35", "39"}
	case "regexp":
		return style{"31", "39"}
	}
	return style{}
}

// paint colours text, if colours are wanted.
func (w *writer) paint(kind, text string) string {
	if !w.Color {
		return text
	}
	s := styles(kind)
	return "\x1b[" + s.start + "m" + text + "\x1b[" + s.end + "m"
}

// plain is text without its SGR sequences.
func plain(text string) string {
	if !strings.Contains(text, "\x1b[") {
		return text
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := strings.IndexFunc(after, func(r rune) bool { return (r < '0' || r > '9') && r != ';' })
		if end < 0 {
			return b.String()
		}
		text = after[end+1:]
	}
}
