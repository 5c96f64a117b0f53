package plot

import (
	"math"
	"slices"
)

// extent is a stretch of numbers.
type extent struct{ min, max float64 }

func none() extent { return extent{math.Inf(1), math.Inf(-1)} }

func (e *extent) add(v float64, scale Scale) {
	if math.IsNaN(v) || math.IsInf(v, 0) || scale == Log && v <= 0 {
		return
	}
	e.min, e.max = min(e.min, v), max(e.max, v)
}

func (e extent) empty() bool { return e.min > e.max }

// extentOf is where an axis reaches: as it says, or as the numbers do, with room around them.
func extentOf(a Axis, pad float64, numbers ...[]float64) extent {
	if a.Min != 0 || a.Max != 0 {
		return extent{a.Min, a.Max}.wide(a.Scale)
	}
	e := none()
	for _, list := range numbers {
		for _, v := range list {
			e.add(v, a.Scale)
		}
	}
	if e.empty() {
		if a.Scale == Log {
			return extent{1, 10}
		}
		return extent{0, 1}
	}
	e = e.wide(a.Scale)
	if a.Scale == Log {
		factor := math.Pow(e.max/e.min, pad)
		return extent{e.min / factor, e.max * factor}
	}
	room := (e.max - e.min) * pad
	return extent{e.min - room, e.max + room}
}

// wide gives an extent of one number room around it.
func (e extent) wide(scale Scale) extent {
	if e.max > e.min {
		return e
	}
	switch {
	case scale == Log:
		return extent{e.min / 10, e.max * 10}
	case scale == Time:
		return extent{e.min - 0.5, e.max + 0.5}
	case e.min == 0:
		return extent{-1, 1}
	}
	return extent{e.min - math.Abs(e.min)/2, e.max + math.Abs(e.max)/2}
}

// at is the place of a number between 0 and 1.
func (e extent) at(v float64, scale Scale) float64 {
	if scale == Log {
		if v <= 0 {
			return math.NaN()
		}
		return math.Log(v/e.min) / math.Log(e.max/e.min)
	}
	return (v - e.min) / (e.max - e.min)
}

// maxStep is the step above which there is a gap: three times the median step.
func maxStep(x []float64, given float64) float64 {
	if given > 0 || len(x) < 3 {
		if given > 0 {
			return given
		}
		return math.Inf(1)
	}
	// A sample gives the median of a year's data as well as all of it.
	stride := max(1, len(x)/4096)
	steps := make([]float64, 0, 4100)
	for i := stride; i < len(x); i += stride {
		if d := x[i] - x[i-1]; d > 0 {
			steps = append(steps, d)
		}
	}
	if len(steps) == 0 {
		return math.Inf(1)
	}
	slices.Sort(steps)
	return 3 * steps[len(steps)/2]
}

// edges are the borders of cells whose centers are given: half way between neighbours, on a logarithmic axis by their ratio.
func edges(centers []float64, scale Scale) []float64 {
	n := len(centers)
	if n == 0 {
		return nil
	}
	out := make([]float64, n+1)
	if n == 1 {
		half := 0.5
		if scale == Log {
			return []float64{centers[0] / 2, centers[0] * 2}
		}
		return []float64{centers[0] - half, centers[0] + half}
	}
	between := func(a, b float64) float64 {
		if scale == Log && a > 0 && b > 0 {
			return math.Sqrt(a * b)
		}
		return (a + b) / 2
	}
	for i := 1; i < n; i++ {
		out[i] = between(centers[i-1], centers[i])
	}
	if scale == Log && centers[0] > 0 {
		out[0] = centers[0] * centers[0] / out[1]
		out[n] = centers[n-1] * centers[n-1] / out[n-1]
	} else {
		out[0] = 2*centers[0] - out[1]
		out[n] = 2*centers[n-1] - out[n-1]
	}
	return out
}
