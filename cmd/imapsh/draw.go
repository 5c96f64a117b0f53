package main

import (
	"imapsh/bindings/figure"
	"imapsh/runtime/plot"
	"imapsh/runtime/plot/graphics"
)

// drawFigure shows a figure where the output goes: as a picture where the terminal shows pictures, else in characters.
func (c *cli) drawFigure(f *plot.Figure, size figure.Size) error {
	protocol := graphics.Braille
	if isTerminal(c.stdout) {
		protocol = graphics.Of(c.env)
	}
	if protocol != graphics.Braille {
		w, h := size.Of(f)
		pixels, err := f.Image(w, h)
		if err != nil {
			return err
		}
		return graphics.Write(c.stdout, protocol, pixels)
	}
	columns, lines := c.width(), c.height()
	if columns <= 0 {
		columns, lines = 80, 24
	}
	// The last line is for what is typed next. A figure of several panels may be higher than the screen.
	lines = max(lines-1, 12*len(f.Panels))
	return f.Text(c.stdout, columns, lines, c.color(c.stdout))
}
