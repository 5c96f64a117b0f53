package figure

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/runtime/plot"
	"imapsh/runtime/plot/plottest"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

var update = flag.Bool("update", false, "write the golden files")

func doubles(list ...float64) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

// epoch is n times from 2026-01-20T00:00 on, a minute apart.
func epoch(n int) cdftest.Variable {
	var b []byte
	for i := range n {
		b = binary.LittleEndian.AppendUint64(b, uint64(822139269184000000+int64(i)*60e9))
	}
	return cdftest.Variable{Name: "epoch", Type: int(cdf.TT2000), Records: n, Values: b}
}

// real is a variable of doubles with attributes as NAME=TEXT.
func real(name string, records int, dims []int, values []float64, attributes ...string) cdftest.Variable {
	v := cdftest.Variable{Name: name, Type: int(cdf.Double), Records: records, Dims: dims, Values: doubles(values...)}
	for _, a := range attributes {
		n, text, _ := strings.Cut(a, "=")
		v.Attributes = append(v.Attributes, cdftest.TextAttribute(n, text))
	}
	return v
}

func numbers(n int, f func(i int) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

func open(t *testing.T, variables ...cdftest.Variable) *cdf.File {
	t.Helper()
	b := cdftest.File{Variables: variables}.Encode()
	f, err := cdf.Open(t.Context(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// describe says in a few words what a figure shows.
func describe(f *plot.Figure) string {
	var out []string
	for _, p := range f.Panels {
		s := ""
		switch m := p.Mesh; {
		case m != nil && m.Sky:
			s = fmt.Sprintf("sky %d×%d", len(m.X), len(m.Y))
		case m != nil:
			s = fmt.Sprintf("mesh %d×%d over %q", len(m.X), len(m.Y), p.Y.Label)
		default:
			var names []string
			for _, l := range p.Lines {
				names = append(names, fmt.Sprintf("%s(%d)", l.Label, len(l.X)))
			}
			s = "lines " + strings.Join(names, " ")
		}
		out = append(out, s+" | "+p.Title)
	}
	return strings.Join(out, "\n")
}

func TestWhatIsDrawn(t *testing.T) {
	energy := real("energy", 1, []int{3}, []float64{1, 10, 1000}, "UNITS=eV", "LABLAXIS=Energy")
	angle := real("angle", 1, []int{2}, []float64{0, 180})
	lon := real("longitude", 1, []int{4}, []float64{45, 135, 225, 315})
	lat := real("latitude", 1, []int{3}, []float64{-60, 0, 60})
	tests := []struct {
		name      string
		variables []cdftest.Variable
		options   Options
		want      string
	}{
		{"a scalar", []cdftest.Variable{epoch(4), real("b", 4, nil, []float64{1, 2, 3, 4}, "VAR_TYPE=data", "DEPEND_0=epoch", "UNITS=nT")}, Options{},
			"lines b(4) | b"},
		{"support data is not drawn unless it is named", []cdftest.Variable{epoch(2), real("b", 2, nil, []float64{1, 2}, "VAR_TYPE=data", "DEPEND_0=epoch"), real("q", 2, nil, []float64{1, 2}, "VAR_TYPE=support_data", "DEPEND_0=epoch")}, Options{},
			"lines b(2) | b"},
		{"named", []cdftest.Variable{epoch(2), real("b", 2, nil, []float64{1, 2}, "VAR_TYPE=data", "DEPEND_0=epoch"), real("q", 2, nil, []float64{1, 2}, "VAR_TYPE=support_data", "DEPEND_0=epoch")}, Options{Variables: []string{"q", "b"}},
			"lines q(2) | q\nlines b(2) | b"},
		{"a vector", []cdftest.Variable{epoch(2), real("b", 2, []int{3}, []float64{1, 2, 3, 4, 5, 6}, "VAR_TYPE=data", "DEPEND_0=epoch", "CATDESC=Field b")}, Options{},
			"lines 0(2) 1(2) 2(2) | Field b"},
		{"a spectrogram", []cdftest.Variable{epoch(2), energy, real("flux", 2, []int{3}, []float64{1, 2, 3, 4, 5, 6}, "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=energy", "DISPLAY_TYPE=spectrogram")}, Options{},
			"mesh 2×3 over \"Energy\" | flux"},
		{"a spectrogram averaged", []cdftest.Variable{epoch(2), energy, angle, real("flux", 2, []int{3, 2}, numbers(12, func(i int) float64 { return float64(i) }), "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=energy", "DEPEND_2=angle", "DISPLAY_TYPE=spectrogram")}, Options{},
			"mesh 2×3 over \"Energy\" | flux; mean over angle"},
		{"one energy of it", []cdftest.Variable{epoch(2), energy, angle, real("flux", 2, []int{3, 2}, numbers(12, func(i int) float64 { return float64(i) }), "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=energy", "DEPEND_2=angle", "DISPLAY_TYPE=spectrogram")}, Options{At: map[string]int{"energy": 2}},
			"mesh 2×2 over \"angle\" | flux; energy 1000 eV"},
		{"a map", []cdftest.Variable{epoch(1), energy, lon, lat, real("ena", 1, []int{3, 4, 3}, numbers(36, func(i int) float64 { return float64(i) }), "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=energy", "DEPEND_2=longitude", "DEPEND_3=latitude", "DISPLAY_TYPE=map_image")}, Options{},
			"sky 4×3 | ena; energy 1 eV"},
		{"one record", []cdftest.Variable{epoch(1), energy, angle, real("c", 1, []int{2, 3}, numbers(6, func(i int) float64 { return float64(i) }), "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=angle", "DEPEND_2=energy")}, Options{},
			"mesh 3×2 over \"angle\" | c"},
		{"without attributes", []cdftest.Variable{real("c", 3, nil, []float64{1, 2, 3})}, Options{},
			"lines c(3) | c"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.options.Span = cdf.Always()
			b := New(test.options)
			if err := b.Add(t.Context(), "x.cdf", open(t, test.variables...)); err != nil {
				t.Fatal(err)
			}
			f, _, err := b.Figure()
			if err != nil {
				t.Fatal(err)
			}
			if got := describe(f); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if err := f.SVG(&bytes.Buffer{}, 300, 200); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	data := []string{"VAR_TYPE=data", "DEPEND_0=epoch"}
	tests := []struct {
		name      string
		variables []cdftest.Variable
		options   Options
		want      string
	}{
		{"a name that is not there", []cdftest.Variable{epoch(2), real("b", 2, nil, []float64{1, 2}, data...)}, Options{Variables: []string{"bb"}}, `x.cdf: unknown variable "bb"; did you mean "b"?`},
		{"nothing", []cdftest.Variable{epoch(2)}, Options{}, "no variable is of VAR_TYPE data; name what to draw"},
		{"one value", []cdftest.Variable{real("b", 1, nil, []float64{1}, data...)}, Options{}, "variable b: it has one value, which makes no picture"},
		{"a dimension that is not there", []cdftest.Variable{epoch(2), real("b", 2, []int{3}, numbers(6, func(int) float64 { return 1 }), data...)}, Options{At: map[string]int{"energy": 1}}, `has the dimension "energy"; their dimensions are dimension 1`},
		{"an index too large", []cdftest.Variable{epoch(2), real("b", 2, []int{3}, numbers(6, func(int) float64 { return 1 }), data...)}, Options{At: map[string]int{"dimension 1": 3}}, "the index 3 of dimension 1 must be 0 to 2"},
		{"a map without longitude", []cdftest.Variable{epoch(1), real("ena", 1, []int{3, 4}, numbers(12, func(int) float64 { return 1 }), append(data, "DISPLAY_TYPE=map_image")...)}, Options{}, "no two of its dimensions are longitude and latitude: dimension 1 (3), dimension 2 (4)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.options.Span = cdf.Always()
			err := New(test.options).Add(t.Context(), "x.cdf", open(t, test.variables...))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	t.Run("times outside", func(t *testing.T) {
		span, err := cdf.ParseSpan("2027-01-01", "")
		if err != nil {
			t.Fatal(err)
		}
		b := New(Options{Span: span})
		if err := b.Add(t.Context(), "x.cdf", open(t, epoch(2), real("b", 2, nil, []float64{1, 2}, data...))); err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.Figure(); err == nil || !strings.Contains(err.Error(), "no record is within the time") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("stopped", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		f := open(t, epoch(2), real("b", 2, nil, []float64{1, 2}, data...))
		cancel()
		if err := New(Options{Span: cdf.Always()}).Add(ctx, "x.cdf", f); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestValuesThatAreNone(t *testing.T) {
	v := real("b", 6, nil, []float64{1, -1e31, 99, math.NaN(), -99, 2}, "VAR_TYPE=data", "DEPEND_0=epoch")
	v.Attributes = append(v.Attributes,
		cdftest.Attribute{Name: "FILLVAL", Entries: []cdftest.Value{cdftest.Doubles(-1e31)}},
		cdftest.Attribute{Name: "VALIDMIN", Entries: []cdftest.Value{cdftest.Doubles(-10)}},
		cdftest.Attribute{Name: "VALIDMAX", Entries: []cdftest.Value{cdftest.Doubles(10)}})
	b := New(Options{Span: cdf.Always()})
	if err := b.Add(t.Context(), "x.cdf", open(t, epoch(6), v)); err != nil {
		t.Fatal(err)
	}
	f, notes, err := b.Figure()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(f.Panels[0].Lines[0].Y), "[1 NaN NaN NaN NaN 2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(notes), "[b: 2 values outside of VALIDMIN and VALIDMAX are left out]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSeveralFiles holds that files are drawn over one time axis, and that many points are thinned without losing the highest.
func TestSeveralFiles(t *testing.T) {
	const n = 200_000
	day := func(start int) *cdf.File {
		e := epoch(0)
		e.Records = n
		for i := range n {
			e.Values = binary.LittleEndian.AppendUint64(e.Values, uint64(822139269184000000+int64(start*n+i)*1e9))
		}
		values := numbers(2*n, func(i int) float64 { return math.Sin(float64(i)) })
		values[2*(n/2)] = float64(50 + start)
		return open(t, e, real("b", n, []int{2}, values, "VAR_TYPE=data", "DEPEND_0=epoch"))
	}
	b := New(Options{Span: cdf.Always(), Several: true})
	for i := range 3 {
		if err := b.Add(t.Context(), fmt.Sprintf("day%d.cdf", i), day(i)); err != nil {
			t.Fatal(err)
		}
	}
	f, _, err := b.Figure()
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "day0.cdf … day2.cdf (3 files)" {
		t.Error(f.Title)
	}
	l := f.Panels[0].Lines[0]
	if len(l.X) > 3*4*thinColumns+3 {
		t.Errorf("%d points are kept", len(l.X))
	}
	for i := range 3 {
		found := false
		for _, y := range l.Y {
			found = found || y == float64(50+i)
		}
		if !found {
			t.Errorf("the highest point of file %d is lost", i)
		}
	}
}

func TestManySpectra(t *testing.T) {
	const n = 40_000
	e := epoch(n)
	energy := real("energy", 1, []int{8}, numbers(8, func(i int) float64 { return float64(i + 1) }))
	flux := real("flux", n, []int{8}, numbers(8*n, func(i int) float64 { return float64(i % 8) }), "VAR_TYPE=data", "DEPEND_0=epoch", "DEPEND_1=energy", "DISPLAY_TYPE=spectrogram")
	b := New(Options{Span: cdf.Always()})
	if err := b.Add(t.Context(), "x.cdf", open(t, e, energy, flux)); err != nil {
		t.Fatal(err)
	}
	f, _, err := b.Figure()
	if err != nil {
		t.Fatal(err)
	}
	m := f.Panels[0].Mesh
	if len(m.X) > 2*thinColumns {
		t.Errorf("%d columns are kept", len(m.X))
	}
	for i, v := range m.Z {
		if v != float64(i%8) {
			t.Fatalf("value %d is %v, want %d", i, v, i%8)
		}
	}
}

// TestRealProducts compares pictures of real products with those that were looked at.
func TestRealProducts(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "products", "imap")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the real products are not here: ", err)
	}
	tests := []struct {
		file      string
		variables []string
	}{
		{"mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260120_v002.cdf", []string{"b_dsrf", "magnitude"}},
		{"swe/l2/2025/06/imap_swe_l2_sci_20250630_v002.cdf", []string{"flux"}},
		{"codice/l2/2026/01/imap_codice_l2_hi-sectored_20260120_v003.cdf", []string{"h"}},
		{"hit/l2/2025/01/imap_hit_l2_macropixel-intensity_20250101_v003.cdf", []string{"h_macropixel_intensity", "dynamic_threshold_state"}},
		{"ultra/l2/2025/04/imap_ultra_l2_u90-ena-h-hf-nsp-full-hae-6deg-3mo_20250416_v001.cdf", []string{"ena_intensity"}},
		{"hi/l3/2025/04/imap_hi_l3_h90-ena-h-hf-sp-ram-hae-4deg-1yr_20250415_v001.cdf", nil},
		{"swapi/l2/2025/06/imap_swapi_l2_50-sweeps_20250606_v003.cdf", []string{"swp_coin_rate"}},
	}
	for _, test := range tests {
		name := filepath.Base(test.file)
		t.Run(name, func(t *testing.T) {
			f, err := cdf.OpenFile(t.Context(), filepath.Join(root, filepath.FromSlash(test.file)), cdf.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			b := New(Options{Variables: test.variables, Span: cdf.Always()})
			if err := b.Add(t.Context(), name, f); err != nil {
				t.Fatal(err)
			}
			drawn, notes, err := b.Figure()
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := drawn.SVG(&out, plot.DefaultWidth, drawn.Height()); err != nil {
				t.Fatal(err)
			}
			for _, n := range notes {
				fmt.Fprintf(&out, "<!-- %s -->\n", n)
			}
			got := plottest.Settled(t, out.Bytes())
			path := filepath.Join("testdata", strings.TrimSuffix(name, ".cdf")+".svg")
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
				t.Errorf("the picture differs from %s; look at it, then write it with -update", path)
			}
		})
	}
}

// BenchmarkDay draws a real day of the magnetic field, opening included.
func BenchmarkDay(b *testing.B) {
	path := filepath.Join("..", "..", "..", "shared", "data", "products", "imap", "mag", "l2", "2026", "01", "imap_mag_l2_norm-dsrf_20260120_v002.cdf")
	if _, err := os.Stat(path); err != nil {
		b.Skip("the real products are not here: ", err)
	}
	for b.Loop() {
		f, err := cdf.OpenFile(b.Context(), path, cdf.Options{})
		if err != nil {
			b.Fatal(err)
		}
		builder := New(Options{Span: cdf.Always()})
		if err := builder.Add(b.Context(), "day", f); err != nil {
			b.Fatal(err)
		}
		drawn, _, err := builder.Figure()
		if err != nil {
			b.Fatal(err)
		}
		if err := drawn.SVG(&bytes.Buffer{}, plot.DefaultWidth, drawn.Height()); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
