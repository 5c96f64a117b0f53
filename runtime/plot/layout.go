package plot

import (
	"image/color"
	"math"
	"strconv"
	"unicode/utf8"
)

// layout places a figure in a medium.
func (f *Figure) layout(m medium) (*scene, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s := &scene{width: m.width, height: m.height}
	l := &layouter{figure: f, medium: m, scene: s}
	l.place()
	return s, nil
}

type layouter struct {
	figure *Figure
	medium medium
	scene  *scene
	x      extent
}

func (l *layouter) add(i item) { l.scene.items = append(l.scene.items, i) }

func (l *layouter) text(at point, s string, a anchor) {
	l.add(text{at: at, text: s, anchor: a, color: ink})
}

func (l *layouter) textWidth(s string) float64 {
	return float64(utf8.RuneCountInString(s)) * l.medium.charWidth
}

// panelLayout is what a panel needs around its box.
type panelLayout struct {
	y, color    extent
	yTicks      []tick
	colorTicks  []tick
	left, right float64
	above       float64
}

func (l *layouter) place() {
	m, f := l.medium, l.figure
	top := m.margin
	if f.Title != "" {
		l.add(text{at: point{m.width / 2, top + m.lineHeight*0.9}, text: l.clipped(f.Title, m.width), anchor: middle, color: ink, bold: true})
		top += m.lineHeight + m.space
	}
	sky := f.allSky()
	var lists [][]float64
	for _, p := range f.Panels {
		if p.Mesh != nil {
			lists = append(lists, edges(p.Mesh.X, f.X.Scale))
		}
		for _, line := range p.Lines {
			lists = append(lists, line.X)
		}
	}
	l.x = extentOf(f.X, 0, lists...)
	bottom := m.height - m.margin
	if !sky {
		bottom -= 2*m.lineHeight + m.tickLength + m.space
		if m.whole { // the box's line takes a unit itself
			bottom--
		}
	}
	count := float64(len(f.Panels))
	gap := m.space
	height := (bottom - top - gap*(count-1)) / count
	layouts := make([]panelLayout, len(f.Panels))
	left, right := 0.0, 0.0
	for i, p := range f.Panels {
		layouts[i] = l.measure(p, height, sky)
		left, right = max(left, layouts[i].left), max(right, layouts[i].right)
	}
	for i, p := range f.Panels {
		at := top + float64(i)*(height+gap) + layouts[i].above
		b := l.snapped(box{left + m.space, at, m.width - right - m.space, top + float64(i)*(height+gap) + height})
		if b.width() < 2*m.charWidth || b.height() < m.lineHeight {
			continue
		}
		if sky {
			l.sky(p, b, layouts[i])
		} else {
			l.panel(p, b, layouts[i], i == len(f.Panels)-1)
		}
	}
}

// snapped puts a box on whole units where the medium has nothing between them.
func (l *layouter) snapped(b box) box {
	if !l.medium.whole {
		return b
	}
	return box{math.Round(b.left), math.Round(b.top), math.Round(b.right), math.Round(b.bottom)}
}

func (l *layouter) measure(p Panel, height float64, sky bool) panelLayout {
	m := l.medium
	var pl panelLayout
	if p.Title != "" || len(p.Lines) > 1 {
		pl.above = m.lineHeight + m.space
	}
	var ys [][]float64
	pad := 0.05
	if p.Mesh != nil {
		ys = append(ys, edges(p.Mesh.Y, p.Y.Scale))
		pad = 0
	}
	for _, line := range p.Lines {
		ys = append(ys, line.Y)
	}
	pl.y = extentOf(p.Y, pad, ys...)
	marks := int((height - pl.above) / (2.2 * m.lineHeight))
	if !sky {
		pl.yTicks = ticks(pl.y, p.Y.Scale, min(marks, 8))
		pl.left = l.tickWidth(pl.yTicks) + m.tickLength + m.space
		if p.Y.caption() != "" && m.turned {
			pl.left += m.lineHeight + m.space
		}
	}
	if p.Mesh != nil {
		pl.color = extentOf(p.Mesh.Color, 0, p.Mesh.Z)
		pl.colorTicks = ticks(pl.color, p.Mesh.Color.Scale, min(marks, 6))
		pl.right = 2*m.charWidth + l.tickWidth(pl.colorTicks) + m.tickLength + 3*m.space
		if p.Mesh.Color.caption() != "" && m.turned {
			pl.right += m.lineHeight + m.space
		}
	}
	// A label below the first or the last mark reaches half its width beyond the box.
	pl.left, pl.right = max(pl.left, 5*m.charWidth), max(pl.right, 5*m.charWidth)
	return pl
}

func (l *layouter) tickWidth(ticks []tick) float64 {
	w := 0.0
	for _, t := range ticks {
		w = max(w, l.textWidth(t.label))
	}
	return w
}

func (l *layouter) panel(p Panel, b box, pl panelLayout, last bool) {
	m, scale := l.medium, l.figure.X.Scale
	l.header(p, b)
	xTicks := ticks(l.x, scale, int(b.width()/(11*m.charWidth)))
	if p.Mesh != nil {
		w, h := max(1, int(b.width()*m.columns)), max(1, int(b.height()*m.rows))
		l.add(picture{b, meshPixels(p.Mesh, l.x, pl.y, scale, p.Y.Scale, pl.color, w, h)})
		l.colorBar(p.Mesh, b, pl)
	} else {
		for _, t := range pl.yTicks {
			y := b.bottom - pl.y.at(t.value, p.Y.Scale)*b.height()
			l.add(rule{point{b.left, y}, point{b.right, y}, faint})
		}
		for _, t := range xTicks {
			x := b.left + l.x.at(t.value, scale)*b.width()
			l.add(rule{point{x, b.top}, point{x, b.bottom}, faint})
		}
	}
	for i, line := range p.Lines {
		c := lineColor(i)
		if p.Mesh != nil {
			c = color.RGBA{255, 255, 255, 255}
		}
		for _, points := range thin(line, int(b.width()*m.columns), func(x, y float64) (float64, float64) {
			return l.x.at(x, scale) * b.width() * m.columns, pl.y.at(y, p.Y.Scale)
		}) {
			for k := range points {
				points[k] = point{b.left + points[k].x/m.columns, b.bottom - points[k].y*b.height()}
			}
			l.add(stroke{points: points, color: c, width: 1.2, clip: b})
		}
	}
	l.frame(b)
	for _, t := range pl.yTicks {
		y := b.bottom - pl.y.at(t.value, p.Y.Scale)*b.height()
		l.add(rule{point{b.left - m.tickLength, y}, point{b.left, y}, ink})
		l.text(point{b.left - m.tickLength - m.space/2, y + m.lineHeight*0.32}, t.label, end)
	}
	if c := p.Y.caption(); c != "" && m.turned {
		l.add(text{at: point{m.space + m.lineHeight, (b.top + b.bottom) / 2}, text: l.clipped(c, b.height()), anchor: middle, color: ink, turned: true})
	}
	for _, t := range xTicks {
		x := b.left + l.x.at(t.value, scale)*b.width()
		l.add(rule{point{x, b.bottom}, point{x, b.bottom + m.tickLength}, ink})
		if last {
			l.text(point{x, b.bottom + m.tickLength + m.lineHeight}, t.label, middle)
		}
	}
	if last {
		l.text(point{(b.left + b.right) / 2, b.bottom + m.tickLength + 2*m.lineHeight + m.space}, l.clipped(l.xCaption(), b.width()), middle)
	}
}

func (l *layouter) xCaption() string {
	c := l.figure.X.caption()
	if l.figure.X.Scale != Time {
		return c
	}
	if c == "" {
		return span(l.x)
	}
	return c + ", " + span(l.x)
}

// header is what stands above a panel's box: its title at the left, the names of its lines at the right.
func (l *layouter) header(p Panel, b box) {
	m := l.medium
	y := b.top - m.space
	title := p.Title
	if !m.turned && p.Y.caption() != "" && title != "" {
		title += " [" + p.Y.Unit + "]"
		if p.Y.Unit == "" {
			title = p.Title
		}
	}
	right := b.right
	if len(p.Lines) > 1 {
		for i := len(p.Lines) - 1; i >= 0; i-- {
			name := p.Lines[i].Label
			right -= l.textWidth(name)
			if right < b.left {
				break
			}
			l.add(text{at: point{right, y}, text: name, anchor: start, color: lineColor(i), bold: true})
			right -= 2 * m.charWidth
		}
	}
	if title != "" {
		l.text(point{b.left, y}, l.clipped(title, right-b.left), start)
	}
}

func (l *layouter) frame(b box) {
	corners := []point{{b.left, b.top}, {b.right, b.top}, {b.right, b.bottom}, {b.left, b.bottom}, {b.left, b.top}}
	for i := 1; i < len(corners); i++ {
		l.add(rule{corners[i-1], corners[i], ink})
	}
}

func (l *layouter) colorBar(mesh *Mesh, b box, pl panelLayout) {
	m := l.medium
	bar := l.snapped(box{b.right + 2*m.space, b.top, b.right + 2*m.space + 2*m.charWidth, b.bottom})
	scale := &Mesh{X: []float64{0}, Color: Axis{}}
	const steps = 256
	for i := range steps {
		scale.Y = append(scale.Y, float64(i))
		scale.Z = append(scale.Z, float64(i))
	}
	w, h := max(1, int(bar.width()*m.columns)), max(1, int(bar.height()*m.rows))
	l.add(picture{bar, meshPixels(scale, extent{-0.5, 0.5}, extent{-0.5, steps - 0.5}, Linear, Linear, extent{0, steps - 1}, w, h)})
	l.frame(bar)
	for _, t := range pl.colorTicks {
		y := bar.bottom - pl.color.at(t.value, mesh.Color.Scale)*bar.height()
		l.add(rule{point{bar.right, y}, point{bar.right + m.tickLength, y}, ink})
		l.text(point{bar.right + m.tickLength + m.space/2, y + m.lineHeight*0.32}, t.label, start)
	}
	if c := mesh.Color.caption(); c != "" && m.turned {
		l.add(text{at: point{m.width - m.space, (b.top + b.bottom) / 2}, text: l.clipped(c, b.height()), anchor: middle, color: ink, turned: true})
	}
}

// sky draws a map in Mollweide's projection with a net of meridians and parallels.
func (l *layouter) sky(p Panel, b box, pl panelLayout) {
	m := l.medium
	l.header(p, b)
	// The ellipse is twice as wide as high, in the shape of the medium's units.
	shape := m.columns / m.rows
	if h := b.width() * shape / 2; h < b.height() {
		middle := (b.top + b.bottom) / 2
		b.top, b.bottom = middle-h/2, middle+h/2
	} else {
		w, middle := b.height()*2/shape, (b.left+b.right)/2
		b.left, b.right = middle-w/2, middle+w/2
	}
	b = l.snapped(b)
	w, h := max(1, int(b.width()*m.columns)), max(1, int(b.height()*m.rows))
	l.add(picture{b, skyPixels(p.Mesh, pl.color, w, h)})
	at := func(lon, lat float64) point {
		u, v := project(lon, lat)
		return point{b.left + (u+1)/2*b.width(), b.top + (1-v)/2*b.height()}
	}
	net := func(color color.RGBA, n int, f func(k float64) (lon, lat float64)) {
		var points []point
		for k := range n + 1 {
			points = append(points, at(f(float64(k)/float64(n))))
		}
		l.add(stroke{points: points, color: color, width: 0.6, clip: box{b.left - 1, b.top - 1, b.right + 1, b.bottom + 1}})
	}
	for lon := -180.0; lon <= 180; lon += 60 {
		c := faint
		if math.Abs(lon) == 180 {
			c = ink
		}
		net(c, 60, func(k float64) (float64, float64) { return lon, 180*k - 90 })
	}
	for lat := -60.0; lat <= 60; lat += 30 {
		net(faint, 60, func(k float64) (float64, float64) { return 360*k - 180, lat })
		mark := at(-180, lat)
		l.text(point{mark.x - m.space, mark.y + m.lineHeight*0.32}, degrees(lat), end)
	}
	center := skyCenter(p.Mesh)
	for lon := -120.0; lon <= 120; lon += 60 {
		mark := at(lon, 0)
		l.add(text{at: point{mark.x, mark.y + m.lineHeight*1.1}, text: degrees(center - lon), anchor: middle, color: paper})
	}
	l.colorBar(p.Mesh, box{b.left, b.top, max(b.right, m.width-l.barRoom(pl)), b.bottom}, pl)
}

// barRoom is the width that a colour bar takes.
func (l *layouter) barRoom(pl panelLayout) float64 { return pl.right + l.medium.space }

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) + "°" }

// clipped shortens a text to a width.
func (l *layouter) clipped(s string, width float64) string {
	n := int(width / l.medium.charWidth)
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	if n < 2 {
		return ""
	}
	return string(runes[:n-1]) + "…"
}
