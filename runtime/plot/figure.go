package plot

import (
	"errors"
	"fmt"
	"math"
)

// Figure is panels below one another that share the horizontal axis.
type Figure struct {
	Title  string
	X      Axis
	Panels []Panel
}

// Panel is lines, or a mesh, over one vertical axis.
type Panel struct {
	Title string
	Y     Axis
	Lines []Line
	Mesh  *Mesh // drawn below the lines
}

// Scale is how numbers become places.
type Scale uint8

// The scales of an axis.
const (
	Linear Scale = iota
	Log          // numbers up to 0 have no place
	Time         // numbers are seconds since 1970-01-01T00:00:00 UTC
)

// Axis is one direction of a panel, or the colours of a mesh.
type Axis struct {
	Label string
	Unit  string
	Scale Scale
	// Min and Max bound the axis; where both are 0 they come from the data.
	Min, Max float64
}

// caption is the label with its unit.
func (a Axis) caption() string {
	switch {
	case a.Unit == "":
		return a.Label
	case a.Label == "":
		return "[" + a.Unit + "]"
	}
	return a.Label + " [" + a.Unit + "]"
}

// Line is a series. NaN and infinities are gaps, as are steps of X above MaxStep.
type Line struct {
	Label   string
	X, Y    []float64 // of the same length; X ascends
	MaxStep float64   // 0: three times the median step
}

// Mesh is values over a grid: Z[i*len(Y)+j] at X[i], Y[j]. X and Y are the centers of the cells and ascend. NaN is no value.
type Mesh struct {
	X, Y  []float64
	Z     []float64
	Color Axis
	// MaxStep is as in Line: columns further apart than it have a gap between them.
	MaxStep float64
	// Sky draws the mesh as a map of the sky in Mollweide's projection: X are longitudes from 0 to 360 or from -180 to 180, Y latitudes, in degrees.
	Sky bool
}

// check refuses what cannot be drawn.
func (f *Figure) check() error {
	if len(f.Panels) == 0 {
		return errors.New("the figure has no panel")
	}
	for i, p := range f.Panels {
		for _, l := range p.Lines {
			if len(l.X) != len(l.Y) {
				return fmt.Errorf("panel %d: the line %q has %d times and %d values", i+1, l.Label, len(l.X), len(l.Y))
			}
			if !ascends(l.X) {
				return fmt.Errorf("panel %d: the times of the line %q do not ascend", i+1, l.Label)
			}
		}
		if m := p.Mesh; m != nil {
			if len(m.Z) != len(m.X)*len(m.Y) {
				return fmt.Errorf("panel %d: the mesh has %d values for %d × %d cells", i+1, len(m.Z), len(m.X), len(m.Y))
			}
			if !ascends(m.X) || !ascends(m.Y) {
				return fmt.Errorf("panel %d: the cells of the mesh do not ascend", i+1)
			}
			if m.Sky && (len(p.Lines) > 0 || len(f.Panels) > 1 && !f.allSky()) {
				return fmt.Errorf("panel %d: a map of the sky shares its panel and its figure with nothing but maps", i+1)
			}
		}
	}
	return nil
}

func (f *Figure) allSky() bool {
	for _, p := range f.Panels {
		if p.Mesh == nil || !p.Mesh.Sky {
			return false
		}
	}
	return len(f.Panels) > 0
}

func ascends(x []float64) bool {
	last := math.Inf(-1)
	for _, v := range x {
		if math.IsNaN(v) {
			continue
		}
		if v < last {
			return false
		}
		last = v
	}
	return true
}
