package editor

import (
	"strings"
	"testing"
)

func TestScreens(t *testing.T) {
	tests := []struct {
		name   string
		width  int
		height int
		keys   string
		want   string
	}{
		{"nothing", 20, 6, "", "> ▏"},
		{"in the middle", 20, 6, "abc\x02", "> ab▏c"},
		{"continuation", 20, 6, "f {\rx", "> f {\n.. x▏"},
		{"continuation, edited above", 20, 6, "f {\rx" + up + "yy", "> fyy▏ {\n.. x"},
		{"a line above removed", 20, 6, "f {\rx\r}" + up + "\x01\x0b\x0b", "> f {\n.. ▏}"},
		{"wrapped", 20, 6, "12345678901234567890", "> 12345678901234567\n890▏"},
		{"just full", 20, 6, "12345678901234567", "> 12345678901234567▏"},
		{"just full, one back", 20, 6, "12345678901234567\x02", "> 1234567890123456▏7"},
		{"back over the edge", 20, 6, "123456789012345678\x02\x02", "> 1234567890123456▏7\n8"},
		{"at the edge", 20, 6, "123456789012345678\x02", "> 12345678901234567\n▏8"},
		{"unwrapped again", 20, 6, "123456789012345678\x7f", "> 12345678901234567▏"},
		{"wide", 20, 6, "日本語\x02", "> 日本▏語"},
		{"wide at the edge", 20, 6, "日本語日本語日本語", "> 日本語日本語日本\n語▏"},
		{"combining", 20, 6, "e\u0301x\x02", "> e\u0301▏x"},
		{"tabs", 20, 6, "\x1b[200~\ta\tb\x1b[201~", ">   a   b▏"},
		{"scrolled", 20, 4, "a{\rb\rc\rd\re", "⋮ 3 more above\n.. d\n.. e▏"},
		{"scrolled up", 20, 4, "a{\rb\rc\rd\re" + up + up + up + up, "> a▏{\n.. b\n⋮ 3 more below"},
		{"scrolled to the middle", 20, 4, "a{\rb\rc\rd\re" + up + up, "⋮ 2 more above\n.. c▏\n⋮ 2 more below"},
		{"cleared", 20, 6, "abc\x0c", "> abc▏"},
		{"search", 40, 6, "\x12ol", "> old line\nsearch: ol▏"},
		{"search fails", 40, 6, "\x12xy", ">\nnot found: xy▏"},
		{"search, narrow", 12, 6, "\x12one two", "> new {\n.. one two\n.. }\nch: one two▏"},
		{"width 0", 0, 6, "abc", "> abc▏"},
		{"width 1", 1, 6, "", "▏"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, max(test.width, 20), test.height, kept("old line", "new {\none two\n}"),
				func(c *Config) { c.Width = func() int { return test.width } })
			if test.width < 10 && test.width > 0 {
				if got := d.statement("日本語abcdefghijk\x01\x05\r"); got != "日本語abcdefghijk" {
					t.Errorf("read %q", got)
				}
				return
			}
			d.read()
			d.types(test.keys)
			d.sees(test.want)
		})
	}
}

func TestScreenAfterwards(t *testing.T) {
	d := sit(t, 20, 5, colour, kept("abcdef"))
	d.statement("abc\r") // the suggestion is gone
	d.sees("> abc\n▏")
	d.statement("f {\rx\r}" + up + up + "\r")
	d.sees("> abc\n> f {\n.. x\n.. }\n▏")
	d.read()
	d.types("q {\rz\x03")
	d.wait()
	d.sees(".. x\n.. }\n> q {\n.. z^C\n▏")
}

// All of a statement is on the terminal once it is submitted, however long it was.
func TestLongStatementAfterwards(t *testing.T) {
	text := "f {" + strings.Repeat("\nx", 30) + "\n}"
	d := sit(t, 20, 5)
	d.read()
	d.types("\x1b[200~" + text + "\x1b[201~")
	d.sees("⋮ 29 more above\n.. x\n.. x\n.. }▏")
	d.types("\r")
	d.result()
	d.sees(".. x\n.. x\n.. x\n.. }\n▏")
	want := "> " + strings.ReplaceAll(text, "\n", "\n.. ")
	if got := strings.Join(d.screen.Scrolled(), "\n") + "\n.. x\n.. x\n.. x\n.. }"; got != want {
		t.Errorf("the terminal has %q", got)
	}
}

func TestResize(t *testing.T) {
	d := sit(t, 30, 8)
	d.read()
	d.types("abcdefgh {\rijklmnopqrstuvwxyz")
	d.sees("> abcdefgh {\n.. ijklmnopqrstuvwxyz▏")
	d.screen.Resize(24, 8)
	d.editor.(*liner).resized()
	d.sees("> abcdefgh {\n.. ijklmnopqrstuvwxyz▏")
	d.screen.Resize(40, 8)
	d.types("!")
	d.sees("> abcdefgh {\n.. ijklmnopqrstuvwxyz!▏")
}

func TestPrompt(t *testing.T) {
	d := sit(t, 24, 6, colour, func(c *Config) {
		c.Highlight = func(text string) string {
			return strings.ReplaceAll(text, "mag", "\x1b[32mmag\x1b[0m")
		}
	})
	go func() {
		text, err := d.editor.Read("\x1b[1mimap[localhost:8080]>\x1b[0m ", "  ... ")
		d.results <- result{text, err}
	}()
	d.types("mag {\rmag")
	d.sees("imap[localhost:8080]> m\nag {\n  ... mag▏")
}

// A highlighter that changes more than colours is not believed.
func TestBadHighlight(t *testing.T) {
	for _, bad := range []string{"", "other", "\x1b[31m", "abc\x1b[2J", "\x1b["} {
		d := sit(t, 24, 6, colour, func(c *Config) {
			c.Highlight = func(string) string { return bad }
		})
		d.read()
		d.types("abcd\x02")
		d.sees("> abc▏d")
	}
}

func TestLayoutStyles(t *testing.T) {
	v := view{
		prompt: "\x1b[1m>\x1b[0m ", text: []rune("a1 b\n2"), painted: "a\x1b[32m1\x1b[0m b\n\x1b[32m2\x1b[0m",
		pos: 6, from: 3, to: 4, ghost: "gone", color: true, width: 20,
	}
	want := []string{
		"\x1b[1m>\x1b[0m a\x1b[32m1\x1b[0m \x1b[4mb\x1b[0m",
		"\x1b[32m2\x1b[0m\x1b[2mgone\x1b[0m",
	}
	check := func(f frame) {
		t.Helper()
		for i, r := range f.rows {
			if r.text != want[i] {
				t.Errorf("row %d is %q, not %q", i, r.text, want[i])
			}
		}
	}
	check(layout(v))
	v.color, v.ghost, want = false, "", []string{"\x1b[1m>\x1b[0m a1 b", "2"}
	check(layout(v))
	v.color, v.ghost, v.width = true, "a long suggestion\nof lines", 14
	if got := layout(v).rows[1]; got.width != 13 || !strings.Contains(got.text, "a long sugg…") {
		t.Errorf("the suggestion is %q, %d wide", got.text, got.width)
	}
}
