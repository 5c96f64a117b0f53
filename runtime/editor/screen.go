package editor

import (
	"bytes"
	"fmt"
	"io"
)

// screen draws frames where the cursor stands, each over the one before, and sends only the
// rows that differ.
type screen struct {
	out    io.Writer
	frame  frame // what is on the screen
	width  int   // of the terminal when it was drawn
	buffer bytes.Buffer
}

// show draws a frame.
func (s *screen) show(f frame, width int) {
	s.begin()
	s.draw(f)
	s.width = width
	s.end()
}

// resize draws a frame on a terminal that has a new width. A terminal breaks the rows that
// have become too long, and this must start above all of them.
func (s *screen) resize(f frame, width int) {
	if width == s.width {
		s.show(f, width)
		return
	}
	line := 0
	for _, r := range s.frame.rows[:min(s.frame.line, len(s.frame.rows))] {
		line += 1 + max(r.width-1, 0)/width
	}
	s.frame.line = line + s.frame.column/width
	s.begin()
	s.clear()
	s.draw(f)
	s.width = width
	s.end()
}

// above prints lines where the frame is and draws the frame anew below them.
func (s *screen) above(text string, f frame) {
	s.begin()
	s.clear()
	s.buffer.WriteString(text)
	s.draw(f)
	s.end()
}

// leave draws the last frame of a statement, and puts the cursor below it.
func (s *screen) leave(f frame) {
	s.begin()
	s.draw(f)
	s.moveTo(len(f.rows)-1, 0)
	s.buffer.WriteString("\r\n")
	s.frame = frame{}
	s.end()
}

// wipe clears the whole screen and draws the frame at its top.
func (s *screen) wipe(f frame) {
	s.begin()
	s.buffer.WriteString("\x1b[H\x1b[2J")
	s.frame = frame{}
	s.draw(f)
	s.end()
}

func (s *screen) write(text string) { _, _ = io.WriteString(s.out, text) }

func (s *screen) begin() { s.buffer.Reset() }

// end sends what has been drawn in one piece, so that nothing flickers.
func (s *screen) end() { _, _ = s.out.Write(s.buffer.Bytes()) }

// clear removes the frame and leaves the cursor where it began.
func (s *screen) clear() {
	s.moveTo(0, 0)
	s.buffer.WriteString("\x1b[J")
	s.frame = frame{}
}

func (s *screen) draw(f frame) {
	last := s.frame.rows
	for i, r := range f.rows {
		if i < len(last) && last[i].text == r.text {
			continue
		}
		s.moveTo(i, 0)
		s.buffer.WriteString(r.text)
		s.buffer.WriteString("\x1b[K")
		s.frame.column = r.width
	}
	if len(last) > len(f.rows) {
		s.moveTo(len(f.rows), 0)
		s.buffer.WriteString("\x1b[J")
	}
	s.moveTo(f.line, f.column)
	s.frame = f
}

// moveTo moves the cursor within the frame, or to the row just below it.
func (s *screen) moveTo(line, column int) {
	switch d := line - s.frame.line; {
	case d > 0:
		// Line feeds: the rows may have to be made first.
		for range d {
			s.buffer.WriteString("\r\n")
		}
		s.frame.column = 0
	case d < 0:
		fmt.Fprintf(&s.buffer, "\x1b[%dA", -d)
	}
	s.frame.line = line
	if column != s.frame.column {
		// From the left: the width of what stands there may be a wrong guess.
		s.buffer.WriteString("\r")
		if column > 0 {
			fmt.Fprintf(&s.buffer, "\x1b[%dC", column)
		}
	}
	s.frame.column = column
}
