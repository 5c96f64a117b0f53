package sample

import "strings"

// axis is a dimension of a quantity. Its values are the variable that DEPEND_i names.
type axis struct {
	name, units string
	size        int
	first, step int // thousandths of the unit
	ratio       int // thousandths; in place of a step, of each value to the one before
}

func channels(size int) axis { return axis{name: "channel", units: " ", size: size, step: 1000} }

// energies begin at a number of thousandths of eV or keV and grow by a ratio.
func energies(size, first, ratio int, units string) axis {
	return axis{name: "energy", units: units, size: size, first: first, ratio: ratio}
}

// angles are the middles of equal parts of a range of degrees.
func angles(name string, size, from, to int) axis {
	step := (to - from) * 1000 / size
	return axis{name: name, units: "deg", size: size, first: from*1000 + step/2, step: step}
}

// thousandths are the values of the axis.
func (a axis) thousandths() []int {
	values := make([]int, a.size)
	at := a.first
	for i := range values {
		values[i] = at
		if a.ratio > 0 {
			at = at * a.ratio / 1000
		} else {
			at += a.step
		}
	}
	return values
}

// variable is the axis as data: a value for each place along the dimension.
func (a axis) variable() variable {
	values := make([]byte, 0, 4*a.size)
	thousandths := a.thousandths()
	for _, t := range thousandths {
		values = appendFloat(values, float32(t)/1000)
	}
	v := variable{
		name: a.name, dataType: typeFloat, dimensions: []int32{int32(a.size)}, records: 1, fixed: true, values: values,
		attributes: []attribute{{"LABLAXIS", text(strings.ToUpper(a.name[:1]) + strings.ReplaceAll(a.name[1:], "_", " "))}},
	}
	if a.ratio > 0 {
		v.attributes = append(v.attributes, attribute{"SCALETYP", text("log")})
	}
	low, high := float32(min(0, thousandths[0]))/1000-1, float32(thousandths[a.size-1])/1000+1
	return v.described("support_data", strings.ReplaceAll(a.name, "_", " ")+" of each channel", a.units, "F12.3", fillFloat(), float(low), float(high))
}
