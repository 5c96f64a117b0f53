package termtext

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, want, line string }{
		{"plain", "plain", "plain"},
		{"", "", ""},
		{"a\nb\tc", "a\nb\tc", `a\nb\tc`},
		{"a\r\nb", "a\\r\nb", `a\r\nb`},
		{"\x1b[31mred\x1b[0m", `\x1b[31mred\x1b[0m`, `\x1b[31mred\x1b[0m`},
		{"\x00\x07\x08\x0b\x0c\x7f", `\x00\x07\b\x0b\f\x7f`, `\x00\x07\b\x0b\f\x7f`},
		{"\u0080\u009b1m\u0085", `\x80\x9b1m\x85`, `\x80\x9b1m\x85`},
		{"\u202egpj.exe\u2066\u200f\u061c", `\u202egpj.exe\u2066\u200f\u061c`, `\u202egpj.exe\u2066\u200f\u061c`},
		{"\u2028\u2029\ufeff", `\u2028\u2029\ufeff`, `\u2028\u2029\ufeff`},
		{"\xed\xa0\xbd\xed\xb8\x80", `\ud83d\ude00`, `\ud83d\ude00`},
		{"\xff\xc3", `\xff\xc3`, `\xff\xc3`},
		{"\U000e0041", `\u{e0041}`, `\u{e0041}`},
		{`back\slash`, `back\slash`, `back\slash`},
		{"héllo 日本 😀 👩\u200d🚀 \ufffd", "héllo 日本 😀 👩\u200d🚀 \ufffd", "héllo 日本 😀 👩\u200d🚀 \ufffd"},
	} {
		if got := Escape(c.text); got != c.want {
			t.Errorf("Escape(%q) = %q", c.text, got)
		}
		if got := EscapeLine(c.text); got != c.line {
			t.Errorf("EscapeLine(%q) = %q", c.text, got)
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a\x1b\u202e\xed\xa0\x80\n")
	f.Fuzz(func(t *testing.T, text string) {
		line := EscapeLine(text)
		if !utf8.ValidString(line) || strings.ContainsFunc(line, Unsafe) {
			t.Errorf("%q becomes %q", text, line)
		}
		if again := Escape(Escape(text)); again != Escape(text) {
			t.Errorf("%q becomes %q", text, again)
		}
	})
}
