package syntax

import (
	"regexp"
	"testing"
)

func TestHighlight(t *testing.T) {
	tests := []struct{ text, want string }{
		{"let x = 1", "\x1b[35mlet\x1b[0m x = \x1b[33m1\x1b[0m"},
		{"query({instrument: 'mag'})", "query({instrument: \x1b[32m'mag'\x1b[0m})"},
		{"f() // why", "f() \x1b[2m// why\x1b[0m"},
		{"`a\nb`", "\x1b[32m`a\x1b[0m\n\x1b[32mb`\x1b[0m"},
		{"'open", "\x1b[32m'open\x1b[0m"},
	}
	for _, test := range tests {
		if got := Highlight(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzHighlight(f *testing.F) {
	for _, seed := range []string{"let x = `a${b}c`", "/* x", "a / b / c", "'\\", "#!x", "${", "a ?? /x/"} {
		f.Add(seed)
	}
	sgr := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	f.Fuzz(func(t *testing.T, text string) {
		if sgr.MatchString(text) {
			return
		}
		if got := sgr.ReplaceAllString(Highlight(text), ""); got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
