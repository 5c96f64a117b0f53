package editor

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/runtime/vttest"
)

// desk is somebody at a terminal: it types, and waits for what is read or for a screen.
type desk struct {
	t       testing.TB
	editor  Editor
	history *History
	screen  *vttest.Terminal
	keys    *io.PipeWriter
	results chan result
}

// patience is how long a test waits for what must come, on a machine that may be loaded.
const patience = time.Minute

type result struct {
	text string
	err  error
}

// braces reports whether a string has more { than }.
func braces(text string) bool {
	return strings.Count(text, "{") > strings.Count(text, "}")
}

// sit starts an editor on a terminal of some size; changes to the configuration follow.
func sit(t testing.TB, width, height int, change ...func(*Config)) *desk {
	t.Helper()
	in, keys := io.Pipe()
	d := &desk{t: t, screen: vttest.New(width, height), keys: keys, results: make(chan result, 1)}
	c := Config{
		Stdin:      in,
		Stdout:     d.screen,
		Width:      func() int { w, _ := d.screen.Size(); return w },
		Height:     func() int { return height },
		Raw:        func() error { return nil },
		Incomplete: braces,
	}
	for _, f := range change {
		f(&c)
	}
	if c.History == nil {
		c.History = &History{}
	}
	d.history = c.History
	editor, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	if l, ok := editor.(*liner); ok {
		l.keys.patience = func() <-chan time.Time { return nil } // sequences come whole
	}
	d.editor = editor
	t.Cleanup(func() {
		if err := editor.Close(); err != nil {
			t.Error(err)
		}
		keys.Close()
		if unknown := d.screen.Unknown(); len(unknown) > 0 {
			t.Errorf("the terminal does not understand %q", unknown)
		}
	})
	return d
}

// colour switches colours on, with nothing highlighted.
func colour(c *Config) { c.Color = true }

// kept gives an editor a history.
func kept(entries ...string) func(*Config) {
	return func(c *Config) { c.History = &History{entries: slices.Clone(entries)} }
}

// read starts reading a statement.
func (d *desk) read() {
	go func() {
		text, err := d.editor.Read("> ", ".. ")
		d.results <- result{text, err}
	}()
}

// types sends keys in one piece, as a terminal does.
func (d *desk) types(keys string) {
	d.t.Helper()
	if _, err := io.WriteString(d.keys, keys); err != nil {
		d.t.Fatal(err)
	}
}

// statement types keys and returns what is read.
func (d *desk) statement(keys string) string {
	d.t.Helper()
	d.read()
	d.types(keys)
	return d.result()
}

func (d *desk) result() string {
	d.t.Helper()
	r := d.wait()
	if r.err != nil {
		d.t.Fatalf("Read returns %v (%q)", r.err, r.text)
	}
	return r.text
}

func (d *desk) wait() result {
	d.t.Helper()
	select {
	case r := <-d.results:
		return r
	case <-time.After(patience):
		stacks := make([]byte, 1<<16)
		stacks = stacks[:runtime.Stack(stacks, true)]
		d.t.Fatalf("Read does not return; the screen is\n%s\n%s", d.screen.Screen(), stacks)
	}
	return result{}
}

// sees waits until the screen is as it should be. The cursor is shown as ▏.
func (d *desk) sees(want string) {
	d.t.Helper()
	d.awaits("\n"+want, func() string { return "\n" + d.screen.Screen() })
}

func (d *desk) awaits(want string, get func() string) {
	d.t.Helper()
	limit := time.After(patience)
	for {
		changed := d.screen.Changed()
		got := get()
		if got == want {
			return
		}
		select {
		case <-changed:
		case <-limit:
			d.t.Fatalf("the screen is %s\nand should be %s", got, want)
		}
	}
}

// is compares errors.
func is(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("the error is %v, not %v", got, want)
	}
}
