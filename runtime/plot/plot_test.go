package plot

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"imapsh/runtime/plot/plottest"
)

var update = flag.Bool("update", false, "write the golden files")

func seconds(s string) float64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return float64(t.Unix())
}

// field is a day of a magnetic field at 2 Hz with a gap of fill values.
func field() *Figure {
	const n = 172800
	start := seconds("2026-01-20T00:00:00Z")
	x := make([]float64, n)
	b := make([][]float64, 4)
	for k := range b {
		b[k] = make([]float64, n)
	}
	for i := range x {
		x[i] = start + float64(i)/2
		for k := range 3 {
			b[k][i] = 3*math.Sin(float64(i)/20000*float64(k+1)) + math.Sin(float64(i)*0.37+float64(k))*0.5
			if i > 80000 && i < 90000 {
				b[k][i] = math.NaN()
			}
		}
		b[3][i] = math.Sqrt(b[0][i]*b[0][i] + b[1][i]*b[1][i] + b[2][i]*b[2][i])
	}
	return &Figure{
		Title: "field <of> a day", X: Axis{Scale: Time},
		Panels: []Panel{
			{Title: "vector", Y: Axis{Label: "B", Unit: "nT"}, Lines: []Line{{Label: "x", X: x, Y: b[0]}, {Label: "y", X: x, Y: b[1]}, {Label: "z", X: x, Y: b[2]}}},
			{Y: Axis{Label: "|B|", Unit: "nT"}, Lines: []Line{{Label: "|B|", X: x, Y: b[3]}}},
		},
	}
}

// spectrogram is a day of n spectra of 60 energies; some are missing.
func spectrogram(n int) *Figure {
	m := &Mesh{Color: Axis{Label: "flux", Unit: "1/(cm² s sr eV)", Scale: Log}}
	start := seconds("2026-01-20T00:00:00Z")
	for j := range 60 {
		m.Y = append(m.Y, 3*math.Pow(1.13, float64(j)))
	}
	for i := range n {
		part := float64(i) / float64(n)
		if part > 0.4 && part < 0.45 {
			continue
		}
		m.X = append(m.X, start+86400*part)
		for j := range 60 {
			d := (float64(j) - 30 - 15*math.Sin(part*2*math.Pi)) / 8
			m.Z = append(m.Z, 1+1e5*math.Exp(-d*d))
		}
	}
	m.Z[100] = math.NaN()
	return &Figure{Title: "spectra", X: Axis{Scale: Time}, Panels: []Panel{{Y: Axis{Label: "energy", Unit: "eV", Scale: Log}, Mesh: m}}}
}

// sky is a map in cells of 6° with a corner that was not seen.
func sky() *Figure {
	m := &Mesh{Sky: true, Color: Axis{Label: "intensity", Unit: "1/s"}}
	for lon := 3.0; lon < 360; lon += 6 {
		m.X = append(m.X, lon)
	}
	for lat := -87.0; lat < 90; lat += 6 {
		m.Y = append(m.Y, lat)
	}
	for _, lon := range m.X {
		for _, lat := range m.Y {
			d := (lat - 30*math.Sin(lon*math.Pi/180)) / 15
			v := 100 + 80*math.Exp(-d*d)
			if lon > 300 && lat > 40 {
				v = math.NaN()
			}
			m.Z = append(m.Z, v)
		}
	}
	return &Figure{Title: "sky", Panels: []Panel{{Mesh: m}}}
}

// TestGolden compares drawings with those that were looked at.
func TestGolden(t *testing.T) {
	figures := map[string]*Figure{"field": field(), "spectrogram": spectrogram(2000), "sky": sky()}
	for name, f := range figures {
		drawn := map[string]func(*bytes.Buffer) error{
			name + ".svg":       func(b *bytes.Buffer) error { return f.SVG(b, DefaultWidth, f.Height()) },
			name + ".txt":       func(b *bytes.Buffer) error { return f.Text(b, 80, 24, false) },
			name + ".color.txt": func(b *bytes.Buffer) error { return f.Text(b, 60, 18, true) },
		}
		for file, draw := range drawn {
			t.Run(file, func(t *testing.T) {
				var b bytes.Buffer
				if err := draw(&b); err != nil {
					t.Fatal(err)
				}
				got := plottest.Settled(t, b.Bytes())
				path := filepath.Join("testdata", file)
				if *update {
					if err := os.WriteFile(path, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("the drawing differs from %s; look at it, then write it with -update", path)
				}
			})
		}
	}
}

func TestPNG(t *testing.T) {
	for name, f := range map[string]*Figure{"field": field(), "spectrogram": spectrogram(500), "sky": sky()} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := f.PNG(&b, 700, 400); err != nil {
				t.Fatal(err)
			}
			p, err := png.Decode(&b)
			if err != nil {
				t.Fatal(err)
			}
			if p.Bounds() != image.Rect(0, 0, 700, 400) {
				t.Errorf("%v", p.Bounds())
			}
			seen := map[color.RGBA]int{}
			for y := range 400 {
				for x := range 700 {
					seen[color.RGBAModel.Convert(p.At(x, y)).(color.RGBA)]++
				}
			}
			want := []color.RGBA{lineColor(0), lineColor(1), lineColor(2)}
			if name != "field" {
				want = []color.RGBA{empty, paper, ink}
			}
			for _, c := range want {
				if seen[c] < 50 {
					t.Errorf("%d pixels have the colour %v", seen[c], c)
				}
			}
		})
	}
}

func TestFiguresThatCannotBeDrawn(t *testing.T) {
	tests := []struct {
		name string
		f    Figure
		want string
	}{
		{"no panel", Figure{}, "the figure has no panel"},
		{"lengths", Figure{Panels: []Panel{{Lines: []Line{{Label: "a", X: []float64{1}, Y: nil}}}}}, `panel 1: the line "a" has 1 times and 0 values`},
		{"order", Figure{Panels: []Panel{{Lines: []Line{{Label: "a", X: []float64{2, 1}, Y: []float64{0, 0}}}}}}, `the times of the line "a" do not ascend`},
		{"mesh", Figure{Panels: []Panel{{Mesh: &Mesh{X: []float64{1}, Y: []float64{1}}}}}, "the mesh has 0 values for 1 × 1 cells"},
		{"mesh order", Figure{Panels: []Panel{{Mesh: &Mesh{X: []float64{2, 1}, Y: []float64{1}, Z: []float64{1, 2}}}}}, "the cells of the mesh do not ascend"},
		{"sky and lines", Figure{Panels: []Panel{{Mesh: &Mesh{Sky: true}, Lines: []Line{{}}}}}, "shares its panel and its figure with nothing but maps"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := test.f.SVG(&bytes.Buffer{}, 100, 100); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// TestOddFigures holds that nothing makes drawing panic.
func TestOddFigures(t *testing.T) {
	nan := math.NaN()
	tests := map[string]Figure{
		"an empty line":         {Panels: []Panel{{Lines: []Line{{}}}}},
		"one point":             {X: Axis{Scale: Time}, Panels: []Panel{{Lines: []Line{{X: []float64{5}, Y: []float64{7}}}}}},
		"no number":             {Panels: []Panel{{Lines: []Line{{X: []float64{1, 2}, Y: []float64{nan, nan}}}}}},
		"all the same":          {Panels: []Panel{{Lines: []Line{{X: []float64{1, 2}, Y: []float64{3, 3}}}}}},
		"infinities":            {Panels: []Panel{{Lines: []Line{{X: []float64{1, 2, 3}, Y: []float64{math.Inf(1), 1, math.Inf(-1)}}}}}},
		"logarithm of nothing":  {Panels: []Panel{{Y: Axis{Scale: Log}, Lines: []Line{{X: []float64{1, 2}, Y: []float64{-1, 0}}}}}},
		"an empty mesh":         {Panels: []Panel{{Mesh: &Mesh{}}}},
		"a mesh of one cell":    {Panels: []Panel{{Mesh: &Mesh{X: []float64{1}, Y: []float64{1}, Z: []float64{5}}}}},
		"a mesh without values": {Panels: []Panel{{Mesh: &Mesh{X: []float64{1, 2}, Y: []float64{1}, Z: []float64{nan, nan}, Color: Axis{Scale: Log}}}}},
		"a sky of one cell":     {Panels: []Panel{{Mesh: &Mesh{Sky: true, X: []float64{180}, Y: []float64{0}, Z: []float64{1}}}}},
		"an empty sky":          {Panels: []Panel{{Mesh: &Mesh{Sky: true}}}},
		"a long label":          {Title: strings.Repeat("title ", 99), Panels: []Panel{{Title: strings.Repeat("x", 999), Y: Axis{Label: strings.Repeat("y", 999)}, Lines: []Line{{}, {Label: strings.Repeat("z", 999)}}}}},
		"times of a nanosecond": {X: Axis{Scale: Time}, Panels: []Panel{{Lines: []Line{{X: []float64{1e9, 1e9 + 1e-6}, Y: []float64{1, 2}}}}}},
		"ten thousand years":    {X: Axis{Scale: Time}, Panels: []Panel{{Lines: []Line{{X: []float64{-6e10, 2.5e11}, Y: []float64{1, 2}}}}}},
		"many panels":           {Panels: make([]Panel, 40)},
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			for _, size := range [][2]int{{900, 400}, {30, 20}, {1, 1}} {
				if err := f.SVG(&bytes.Buffer{}, size[0], size[1]); err != nil {
					t.Error(err)
				}
				if _, err := f.Image(size[0], size[1]); err != nil {
					t.Error(err)
				}
				for _, colors := range []bool{false, true} {
					if err := f.Text(&bytes.Buffer{}, size[0]/10+1, size[1]/10+1, colors); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
}

func TestTicks(t *testing.T) {
	day := seconds("2026-01-20T00:00:00Z")
	tests := []struct {
		name  string
		e     extent
		scale Scale
		n     int
		want  string
	}{
		{"numbers", extent{-3.2, 4.1}, Linear, 8, "-3 -2 -1 0 1 2 3 4"},
		{"parts", extent{0.1, 0.34}, Linear, 5, "0.10 0.15 0.20 0.25 0.30"},
		{"small", extent{0, 4e-7}, Linear, 4, "0 1e-7 2e-7 3e-7 4e-7"},
		{"large", extent{1e6, 3e6}, Linear, 4, "1.0e6 1.5e6 2.0e6 2.5e6 3.0e6"},
		{"decades", extent{0.5, 2e6}, Log, 8, "1 10 100 1000 10000 1e5 1e6"},
		{"few decades", extent{1e-9, 1e9}, Log, 6, "1e-9 1e-6 1e-3 1 1000 1e6 1e9"},
		{"one decade", extent{3, 60}, Log, 6, "5 10 20 50"},
		{"less than a decade", extent{2, 9}, Log, 4, "2 4 6 8"},
		{"a day", extent{day, day + 86400}, Time, 8, "2026-01-20 03:00 06:00 09:00 12:00 15:00 18:00 21:00 2026-01-21"},
		{"an hour from 2:10", extent{day + 7800, day + 11400}, Time, 7, "02:10 02:20 02:30 02:40 02:50 03:00 03:10"},
		{"a minute", extent{day + 30, day + 90}, Time, 6, "00:00:30 00:00:40 00:00:50 00:01:00 00:01:10 00:01:20 00:01:30"},
		{"a second", extent{day, day + 1}, Time, 5, "00:00:00.0 00:00:00.2 00:00:00.4 00:00:00.6 00:00:00.8 00:00:01.0"},
		{"a week", extent{day, day + 7*86400}, Time, 8, "2026-01-20 2026-01-21 2026-01-22 2026-01-23 2026-01-24 2026-01-25 2026-01-26 2026-01-27"},
		{"a year", extent{day, day + 365*86400}, Time, 7, "2026-03 2026-05 2026-07 2026-09 2026-11 2027-01"},
		{"twenty years", extent{day, day + 7300*86400}, Time, 5, "2030 2035 2040 2045"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, tick := range ticks(test.e, test.scale, test.n) {
				got = append(got, tick.label)
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("got  %s\nwant %s", s, test.want)
			}
		})
	}
}

// TestThin holds that thinning keeps the first, last, lowest and highest point of each column, and every gap.
func TestThin(t *testing.T) {
	const n, columns = 100_000, 100
	l := Line{X: make([]float64, n), Y: make([]float64, n)}
	for i := range n {
		l.X[i] = float64(i)
		l.Y[i] = math.Sin(float64(i) * 1.7)
	}
	l.Y[31_415] = 50
	l.Y[77_777] = math.NaN()
	for i := 50_000; i < n; i++ {
		l.X[i] += 10_000
	}
	strokes := thin(l, columns, func(x, y float64) (float64, float64) { return x / 1100, y })
	if len(strokes) != 3 {
		t.Errorf("%d strokes, want 3: two gaps", len(strokes))
	}
	total, highest := 0, 0.0
	for _, s := range strokes {
		total += len(s)
		last := -1.0
		for _, p := range s {
			if p.x < last {
				t.Fatalf("x goes back to %v", p.x)
			}
			last = p.x
			highest = max(highest, p.y)
		}
	}
	if highest != 50 {
		t.Errorf("the highest point is %v, want 50", highest)
	}
	if total > 4*(columns+4) {
		t.Errorf("%d points for %d columns", total, columns)
	}
}

func TestProjection(t *testing.T) {
	for lon := -175.0; lon < 180; lon += 25 {
		for lat := -85.0; lat < 90; lat += 17 {
			u, v := project(lon, lat)
			gotLon, gotLat, ok := unproject(u, v)
			if !ok || math.Abs(gotLon-lon) > 1e-6 || math.Abs(gotLat-lat) > 1e-6 {
				t.Errorf("%v, %v comes back as %v, %v", lon, lat, gotLon, gotLat)
			}
		}
	}
	if _, _, ok := unproject(0.9, 0.9); ok {
		t.Error("a place outside of the ellipse has a longitude")
	}
}

func BenchmarkLines(b *testing.B) {
	const n = 1_000_000
	l := Line{X: make([]float64, n), Y: make([]float64, n)}
	for i := range n {
		l.X[i], l.Y[i] = float64(i), math.Sin(float64(i)/1000)
	}
	f := &Figure{X: Axis{Scale: Time}, Panels: []Panel{{Lines: []Line{l}}}}
	benchmark(b, f)
}

func BenchmarkField(b *testing.B)       { benchmark(b, field()) }
func BenchmarkSpectrogram(b *testing.B) { benchmark(b, spectrogram(86_400)) }

func benchmark(b *testing.B, f *Figure) {
	b.Run("svg", func(b *testing.B) {
		var out bytes.Buffer
		for b.Loop() {
			out.Reset()
			if err := f.SVG(&out, DefaultWidth, f.Height()); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(out.Len()), "svg-bytes")
	})
	b.Run("png", func(b *testing.B) {
		for b.Loop() {
			if err := f.PNG(&bytes.Buffer{}, DefaultWidth, f.Height()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
