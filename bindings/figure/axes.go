package figure

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"imapsh/runtime/plot"
	"imapsh/sdc/cdf"
)

// axis is a dimension of a variable's records.
type axis struct {
	name     string // of the variable that DEPEND_i names, or "dimension i"
	size     int
	centers  []float64 // of its cells; indices where the file does not say
	labels   []string  // LABL_PTR_i, where there is one
	label    string
	unit     string
	log      bool
	use      use
	at       int  // where use is fix
	backward bool // the cells were turned round to ascend
}

// use is what a picture does with a dimension.
type use uint8

const (
	mean   use = iota // average over it
	fix               // draw one index of it
	across            // the horizontal axis
	upward            // the vertical axis
	series            // a line for each
)

// axesOf reads what the dimensions of a variable are.
func axesOf(ctx context.Context, f *cdf.File, v *cdf.Variable) ([]axis, error) {
	axes := make([]axis, len(v.Dims))
	// DEPEND_i counts the declared dimensions, of which those that do not vary are left out of Dims.
	n := 0
	for i, varies := range v.DimVarys {
		if !varies && len(v.Dims) != len(v.DimSizes) {
			continue
		}
		if n == len(axes) {
			break
		}
		a := axis{name: fmt.Sprintf("dimension %d", i+1), size: v.Dims[n]}
		if err := a.describe(ctx, f, v, i+1); err != nil {
			return nil, err
		}
		axes[n] = a
		n++
	}
	return axes, nil
}

// describe reads DEPEND_i and LABL_PTR_i.
func (a *axis) describe(ctx context.Context, f *cdf.File, v *cdf.Variable, i int) error {
	if name := v.Text(fmt.Sprintf("LABL_PTR_%d", i)); name != "" {
		if l, ok := f.Variable(name); ok && l.Type.IsText() {
			values, err := l.Read(ctx)
			if err != nil {
				return err
			}
			for _, s := range values.Strings() {
				a.labels = append(a.labels, strings.TrimSpace(s))
			}
		}
	}
	for k := range a.size {
		a.centers = append(a.centers, float64(k))
	}
	d, ok := f.Variable(v.Text(fmt.Sprintf("DEPEND_%d", i)))
	if !ok {
		return nil
	}
	a.name, a.label, a.unit = d.Name, firstOf(d.Text("LABLAXIS"), d.Text("FIELDNAM"), d.Name), d.Text("UNITS")
	a.log = strings.EqualFold(d.Text("SCALETYP"), "log")
	if d.Type.IsText() || d.Records == 0 {
		return nil
	}
	values, err := d.ReadRange(ctx, 0, 1)
	if err != nil {
		return err
	}
	if values.Len() != a.size {
		return nil
	}
	centers := validity(d).apply(values.Float64s())
	switch {
	case slices.ContainsFunc(centers, math.IsNaN):
	case strictly(centers, 1):
		a.centers = centers
	case strictly(centers, -1):
		slices.Reverse(centers)
		a.centers, a.backward = centers, true
	}
	return nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// strictly reports whether numbers ascend (direction 1) or descend (-1).
func strictly(x []float64, direction float64) bool {
	for i := 1; i < len(x); i++ {
		if (x[i]-x[i-1])*direction <= 0 {
			return false
		}
	}
	return true
}

// plotAxis is the dimension as an axis of a picture.
func (a axis) plotAxis() plot.Axis {
	p := plot.Axis{Label: firstOf(a.label, a.name), Unit: a.unit}
	if a.log || spread(a.centers) > 300 {
		p.Scale = plot.Log
	}
	return p
}

// spread is the largest number by the smallest; 0 where one is not positive.
func spread(x []float64) float64 {
	if len(x) == 0 || slices.Min(x) <= 0 {
		return 0
	}
	return slices.Max(x) / slices.Min(x)
}

// cell names one index of a dimension: "energy 0.55 keV".
func (a axis) cell(i int) string {
	k := i
	if a.backward {
		k = a.size - 1 - i
	}
	s := a.name + " " + strconv.FormatFloat(a.centers[k], 'g', 4, 64)
	if a.unit != "" {
		s += " " + a.unit
	}
	return s
}

// fewLines is how many lines a panel shows at most; more components are a spectrogram.
const fewLines = 12

// isMap reports whether a variable is a map of the sky.
func isMap(v *cdf.Variable) bool {
	return strings.Contains(strings.ToLower(v.Text("DISPLAY_TYPE")), "map")
}

// assign says what each dimension is for. over is whether records lie along time.
func assign(axes []axis, v *cdf.Variable, over bool) error {
	var open []int // dimensions with more than one cell that are not fixed
	for i := range axes {
		if axes[i].use != fix && axes[i].size > 1 {
			open = append(open, i)
		}
	}
	switch {
	case isMap(v):
		lon, lat := indexOf(axes, "lon"), indexOf(axes, "lat")
		if lon < 0 || lat < 0 {
			return fmt.Errorf("it is a map, but no two of its dimensions are longitude and latitude: %s", dimensions(axes))
		}
		for i := range axes {
			if axes[i].use != fix && i != lon && i != lat {
				axes[i].use = fix // a map of one energy, not the average of all
			}
		}
		axes[lon].use, axes[lat].use = across, upward
	case over && len(open) == 0:
	case over:
		isSpectrogram := strings.Contains(strings.ToLower(v.Text("DISPLAY_TYPE")), "spectrogram")
		if !isSpectrogram && len(open) == 1 && axes[open[0]].size <= fewLines {
			axes[open[0]].use = series
		} else {
			axes[open[0]].use = upward
		}
	case len(open) == 0:
		return fmt.Errorf("it has one value, which makes no picture")
	case len(open) == 1:
		axes[open[0]].use = across
	default:
		// One record: its two largest dimensions are the picture.
		slices.SortStableFunc(open, func(a, b int) int { return axes[b].size - axes[a].size })
		axes[open[0]].use, axes[open[1]].use = across, upward
	}
	return nil
}

func indexOf(axes []axis, word string) int {
	return slices.IndexFunc(axes, func(a axis) bool {
		return strings.Contains(strings.ToLower(a.name), word) || strings.Contains(strings.ToLower(a.label), word)
	})
}

func dimensions(axes []axis) string {
	names := make([]string, len(axes))
	for i, a := range axes {
		names[i] = fmt.Sprintf("%s (%d)", a.name, a.size)
	}
	return orNone(names)
}
