package plot

import (
	"image"
	"math"
	"sort"
)

// meshPixels is a mesh as a picture of w × h pixels over extents: each pixel has the mean of the values that lie in it, or the
// value of the cell that it lies in.
func meshPixels(m *Mesh, x, y extent, xScale, yScale Scale, color extent, w, h int) *image.RGBA {
	pixels := image.NewRGBA(image.Rect(0, 0, w, h))
	columns := cellsOf(m.X, x, xScale, w, m.MaxStep)
	rows := cellsOf(m.Y, y, yScale, h, math.Inf(1))
	sums, counts := make([]float64, h), make([]int, h)
	for px := range w {
		clear(sums)
		clear(counts)
		for i := columns[px].from; i < columns[px].to; i++ {
			values := m.Z[i*len(m.Y) : (i+1)*len(m.Y)]
			for py := range h {
				for j := rows[py].from; j < rows[py].to; j++ {
					if v := values[j]; !math.IsNaN(v) && !math.IsInf(v, 0) && (m.Color.Scale != Log || v > 0) {
						sums[py] += v
						counts[py]++
					}
				}
			}
		}
		for py := range h {
			at := math.NaN()
			if counts[py] > 0 {
				at = color.at(sums[py]/float64(counts[py]), m.Color.Scale)
			}
			pixels.SetRGBA(px, h-1-py, meshColor(at))
		}
	}
	return pixels
}

// cells are the indices of cells, from from up to but not with to.
type cells struct{ from, to int }

// cellsOf is which cells lie in each of n pixels over an extent. A pixel inside one cell has that cell; none are in a gap.
func cellsOf(centers []float64, e extent, scale Scale, n int, step float64) []cells {
	out := make([]cells, n)
	if len(centers) == 0 {
		return out
	}
	step = maxStep(centers, step)
	borders := edges(centers, scale)
	number := func(at float64) float64 {
		if scale == Log {
			return e.min * math.Pow(e.max/e.min, at)
		}
		return e.min + (e.max-e.min)*at
	}
	for p := range n {
		low, high := number(float64(p)/float64(n)), number(float64(p+1)/float64(n))
		from := sort.Search(len(centers), func(i int) bool { return centers[i] >= low })
		to := sort.Search(len(centers), func(i int) bool { return centers[i] >= high })
		if from == to { // no center lies in the pixel: it shows the cell around it
			middle := (low + high) / 2
			i := sort.SearchFloat64s(borders, middle) - 1
			if i < 0 || i >= len(centers) || math.Abs(middle-centers[i]) > step/2 {
				continue
			}
			from, to = i, i+1
		}
		out[p] = cells{from, to}
	}
	return out
}

// skyPixels is a mesh as a map in Mollweide's projection; what lies outside of the ellipse is transparent.
// Longitude 0 stands at the right end of meshes from 0 to 360 and grows to the left, as one sees the sky from inside.
func skyPixels(m *Mesh, color extent, w, h int) *image.RGBA {
	pixels := image.NewRGBA(image.Rect(0, 0, w, h))
	lons, lats := edges(m.X, Linear), edges(m.Y, Linear)
	for px := range w {
		for py := range h {
			u := (float64(px)+0.5)/float64(w)*2 - 1
			v := 1 - (float64(py)+0.5)/float64(h)*2
			lon, lat, ok := unproject(u, v)
			if !ok {
				continue
			}
			center := skyCenter(m)
			lon = center - lon
			i := lookUp(lons, lon)
			for _, turn := range []float64{360, -360} {
				if i < 0 {
					i = lookUp(lons, lon+turn)
				}
			}
			at := math.NaN()
			if j := lookUp(lats, lat); i >= 0 && j >= 0 {
				at = color.at(m.Z[i*len(m.Y)+j], m.Color.Scale)
			}
			pixels.SetRGBA(px, py, meshColor(at))
		}
	}
	return pixels
}

// skyCenter is the longitude in the middle of the map.
func skyCenter(m *Mesh) float64 {
	if len(m.X) > 0 && m.X[0] < 0 {
		return 0
	}
	return 180
}

// unproject gives longitude (from the middle) and latitude in degrees of a place in the ellipse, u and v from -1 to 1.
func unproject(u, v float64) (lon, lat float64, ok bool) {
	if u*u+v*v > 1 {
		return 0, 0, false
	}
	theta := math.Asin(v)
	lat = math.Asin((2*theta+math.Sin(2*theta))/math.Pi) * 180 / math.Pi
	if c := math.Cos(theta); c > 1e-9 {
		lon = 180 * u / c
	}
	return lon, lat, true
}

// project is the place of a longitude (from the middle) and a latitude in degrees, u and v from -1 to 1.
func project(lon, lat float64) (u, v float64) {
	phi := lat * math.Pi / 180
	theta := phi
	for range 50 { // Newton's steps for 2θ + sin 2θ = π sin φ
		d := 2 + 2*math.Cos(2*theta)
		if d < 1e-9 {
			break
		}
		theta -= (2*theta + math.Sin(2*theta) - math.Pi*math.Sin(phi)) / d
	}
	return lon / 180 * math.Cos(theta), math.Sin(theta)
}

// lookUp is the cell between whose edges v lies; -1 where there is none.
func lookUp(edges []float64, v float64) int {
	i := sort.SearchFloat64s(edges, v) - 1
	if len(edges) > 0 && v == edges[0] {
		i = 0
	}
	if i < 0 || i >= len(edges)-1 {
		return -1
	}
	return i
}
