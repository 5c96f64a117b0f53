package main

import (
	"fmt"
	"io"

	"github.com/mattn/go-runewidth"
)

// progressLine shows how far a long call is: on a terminal one live line, elsewhere a line every ten seconds.
type progressLine struct {
	w       io.Writer
	ticking *ticker
	drawn   bool // a live line is on the screen
}

func startProgressLine(w io.Writer, live bool, width func() int, line func() string) *progressLine {
	p := &progressLine{w: w}
	if !live {
		p.ticking = startTicker(linePause, linePause, func() { fmt.Fprintln(w, line()) })
		return p
	}
	p.ticking = startTicker(firstAfter, drawPause, func() {
		fmt.Fprint(w, clearLine+runewidth.Truncate(line(), roomFor(width()), "…"))
		p.drawn = true
	})
	return p
}

// finished takes the line off the screen.
func (p *progressLine) finished() {
	p.ticking.stop()
	if p.drawn {
		fmt.Fprint(p.w, clearLine)
	}
}
