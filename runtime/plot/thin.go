package plot

import "math"

// thin turns a series into strokes over a width of columns. In each column it keeps the first and the last point and the lowest
// and the highest: what is drawn is the same as with all points. place gives x and y in units of columns; gaps end a stroke.
func thin(l Line, columns int, place func(x, y float64) (float64, float64)) [][]point {
	step := maxStep(l.X, l.MaxStep)
	var strokes [][]point
	var stroke []point
	var c column
	lastX := math.NaN()
	end := func() {
		stroke = c.flush(stroke)
		if len(stroke) > 0 {
			strokes = append(strokes, stroke)
		}
		stroke = nil
	}
	for i, x := range l.X {
		px, py := place(x, l.Y[i])
		if math.IsNaN(px) || math.IsInf(px, 0) || math.IsNaN(py) || math.IsInf(py, 0) {
			end()
			lastX = math.NaN()
			continue
		}
		if x-lastX > step {
			end()
		}
		lastX = x
		if px < -1 || px > float64(columns)+1 {
			continue
		}
		if at := int(math.Floor(px)); at != c.at || c.count == 0 {
			stroke = c.flush(stroke)
			c.at = at
		}
		c.add(point{px, py})
	}
	end()
	return strokes
}

type point struct{ x, y float64 }

// column collects the points of one column of pixels.
type column struct {
	at                     int
	count                  int
	first, last, low, high point
}

func (c *column) add(p point) {
	if c.count == 0 {
		c.first, c.low, c.high = p, p, p
	}
	if p.y < c.low.y {
		c.low = p
	}
	if p.y > c.high.y {
		c.high = p
	}
	c.last = p
	c.count++
}

// flush appends the column's points in the order of x, each once.
func (c *column) flush(stroke []point) []point {
	if c.count == 0 {
		return stroke
	}
	middle := [2]point{c.low, c.high}
	if c.high.x < c.low.x {
		middle = [2]point{c.high, c.low}
	}
	for _, p := range [4]point{c.first, middle[0], middle[1], c.last} {
		if n := len(stroke); n == 0 || stroke[n-1] != p {
			stroke = append(stroke, p)
		}
	}
	c.count = 0
	return stroke
}

// Thin gives a line of fewer points that looks the same in a picture of this many columns. Its gaps are NaN.
func (l Line) Thin(columns int) Line {
	if len(l.X) <= 4*columns {
		return l
	}
	first, last := l.X[0], l.X[len(l.X)-1]
	if !(last > first) {
		return l
	}
	scale := float64(columns) / (last - first)
	out := Line{Label: l.Label, MaxStep: math.Inf(1)}
	for i, stroke := range thin(l, columns, func(x, y float64) (float64, float64) { return (x - first) * scale, y }) {
		for k, p := range stroke {
			x := first + p.x/scale
			if i > 0 && k == 0 {
				out.X, out.Y = append(out.X, x), append(out.Y, math.NaN())
			}
			out.X, out.Y = append(out.X, x), append(out.Y, p.y)
		}
	}
	return out
}

// Step is the step of times above which a line has a gap: three times the median step.
func Step(x []float64) float64 { return maxStep(x, 0) }
