package plot

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// PNG writes the figure as a picture of w × h pixels.
func (f *Figure) PNG(out io.Writer, w, h int) error {
	pixels, err := f.Image(w, h)
	if err != nil {
		return err
	}
	return png.Encode(out, pixels)
}

// Image draws the figure into w × h pixels.
func (f *Figure) Image(w, h int) (*image.RGBA, error) {
	s, err := f.layout(pixelMedium(w, h))
	if err != nil {
		return nil, err
	}
	r := &raster{pixels: image.NewRGBA(image.Rect(0, 0, w, h))}
	for bold, ttf := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		if err := r.load(bold, ttf); err != nil {
			return nil, err
		}
	}
	draw.Draw(r.pixels, r.pixels.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	for _, i := range s.items {
		switch i := i.(type) {
		case picture:
			r.picture(i)
		case rule:
			r.rule(i)
		case stroke:
			r.stroke(i)
		case text:
			r.text(i)
		}
	}
	return r.pixels, nil
}

type raster struct {
	pixels *image.RGBA
	faces  map[bool]font.Face
	area   vector.Rasterizer
}

func (r *raster) load(bold bool, ttf []byte) error {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 12, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return err
	}
	if r.faces == nil {
		r.faces = map[bool]font.Face{}
	}
	r.faces[bold] = face
	return nil
}

func (r *raster) picture(p picture) {
	size := p.pixels.Bounds().Size()
	left, top := int(math.Round(p.box.left)), int(math.Round(p.box.top))
	right, bottom := int(math.Round(p.box.right)), int(math.Round(p.box.bottom))
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			c := p.pixels.RGBAAt((x-left)*size.X/(right-left), (y-top)*size.Y/(bottom-top))
			if c.A == 255 {
				r.pixels.SetRGBA(x, y, c)
			}
		}
	}
}

func (r *raster) rule(l rule) {
	x0, y0, x1, y1 := int(l.from.x), int(l.from.y), int(l.to.x), int(l.to.y)
	draw.Draw(r.pixels, image.Rect(min(x0, x1), min(y0, y1), max(x0, x1)+1, max(y0, y1)+1), image.NewUniform(l.color), image.Point{}, draw.Src)
}

// stroke draws each part of the line as a rectangle of the line's width, and round ends as small squares.
func (r *raster) stroke(s stroke) {
	clip := image.Rect(int(math.Floor(s.clip.left)), int(math.Floor(s.clip.top)), int(math.Ceil(s.clip.right)), int(math.Ceil(s.clip.bottom)))
	target, ok := r.pixels.SubImage(clip).(*image.RGBA)
	if !ok || target.Bounds().Empty() {
		return
	}
	bounds := target.Bounds()
	r.area.Reset(bounds.Dx(), bounds.Dy())
	half := s.width / 2
	path := func(points ...point) {
		for i, p := range points {
			x, y := float32(p.x-float64(bounds.Min.X)), float32(p.y-float64(bounds.Min.Y))
			if i == 0 {
				r.area.MoveTo(x, y)
			} else {
				r.area.LineTo(x, y)
			}
		}
		r.area.ClosePath()
	}
	for i, p := range s.points {
		if i == 0 {
			if len(s.points) == 1 {
				path(point{p.x - 1, p.y - 1}, point{p.x + 1, p.y - 1}, point{p.x + 1, p.y + 1}, point{p.x - 1, p.y + 1})
			}
			continue
		}
		q := s.points[i-1]
		dx, dy := p.x-q.x, p.y-q.y
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		// The ends reach a little further, so that parts meet at corners.
		ux, uy := dx/length*half, dy/length*half
		path(point{q.x - ux - uy, q.y - uy + ux}, point{q.x - ux + uy, q.y - uy - ux}, point{p.x + ux + uy, p.y + uy - ux}, point{p.x + ux - uy, p.y + uy + ux})
	}
	r.area.Draw(target, bounds, image.NewUniform(s.color), image.Point{})
}

func (r *raster) text(t text) {
	face := r.faces[t.bold]
	width := font.MeasureString(face, t.text).Ceil()
	shift := [...]int{0, width / 2, width}[t.anchor]
	if !t.turned {
		d := font.Drawer{Dst: r.pixels, Src: image.NewUniform(t.color), Face: face, Dot: fixed.P(int(t.at.x)-shift, int(t.at.y))}
		d.DrawString(t.text)
		return
	}
	// Turned text is drawn upright and its pixels are turned.
	const height, baseline = 20, 15
	upright := image.NewAlpha(image.Rect(0, 0, width+2, height))
	d := font.Drawer{Dst: upright, Src: image.NewUniform(color.Alpha{255}), Face: face, Dot: fixed.P(0, baseline)}
	d.DrawString(t.text)
	turned := image.NewAlpha(image.Rect(0, 0, height, width+2))
	for y := range height {
		for x := range width + 2 {
			turned.SetAlpha(y, width+1-x, upright.AlphaAt(x, y))
		}
	}
	at := image.Pt(int(t.at.x)-baseline, int(t.at.y)+shift-width)
	draw.DrawMask(r.pixels, turned.Bounds().Add(at), image.NewUniform(t.color), image.Point{}, turned, image.Point{}, draw.Over)
}
