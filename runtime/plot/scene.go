package plot

import (
	"image"
	"image/color"
)

// scene is what is drawn, in units of the medium: pixels, or cells of a terminal. The origin is at the top left.
type scene struct {
	width, height float64
	items         []item
}

// item is one thing to draw; what comes later lies above.
type item interface{}

// stroke is a connected line, drawn inside clip.
type stroke struct {
	points []point
	color  color.RGBA
	width  float64
	clip   box
}

// rule is a straight line of an axis or a grid.
type rule struct {
	from, to point
	color    color.RGBA
}

// text stands at a point, upright or turned to read upwards.
type text struct {
	at     point
	text   string
	anchor anchor
	color  color.RGBA
	bold   bool
	turned bool
}

type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// picture fills a box with pixels.
type picture struct {
	box    box
	pixels *image.RGBA
}

type box struct{ left, top, right, bottom float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.bottom - b.top }

// medium is what the layout must know of where it is drawn.
type medium struct {
	width, height float64
	charWidth     float64 // of a letter, on average
	lineHeight    float64
	tickLength    float64
	space         float64 // between things
	margin        float64 // around all
	whole         bool    // boxes stand on whole units
	columns       float64 // finest columns in a unit: 1 pixel, 2 dots of a braille cell
	rows          float64
	turned        bool // whether text can be turned
}
