package istp_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
	"imapsh/sdc/cdf/istp"
)

const goodName = "imap_mag_l2_norm_20260120_v002.cdf"

func texts(pairs ...string) []cdftest.Attribute {
	var list []cdftest.Attribute
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, cdftest.TextAttribute(pairs[i], pairs[i+1]))
	}
	return list
}

func float(x float32) cdftest.Value {
	return cdftest.Number(44, binary.LittleEndian.AppendUint32(nil, math.Float32bits(x)))
}

func number(name string, v cdftest.Value) cdftest.Attribute {
	return cdftest.Attribute{Name: name, Entries: []cdftest.Value{v}}
}

func tt2000(x int64) cdftest.Value {
	return cdftest.Number(33, binary.LittleEndian.AppendUint64(nil, uint64(x)))
}

// good is a file without a fault: two records of a vector.
func good() cdftest.File {
	var times, field []byte
	first, err := cdf.UTC{Year: 2026, Month: 1, Day: 20}.TT2000()
	if err != nil {
		panic(err)
	}
	for i := range 2 {
		times = binary.LittleEndian.AppendUint64(times, uint64(int64(first)+int64(i)*1e9))
		for j := range 3 {
			field = binary.LittleEndian.AppendUint32(field, math.Float32bits(float32(i+j)))
		}
	}
	return cdftest.File{
		Attributes: texts("Project", "STP>Solar Terrestrial Probes", "Source_name", "IMAP>Interstellar Mapping and Acceleration Probe",
			"Discipline", "Solar Physics>Heliospheric Physics", "Data_type", "L2_norm>Level 2", "Descriptor", "MAG>Magnetometer", "Data_version", "002",
			"Logical_file_id", "imap_mag_l2_norm_20260120_v002", "Logical_source", "imap_mag_l2_norm", "Logical_source_description", "MAG",
			"Instrument_type", "Magnetic Fields (space)", "Mission_group", "IMAP", "PI_name", "D. J. McComas", "PI_affiliation", "Princeton", "TEXT", "MAG"),
		Variables: []cdftest.Variable{
			{Name: "epoch", Type: 33, Records: 2, Values: times, Attributes: append(texts("CATDESC", "times", "FIELDNAM", "epoch", "VAR_TYPE", "support_data", "UNITS", "ns"),
				number("FILLVAL", tt2000(math.MinInt64)), number("VALIDMIN", tt2000(0)), number("VALIDMAX", tt2000(math.MaxInt64)))},
			{Name: "b", Type: 44, Dims: []int{3}, Records: 2, Values: field, Attributes: append(texts("CATDESC", "field", "FIELDNAM", "b", "VAR_TYPE", "data", "UNITS", "nT",
				"SI_CONVERSION", "1.0e-9>T", "DEPEND_0", "epoch", "LABL_PTR_1", "label", "DISPLAY_TYPE", "time_series", "FORMAT", "F10.3"),
				number("FILLVAL", float(-1e31)), number("VALIDMIN", float(-100)), number("VALIDMAX", float(100)))},
			{Name: "label", Type: 51, Elements: 2, Dims: []int{3}, NoRecordVary: true, Records: 1, Values: []byte("BxByBz"),
				Attributes: texts("CATDESC", "labels", "FIELDNAM", "labels", "VAR_TYPE", "metadata", "FORMAT", "A2")},
		},
	}
}

// set changes or removes an attribute of a variable, or of the file for variable -1.
func set(f *cdftest.File, variable int, name string, values ...cdftest.Value) {
	list := &f.Attributes
	if variable >= 0 {
		list = &f.Variables[variable].Attributes
	}
	for i, a := range *list {
		if a.Name == name {
			*list = append(append([]cdftest.Attribute{}, (*list)[:i]...), (*list)[i+1:]...)
			break
		}
	}
	if len(values) > 0 {
		*list = append(*list, cdftest.Attribute{Name: name, Entries: values})
	}
}

func check(t *testing.T, f cdftest.File, name string) []istp.Finding {
	t.Helper()
	b := f.Encode()
	file, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	findings, err := istp.Check(context.Background(), file, name)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func TestGoodFile(t *testing.T) {
	t.Parallel()
	if findings := check(t, good(), goodName); len(findings) != 0 {
		t.Error(findings)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	text := cdftest.Text
	for _, c := range []struct {
		name   string
		change func(*cdftest.File)
		want   string // the findings' level, variable and rule
	}{
		{"global attribute missing", func(f *cdftest.File) { set(f, -1, "PI_name") }, "error  PI_name"},
		{"global attribute empty", func(f *cdftest.File) { set(f, -1, "PI_name", text(" ")) }, "error  PI_name"},
		{"no global attributes", func(f *cdftest.File) { f.Attributes = nil }, "error  attributes"},
		{"other name", func(f *cdftest.File) { set(f, -1, "Logical_file_id", text("imap_mag_l2_norm_20260121_v002")) }, "error  Logical_file_id"},
		{"other version", func(f *cdftest.File) { set(f, -1, "Data_version", text("001")) }, "error  Data_version"},
		{"version written otherwise", func(f *cdftest.File) { set(f, -1, "Data_version", text("v2")) }, ""},
		{"other source", func(f *cdftest.File) { set(f, -1, "Logical_source", text("imap_swe_l2_sci")) }, "error  Logical_source"},
		{"no attributes", func(f *cdftest.File) { f.Variables[2].Attributes = nil }, "error label attributes"},
		{"CATDESC", func(f *cdftest.File) { set(f, 1, "CATDESC") }, "error b CATDESC"},
		{"CATDESC of support data", func(f *cdftest.File) { set(f, 0, "CATDESC") }, "warning epoch CATDESC"},
		{"FIELDNAM", func(f *cdftest.File) { set(f, 1, "FIELDNAM", text("")) }, "warning b FIELDNAM"},
		{"VAR_TYPE", func(f *cdftest.File) { set(f, 1, "VAR_TYPE", text("dta")) }, "error b VAR_TYPE"},
		{"FILLVAL missing", func(f *cdftest.File) { set(f, 1, "FILLVAL") }, "error b FILLVAL"},
		{"FILLVAL of another type", func(f *cdftest.File) { set(f, 1, "FILLVAL", cdftest.Doubles(-1e31)) }, "warning b FILLVAL"},
		{"FILLVAL unusual", func(f *cdftest.File) { set(f, 1, "FILLVAL", float(-999)) }, "warning b FILLVAL"},
		{"VALIDMIN missing", func(f *cdftest.File) { set(f, 1, "VALIDMIN") }, "error b VALIDMIN"},
		{"VALIDMIN above VALIDMAX", func(f *cdftest.File) { set(f, 1, "VALIDMIN", float(101)) }, "error b VALIDMIN, warning b VALIDMIN"},
		{"data outside", func(f *cdftest.File) { set(f, 1, "VALIDMAX", float(2)) }, "warning b VALIDMIN"},
		{"UNITS missing", func(f *cdftest.File) { set(f, 1, "UNITS") }, "error b UNITS"},
		{"UNITS blank", func(f *cdftest.File) { set(f, 1, "UNITS", text(" ")) }, "warning b UNITS"},
		{"UNIT_PTR", func(f *cdftest.File) { set(f, 1, "UNITS"); set(f, 1, "UNIT_PTR", text("label")) }, ""},
		{"UNIT_PTR to nothing", func(f *cdftest.File) { set(f, 1, "UNIT_PTR", text("units")) }, "error b UNIT_PTR"},
		{"FORMAT missing", func(f *cdftest.File) { set(f, 1, "FORMAT") }, "warning b FORMAT"},
		{"FORMAT of integers", func(f *cdftest.File) { set(f, 1, "FORMAT", text("I5")) }, "warning b FORMAT"},
		{"FORMAT of C", func(f *cdftest.File) { set(f, 1, "FORMAT", text("%8.3f")) }, ""},
		{"FORMAT unknown", func(f *cdftest.File) { set(f, 1, "FORMAT", text("eight")) }, "warning b FORMAT"},
		{"DISPLAY_TYPE missing", func(f *cdftest.File) { set(f, 1, "DISPLAY_TYPE") }, "warning b DISPLAY_TYPE"},
		{"DISPLAY_TYPE with options", func(f *cdftest.File) { set(f, 1, "DISPLAY_TYPE", text("time_series>y=b(1)")) }, ""},
		{"DEPEND_0 missing", func(f *cdftest.File) { set(f, 1, "DEPEND_0") }, "error b DEPEND_0"},
		{"DEPEND_0 to nothing", func(f *cdftest.File) { set(f, 1, "DEPEND_0", text("Epoch")) }, "error b DEPEND_0"},
		{"DEPEND_1 of another size", func(f *cdftest.File) { set(f, 1, "DEPEND_1", text("epoch")) }, "error b DEPEND_1"},
		{"DEPEND_2 without dimension", func(f *cdftest.File) { set(f, 1, "DEPEND_2", text("label")) }, "error b DEPEND_2"},
		{"LABL_PTR_1 missing", func(f *cdftest.File) { set(f, 1, "LABL_PTR_1") }, "warning b DEPEND_1, warning b LABL_PTR_1"},
		{"LABL_PTR_1 to numbers", func(f *cdftest.File) { set(f, 1, "LABL_PTR_1", text("b")) }, "error b LABL_PTR_1"},
		{"records of the times", func(f *cdftest.File) {
			f.Variables[0].Records, f.Variables[0].Values = 1, f.Variables[0].Values[:8]
		}, "error b DEPEND_0"},
		{"SI_CONVERSION missing", func(f *cdftest.File) { set(f, 1, "SI_CONVERSION") }, "warning  SI_CONVERSION"},
		{"SI_CONVERSION malformed", func(f *cdftest.File) { set(f, 1, "SI_CONVERSION", text("nano>T")) }, "warning b SI_CONVERSION"},
		{"times that run back", func(f *cdftest.File) {
			v := f.Variables[0].Values
			f.Variables[0].Values = append(append([]byte{}, v[8:]...), v[:8]...)
		}, "error epoch epoch-monotonic"},
		{"times that stand still", func(f *cdftest.File) {
			v := f.Variables[0].Values
			f.Variables[0].Values = append(append([]byte{}, v[:8]...), v[:8]...)
		}, "warning epoch epoch-monotonic"},
		{"time missing", func(f *cdftest.File) { copy(f.Variables[0].Values[8:], tt2000(math.MinInt64).Bytes) }, "error epoch epoch-fill"},
		{"no times", func(f *cdftest.File) {
			f.Variables[0].Records, f.Variables[1].Records = 0, 0
			f.Variables[0].Values, f.Variables[1].Values = nil, nil
		}, "warning epoch epoch-empty"},
		{"NaN", func(f *cdftest.File) { copy(f.Variables[1].Values, float(float32(math.NaN())).Bytes) }, "warning b values"},
		{"dimension without variance", func(f *cdftest.File) {
			f.Variables[2].Dims, f.Variables[2].DimVarys = []int{3, 4}, []bool{true, false}
		}, "warning label dimension-unused"},
		{"dimension too many", func(f *cdftest.File) {
			f.Variables[1].Dims = []int{1, 3}
			set(f, 1, "DEPEND_1", text("label"))
		}, "error b dimension-unused"},
		{"leap second unknown", func(f *cdftest.File) { f.LeapSecond = 20280101 }, "warning  file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := good()
			c.change(&f)
			findings := check(t, f, goodName)
			var got []string
			for _, x := range findings {
				got = append(got, fmt.Sprint(x.Level, " ", x.Variable, " ", x.Rule))
				if x.Found == "" || x.Right == "" {
					t.Error("a finding does not say what is wrong or right: ", x)
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("%v\nwant %s", findings, c.want)
			}
			if istp.HasErrors(findings) != strings.Contains(c.want, "error") {
				t.Error("HasErrors is wrong")
			}
		})
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"20260120": "", "20260119": "warning  file-date", "20260121": "warning  file-date", "20260122": "error  file-date", "20250120": "error  file-date"} {
		f := good()
		set(&f, -1, "Logical_file_id", cdftest.Text("imap_mag_l2_norm_"+day+"_v002"))
		var got []string
		for _, x := range check(t, f, "imap_mag_l2_norm_"+day+"_v002.cdf") {
			got = append(got, fmt.Sprint(x.Level, " ", x.Variable, " ", x.Rule))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	b := good().Encode()
	f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := istp.Check(ctx, f, goodName); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestRealProducts keeps the check useful on real files: what is wrong is found, and
// few findings are not.
func TestRealProducts(t *testing.T) {
	t.Parallel()
	root := "../../../../shared/data/products/imap"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the shared data are not here: ", err)
	}
	for path, want := range map[string]struct {
		most  int
		rules []string
	}{
		"mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260120_v002.cdf": {6, []string{
			"warning b_dsrf UNITS", "warning b_dsrf FILLVAL", "warning b_dsrf VALIDMIN"}},
		"swe/l2/2025/06/imap_swe_l2_sci_20250630_v002.cdf": {11, []string{
			"error  Logical_file_id", "error flux_spin_sector LABL_PTR_1"}},
		"hit/l2/2025/01/imap_hit_l2_macropixel-intensity_20250101_v003.cdf":                   {14, []string{"error  Data_version", "warning h_total_uncert_minus VALIDMIN"}},
		"hi/l3/2025/04/imap_hi_l3_h90-ena-h-hf-sp-ram-hae-4deg-1yr_20250415_v001.cdf":         {6, []string{"error solid_angle dimension-unused"}},
		"ultra/l2/2025/04/imap_ultra_l2_u90-ena-h-hf-nsp-full-hae-6deg-3mo_20250416_v001.cdf": {5, []string{"warning  file-date"}},
		"codice/l2/2026/01/imap_codice_l2_hi-sectored_20260120_v003.cdf":                      {9, []string{"warning h FILLVAL"}},
	} {
		f, err := cdf.OpenFile(context.Background(), filepath.Join(root, path), cdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		findings, err := istp.Check(context.Background(), f, filepath.Base(path))
		if err != nil || len(findings) > want.most {
			t.Errorf("%s: %d findings (%v), at most %d are useful: %v", path, len(findings), err, want.most, findings)
		}
		have := map[string]bool{}
		for _, x := range findings {
			have[fmt.Sprint(x.Level, " ", x.Variable, " ", x.Rule)] = true
		}
		for _, rule := range want.rules {
			if !have[rule] {
				t.Errorf("%s: not found: %s", path, rule)
			}
		}
		_ = f.Close()
	}
}
