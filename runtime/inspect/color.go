package inspect

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
