package syntax

import (
	"slices"
	"strings"
)

// The SGR colours of source text: those of a terminal's own palette, so that
// they are readable on a light and on a dark ground.
const (
	colourKeyword = "\x1b[35m"
	colourString  = "\x1b[32m"
	colourNumber  = "\x1b[33m"
	colourComment = "\x1b[2m"
	colourNone    = "\x1b[0m"
)

// Highlight colours source text with SGR sequences; without them it is the same.
// It takes text that is still being typed.
func Highlight(text string) string {
	var out strings.Builder
	at := 0
	gap := func(to int) { // white space and comments
		between := text[at:to]
		if comment := strings.IndexByte(between, '/'); comment >= 0 {
			out.WriteString(between[:comment])
			paint(&out, colourComment, between[comment:])
			return
		}
		out.WriteString(between)
	}
	keywords := Keywords()
	for _, token := range scan(text).tokens {
		if token.start < at {
			continue
		}
		gap(token.start)
		piece := text[token.start:token.end]
		switch {
		case token.kind == word && slices.Contains(keywords, piece):
			paint(&out, colourKeyword, piece)
		case token.kind == quoted, token.kind == template, token.kind == regex:
			paint(&out, colourString, piece)
		case token.kind == number:
			paint(&out, colourNumber, piece)
		default:
			out.WriteString(piece)
		}
		at = token.end
	}
	gap(len(text))
	return out.String()
}

// paint colours a piece line by line, since a screen's lines are drawn apart.
func paint(out *strings.Builder, colour, piece string) {
	for i, line := range strings.Split(piece, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		if line != "" {
			out.WriteString(colour + line + colourNone)
		}
	}
}

// Keywords are the words of the language, sorted; some of them are so in their place only.
func Keywords() []string {
	return []string{
		"async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
		"else", "extends", "false", "finally", "for", "function", "if", "in", "instanceof", "let", "new", "null", "of",
		"return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void",
		"while", "with", "yield",
	}
}
