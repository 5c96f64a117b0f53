package plot

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"html"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

// DefaultWidth is the width of a figure in pixels where none is given.
const DefaultWidth = 900

// Height is the height in pixels that a figure has where none is given.
func (f *Figure) Height() int {
	switch n := len(f.Panels); {
	case f.allSky():
		return 420*n + 40
	case n == 1:
		return 360
	default:
		return 100 + 220*n
	}
}

func pixelMedium(w, h int) medium {
	return medium{
		width: float64(w), height: float64(h), charWidth: 6.6, lineHeight: 12, tickLength: 5, space: 6, margin: 6,
		columns: 1, rows: 1, turned: true,
	}
}

// SVG writes the figure as a picture of w × h pixels.
func (f *Figure) SVG(out io.Writer, w, h int) error {
	s, err := f.layout(pixelMedium(w, h))
	if err != nil {
		return err
	}
	b := bufio.NewWriter(out)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="Helvetica, Arial, sans-serif" font-size="12">`+"\n", w, h)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", hex(paper))
	clips := map[box]int{}
	for _, i := range s.items {
		switch i := i.(type) {
		case picture:
			err = svgPicture(b, i)
		case rule:
			fmt.Fprintf(b, `<path d="M%s %sL%s %s" stroke="%s"/>`+"\n", num(crisp(i.from.x)), num(crisp(i.from.y)), num(crisp(i.to.x)), num(crisp(i.to.y)), hex(i.color))
		case stroke:
			svgStroke(b, i, clips)
		case text:
			svgText(b, i)
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

// crisp puts a straight line on the middle of a pixel.
func crisp(v float64) float64 { return math.Floor(v) + 0.5 }

func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}

func svgStroke(b *bufio.Writer, s stroke, clips map[box]int) {
	id, ok := clips[s.clip]
	if !ok {
		id = len(clips)
		clips[s.clip] = id
		fmt.Fprintf(b, `<clipPath id="c%d"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath>`+"\n", id, num(s.clip.left), num(s.clip.top), num(s.clip.width()), num(s.clip.height()))
	}
	if len(s.points) == 1 {
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="1.2" fill="%s" clip-path="url(#c%d)"/>`+"\n", num(s.points[0].x), num(s.points[0].y), hex(s.color), id)
		return
	}
	fmt.Fprintf(b, `<path fill="none" stroke="%s" stroke-width="%s" clip-path="url(#c%d)" d="M`, hex(s.color), num(s.width), id)
	for i, p := range s.points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(num(p.x))
		b.WriteByte(' ')
		b.WriteString(num(p.y))
	}
	b.WriteString("\"/>\n")
}

func svgText(b *bufio.Writer, t text) {
	b.WriteString(`<text `)
	if t.turned {
		fmt.Fprintf(b, `transform="translate(%s %s) rotate(-90)"`, num(t.at.x), num(t.at.y))
	} else {
		fmt.Fprintf(b, `x="%s" y="%s"`, num(t.at.x), num(t.at.y))
	}
	if t.anchor != start {
		fmt.Fprintf(b, ` text-anchor="%s"`, [...]string{"start", "middle", "end"}[t.anchor])
	}
	if t.bold {
		b.WriteString(` font-weight="bold"`)
	}
	fmt.Fprintf(b, ` fill="%s">%s</text>`+"\n", hex(t.color), html.EscapeString(t.text))
}

func svgPicture(b *bufio.Writer, p picture) error {
	fmt.Fprintf(b, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,`,
		num(p.box.left), num(p.box.top), num(p.box.width()), num(p.box.height()))
	e := base64.NewEncoder(base64.StdEncoding, b)
	if err := png.Encode(e, p.pixels); err != nil {
		return err
	}
	if err := e.Close(); err != nil {
		return err
	}
	b.WriteString("\"/>\n")
	return nil
}
