package spice

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// segment is one of a kernel that a test makes.
type segment struct {
	doubles  [2]float64
	integers [4]int // target, center, frame and type; for CK structure, reference, type and rates
	words    []float64
}

// kernel makes a DAF of one summary record, as SPICE does.
func kernel(order binary.ByteOrder, word string, segments ...segment) []byte {
	b := make([]byte, 3*recordSize)
	copy(b, word)
	put := func(at, v int) { order.PutUint32(b[at:], uint32(int32(v))) }
	put(8, 2)
	put(12, 6)
	put(76, 2)
	put(80, 2)
	format := "BIG-IEEE"
	if order == binary.ByteOrder(binary.LittleEndian) {
		format = "LTL-IEEE"
	}
	copy(b[88:], format)
	copy(b[699:], "FTPSTR:\r:\n:\r\n:\r\x00:\x81:\x10\xce:ENDFTP")
	float := func(at int, v float64) { order.PutUint64(b[at:], math.Float64bits(v)) }
	float(recordSize+16, float64(len(segments)))
	for i, s := range segments {
		at := recordSize + 24 + i*40
		from := len(b)/wordSize + 1
		float(at, s.doubles[0])
		float(at+8, s.doubles[1])
		for k, v := range s.integers {
			put(at+16+4*k, v)
		}
		put(at+32, from)
		put(at+36, from+len(s.words)-1)
		copy(b[2*recordSize+i*40:], "SEGMENT                                 ")
		for _, w := range s.words {
			b = append(b, make([]byte, wordSize)...)
			float(len(b)-wordSize, w)
		}
	}
	return b
}

// orbit is a circle of 1000 km in 10,000 s, tilted: what the tests' kernels hold.
func orbit(et float64) State {
	const r, w = 1000, 2 * math.Pi / 10000
	s, c := math.Sincos(w * et)
	return State{r * c, r * s * 0.8, r * s * 0.6, -r * w * s, r * w * c * 0.8, r * w * c * 0.6}
}

func chebyshevCoefficients(f func(x float64) float64, n int) []float64 {
	c := make([]float64, n)
	for k := range c {
		for j := range n {
			at := math.Pi * (float64(j) + 0.5) / float64(n)
			c[k] += 2 / float64(n) * f(math.Cos(at)) * math.Cos(float64(k)*at)
		}
	}
	c[0] /= 2
	return c
}

// chebyshevSegment is the orbit as type 2 (components 3) or type 3 (components 6), in records of 500 s.
func chebyshevSegment(components int) segment {
	const terms, length, records = 12, 500.0, 20
	s := segment{doubles: [2]float64{0, length * records}, integers: [4]int{-43, 399, 1, components/3 + 1}}
	for n := range records {
		middle := (float64(n) + 0.5) * length
		s.words = append(s.words, middle, length/2)
		for i := range components {
			s.words = append(s.words, chebyshevCoefficients(func(x float64) float64 { return orbit(middle + x*length/2)[i] }, terms)...)
		}
	}
	s.words = append(s.words, 0, length, float64(2+components*terms), records)
	return s
}

// discreteSegment is the orbit as type 9 or 13, at uneven steps of about 100 s.
func discreteSegment(kind, window int) segment {
	var states, epochs, directory []float64
	for i := range 101 {
		et := float64(i)*100 + 10*math.Sin(float64(i))
		state := orbit(et)
		states = append(states, state[:]...)
		epochs = append(epochs, et)
		if (i+1)%100 == 0 && i+1 < 101 {
			directory = append(directory, et)
		}
	}
	words := append(append(states, epochs...), directory...)
	return segment{
		doubles: [2]float64{epochs[0], epochs[100]}, integers: [4]int{-43, 399, 1, kind},
		words: append(words, float64(window-1), 101),
	}
}

func TestPositions(t *testing.T) {
	tests := []struct {
		name      string
		segment   segment
		tolerance float64 // km
	}{
		{"type 2", chebyshevSegment(3), 1e-9},
		{"type 3", chebyshevSegment(6), 1e-9},
		{"type 9, window 8", discreteSegment(9, 8), 1e-6},
		{"type 9, window 7", discreteSegment(9, 7), 1e-6},
		{"type 13, window 6", discreteSegment(13, 6), 1e-9},
		{"type 13, window 5", discreteSegment(13, 5), 1e-9},
	}
	for _, test := range tests {
		for name, order := range map[string]binary.ByteOrder{"little-endian": binary.LittleEndian, "big-endian": binary.BigEndian} {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				e, err := OpenEphemeris(bytes.NewReader(kernel(order, "DAF/SPK ", test.segment)))
				if err != nil {
					t.Fatal(err)
				}
				for _, et := range []float64{0, 0.5, 99, 100, 499.999, 500, 5000, 7777.7, 9900, 9990} {
					got, err := Relative([]*Ephemeris{e}, -43, 399, et)
					if err != nil {
						t.Fatal(err)
					}
					want := orbit(et)
					for i := range got {
						limit := test.tolerance
						if i >= 3 {
							limit /= 10
						}
						if math.Abs(got[i]-want[i]) > limit {
							t.Errorf("at %v, component %d: got %.12f, want %.12f", et, i, got[i], want[i])
						}
					}
				}
			})
		}
	}
}

func TestRelative(t *testing.T) {
	craft := chebyshevSegment(3)
	earth := chebyshevSegment(3)
	earth.integers = [4]int{399, 3, 1, 2}
	barycenter := chebyshevSegment(3)
	barycenter.integers = [4]int{3, 0, 1, 2}
	sun := chebyshevSegment(3)
	sun.integers = [4]int{10, 0, 1, 2}
	open := func(s ...segment) *Ephemeris {
		e, err := OpenEphemeris(bytes.NewReader(kernel(binary.LittleEndian, "DAF/SPK ", s...)))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	kernels := []*Ephemeris{open(craft), open(earth, barycenter, sun)}
	at := func(factor float64) State {
		s := orbit(1234)
		for i := range s {
			s[i] *= factor
		}
		return s
	}
	ecliptic := craft
	ecliptic.integers[2] = 17
	kind5 := craft
	kind5.integers[3] = 5
	circle := craft
	circle.integers[1] = -43
	tests := []struct {
		name             string
		kernels          []*Ephemeris
		target, observer int
		et               float64
		want             State
		fails            string
	}{
		{"one segment", kernels, -43, 399, 1234, at(1), ""},
		{"the other way", kernels, 399, -43, 1234, at(-1), ""},
		{"itself", kernels, -43, -43, 1234, at(0), ""},
		{"over the barycenter", kernels, -43, 10, 1234, at(2), ""},
		{"a later kernel counts", []*Ephemeris{open(sun), open(craft)}, -43, 399, 1234, at(1), ""},
		{"not connected", kernels[:1], -43, 10, 1234, State{}, "the kernels do not connect -43 with 10 at ephemeris time 1234.000: -43 leads to 399"},
		{"outside", kernels, -43, 399, 99999, State{}, "the kernels do not connect"},
		{"another frame", []*Ephemeris{open(ecliptic)}, -43, 399, 1234, State{}, "is in the frame 17; only J2000 (1) is computed here"},
		{"another type", []*Ephemeris{open(kind5)}, -43, 399, 1234, State{}, "holds data of type 5"},
		{"a circle", []*Ephemeris{open(circle)}, -43, 399, 1234, State{}, "lead from body -43 on and on"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Relative(test.kernels, test.target, test.observer, test.et)
			if test.fails != "" {
				if err == nil || !strings.Contains(err.Error(), test.fails) {
					t.Fatalf("got %v, want %q", err, test.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if math.Abs(got[i]-test.want[i]) > 1e-8 {
					t.Errorf("component %d: got %v, want %v", i, got[i], test.want[i])
				}
			}
		})
	}
}

func TestBody(t *testing.T) {
	for name, want := range map[string]int{"IMAP": -43, "earth": 399, "Earth_Moon_Barycenter": 3, "-43": -43, "10": 10} {
		if got, err := Body(name); err != nil || got != want {
			t.Errorf("%s: got %d, %v", name, got, err)
		}
	}
	if _, err := Body("moonn"); err == nil || !strings.Contains(err.Error(), "MOON") {
		t.Errorf("got %v", err)
	}
}

func TestKernelsThatAreDamaged(t *testing.T) {
	good := kernel(binary.LittleEndian, "DAF/SPK ", chebyshevSegment(3))
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	number := func(f float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(f)) }
	tests := []struct {
		name, want string
		bytes      []byte
	}{
		{"another kind", "the kernel is of kind CK, not SPK", kernel(binary.LittleEndian, "DAF/CK  ")},
		{"no kernel", "the file is no SPICE kernel", []byte("hello")},
		{"only its word", "the file ends at byte 8", good[:8]},
		{"cut in its summaries", "the summary record at offset 1024 cannot be read: the file ends at byte 1500", good[:1500]},
		{"a VAX format", `number format "VAX-GFLT" is not supported`, change(88, []byte("VAX-GFLT")...)},
		{"copied as text", "damaged by a copy in text mode", change(706, '\n')},
		{"other summaries", "these 3 and 6", change(8, 3)},
		{"a circle of records", "leads to record 2 again", change(recordSize, number(2)...)},
		{"too many summaries", "says that it has 1e+06 summaries", change(recordSize+16, number(1e6)...)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := OpenEphemeris(bytes.NewReader(test.bytes))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	t.Run("cut in its numbers", func(t *testing.T) {
		e, err := OpenEphemeris(bytes.NewReader(good[:len(good)-100]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Relative([]*Ephemeris{e}, -43, 399, 5); err == nil || !strings.Contains(err.Error(), "the file ends at byte") {
			t.Errorf("got %v", err)
		}
	})
}

func FuzzEphemeris(f *testing.F) {
	for _, s := range []segment{chebyshevSegment(3), chebyshevSegment(6), discreteSegment(9, 8), discreteSegment(13, 6)} {
		f.Add(kernel(binary.LittleEndian, "DAF/SPK ", s), 1234.0)
	}
	f.Fuzz(func(_ *testing.T, b []byte, et float64) {
		e, err := OpenEphemeris(bytes.NewReader(b))
		if err != nil {
			return
		}
		for _, s := range e.Segments() {
			_, _ = Relative([]*Ephemeris{e}, s.Target, s.Center, et)
		}
	})
}
