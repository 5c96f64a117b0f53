package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/dustin/go-humanize"

	"imapsh/bindings"
	"imapsh/sdc"
)

// progress tells of the transfers of a call on standard error: on a terminal one
// line that is drawn again, elsewhere a line every ten seconds.
func (c *cli) progress(total int) bindings.Progress {
	if c.flags.quiet || c.flags.json {
		return &progressLine{w: io.Discard}
	}
	return &progressLine{w: c.stderr, total: total, live: isTerminal(c.stderr) && c.env("TERM") != "dumb", began: time.Now()}
}

type progressLine struct {
	w     io.Writer
	total int
	live  bool
	began time.Time

	mu     sync.Mutex
	done   int
	failed int
	bytes  int64
	told   time.Time
	drawn  bool
}

// firstAfter is how long a call goes on before it is worth a line.
const firstAfter = 500 * time.Millisecond

// Transferred counts a file.
func (p *progressLine) Transferred(t sdc.Transfer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.bytes += t.Bytes
	if t.Status == sdc.Failed {
		p.failed++
	}
	now := time.Now()
	pause := 10 * time.Second
	if p.live {
		pause = 100 * time.Millisecond
	}
	if p.total < 2 || now.Sub(p.began) < firstAfter || now.Sub(p.told) < pause {
		return
	}
	p.told = now
	p.draw(now)
}

func (p *progressLine) draw(now time.Time) {
	line := fmt.Sprintf("%d of %d files, %s", p.done, p.total, humanize.Bytes(uint64(p.bytes)))
	if seconds := now.Sub(p.began).Seconds(); seconds > 0 {
		line += fmt.Sprintf(", %s/s", humanize.Bytes(uint64(float64(p.bytes)/seconds)))
	}
	if p.failed > 0 {
		line += fmt.Sprintf(", %d failed", p.failed)
	}
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s", line)
		p.drawn = true
		return
	}
	fmt.Fprintln(p.w, line)
}

// Finished clears the line and tells the sum, if there is one to tell.
func (p *progressLine) Finished(report sdc.Report) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
