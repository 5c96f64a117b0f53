package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"imapsh/bindings/present"
	"imapsh/sdc"
)

// queryProgress shows on standard error how far a query is: on a terminal one live line,
// elsewhere a line every ten seconds, with --quiet and --json nothing.
func (c *cli) queryProgress() (step func(sdc.QueryProgress), finished func()) {
	if c.flags.quiet || c.flags.json {
		return nil, func() {}
	}
	p := newQueryProgress(c.stderr, isTerminal(c.stderr) && c.env("TERM") != "dumb", c.errWidth)
	return p.event, p.finished
}

// queryProgress shows how far one query is.
type queryProgress struct {
	*progressLine
	began time.Time

	mu  sync.Mutex
	now sdc.QueryProgress
}

func newQueryProgress(w io.Writer, live bool, width func() int) *queryProgress {
	p := &queryProgress{began: time.Now()}
	p.progressLine = startProgressLine(w, live, width, p.line)
	return p
}

func (p *queryProgress) event(now sdc.QueryProgress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = now
}

// line is how far the query is.
func (p *queryProgress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := fmt.Sprintf("query: %s", present.Duration(time.Since(p.began).Seconds()))
	if p.now.Parts > 1 {
		text += fmt.Sprintf(", %d of %d known parts", p.now.Done, p.now.Parts)
	}
	if p.now.Answered == 1 {
		return text + ", 1 request answered"
	}
	return text + fmt.Sprintf(", %d requests answered", p.now.Answered)
}
