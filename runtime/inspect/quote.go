package inspect

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// quoted writes so many characters of a string as a literal that gives the same string again, and how much
// of it was left out.
func quoted(s goja.String, chars int) (text, more string) {
	n := min(s.Length(), chars)
	if n < s.Length() && utf16.IsSurrogate(rune(s.CharAt(n-1))) && s.CharAt(n-1) < 0xDC00 {
		n-- // not through the middle of a pair
	}
	runes := make([]rune, 0, n)
	for i := 0; i < n; i++ {
		r := rune(s.CharAt(i))
		if utf16.IsSurrogate(r) && i+1 < n {
			if both := utf16.DecodeRune(r, rune(s.CharAt(i+1))); both != 0xFFFD {
				r = both
				i++
			}
		}
		runes = append(runes, r) // a lone surrogate stays one
	}
	if left := s.Length() - n; left > 0 {
		more = "… " + strconv.Itoa(left) + " more " + Plural(left, "character")
	}
	return quoteRunes(runes), more
}

// quoteRunes takes the first of ' " ` that does not occur.
func quoteRunes(runes []rune) string {
	quote := '\''
	for _, q := range "'\"`" {
		if !contains(runes, q) {
			quote = q
			break
		}
	}
	var b strings.Builder
	b.WriteRune(quote)
	for i, r := range runes {
		switch {
		case r == quote || r == '\\' || quote == '`' && r == '$' && i+1 < len(runes) && runes[i+1] == '{':
			b.WriteByte('\\')
			b.WriteRune(r)
		case termtext.Unsafe(r):
			b.WriteString(termtext.EscapeRune(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteRune(quote)
	return b.String()
}

func contains(runes []rune, wanted rune) bool {
	for _, r := range runes {
		if r == wanted {
			return true
		}
	}
	return false
}

// Plural is the noun for a number of things: item or items.
func Plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
