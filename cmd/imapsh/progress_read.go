package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"imapsh/bindings/present"
)

// readProgress shows on standard error how far the reading of a file is, as queryProgress does of a query.
func (c *cli) readProgress(name string) (step func(done, total int64), finished func()) {
	if c.flags.quiet || c.flags.json {
		return nil, func() {}
	}
	p := newReadProgress(c.stderr, isTerminal(c.stderr) && c.env("TERM") != "dumb", c.errWidth, name)
	return p.step, p.finished
}

// readProgress shows how far the reading of one file is.
type readProgress struct {
	*progressLine
	name        string
	began       time.Time
	done, total atomic.Int64 // bytes
}

func newReadProgress(w io.Writer, live bool, width func() int, name string) *readProgress {
	p := &readProgress{name: name, began: time.Now()}
	p.progressLine = startProgressLine(w, live, width, p.line)
	return p
}

func (p *readProgress) step(done, total int64) {
	p.done.Store(done)
	p.total.Store(total)
}

// line is how far the reading is.
func (p *readProgress) line() string {
	return fmt.Sprintf("read %s: %s, %s of %s", p.name, present.Duration(time.Since(p.began).Seconds()), present.Size(p.done.Load()), present.Size(p.total.Load()))
}
