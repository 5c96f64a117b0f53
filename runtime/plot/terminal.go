package plot

import (
	"bufio"
	"fmt"
	"image/color"
	"io"
	"math"
)

// Text writes the figure in characters, columns × lines of them: lines as dots of braille, meshes as half blocks. With
// colors false it has no colours: meshes are then characters from light to dense.
func (f *Figure) Text(out io.Writer, columns, lines int, colors bool) error {
	m := medium{
		width: float64(columns), height: float64(lines), charWidth: 1, lineHeight: 1, tickLength: 0, space: 0.5,
		whole: true, columns: 2, rows: 4,
	}
	s, err := f.layout(m)
	if err != nil {
		return err
	}
	c := &canvas{columns: columns, lines: lines, colors: colors, cells: make([]cell, columns*lines)}
	for _, i := range s.items {
		switch i := i.(type) {
		case picture:
			c.picture(i)
		case rule:
			c.rule(i)
		case stroke:
			c.stroke(i)
		case text:
			c.text(i)
		}
	}
	return c.write(out)
}

// canvas is the characters of a terminal.
type canvas struct {
	columns, lines int
	colors         bool
	cells          []cell
}

// cell is a character: a letter, dots of braille, or two half blocks.
type cell struct {
	letter       rune
	dots         uint8
	sides        uint8 // of lines of a box
	color        color.RGBA
	upper, lower color.RGBA // of half blocks, where their alpha is not 0
	bold         bool
}

func (c *canvas) at(x, y int) *cell {
	if x < 0 || y < 0 || x >= c.columns || y >= c.lines {
		return nil
	}
	return &c.cells[y*c.columns+x]
}

// The sides to which a line goes from the middle of a cell.
const (
	up = 1 << iota
	down
	toLeft
	toRight
)

// boxLetters are the characters for boxes, by the sides to which their lines go.
var boxLetters = map[uint8]rune{
	up | down: '│', toLeft | toRight: '─', down | toRight: '┌', down | toLeft: '┐', up | toRight: '└', up | toLeft: '┘',
	up | down | toRight: '├', up | down | toLeft: '┤', down | toLeft | toRight: '┬', up | toLeft | toRight: '┴',
	up | down | toLeft | toRight: '┼', up: '╵', down: '╷', toLeft: '╴', toRight: '╶',
}

// rule draws an axis with the characters for boxes. The grid is left out: it would hide the lines.
func (c *canvas) rule(r rule) {
	if r.color == faint {
		return
	}
	x0, y0, x1, y1 := int(r.from.x), int(r.from.y), int(r.to.x), int(r.to.y)
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	join := func(x, y int, before, after uint8, first, last bool) {
		cell := c.at(x, y)
		if cell == nil {
			return
		}
		if !first {
			cell.sides |= before
		}
		if !last {
			cell.sides |= after
		}
	}
	switch {
	case x0 == x1 && y0 == y1:
	case y0 == y1:
		for x := x0; x <= x1; x++ {
			join(x, y0, toLeft, toRight, x == x0, x == x1)
		}
	default:
		for y := y0; y <= y1; y++ {
			join(x0, y, up, down, y == y0, y == y1)
		}
	}
}

// dotBits are the bits of braille's eight dots, by column and row.
var dotBits = [2][4]uint8{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

func (c *canvas) dot(x, y float64, ink color.RGBA, clip box) {
	if x < clip.left || x > clip.right || y < clip.top || y > clip.bottom {
		return
	}
	dx, dy := int(x*2), int(y*4)
	if cell := c.at(dx/2, dy/4); cell != nil && dx >= 0 && dy >= 0 {
		cell.dots |= dotBits[dx%2][dy%4]
		cell.color = ink
	}
}

func (c *canvas) stroke(s stroke) {
	for i, p := range s.points {
		c.dot(p.x, p.y, s.color, s.clip)
		if i == 0 {
			continue
		}
		q := s.points[i-1]
		steps := math.Ceil(max(math.Abs(p.x-q.x)*2, math.Abs(p.y-q.y)*4))
		steps = min(steps, float64(8*(c.columns+c.lines)))
		for k := 1.0; k < steps; k++ {
			f := k / steps
			c.dot(q.x+(p.x-q.x)*f, q.y+(p.y-q.y)*f, s.color, s.clip)
		}
	}
}

// shades are characters from light to dense.
const shades = ` .:-=+*#%@`

func (c *canvas) picture(p picture) {
	size := p.pixels.Bounds().Size()
	left, top, right, bottom := int(p.box.left), int(p.box.top), int(p.box.right), int(p.box.bottom)
	sample := func(x int, y float64) color.RGBA {
		px := int((float64(x-left) + 0.5) / float64(max(1, right-left)) * float64(size.X))
		py := int((y - float64(top)) / float64(max(1, bottom-top)) * float64(size.Y))
		return p.pixels.RGBAAt(min(px, size.X-1), min(py, size.Y-1))
	}
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			cell := c.at(x, y)
			if cell == nil {
				continue
			}
			upper, lower := sample(x, float64(y)+0.25), sample(x, float64(y)+0.75)
			if c.colors {
				cell.upper, cell.lower = upper, lower
				continue
			}
			if mixed := sample(x, float64(y)+0.5); mixed.A == 255 && mixed != empty {
				cell.letter = rune(shades[int(place(mixed)*float64(len(shades)-1)+0.5)])
			}
		}
	}
}

// place is where a colour stands in the colour map, from 0 to 1.
func place(c color.RGBA) float64 {
	best, at := math.Inf(1), 0.0
	const steps = 100
	for i := range steps + 1 {
		m := meshColor(float64(i) / steps)
		d := math.Abs(float64(m.R)-float64(c.R)) + math.Abs(float64(m.G)-float64(c.G)) + math.Abs(float64(m.B)-float64(c.B))
		if d < best {
			best, at = d, float64(i)/steps
		}
	}
	return at
}

func (c *canvas) text(t text) {
	runes := []rune(t.text)
	x := int(t.at.x) - [...]int{0, len(runes) / 2, len(runes)}[t.anchor]
	y := int(t.at.y)
	for i, r := range runes {
		if cell := c.at(x+i, y); cell != nil {
			under := *cell
			*cell = cellOf(r, t)
			cell.upper, cell.lower = under.upper, under.lower
		}
	}
}

func cellOf(r rune, t text) cell {
	c := cell{letter: r, color: t.color, bold: t.bold}
	if t.color == ink || t.color == paper {
		c.color = color.RGBA{}
	}
	return c
}

func (c *canvas) write(out io.Writer) error {
	b := bufio.NewWriter(out)
	for y := range c.lines {
		last := c.columns
		for last > 0 && c.cells[y*c.columns+last-1] == (cell{}) {
			last--
		}
		style := ""
		for x := range last {
			cell := c.cells[y*c.columns+x]
			r, s := cell.draw()
			if c.colors && s != style {
				b.WriteString("\x1b[0" + s + "m")
				style = s
			}
			b.WriteRune(r)
		}
		if style != "" {
			b.WriteString("\x1b[0m")
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// draw gives the character of a cell and its style as parameters of an SGR sequence.
func (c cell) draw() (rune, string) {
	switch {
	case c.sides != 0:
		return boxLetters[c.sides], foreground(color.RGBA{128, 128, 128, 255})
	case c.letter != 0:
		return c.letter, c.style()
	case c.dots != 0:
		return 0x2800 + rune(c.dots), c.style()
	case c.upper.A == 0 && c.lower.A == 0:
		return ' ', ""
	case c.upper.A == 0:
		return '▄', foreground(c.lower)
	case c.lower.A == 0:
		return '▀', foreground(c.upper)
	}
	return '▀', foreground(c.upper) + background(c.lower)
}

func (c cell) style() string {
	s := ""
	if c.bold {
		s = ";1"
	}
	if c.color.A != 0 {
		s += foreground(c.color)
	}
	return s
}

func foreground(c color.RGBA) string { return fmt.Sprintf(";38;2;%d;%d;%d", c.R, c.G, c.B) }
func background(c color.RGBA) string { return fmt.Sprintf(";48;2;%d;%d;%d", c.R, c.G, c.B) }
