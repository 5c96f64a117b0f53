package spice

import (
	"fmt"
	"io"
	"math"
	"sort"
)

// State is a position in km and a velocity in km/s.
type State [6]float64

// Position is the distance vector in km.
func (s State) Position() [3]float64 { return [3]float64{s[0], s[1], s[2]} }

// Ephemeris is an SPK kernel: positions of bodies (SPK required reading).
type Ephemeris struct {
	daf      *daf
	segments []Segment
}

// Segment is a part of an SPK kernel: states of one body relative to another over an interval.
type Segment struct {
	Name   string
	Target int // NAIF numbers of the bodies
	Center int
	Frame  int // NAIF number of the reference frame; 1 is J2000
	Type   int // of the data
	Start  float64
	End    float64 // ephemeris time, seconds of TDB since J2000
	from   int     // addresses of its numbers
	to     int
}

// OpenEphemeris reads the summaries of an SPK kernel. Positions are read when they are asked for.
func OpenEphemeris(r io.ReaderAt) (*Ephemeris, error) {
	if kind, err := Identify(r); err != nil {
		return nil, err
	} else if kind != SPK {
		return nil, fmt.Errorf("the kernel is of kind %s, not SPK", kind)
	}
	d, err := openDAF(r)
	if err != nil {
		return nil, err
	}
	if d.doubles != 2 || d.integers != 6 {
		return nil, fmt.Errorf("the summaries of an SPK kernel have 2 doubles and 6 integers, these %d and %d", d.doubles, d.integers)
	}
	e := &Ephemeris{daf: d}
	for _, s := range d.summaries {
		e.segments = append(e.segments, Segment{
			Name: s.name, Start: s.doubles[0], End: s.doubles[1],
			Target: s.integers[0], Center: s.integers[1], Frame: s.integers[2], Type: s.integers[3], from: s.integers[4], to: s.integers[5],
		})
	}
	return e, nil
}

// Segments are the parts of the kernel in its order; where two overlap, the later one counts.
func (e *Ephemeris) Segments() []Segment { return e.segments }

// j2000Frame is NAIF's number of the frame J2000.
const j2000Frame = 1

// state is that of the segment's target relative to its center at an ephemeris time, in J2000.
func (e *Ephemeris) state(s Segment, et float64) (State, error) {
	if s.Frame != j2000Frame {
		return State{}, fmt.Errorf("the segment %q is in the frame %d; only J2000 (1) is computed here, spiceypy knows the others", s.Name, s.Frame)
	}
	switch s.Type {
	case 2, 3:
		return e.chebyshev(s, et)
	case 9, 13:
		return e.discrete(s, et)
	}
	return State{}, fmt.Errorf("the segment %q holds data of type %d; types 2, 3, 9 and 13 are computed here, spiceypy knows the others", s.Name, s.Type)
}

// chebyshev evaluates types 2 (polynomials of the position, of which the velocity is the derivative) and 3 (of both).
func (e *Ephemeris) chebyshev(s Segment, et float64) (State, error) {
	end, err := e.daf.words(s.to-3, s.to)
	if err != nil {
		return State{}, err
	}
	initial, length, size, count := end[0], end[1], end[2], end[3]
	components := 3
	if s.Type == 3 {
		components = 6
	}
	terms := (int(size) - 2) / components
	if !(length > 0) || !(size > 2) || size > 1<<16 || !(count >= 1) || count > 1<<31 || terms < 1 || terms*components+2 != int(size) {
		return State{}, fmt.Errorf("the segment %q says that it has %v records of %v numbers, %v s each", s.Name, count, size, length)
	}
	n := math.Min(math.Max(math.Floor((et-initial)/length), 0), count-1)
	at := s.from + int(n)*int(size)
	record, err := e.daf.words(at, at+int(size)-1)
	if err != nil {
		return State{}, err
	}
	middle, radius := record[0], record[1]
	if radius <= 0 {
		return State{}, fmt.Errorf("a record of the segment %q has the radius %v", s.Name, radius)
	}
	x := (et - middle) / radius
	var state State
	for i := range components {
		value, slope := chebyshevSum(record[2+i*terms:2+(i+1)*terms], x)
		state[i] = value
		if s.Type == 2 {
			state[i+3] = slope / radius
		}
	}
	return state, nil
}

// chebyshevSum is the sum of c[k] T_k(x) and its derivative, by Clenshaw's recurrence.
func chebyshevSum(c []float64, x float64) (value, slope float64) {
	var b1, b2, d1, d2 float64
	for k := len(c) - 1; k >= 1; k-- {
		b1, b2, d1, d2 = c[k]+2*x*b1-b2, b1, 2*b1+2*x*d1-d2, d1
	}
	return c[0] + x*b1 - b2, b1 + x*d1 - d2
}

// discrete interpolates types 9 (Lagrange, position and velocity each) and 13 (Hermite): states at unequal steps.
func (e *Ephemeris) discrete(s Segment, et float64) (State, error) {
	end, err := e.daf.words(s.to-1, s.to)
	if err != nil {
		return State{}, err
	}
	window, count := int(end[0])+1, int(end[1])
	if !(end[0] >= 0) || end[0] > 100 || !(end[1] >= 1) || end[1] > 1<<30 || window > count || s.from+7*count > s.to+1 {
		return State{}, fmt.Errorf("the segment %q says that it has %v states, %v of them in a window", s.Name, end[1], end[0]+1)
	}
	epochs := s.from + 6*count
	first, err := e.windowStart(epochs, count, window, et)
	if err != nil {
		return State{}, err
	}
	times, err := e.daf.words(epochs+first, epochs+first+window-1)
	if err != nil {
		return State{}, err
	}
	for i := 1; i < window; i++ {
		if times[i] <= times[i-1] {
			return State{}, fmt.Errorf("the epochs of the segment %q do not ascend", s.Name)
		}
	}
	states, err := e.daf.words(s.from+6*first, s.from+6*(first+window)-1)
	if err != nil {
		return State{}, err
	}
	var state State
	for i := range 3 {
		position, velocity := make([]float64, window), make([]float64, window)
		for k := range window {
			position[k], velocity[k] = states[6*k+i], states[6*k+i+3]
		}
		if s.Type == 9 {
			state[i], state[i+3] = lagrange(times, position, et), lagrange(times, velocity, et)
		} else {
			state[i], state[i+3] = hermite(times, position, velocity, et)
		}
	}
	return state, nil
}

// windowStart is the index of the first of the states around et, as SPICE chooses them: the same number on both sides of the
// interval of et, or of the epoch nearest to it where the number is odd.
func (e *Ephemeris) windowStart(epochs, count, window int, et float64) (int, error) {
	var failed error
	epoch := func(i int) float64 {
		w, err := e.daf.words(epochs+i, epochs+i)
		if err != nil {
			failed = err
			return 0
		}
		return w[0]
	}
	after := sort.Search(count, func(i int) bool { return failed == nil && epoch(i) > et })
	if failed != nil {
		return 0, failed
	}
	low := min(max(after-1, 0), count-1)
	if window%2 == 1 && low+1 < count && et-epoch(low) >= epoch(low+1)-et {
		low++
	}
	return min(max(low-(window-1)/2, 0), count-window), failed
}

// lagrange is the value at x of the polynomial through the points, by Neville's scheme.
func lagrange(xs, ys []float64, x float64) float64 {
	p := append([]float64(nil), ys...)
	for n := 1; n < len(p); n++ {
		for i := 0; i+n < len(p); i++ {
			p[i] = ((xs[i+n]-x)*p[i] + (x-xs[i])*p[i+1]) / (xs[i+n] - xs[i])
		}
	}
	return p[0]
}

// hermite is the value and the slope at x of the polynomial through the points with the slopes, by divided differences.
func hermite(xs, ys, slopes []float64, x float64) (value, slope float64) {
	n := 2 * len(xs)
	z, q := make([]float64, n), make([]float64, n)
	for i := range xs {
		z[2*i], z[2*i+1] = xs[i], xs[i]
		q[2*i], q[2*i+1] = ys[i], ys[i]
	}
	coefficients := []float64{q[0]}
	for order := 1; order < n; order++ {
		for i := 0; i+order < n; i++ {
			if z[i+order] == z[i] {
				q[i] = slopes[i/2]
			} else {
				q[i] = (q[i+1] - q[i]) / (z[i+order] - z[i])
			}
		}
		coefficients = append(coefficients, q[0])
	}
	for i := n - 1; i >= 0; i-- {
		slope = slope*(x-z[i]) + value
		value = value*(x-z[i]) + coefficients[i]
	}
	return value, slope
}
