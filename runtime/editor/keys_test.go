package editor

import (
	"imapsh/runtime/api"
	"strings"
	"testing"
	"time"
)

// Every key is typed into a statement, then a | that shows where the cursor is.
func TestKeys(t *testing.T) {
	const (
		left = "\x1b[D"
		two  = "one {\rtwo}" // two lines
	)
	tests := []struct{ name, keys, want string }{
		{"text", "hello", "hello|"},
		{"wide text", "日本", "日本|"},
		{"an icon of the private use area", "\ue0b0\U000f0001", "\ue0b0\U000f0001|"},
		{"a forged virtual key", "a" + string(keyHome) + "b", "ab|"},
		{"broken UTF-8", "a\xff\xc3b", "ab|"},
		{"C1 control", "a\u009bb", "ab|"},
		{"left", "ab" + left, "a|b"},
		{"left, application mode", "ab\x1bOD", "a|b"},
		{"^B", "ab\x02", "a|b"},
		{"right", "ab\x1b[D\x1b[D\x1b[C", "a|b"},
		{"^F", "ab\x02\x02\x06", "a|b"},
		{"right at the end", "ab\x1b[C", "ab|"},
		{"backspace", "abc\x7f", "ab|"},
		{"^H", "abc\x08", "ab|"},
		{"backspace on nothing", "\x7f\x7f", "|"},
		{"delete", "ab\x02\x1b[3~", "a|"},
		{"delete at the end", "ab\x1b[3~", "ab|"},
		{"delete on nothing", "\x1b[3~\x1b[3~", "|"},
		{"^D in a line", "ab\x02\x04", "a|"},
		{"^D at the end of a line", "ab\x04c", "abc|"},
		{"^T", "ab\x14", "ba|"},

		{"home, xterm", "ab\x1b[H", "|ab"},
		{"home, application mode", "ab\x1bOH", "|ab"},
		{"home, tmux", "ab\x1b[1~", "|ab"},
		{"home, rxvt", "ab\x1b[7~", "|ab"},
		{"home with Shift", "ab\x1b[1;2H", "|ab"},
		{"^A", "ab\x01", "|ab"},
		{"end, xterm", "ab\x01\x1b[F", "ab|"},
		{"end, application mode", "ab\x01\x1bOF", "ab|"},
		{"end, tmux", "ab\x01\x1b[4~", "ab|"},
		{"end, rxvt", "ab\x01\x1b[8~", "ab|"},
		{"end, rxvt with Shift", "ab\x01\x1b[8$", "ab|"},
		{"^E", "ab\x01\x05", "ab|"},

		{"Ctrl-left", "one two\x1b[1;5D", "one |two"},
		{"Ctrl-left, PuTTY", "one two\x1b[5D", "one |two"},
		{"Ctrl-left, rxvt", "one two\x1bOd", "one |two"},
		{"Alt-left", "one two\x1b[1;3D", "one |two"},
		{"Alt-left, rxvt", "one two\x1b\x1b[D", "one |two"},
		{"Meta-left", "one two\x1b[1;9D", "one |two"},
		{"Shift-left", "one two\x1b[1;2D", "one tw|o"},
		{"Alt-b", "one two\x1bb", "one |two"},
		{"Alt-b twice", "one two\x1bb\x1bb", "|one two"},
		{"Ctrl-right", "one two\x01\x1b[1;5C", "one| two"},
		{"Alt-f twice", "one two\x01\x1bf\x1bf", "one two|"},
		{"words of a file name", "imap_mag_l1d\x1bb", "imap_mag_|l1d"},
		{"words with accents", "un été\x1bb", "un |été"},

		{"^W", "one two\x17", "one |"},
		{"^W in the first word", "one two\x01\x1b[C\x1b[C\x17", "|e two"},
		{"^W on nothing", "\x17", "|"},
		{"Alt-backspace", "one two\x1b\x7f", "one |"},
		{"Ctrl-backspace, CSI u", "one two\x1b[127;5u", "one |"},
		{"Alt-d", "one two\x01\x1bd", "| two"},
		{"Ctrl-delete", "one two\x01\x1b[3;5~", "| two"},
		{"^K", "one two\x1bb\x0b", "one |"},
		{"^U", "one two\x1bb\x15", "|two"},
		{"^U and ^Y", "one \x15two \x19", "two one |"},
		{"^W and ^Y", "one\x17\x19\x19", "oneone|"},
		{"^Y on nothing", "a\x19", "a|"},

		{"Alt-Enter", "a\x1b\rb", "a\nb|"},
		{"Shift-Enter, CSI u", "a\x1b[13;2ub", "a\nb|"},
		{"Shift-Enter, modifyOtherKeys", "a\x1b[27;2;13~b", "a\nb|"},
		{"Ctrl-a, CSI u", "ab\x1b[97;5u", "|ab"},
		{"Enter goes on", "f {\rx}", "f {\nx}|"},
		{"^J goes on", "f {\nx}", "f {\nx}|"},
		{"^A in a line of two", two + "\x01", "one {\n|two}"},
		{"^A twice", two + "\x01\x01", "|one {\ntwo}"},
		{"^E in a line of two", two + "\x01\x01\x05", "one {|\ntwo}"},
		{"^E twice", two + "\x01\x01\x05\x05", "one {\ntwo}|"},
		{"up in two lines", two + "\x1b[A", "one |{\ntwo}"},
		{"up and down", two + "\x1b[A\x1b[B", "one {\ntwo}|"},
		{"^K joins lines", two + "\x1b[A\x05\x0b", "one {|two}"},
		{"^U joins lines", two + "\x01\x15", "one {|two}"},
		{"^K in the first line", two + "\x1b[A\x01\x0b\x0b\x0b", "|"},
		{"backspace joins lines", two + "\x01\x7f", "one {|two}"},
		{"left into the line above", two + "\x01\x02", "one {|\ntwo}"},

		{"unknown keys", "a\x1b[24~\x1b[1;2P\x1bOP\x1b[[A\x1b[2~\x1b[5~\x1b[6~\x1b[Zb", "ab|"},
		{"unknown control characters", "a\x00\x0f\x11\x16\x18\x1c\x1d\x1eb", "ab|"},
		{"Alt with a character", "a\x1bx\x1b.\x1béb", "ab|"},
		{"focus and mice", "a\x1b[I\x1b[O\x1b[<0;12;3M\x1b[M !!b", "ab|"},
		{"a mode report", "a\x1b[?2004;2$yb", "ab|"},
		{"a cursor report", "a\x1b[12;40Rb", "ab|"},
		{"a colour report", "a\x1b]11;rgb:0/0/0\x1b\\b\x1b]11;rgb:0\ac", "abc|"},
		{"an attribute report", "a\x1b[?1;2cb\x1b[>0;276;0cc", "abc|"},
		{"a device report", "a\x1bP1$r0m\x1b\\b", "ab|"},
		{"an end of paste with no start", "a\x1b[201~b", "ab|"},
		{"^G", "ab\x07", "ab|"},
		{"the keypad's Enter", "f {\x1bOMx}", "f {\nx}|"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := sit(t, 80, 24).statement(test.keys + "|\r"); got != test.want {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
}

// A sequence may come in any pieces.
func TestKeysInPieces(t *testing.T) {
	const keys = "日x\x1b[1;5D\x1b[3~\x1b[200~p\tq\x1b[201~\x1bOFé\x1b[24~\r"
	d := sit(t, 80, 24)
	d.read()
	for i := range len(keys) {
		d.types(keys[i : i+1])
	}
	if got := d.result(); got != "p\tqxé" {
		t.Errorf("read %q", got)
	}
}

// Escape alone is a key once nothing has followed it for a while.
func TestEscapeAlone(t *testing.T) {
	d := sit(t, 80, 24, kept("old"))
	over := make(chan time.Time)
	close(over)
	d.editor.(*liner).keys.patience = func() <-chan time.Time { return over }
	d.read()
	d.types("\x12")
	d.sees(">\nsearch: ▏")
	d.types("\x1b")
	d.sees("> ▏")
	d.types("x\r")
	if got := d.result(); got != "x" {
		t.Errorf("read %q", got)
	}
}

func TestTypedAhead(t *testing.T) {
	d := sit(t, 80, 24)
	d.read()
	d.types("one\rtwo {\r}\rthree")
	for _, want := range []string{"one", "two {\n}"} {
		if got := d.result(); got != want {
			t.Fatalf("read %q, not %q", got, want)
		}
		d.read()
	}
	d.sees("> one\n> two {\n.. }\n> three▏")
	d.types("\r")
	if got := d.result(); got != "three" {
		t.Errorf("read %q", got)
	}
}

func TestPaste(t *testing.T) {
	paste := func(text string) string { return "\x1b[200~" + text + "\x1b[201~" }
	tests := []struct{ name, keys, want string }{
		{"tabs are kept", paste("a\tb\n\tc"), "a\tb\n\tc|"},
		{"line ends", paste("a\r\nb\rc"), "a\nb\nc|"},
		{"control characters are dropped", paste("a\x1b[31mb\x00\x07\x9b"), "a[31mb|"},
		{"the newline behind a complete statement", paste("a {\n}\n\n"), "a {\n}|"},
		{"the newline within an incomplete one", paste("a {\n") + "}", "a {\n}|"},
		{"in the middle", "ac\x02" + paste("b\n"), "ab\n|c"},
		{"two", paste("a") + paste("b"), "ab|"},
		{"nothing", paste(""), "|"},
		{"more keys in it", paste("a\x03\x04\x1b[Db"), "a[Db|"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 80, 24, func(c *Config) {
				c.Complete = func(string, int) api.Completion {
					t.Error("a paste completes")
					return api.Completion{}
				}
			})
			if got := d.statement(test.keys + "|\r"); got != test.want {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
}

// Prompts that were copied along go, from marked pastes, unmarked ones and what is typed.
func TestUnprompt(t *testing.T) {
	for name, keys := range map[string]string{
		"pasted":      "\x1b[200~> a {\r> }\x1b[201~\r",
		"typed":       "> a {\r> }\r",
		"with an end": "\x1b[200~> a {\r> }\r\x1b[201~\r",
	} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, 80, 24, func(c *Config) {
				c.Unprompt = func(text string) string {
					return strings.ReplaceAll(strings.TrimPrefix(text, "> "), "\n> ", "\n")
				}
			})
			if got := d.statement(keys); got != "a {\n}" {
				t.Errorf("read %q", got)
			}
			if got := d.history.Entries(); len(got) != 1 || got[0] != "a {\n}" {
				t.Errorf("the history holds %q", got)
			}
		})
	}
}

// longText is a statement of 5,002 lines.
func longText() string {
	return "var t = {\n" + strings.Repeat("\tkey: 'value',\t// a comment\n", 5000) + "}"
}

func BenchmarkPaste(b *testing.B) {
	text := longText()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		sit(b, 80, 24, colour).statement("\x1b[200~" + text + "\n\x1b[201~\r")
	}
}

func TestLongPaste(t *testing.T) {
	text := longText()
	for name, keys := range map[string]string{
		"all at once":   "\x1b[200~" + text + "\n\x1b[201~\r",
		"with a prefix": "\x1b[200~" + text[1:] + "\n\x1b[201~\x01\x01v\r",
	} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, 80, 24, colour)
			if got := d.statement(keys); got != text {
				t.Errorf("read %d bytes of %d", len(got), len(text))
			}
			if n := len(d.history.Entries()); n != 1 {
				t.Errorf("%d entries in the history", n)
			}
		})
	}
}

// A terminal that does not mark what is pasted types it: line by line, tabs as text.
func TestUnmarkedPaste(t *testing.T) {
	text := "f {" + strings.Repeat("\n\t\tindented\t// by tabs", 60) + "\n}"
	d := sit(t, 80, 24, func(c *Config) {
		c.Complete = func(string, int) api.Completion {
			return api.Completion{Candidates: []api.Candidate{{Text: "wrong"}}}
		}
	})
	if got := d.statement(strings.ReplaceAll(text, "\n", "\r") + "\r"); got != text {
		t.Errorf("read %d bytes of %d: %.200q", len(got), len(text), got)
	}
}

// When the end of a paste is lost, ^C alone ends it.
func TestPasteWithoutEnd(t *testing.T) {
	d := sit(t, 80, 24)
	d.read()
	d.types("\x1b[200~abc")
	d.types("\x03")
	r := d.wait()
	is(t, r.err, ErrInterrupt)
	if r.text != "abc" {
		t.Errorf("dropped %q", r.text)
	}
}
