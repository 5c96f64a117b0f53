// Package editor reads statements from a terminal: one buffer of many lines, history,
// completion, search, paste. It stands on github.com/chzyer/readline, of which it uses the
// reading loop and the edit buffer; keys are parsed in front of the library and the screen
// is drawn beside it, because that is where the library goes wrong on statements of more
// than one line.
//
// The package knows nothing of the language it reads: what is incomplete, what completes and
// what has which colour is told by the functions in [Config].
package editor

import (
	"errors"
	"imapsh/runtime/api"
	"io"
	"os"

	"golang.org/x/term"
)

// ErrInterrupt is returned by [Editor.Read] when ^C dropped the statement.
var ErrInterrupt = errors.New("interrupted")

// Editor reads statements from a terminal. Another line editor could take its place.
type Editor interface {
	// Read returns one whole statement, its lines joined by "\n", without a newline at
	// the end. The terminal is raw only while Read runs. It returns io.EOF for ^D in an
	// empty buffer, for the end of the input and after Close. After ^C it returns
	// ErrInterrupt together with the text that was dropped, "" if the line was empty.
	Read(prompt, continuation string) (string, error)
	// Close ends a pending Read with io.EOF and gives the terminal back. It may be
	// called from any goroutine, and more than once.
	Close() error
}

// Config says where an editor reads and what it knows of the language. The functions are
// called from another goroutine than Read's, one at a time, while a key is handled: they
// must be fast and must not call the editor. One that panics counts as one that is absent.
type Config struct {
	Stdin  io.Reader // nil: os.Stdin
	Stdout io.Writer // nil: os.Stdout

	Width  func() int // columns of the terminal; nil: asked of Stdout; 0 counts as 80
	Height func() int // rows of the terminal; nil: asked of Stdout; 0 counts as 24

	Raw     func() error // makes the terminal raw; nil: the real one
	Restore func() error // undoes Raw; nil: the real one

	History *History // nil: one in memory

	// Incomplete reports whether a statement goes on: Enter then starts a new line.
	Incomplete func(text string) bool
	// Unprompt takes prompts that were copied along off a string. Incomplete and the history
	// get strings without them.
	Unprompt func(text string) string
	// Complete finds what may stand at pos, in bytes.
	Complete func(text string, pos int) api.Completion
	// Highlight returns text with SGR sequences added and nothing else changed.
	Highlight func(text string) string

	Color bool // SGR sequences may be used: highlighting and suggestions are on
	Dumb  bool // no cursor control (TERM=dumb): plain reading of lines
}

// New returns an editor. Where the input is no terminal, or a dumb one, it reads plain lines.
func New(c Config) (Editor, error) {
	if c.Stdin == nil {
		c.Stdin = os.Stdin
	}
	if c.Stdout == nil {
		c.Stdout = os.Stdout
	}
	if c.History == nil {
		h, err := OpenHistory("")
		if err != nil {
			return nil, err
		}
		c.History = h
	}
	c.contain()
	in, isFile := c.Stdin.(*os.File)
	switch {
	case c.Dumb:
		return newPlain(c), nil
	case c.Raw != nil:
		if c.Restore == nil {
			c.Restore = func() error { return nil }
		}
	case isFile && term.IsTerminal(int(in.Fd())):
		t := &rawTerminal{in: in, out: c.Stdout}
		c.Raw, c.Restore = t.enter, t.leave
	default:
		return newPlain(c), nil
	}
	c.measure()
	return newLiner(c), nil
}

// measure fills in the functions that tell the size of the terminal.
func (c *Config) measure() {
	size := func() (int, int) { return 0, 0 }
	if f, ok := c.Stdout.(*os.File); ok {
		size = func() (int, int) {
			w, h, err := term.GetSize(int(f.Fd()))
			if err != nil {
				return 0, 0
			}
			return w, h
		}
	}
	if c.Width == nil {
		c.Width = func() int { w, _ := size(); return w }
	}
	if c.Height == nil {
		c.Height = func() int { _, h := size(); return h }
	}
}

// contain replaces the absent functions and keeps a panic in one from ending the program
// with the terminal raw.
func (c *Config) contain() {
	incomplete, unprompt, complete, highlight := c.Incomplete, c.Unprompt, c.Complete, c.Highlight
	c.Unprompt = func(text string) (cleaned string) {
		defer func() {
			if recover() != nil {
				cleaned = text
			}
		}()
		if unprompt == nil {
			return text
		}
		return unprompt(text)
	}
	c.Incomplete = func(text string) (is bool) {
		defer func() { _ = recover() }()
		return incomplete != nil && incomplete(c.Unprompt(text))
	}
	c.Complete = func(text string, pos int) (found api.Completion) {
		defer func() {
			if recover() != nil {
				found = api.Completion{}
			}
		}()
		if complete == nil {
			return api.Completion{}
		}
		return complete(text, pos)
	}
	c.Highlight = func(text string) (painted string) {
		defer func() {
			if recover() != nil {
				painted = text
			}
		}()
		if highlight == nil || !c.Color {
			return text
		}
		return highlight(text)
	}
}
