package figure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"imapsh/runtime/plot"
	"imapsh/sdc/cdf"
)

// panel is one variable on its way into a picture.
type panel struct {
	name    string
	title   string
	label   string
	unit    string
	log     bool
	isMap   bool
	over    bool // records lie along time
	axes    []axis
	x       plot.Axis
	offsets [][]int // elements of a record that make each value of a column, by value
	times   []float64
	columns []float64 // values, column after column
	done    []plot.Line
	invalid int
	notes   []string
	layout  string
}

// plan decides how a variable is drawn.
func (b *Builder) plan(ctx context.Context, f *cdf.File, v *cdf.Variable) (*panel, error) {
	switch {
	case v.Type.IsText():
		return nil, errors.New("it is text, which makes no picture")
	case v.Records == 0:
		return nil, errors.New("it has no records")
	}
	axes, err := axesOf(ctx, f, v)
	if err != nil {
		return nil, err
	}
	p := &panel{
		name: v.Name, label: firstOf(v.Text("LABLAXIS"), v.Text("FIELDNAM"), v.Name), unit: unitOf(ctx, f, v),
		log: strings.EqualFold(v.Text("SCALETYP"), "log"), isMap: isMap(v), axes: axes, layout: fmt.Sprint(v.Dims),
	}
	_, timed := v.TimeVariable()
	p.over = !p.isMap && v.RecordVary && (v.Records > 1 || b.options.Several && timed)
	for i := range axes {
		if index, ok := b.options.At[axes[i].name]; ok {
			if index < 0 || index >= axes[i].size {
				return nil, fmt.Errorf("the index %d of %s must be 0 to %d", index, axes[i].name, axes[i].size-1)
			}
			axes[i].use, axes[i].at = fix, index
		}
	}
	if err := assign(axes, v, p.over); err != nil {
		return nil, err
	}
	p.x = plot.Axis{Scale: plot.Time}
	if !p.over {
		p.x = plot.Axis{}
		if a, ok := p.axis(across); ok && !p.isMap {
			p.x = a.plotAxis()
		}
	} else if !timed {
		p.x = plot.Axis{Label: "record"}
	}
	p.title = p.heading(v)
	p.offsets = p.elements()
	return p, nil
}

func (p *panel) overName() string {
	if p.isMap {
		return "the sky"
	}
	if p.x.Scale == plot.Time {
		return "time"
	}
	return firstOf(p.x.Label, "nothing")
}

// unitOf reads UNITS, or the first of the units that UNIT_PTR names.
func unitOf(ctx context.Context, f *cdf.File, v *cdf.Variable) string {
	if u := v.Text("UNITS"); u != "" {
		return u
	}
	if p, ok := f.Variable(v.Text("UNIT_PTR")); ok && p.Type.IsText() {
		if values, err := p.ReadRange(ctx, 0, 1); err == nil && values.Len() > 0 {
			return strings.TrimSpace(values.Strings()[0])
		}
	}
	return ""
}

// heading is the title of the panel: the description of the variable. The index of each
// fixed dimension and the names of the averaged dimensions follow it.
func (p *panel) heading(v *cdf.Variable) string {
	parts := []string{firstOf(v.Text("CATDESC"), v.Text("FIELDNAM"), v.Name)}
	if !strings.Contains(strings.ToLower(parts[0]), strings.ToLower(v.Name)) {
		parts[0] = v.Name + ": " + parts[0]
	}
	var averaged []string
	for _, a := range p.axes {
		switch {
		case a.size == 1:
		case a.use == fix:
			parts = append(parts, a.cell(a.at))
		case a.use == mean:
			averaged = append(averaged, a.name)
		}
	}
	if len(averaged) > 0 {
		parts = append(parts, "mean over "+strings.Join(averaged, ", "))
	}
	return strings.Join(parts, "; ")
}

func (p *panel) axis(u use) (axis, bool) {
	for _, a := range p.axes {
		if a.use == u {
			return a, true
		}
	}
	return axis{}, false
}

// elements lists, for each value of a column, the elements of a record whose mean it is. Without time over the records, columns
// are those of the horizontal axis: then all of them follow one another.
func (p *panel) elements() [][]int {
	width, height := 1, 1
	if a, ok := p.axis(across); ok {
		width = a.size
	}
	for _, u := range []use{upward, series} {
		if a, ok := p.axis(u); ok {
			height = a.size
		}
	}
	out := make([][]int, width*height)
	total := 1
	for _, a := range p.axes {
		total *= a.size
	}
	index := make([]int, len(p.axes))
	for element := range total {
		rest := element
		for i := len(p.axes) - 1; i >= 0; i-- {
			index[i] = rest % p.axes[i].size
			rest /= p.axes[i].size
		}
		x, y, drawn := 0, 0, true
		for i, a := range p.axes {
			k := index[i]
			if a.backward {
				k = a.size - 1 - k
			}
			switch a.use {
			case fix:
				drawn = drawn && index[i] == a.at
			case across:
				x = k
			case upward:
				y = k
			case series:
				y = index[i]
			}
		}
		if drawn {
			out[x*height+y] = append(out[x*height+y], element)
		}
	}
	return out
}

// read adds the records of a file.
func (p *panel) read(ctx context.Context, f *cdf.File, v *cdf.Variable, span cdf.Span) error {
	if got := fmt.Sprint(v.Dims); got != p.layout {
		return fmt.Errorf("its dimensions are %s, in the first file %s", got, p.layout)
	}
	s, err := v.Select(ctx, &span)
	if err != nil {
		return err
	}
	valid := validity(v)
	read := 0
	for chunk, err := range s.Chunks(ctx) {
		if err != nil {
			return err
		}
		per := chunk.Values.PerRecord()
		for r := range chunk.Values.Records {
			at := float64(chunk.First + r)
			if p.over && p.x.Scale == plot.Time {
				t, ok := chunk.Times.TT2000(r)
				if !ok {
					continue
				}
				at = seconds(t)
				if n := len(p.times); n > 0 && at < p.times[n-1] {
					p.skipBack()
					continue
				}
			}
			if !p.over && read > 0 {
				p.notes = append(p.notes, fmt.Sprintf("the first of %d records is drawn", s.Records))
				return nil
			}
			read++
			p.times = append(p.times, at)
			p.column(chunk.Values, r*per, valid)
		}
	}
	return p.shrink()
}

func (p *panel) skipBack() {
	const note = "records whose times go back are left out"
	if !slices.Contains(p.notes, note) {
		p.notes = append(p.notes, note)
	}
}

// seconds is a time in seconds since 1970 in UTC, as package plot counts.
func seconds(t cdf.TimeTT2000) float64 { return float64(t.Time().UnixNano()) / 1e9 }

// column adds the values of one record.
func (p *panel) column(values cdf.Values, base int, valid limits) {
	for _, elements := range p.offsets {
		sum, n := 0.0, 0
		for _, e := range elements {
			v, invalid := valid.of(values.Float64(base + e))
			if invalid {
				p.invalid++
			}
			if !math.IsNaN(v) {
				sum += v
				n++
			}
		}
		if n == 0 {
			p.columns = append(p.columns, math.NaN())
		} else {
			p.columns = append(p.columns, sum/float64(n))
		}
	}
}

// maxPoints is from how many values of a file on they are thinned before the next is read; a picture has
// some thousand columns.
const (
	maxPoints   = 1 << 18
	thinColumns = 4096
)

// shrink bounds what is kept of the files so far, whatever their number.
func (p *panel) shrink() error {
	if !p.over || len(p.columns) < maxPoints {
		return nil
	}
	if _, ok := p.axis(upward); ok {
		p.shrinkMesh()
		return nil
	}
	p.take()
	return nil
}

// take moves the points that are there into thinned lines.
func (p *panel) take() {
	height := len(p.offsets)
	if p.done == nil {
		p.done = make([]plot.Line, height)
	}
	step := plot.Step(p.times)
	for i := range p.done {
		l := plot.Line{X: p.times, Y: make([]float64, len(p.times))}
		for k := range p.times {
			l.Y[k] = p.columns[k*height+i]
		}
		thinned := l.Thin(thinColumns)
		d := &p.done[i]
		if n := len(d.X); n > 0 && len(thinned.X) > 0 && thinned.X[0]-d.X[n-1] > step {
			d.X, d.Y = append(d.X, thinned.X[0]), append(d.Y, math.NaN())
		}
		d.X, d.Y = append(d.X, thinned.X...), append(d.Y, thinned.Y...)
		d.MaxStep = math.Inf(1)
	}
	// The last time stays, so that what follows is compared with it.
	last := p.times[len(p.times)-1]
	p.times = append([]float64(nil), last)
	p.columns = append([]float64(nil), p.columns[len(p.columns)-height:]...)
}

// shrinkMesh joins neighbouring columns, two by two, to their mean.
func (p *panel) shrinkMesh() {
	height := len(p.offsets)
	for len(p.times) > 2*thinColumns {
		step := plot.Step(p.times)
		n := 0
		for i := 0; i < len(p.times); i++ {
			pair := i+1 < len(p.times) && p.times[i+1]-p.times[i] <= step
			for j := range height {
				v := p.columns[i*height+j]
				if pair {
					v = meanOf(v, p.columns[(i+1)*height+j])
				}
				p.columns[n*height+j] = v
			}
			p.times[n] = p.times[i]
			if pair {
				p.times[n] = (p.times[i] + p.times[i+1]) / 2
				i++
			}
			n++
		}
		if n == len(p.times) {
			return
		}
		p.times, p.columns = p.times[:n], p.columns[:n*height]
	}
}

func meanOf(a, b float64) float64 {
	switch {
	case math.IsNaN(a):
		return b
	case math.IsNaN(b):
		return a
	}
	return (a + b) / 2
}

// finish gives the panel as it is drawn.
func (p *panel) finish() (plot.Panel, error) {
	if len(p.times) == 0 {
		return plot.Panel{}, errors.New("no record is within the time that was asked for")
	}
	up, isMesh := p.axis(upward)
	along, _ := p.axis(across)
	switch {
	case isMesh:
		m := &plot.Mesh{X: p.times, Y: up.centers, Z: p.columns, Sky: p.isMap, Color: plot.Axis{Label: p.label, Unit: p.unit}}
		if !p.over {
			m.X = along.centers
		}
		if p.log || decades(p.columns) > 3 {
			m.Color.Scale = plot.Log
		}
		p.colors(m)
		return plot.Panel{Title: p.title, Y: up.plotAxis(), Mesh: m}, nil
	case !p.over:
		return plot.Panel{Title: p.title, Y: p.yAxis(p.columns), Lines: []plot.Line{{Label: p.label, X: along.centers, Y: p.columns}}}, nil
	}
	if p.done != nil {
		p.take()
		return plot.Panel{Title: p.title, Y: p.yAxis(p.done[0].Y), Lines: p.named(p.done)}, nil
	}
	height := len(p.offsets)
	lines := make([]plot.Line, height)
	for i := range lines {
		lines[i] = plot.Line{X: p.times, Y: make([]float64, len(p.times))}
		for k := range p.times {
			lines[i].Y[k] = p.columns[k*height+i]
		}
	}
	return plot.Panel{Title: p.title, Y: p.yAxis(p.columns), Lines: p.named(lines)}, nil
}

// maxDecades is how far a logarithmic colour bar reaches down from the largest value.
const maxDecades = 8

// colors bounds the colour bar where a few values far from all others would leave one colour to the rest, and says so.
func (p *panel) colors(m *plot.Mesh) {
	var sorted []float64
	for _, v := range m.Z {
		if !math.IsNaN(v) && (m.Color.Scale != plot.Log || v > 0) {
			sorted = append(sorted, v)
		}
	}
	if len(sorted) < 20 {
		return
	}
	slices.Sort(sorted)
	low, high := sorted[0], sorted[len(sorted)-1]
	from, to := low, high
	if m.Color.Scale == plot.Log {
		from = max(low, high/math.Pow(10, maxDecades))
	} else if a, b := sorted[len(sorted)/100], sorted[len(sorted)-1-len(sorted)/100]; high-low > 2*(b-a) && b > a {
		from, to = a, b
	}
	if from == low && to == high {
		return
	}
	m.Color.Min, m.Color.Max = from, to
	beyond := 0
	for _, v := range sorted {
		if v < from || v > to {
			beyond++
		}
	}
	p.notes = append(p.notes, fmt.Sprintf("the colours reach from %.3g to %.3g; %d of %d values lie beyond (%.3g to %.3g)", from, to, beyond, len(sorted), low, high))
}

// named gives the lines of components their labels.
func (p *panel) named(lines []plot.Line) []plot.Line {
	a, _ := p.axis(series)
	for i := range lines {
		switch {
		case len(lines) == 1:
			lines[i].Label = p.label
		case i < len(a.labels):
			lines[i].Label = a.labels[i]
		default:
			lines[i].Label = strconv.Itoa(i)
		}
	}
	return lines
}

func (p *panel) yAxis(values []float64) plot.Axis {
	a := plot.Axis{Label: p.label, Unit: p.unit}
	if p.log && decades(values) > 0 {
		a.Scale = plot.Log
	}
	return a
}

// decades is over how many powers of ten positive values reach; 0 where more than a few values are negative.
func decades(values []float64) float64 {
	low, high, negative, all := math.Inf(1), 0.0, 0, 0
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			continue
		case v < 0:
			negative++
		case v > 0:
			low, high = min(low, v), max(high, v)
		}
		all++
	}
	if high == 0 || 100*negative > all {
		return 0
	}
	return math.Log10(high / low)
}
