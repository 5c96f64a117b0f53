package sample

import (
	"math"
	"sync"
)

// unit is the sine of a right angle: sines are integers, so that what is made of them is
// the same on every platform.
const unit = 1 << 12

// sines are those of the whole degrees. None lies so near to a half that the last bits of
// math.Sin could round it otherwise.
var sines = sync.OnceValue(func() (table [360]int) {
	for degrees := range table {
		table[degrees] = int(math.Round(math.Sin(float64(degrees)*math.Pi/180) * unit))
	}
	return table
})

// sine is that of an angle in degrees, in parts of unit.
func sine(degrees int) int { return sines()[(degrees%360+360)%360] }

func cosine(degrees int) int { return sine(degrees + 90) }
