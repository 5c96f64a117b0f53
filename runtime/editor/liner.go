package editor

import (
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/chzyer/readline"
)

const (
	pasteOn  = "\x1b[?2004h"
	pasteOff = "\x1b[?2004l"
)

// maxPainted is how long a string may be, in bytes, to be highlighted with every key.
const maxPainted = 32 << 10

// liner is the editor for a terminal with cursor control.
//
// The library runs three goroutines: one reads keys (from keyReader), one applies them to
// the edit buffer and asks back through filter, OnChange and Paint, and the caller's waits in
// Read. Its own drawing goes nowhere: Paint is told the buffer, and screen draws it.
type liner struct {
	config Config
	keys   *keyReader
	source *source

	reading sync.Mutex // held by Read
	rl      *readline.Instance
	over    bool // the input has ended
	unwatch func()

	mu           sync.Mutex // guards what follows
	screen       screen
	prompt       string
	continuation string
	state        buffer // what the library's buffer holds
	drawing      bool   // a statement is on the screen
	stale        bool   // the screen lags behind state
	painted      string // state with colours
	paintOf      string // the text it was made of
	killed       []rune
	pending      func(*buffer) // the edit that keyAct carries
	recall       *recall
	search       *search
	listed       listing
	undo         undo
	closed       bool
}

func newLiner(c Config) *liner {
	l := &liner{config: c, screen: screen{out: c.Stdout}}
	l.source = newSource(c.Stdin)
	l.keys = newKeyReader(l.source)
	return l
}

// start makes the library's instance, at the first Read: an editor that was never used has
// nothing to stop.
func (l *liner) start() error {
	if l.rl != nil {
		return nil
	}
	nothing := func() error { return nil }
	rl, err := readline.NewEx(&readline.Config{
		Stdin:  l.keys,
		Stdout: bell{l},
		Stderr: io.Discard,
		// Wider than any statement: the library must not think of rows.
		FuncGetWidth:           func() int { return 1 << 30 },
		FuncIsTerminal:         func() bool { return true },
		ForceUseInteractive:    true,
		FuncMakeRaw:            nothing,
		FuncExitRaw:            nothing,
		FuncOnWidthChanged:     func(func()) {},
		UniqueEditLine:         true,
		HistoryLimit:           -1,
		DisableAutoSaveHistory: true,
		AutoComplete:           nobody{},
		FuncFilterInputRune:    l.filter,
		Listener:               l,
		Painter:                l,
	})
	if err != nil {
		return err
	}
	l.rl = rl
	l.unwatch = watchSize(l.resized)
	return nil
}

// Read implements [Editor].
func (l *liner) Read(prompt, continuation string) (text string, err error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.over || l.isClosed() {
		return "", io.EOF
	}
	if err := l.start(); err != nil {
		return "", err
	}
	if err := l.config.Raw(); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, l.config.Restore()) }()
	l.begin(prompt, continuation)
	defer l.finish("")
	text, err = l.rl.Readline()
	switch {
	case l.isClosed():
		return "", io.EOF
	case errors.Is(err, readline.ErrInterrupt):
		return text, ErrInterrupt
	case err != nil:
		// After the end of the input the library's goroutines are gone.
		l.over = l.keys.ended.Load()
		return "", err
	}
	text = l.config.Unprompt(text) // it was typed, or pasted without marks
	// A statement that cannot be kept in the file is not the reader's trouble: History.Err.
	_, _ = l.config.History.Add(text)
	return text, nil
}

func (l *liner) begin(prompt, continuation string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prompt, l.continuation = prompt, continuation
	l.state, l.drawing, l.stale = buffer{}, true, true
	l.recall, l.search, l.listed, l.undo = nil, nil, listing{}, undo{}
	l.screen.write(pasteOn)
}

// finish takes the statement's last picture, with a mark behind it, and leaves the screen.
func (l *liner) finish(mark string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end(mark)
}

func (l *liner) end(mark string) {
	if !l.drawing {
		return
	}
	l.search = nil
	v := l.view()
	v.pos, v.ghost = len(v.text), ""
	if mark == "" {
		v.height = 0 // what was submitted stays on the screen, all of it
	} else {
		v.text = append(v.text[:len(v.text):len(v.text)], []rune(mark)...)
		v.painted += mark
	}
	l.screen.leave(layout(v))
	l.screen.write(pasteOff)
	l.drawing = false
}

// Close implements [Editor].
func (l *liner) Close() error {
	l.mu.Lock()
	first := !l.closed
	l.closed = true
	l.mu.Unlock()
	l.source.close()
	// The pending Read gets the end of the input and gives the terminal back.
	l.reading.Lock()
	defer l.reading.Unlock()
	if !first || l.rl == nil {
		return nil
	}
	l.unwatch()
	err := l.rl.Close()
	// One goroutine of the library may wait to tell of the end: hear it out.
	_, _ = l.rl.Readline()
	return err
}

func (l *liner) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

// bell is the library's output: all of it is dropped but the bell.
type bell struct{ l *liner }

func (b bell) Write(p []byte) (int, error) {
	if len(p) == 1 && p[0] == '\a' {
		b.l.mu.Lock()
		defer b.l.mu.Unlock()
		b.l.ring()
	}
	return len(p), nil
}

func (l *liner) ring() {
	if l.drawing {
		l.screen.write("\a")
	}
}

// nobody completes nothing: the library's completion is not used.
type nobody struct{}

func (nobody) Do([]rune, int) ([][]rune, int) { return nil, 0 }

// columns and rows are the size of the terminal.
func (l *liner) columns() int {
	if w := l.config.Width(); w > 0 {
		return w
	}
	return 80
}

func (l *liner) rows() int {
	if h := l.config.Height(); h > 0 {
		return max(h, 4)
	}
	return 24
}

// view gathers what is to be drawn.
func (l *liner) view() view {
	v := view{
		prompt: l.prompt, continuation: l.continuation,
		text: l.state.text, pos: l.state.pos,
		color: l.config.Color, width: l.columns(), height: l.rows(),
	}
	if v.color {
		text := string(v.text)
		if text != l.paintOf {
			l.paintOf, l.painted = text, text
			if len(text) <= maxPainted {
				l.painted = l.config.Highlight(text)
			}
		}
		v.painted = l.painted
		v.ghost = l.ghost(&l.state)
	}
	if l.search != nil {
		l.search.describe(&v)
	}
	return v
}

func (l *liner) draw() {
	if !l.drawing {
		return
	}
	v := l.view()
	l.screen.resize(layout(v), v.width)
	l.stale = false
}

// restoreOnPanic is deferred where the library calls back: no panic may leave the terminal
// raw, as the program dies of it.
func (l *liner) restoreOnPanic() {
	if p := recover(); p != nil {
		l.screen.write(pasteOff)
		_ = l.config.Restore()
		panic(p)
	}
}

func (l *liner) resized() {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.restoreOnPanic()
	l.draw()
}

// printAbove prints lines above the statement.
func (l *liner) printAbove(text string) {
	l.screen.above(strings.ReplaceAll(text, "\n", "\r\n"), layout(l.view()))
}
