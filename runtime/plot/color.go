package plot

import (
	"fmt"
	"image/color"
	"math"
)

// lineColors are Okabe and Ito's colours, which people who see few colours tell apart.
var lineColors = []color.RGBA{
	{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255},
	{230, 159, 0, 255}, {86, 180, 233, 255}, {90, 90, 90, 255},
}

func lineColor(i int) color.RGBA { return lineColors[i%len(lineColors)] }

var (
	ink   = color.RGBA{34, 34, 34, 255}
	faint = color.RGBA{221, 221, 221, 255}
	empty = color.RGBA{238, 238, 238, 255} // cells without a value
	paper = color.RGBA{255, 255, 255, 255}
)

// viridis is the colour map of that name (CC0), at equal steps.
var viridis = [...][3]float64{
	{68, 1, 84}, {72, 36, 117}, {65, 68, 135}, {53, 95, 141}, {42, 120, 142}, {33, 145, 140},
	{34, 168, 132}, {68, 191, 112}, {122, 209, 81}, {189, 223, 38}, {253, 231, 37},
}

// meshColor is the colour of a place between 0 and 1; places outside have the colours of the ends.
func meshColor(at float64) color.RGBA {
	if math.IsNaN(at) {
		return empty
	}
	at = min(max(at, 0), 1) * float64(len(viridis)-1)
	i := min(int(at), len(viridis)-2)
	f := at - float64(i)
	var c [3]uint8
	for k := range c {
		c[k] = uint8(math.Round(viridis[i][k]*(1-f) + viridis[i+1][k]*f))
	}
	return color.RGBA{c[0], c[1], c[2], 255}
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
