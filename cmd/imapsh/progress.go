package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"imapsh/bindings"
	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// progress shows the transfers of one call on standard error: live lines on a
// terminal, elsewhere a line every ten seconds, with --json each event as a line
// of JSON, with --quiet nothing.
func (c *cli) progress(verb string, total int) bindings.Progress {
	if c.flags.demo && verb == "download" && !c.interactive && !c.flags.quiet && !c.flags.json { // the banner says it at the prompt
		c.demoNamed.Do(func() { fmt.Fprintf(c.stderr, "imapsh: the demo's files go to %s\n", c.client.DataDir()) })
	}
	tally := tally{verb: verb, total: total, began: time.Now(), active: map[string]*activeFile{}}
	switch {
	case c.flags.quiet:
		return quietProgress{}
	case c.flags.json:
		return &jsonProgress{out: json.NewEncoder(forScreen(c.stderr, termtext.EscapeJSON))}
	case isTerminal(c.stderr) && c.env("TERM") != "dumb":
		return newLiveProgress(c.stderr, c.errWidth, tally, c.interactive)
	}
	return newLineProgress(c.stderr, tally)
}

// tally counts what has become of the files of a call.
type tally struct {
	verb   string // download or upload
	total  int
	began  time.Time
	done   int // files that ended
	failed int
	bytes  int64 // that moved for files that ended
	active map[string]*activeFile
	order  []string // of the active files, the longest under way first
}

// activeFile is a file that is being transferred.
type activeFile struct {
	began       time.Time
	done, total int64
	atFirst     int64 // bytes that were there when it began
	retry       error
}

// count takes an event and reports whether it ends a file.
func (t *tally) count(e sdc.Event) bool {
	switch e.Kind {
	case sdc.EventStarted:
		t.active[e.FilePath] = &activeFile{began: time.Now(), atFirst: -1}
		t.order = append(t.order, e.FilePath)
	case sdc.EventBytes, sdc.EventRetry:
		if f := t.active[e.FilePath]; f != nil {
			if f.atFirst < 0 {
				f.atFirst = e.Done
			}
			f.done, f.total, f.retry = e.Done, e.Total, e.Err
		}
	case sdc.EventFinished:
		delete(t.active, e.FilePath)
		t.order = slices.DeleteFunc(t.order, func(path string) bool { return path == e.FilePath })
		t.done++
		t.bytes += e.Transfer.Bytes
		if e.Transfer.Status == sdc.Failed {
			t.failed++
		}
		return true
	}
	return false
}

// showsFailure reports whether an event is the failure of one of several files that is
// worth a line of its own: the cause of those that were stopped or cancelled is shown
// once.
func (t *tally) showsFailure(e sdc.Event) bool {
	return t.total > 1 && e.Kind == sdc.EventFinished && e.Transfer.Status == sdc.Failed && !stopped(e.Transfer)
}

// moved is the bytes that moved so far.
func (t *tally) moved() int64 {
	sum := t.bytes
	for _, f := range t.active {
		sum += f.done - max(f.atFirst, 0)
	}
	return sum
}

// line is the whole call in one line.
func (t *tally) line(now time.Time) string {
	seconds := now.Sub(t.began).Seconds()
	text := fmt.Sprintf("%d of %d files, %s", t.done, t.total, present.Size(t.moved()))
	if seconds > 0 {
		text += fmt.Sprintf(", %s/s", present.Size(int64(float64(t.moved())/seconds)))
	}
	if left := t.total - t.done; t.done > 0 && left > 0 {
		text += ", " + present.Duration(seconds/float64(t.done)*float64(left)) + " left"
	}
	if t.failed > 0 {
		text += fmt.Sprintf(", %d failed", t.failed)
	}
	return text
}

// ticker calls a function from time to time, whether or not anything moves: a stall
// must be seen.
type ticker struct {
	done chan struct{}
	over sync.WaitGroup
}

func startTicker(first, pause time.Duration, tick func()) *ticker {
	t := &ticker{done: make(chan struct{})}
	t.over.Go(func() {
		for wait := first; ; wait = pause {
			select {
			case <-t.done:
				return
			case <-time.After(wait):
				tick()
			}
		}
	})
	return t
}

// stop returns when no call is under way and none will come.
func (t *ticker) stop() {
	close(t.done)
	t.over.Wait()
}

// lineProgress is for pipes and logs: a line every ten seconds.
type lineProgress struct {
	w       io.Writer
	ticking *ticker

	mu sync.Mutex
	tally
}

const linePause = 10 * time.Second

func newLineProgress(w io.Writer, t tally) *lineProgress {
	p := &lineProgress{w: w, tally: t}
	p.ticking = startTicker(linePause, linePause, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		fmt.Fprintln(p.w, p.line(time.Now()))
	})
	return p
}

// Event counts; the failure of one of several files is shown at once.
func (p *lineProgress) Event(e sdc.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.count(e) && p.showsFailure(e) {
		fmt.Fprintln(p.w, present.FailureLine(e.Transfer))
	}
}

// Finished says nothing: what came of it is the caller's to tell.
func (p *lineProgress) Finished(sdc.Report) { p.ticking.stop() }

// jsonProgress writes each event as a line of JSON.
type jsonProgress struct {
	mu  sync.Mutex
	out *json.Encoder
}

func (c *cli) writeErrorEvent(err error) {
	hint := ""
	var hinter api.Hinter
	if errors.As(err, &hinter) {
		hint = hinter.Hint()
	}
	out := json.NewEncoder(forScreen(c.stderr, termtext.EscapeJSON))
	out.SetEscapeHTML(false)
	_ = out.Encode(present.ErrorEventOf(err, hint))
}

// Event writes a line.
func (p *jsonProgress) Event(e sdc.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.out.Encode(present.EventOf(e))
}

// Finished has nothing to add.
func (p *jsonProgress) Finished(sdc.Report) {}

// quietProgress shows nothing.
type quietProgress struct{}

// Event is not shown.
func (quietProgress) Event(sdc.Event) {}

// Finished is not shown.
func (quietProgress) Finished(sdc.Report) {}
