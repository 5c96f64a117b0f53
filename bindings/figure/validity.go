package figure

import (
	"math"

	"imapsh/sdc/cdf"
)

// limits are which values of a variable are none: its FILLVAL, and what lies outside of VALIDMIN and VALIDMAX.
type limits struct {
	fill     float64
	min, max float64
}

func validity(v *cdf.Variable) limits {
	l := limits{fill: math.NaN(), min: math.Inf(-1), max: math.Inf(1)}
	for name, into := range map[string]*float64{"FILLVAL": &l.fill, "VALIDMIN": &l.min, "VALIDMAX": &l.max} {
		if e, ok := v.Attribute(name); ok && e.Err == nil && e.Len() == 1 && !e.Type.IsText() {
			*into = e.Float64(0)
		}
	}
	if v.Type == cdf.Real4 || v.Type == cdf.Float {
		l.fill = float64(float32(l.fill)) // an attribute may be a double where the values are not
	}
	if math.IsNaN(l.min) || math.IsNaN(l.max) || l.min >= l.max {
		l.min, l.max = math.Inf(-1), math.Inf(1) // limits that allow nothing are a mistake of the file's
	}
	return l
}

// of gives a value, NaN where it is none. invalid says that it was outside of the limits.
func (l limits) of(v float64) (value float64, invalid bool) {
	switch {
	case v == l.fill || math.IsNaN(v) || math.Abs(v) > 1e30:
		return math.NaN(), false
	case v < l.min || v > l.max:
		return math.NaN(), true
	}
	return v, false
}

func (l limits) apply(values []float64) []float64 {
	for i, v := range values {
		values[i], _ = l.of(v)
	}
	return values
}
