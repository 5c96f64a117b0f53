package termtext

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Escape makes text from elsewhere safe to print: control characters (C0, DEL, C1),
// the marks that change the direction of text, line separators, and bytes that are
// no UTF-8 become visible escapes such as \x1b and \u202e. Newlines and tabs stay.
// Backslashes stay single: the result is to be read, not to be parsed.
func Escape(text string) string { return escape(text, "\n\t") }

// EscapeLine is Escape for text that has to stay on one line: newlines and tabs
// become \n and \t.
func EscapeLine(text string) string { return escape(text, "") }

// EscapeJSON is Escape for JSON text, which means the same afterwards.
func EscapeJSON(text string) string {
	if clean(text, "\n\t") {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !Unsafe(r) || r == '\n' || r == '\t':
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func escape(text, keep string) string {
	if clean(text, keep) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if high, ok := surrogate(text[i:]); ok {
				fmt.Fprintf(&b, `\u%04x`, high)
				size = 3
			} else {
				fmt.Fprintf(&b, `\x%02x`, text[i])
			}
		case Unsafe(r) && !strings.ContainsRune(keep, r):
			b.WriteString(EscapeRune(r))
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

// clean reports whether nothing has to be escaped: the usual case, made fast.
func clean(text, keep string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' && strings.IndexByte(keep, c) < 0 || c >= 0x7f {
			for _, r := range text[i:] {
				if r == utf8.RuneError || Unsafe(r) && !strings.ContainsRune(keep, r) {
					return false
				}
			}
			return true
		}
	}
	return true
}

// surrogate reads half of a surrogate pair that was encoded as if it were a character.
func surrogate(text string) (rune, bool) {
	if len(text) < 3 || text[0] != 0xED || text[1] < 0xA0 || text[1] > 0xBF || text[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F), true
}

// Unsafe reports whether a terminal may act on a character, or hide text with it.
func Unsafe(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return true
	case r < 0x061c:
		return false
	}
	return r == 0x061c || r == 0x200e || r == 0x200f || // direction marks
		r >= 0x2028 && r <= 0x202e || // line and paragraph separators, embeddings, overrides
		r >= 0x2066 && r <= 0x2069 || // isolates
		r >= 0xd800 && r <= 0xdfff || r == 0xfeff ||
		r >= 0xfff9 && r <= 0xfffb || // annotations
		r >= 0xe0000 && r <= 0xe007f // tags
}

// EscapeRune is the visible form of an unsafe character, such as \x1b.
func EscapeRune(r rune) string {
	switch r {
	case '\b':
		return `\b`
	case '\t':
		return `\t`
	case '\n':
		return `\n`
	case '\f':
		return `\f`
	case '\r':
		return `\r`
	}
	switch {
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\u{%x}`, r)
}
