package editor

import (
	"errors"
	"imapsh/runtime/api"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestInterrupt(t *testing.T) {
	d := sit(t, 40, 10)
	for keys, dropped := range map[string]string{
		"\x03":           "",
		"abc\x03":        "abc",
		"a {\rb\x02\x03": "a {\nb",
	} {
		d.read()
		d.types(keys)
		r := d.wait()
		is(t, r.err, ErrInterrupt)
		if r.text != dropped {
			t.Errorf("%q drops %q, not %q", keys, r.text, dropped)
		}
	}
	if got := d.statement("x\r"); got != "x" {
		t.Errorf("then reads %q", got)
	}
	if n := len(d.history.Entries()); n != 1 {
		t.Errorf("the history has %d entries", n)
	}
}

func TestEOF(t *testing.T) {
	d := sit(t, 40, 10)
	d.read()
	d.types("a\x7f\x04")
	is(t, d.wait().err, io.EOF)
	// The caller may ask "sure?" and go on.
	if got := d.statement("x\r"); got != "x" {
		t.Errorf("then reads %q", got)
	}
}

func TestEndOfInput(t *testing.T) {
	d := sit(t, 40, 10)
	d.read()
	d.types("one\rtwo")
	d.keys.Close()
	for _, want := range []string{"one", "two"} {
		if got := d.result(); got != want {
			t.Errorf("read %q, not %q", got, want)
		}
		d.read()
	}
	is(t, d.wait().err, io.EOF)
	d.read()
	is(t, d.wait().err, io.EOF)
}

// The terminal is raw, and pastes are marked, only while a statement is read.
func TestRestored(t *testing.T) {
	broken := errors.New("broken")
	var raw []string
	d := sit(t, 40, 10, func(c *Config) {
		c.Raw = func() error {
			raw = append(raw, "raw")
			if len(raw) > 4 {
				return broken
			}
			return nil
		}
		c.Restore = func() error { raw = append(raw, "restored"); return nil }
	})
	d.statement("a\r")
	d.read()
	d.types("a\x03")
	d.wait()
	d.read()
	is(t, d.wait().err, broken)
	if got, want := strings.Join(raw, " "), "raw restored raw restored raw"; got != want {
		t.Errorf("the terminal was %s, not %s", got, want)
	}
	if got, want := d.screen.Modes(), strings.Repeat("2004h 2004l ", 2); got != want {
		t.Errorf("modes %s, not %s", got, want)
	}
}

func TestClose(t *testing.T) {
	type act = func(*desk)
	tests := []struct {
		name string
		do   act
	}{
		{"unused", func(*desk) {}},
		{"at an empty prompt", func(d *desk) { d.read(); d.sees("> ▏") }},
		{"at once", func(d *desk) { d.read() }},
		{"in a statement", func(d *desk) { d.read(); d.types("a {\rb"); d.sees("> a {\n.. b▏") }},
		{"in a search", func(d *desk) { d.read(); d.types("\x12x"); d.sees(">\nnot found: x▏") }},
		{"within a sequence", func(d *desk) { d.read(); d.types("x\x1b["); d.sees("> x▏") }},
		{"within a paste", func(d *desk) { d.read(); d.types("x\x1b[200~abc"); d.sees("> x▏") }},
		{"between statements", func(d *desk) { d.statement("a\r") }},
		{"after ^D", func(d *desk) { d.read(); d.types("\x04"); d.wait() }},
		{"after the end", func(d *desk) { d.read(); d.keys.Close(); d.wait() }},
	}
	before := runtime.NumGoroutine()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 40, 10)
			test.do(d)
			pending := len(d.results) == 0 && d.screen.Modes() == "2004h "
			done := make(chan error)
			go func() { done <- d.editor.Close() }()
			if err := <-done; err != nil {
				t.Error(err)
			}
			if pending {
				is(t, d.wait().err, io.EOF)
			}
			if _, err := d.editor.Read("> ", ""); !errors.Is(err, io.EOF) {
				t.Errorf("after Close: %v", err)
			}
			if strings.Count(d.screen.Modes(), "h") != strings.Count(d.screen.Modes(), "l") {
				t.Errorf("modes %s", d.screen.Modes())
			}
		})
	}
	// What has been told to end may need a moment to do so.
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if runtime.NumGoroutine() <= before {
			return
		}
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("goroutines are left:\n%s", stacks[:runtime.Stack(stacks, true)])
}

// What the language's functions do wrong is not the prompt's end.
func TestPanics(t *testing.T) {
	d := sit(t, 40, 10, colour, func(c *Config) {
		c.Incomplete = func(string) bool { panic("incomplete") }
		c.Complete = func(string, int) api.Completion { panic("complete") }
		c.Highlight = func(string) string { panic("highlight") }
	})
	if got := d.statement("a\tb\r"); got != "ab" {
		t.Errorf("read %q", got)
	}
}

func TestNoFunctions(t *testing.T) {
	d := sit(t, 40, 10, colour, func(c *Config) { c.Incomplete = nil })
	if got := d.statement("a {\tb\r"); got != "a {b" {
		t.Errorf("read %q", got)
	}
}

func TestPlain(t *testing.T) {
	d := sit(t, 40, 10, func(c *Config) { c.Dumb = true })
	d.read()
	d.types("one\ntwo {\r\n")
	if got := d.result(); got != "one" {
		t.Errorf("read %q", got)
	}
	d.read()
	d.types("\tthree }\nfour {\n five")
	if got := d.result(); got != "two {\n\tthree }" {
		t.Errorf("read %q", got)
	}
	d.keys.Close()
	d.read()
	if got := d.result(); got != "four {\n five" {
		t.Errorf("read %q", got)
	}
	d.read()
	is(t, d.wait().err, io.EOF)
	if got, want := strings.Join(d.history.Entries(), "|"), "one|two {\n\tthree }|four {\n five"; got != want {
		t.Errorf("history %q, not %q", got, want)
	}
	if d.screen.Modes() != "" {
		t.Errorf("modes %s", d.screen.Modes())
	}
}

func TestPlainClose(t *testing.T) {
	d := sit(t, 40, 10, func(c *Config) { c.Dumb = true })
	d.read()
	d.sees("> ▏")
	if err := d.editor.Close(); err != nil {
		t.Error(err)
	}
	is(t, d.wait().err, io.EOF)
}

// A terminal that cannot mark what is pasted sends it as if it were typed. It takes no
// longer for that.
func TestPasteWithoutBrackets(t *testing.T) {
	d := sit(t, 40, 10)
	text := strings.Repeat("magnetometer 磁場, ", 3000)
	if got := d.statement(text + "\r"); got != text {
		t.Errorf("read %d bytes, not %d", len(got), len(text))
	}
	d.read()
	d.types("x" + strings.Repeat("y", 100) + "\x7f\x7f\x1b[D!\r")
	if got, want := d.result(), "x"+strings.Repeat("y", 97)+"!y"; got != want {
		t.Errorf("read %q, not %q", got, want)
	}
}
