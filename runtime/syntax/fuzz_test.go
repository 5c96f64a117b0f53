package syntax

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dop251/goja"
)

func seeds(f *testing.F) {
	for _, text := range []string{
		"", "{a: 1, b: 2}", "let {a, b: [c = 1, ...d], ...e} = await f(), g", "class A extends B { #x = 1; static { y } }\n(1)",
		"for (var i of await x) { var j = `a${`b${i}`}` }", "x = /[/]/g / 2 // c", "/* x */ 'a\\\nb' + \"\\u{1F600}\"",
		"try { a() } catch ({b}) { switch (c) { default: d } }", "async (a, b = (c) => d) => { await e }", "`\\", "#!x\nreturn 1",
		"a?.[0]?.b`c`", "var é = \"\xed\xa0\x80\"", "label: do x\nwhile (y) z", "'\\u{110000}'", "function* g() { yield* 1 }",
		"0, {a} = b", "}\nfoo(){", "\u2028let x\u2029", "a\r\nb c", "//# sourceMappingURL=/dev/zero", "await", "x = <!-- y", "\\u0061wait 1",
	} {
		f.Add(text)
	}
}

func FuzzIncomplete(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		if Incomplete(text) {
			if _, err := Prepare(text); err == nil && !strings.Contains(text, "await") {
				t.Errorf("%q is incomplete, but runs", text)
			}
		}
	})
}

func FuzzPrepare(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Prepare(text)
		if err != nil {
			inside(t, text, err)
			return
		}
		if utf8.ValidString(text) {
			if _, err := goja.Compile("", s.Code, false); err != nil && !strings.Contains(text, "sourceMappingURL") {
				t.Errorf("%q becomes %q: %v", text, s.Code, err)
			}
		}
		if line, column := s.Origin(1, 1); line != 1 || column != 1 {
			t.Errorf("%q: the start comes from %d:%d", text, line, column)
		}
	})
}

func FuzzRecipe(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		code, shift, err := Recipe(text)
		if err != nil {
			inside(t, text, err)
			return
		}
		if shift != strings.Index(code, "{")+1 || strings.Count(code, "\n") != strings.Count(text, "\n")+1 {
			t.Errorf("%q becomes %q, shift %d", text, code, shift)
		}
	})
}

// inside checks that an error is at a place that the text has.
func inside(t *testing.T, text string, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: %T", text, err)
	}
	l := newLines(text)
	if e.Line < 1 || e.Line > len(l.starts) || e.Column < 1 || e.Message == "" {
		t.Fatalf("%q: %+v", text, e)
	}
	line := text[l.starts[e.Line-1]:]
	if e.Line < len(l.starts) {
		line = text[l.starts[e.Line-1]:l.starts[e.Line]]
	}
	if e.Column > utf8.RuneCountInString(line)+1 {
		t.Errorf("%q: %+v", text, e)
	}
}
