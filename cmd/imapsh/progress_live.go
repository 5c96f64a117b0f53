package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-runewidth"

	"imapsh/bindings/present"
	"imapsh/naming"
	"imapsh/runtime"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// liveProgress draws on a terminal: of one file a line with its bytes, rate and
// time left; of many a line for all and one for each of the four longest under
// way. Only failures stay on the screen.
type liveProgress struct {
	w        io.Writer
	width    func() int
	outcomes bool // shows the outcome, which nobody else does

	mu sync.Mutex
	tally
	drawn   int // lines on the screen now
	ticking *ticker
}

const (
	firstAfter = 500 * time.Millisecond // a call is worth a line when it lasts this long
	drawPause  = 200 * time.Millisecond
	maxActive  = 4
	clearLine  = "\r\x1b[K"
	oneLineUp  = "\x1b[1A"
)

func newLiveProgress(w io.Writer, width func() int, t tally, outcomes bool) *liveProgress {
	p := &liveProgress{w: w, width: width, outcomes: outcomes, tally: t}
	p.ticking = startTicker(firstAfter, drawPause, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.draw(time.Now())
	})
	return p
}

// Event counts; a failure of several files is shown at once.
func (p *liveProgress) Event(e sdc.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.count(e) && p.showsFailure(e) {
		p.clear()
		fmt.Fprintln(p.w, present.FailureLine(e.Transfer))
	}
}

// Finished clears the lines and shows what nobody else does.
func (p *liveProgress) Finished(report sdc.Report) {
	p.ticking.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	if !p.outcomes {
		return
	}
	if len(report) == 1 && slices.Contains([]sdc.Status{sdc.Downloaded, sdc.Replaced, sdc.Uploaded}, report[0].Status) {
		t := report[0]
		to := t.Path
		if t.Status == sdc.Uploaded {
			to = t.FilePath
		}
		fmt.Fprintln(p.w, termtext.EscapeLine(fmt.Sprintf("✓ %s %s %s → %s", naming.Base(t.FilePath), present.Size(t.Bytes), present.Duration(t.Seconds), to)))
	}
	took := time.Since(p.began)
	switch failed := report.With(sdc.Failed); {
	case len(report) < 2:
	case len(failed) == 0:
		fmt.Fprintln(p.w, "✓ "+present.Outcome(report, took, interrupted))
	case slices.ContainsFunc(failed, interrupted):
		fmt.Fprintln(p.w, present.Outcome(report, took, interrupted)+"; the same call goes on where it stopped")
	case p.verb == "download":
		fmt.Fprintln(p.w, present.Outcome(report, took, interrupted)+"; retry: download(_error.report.failed)")
	default:
		fmt.Fprintln(p.w, present.Outcome(report, took, interrupted))
	}
}

// stopped reports whether a transfer was ended by ^C or for the sake of another.
func stopped(t sdc.Transfer) bool {
	var cancelled *sdc.CancelledError
	return interrupted(t) || errors.As(t.Err, &cancelled)
}

// interrupted reports whether ^C ended a transfer, which is no fault of the file's.
func interrupted(t sdc.Transfer) bool {
	return errors.Is(t.Err, runtime.ErrInterrupted) || errors.Is(t.Err, context.Canceled)
}

// draw replaces the lines by the present ones.
func (p *liveProgress) draw(now time.Time) {
	p.clear()
	lines := p.lines(now, roomFor(p.width()))
	fmt.Fprint(p.w, strings.Join(lines, "\n"))
	p.drawn = len(lines)
}

// roomFor is how many columns a live line has on a screen of so many: the terminal's
// echo of ^C needs some. A width that is not known is 0.
func roomFor(width int) int {
	if width <= 0 {
		width = 80
	}
	return max(width-len("^C")-1, 1)
}

// clear takes the lines off the screen and leaves the cursor where they began.
func (p *liveProgress) clear() {
	if p.drawn == 0 {
		return
	}
	fmt.Fprint(p.w, clearLine+strings.Repeat(oneLineUp+clearLine, p.drawn-1))
	p.drawn = 0
}

// lines are what there is to draw, none wider than so many columns.
func (p *liveProgress) lines(now time.Time, most int) []string {
	var lines []string
	indent := ""
	if p.total != 1 {
		lines, indent = append(lines, p.line(now)), "  "
	}
	for _, path := range p.order[:min(len(p.order), maxActive)] {
		state := "  " + termtext.EscapeLine(p.active[path].line(now))
		name := termtext.EscapeLine(naming.Base(path))
		room := most - runewidth.StringWidth(indent+state)
		lines = append(lines, indent+runewidth.Truncate(name, max(room, minName), "…")+state)
	}
	for i, line := range lines {
		lines[i] = runewidth.Truncate(line, most, "…")
	}
	return lines
}

// minName is what is left of a file's name, in columns, on a narrow screen: it gives
// way to the numbers.
const minName = 12

// line is how much of a file is there, how fast, how long yet.
func (f *activeFile) line(now time.Time) string {
	text := present.Size(f.done)
	if f.total > 0 {
		text += fmt.Sprintf(" of %s (%d%%)", present.Size(f.total), 100*f.done/f.total)
	}
	if f.retry != nil {
		return text + "  trying again: " + f.retry.Error()
	}
	seconds := now.Sub(f.began).Seconds()
	moved := f.done - max(f.atFirst, 0)
	if moved <= 0 || seconds <= 0 {
		return text
	}
	rate := float64(moved) / seconds
	text += fmt.Sprintf("  %s/s", present.Size(int64(rate)))
	if f.total > f.done {
		text += "  " + present.Duration(float64(f.total-f.done)/rate) + " left"
	}
	return text
}
