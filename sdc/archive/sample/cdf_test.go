package sample

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"imapsh/naming"
)

func TestRealCDFsAreRead(t *testing.T) {
	for _, path := range realFiles(t, ".cdf") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			file, err := readCDF(content)
			if errors.Is(err, errFeature) {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := file.globals["Project"]; !slices.Equal(got, []string{"STP>Solar-Terrestrial Physics"}) {
				t.Errorf("Project: %q", got)
			}
			epoch := find(t, file, "epoch")
			if epoch.dataType != 33 || epoch.records == 0 {
				t.Errorf("epoch: type %d, %d records", epoch.dataType, epoch.records)
			}
		})
	}
}

func find(t *testing.T, file readFile, name string) readVariable {
	t.Helper()
	i := slices.IndexFunc(file.variables, func(v readVariable) bool { return v.name == name })
	if i < 0 {
		t.Fatalf("there is no variable %s", name)
	}
	return file.variables[i]
}

// TestEverySeriesReadsBack reads the first file of every product, and of every
// ancillary table, that is a CDF, and all of one week of MAG.
func TestEverySeriesReadsBack(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Files() {
		if !strings.HasSuffix(f.Path, ".cdf") {
			continue
		}
		name, err := naming.Parse(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		source, start, covered, version := "", "", 1, naming.Version{}
		switch name := name.(type) {
		case naming.ScienceFilePath:
			source = "imap_" + string(name.Instrument) + "_" + string(name.DataLevel) + "_" + name.Descriptor
			start, version = name.StartDate, name.Version
			if strings.HasSuffix(name.Descriptor, "-1week") {
				covered = 7
			}
		case naming.AncillaryFilePath:
			source = "imap_" + string(name.Instrument) + "_" + name.Descriptor
			start, version = name.StartDate, name.Version
		}
		week := strings.HasPrefix(source, "imap_mag") && "20260105" <= start && start <= "20260111"
		if seen[source] && !week {
			continue
		}
		seen[source] = true

		content := f.Bytes()
		file, err := readCDF(content)
		if err != nil {
			t.Errorf("%s: %v", f.Path, err)
			continue
		}
		if size := len(content); size > 200_000 || size < 10_000 && name.Class() == naming.ClassScience {
			t.Errorf("%s has %d bytes", f.Path, size)
		}
		stem := strings.TrimSuffix(name.Filename(), ".cdf")
		for attribute, want := range map[string]string{
			"Project":         "STP>Solar Terrestrial Probes",
			"Source_name":     "IMAP>Interstellar Mapping and Acceleration Probe",
			"Logical_file_id": stem,
			"Logical_source":  source,
			"Data_version":    strings.TrimPrefix(version.String(), "v"),
		} {
			if got := file.globals[attribute]; !slices.Equal(got, []string{want}) {
				t.Errorf("%s: %s is %q, want %q", f.Path, attribute, got, want)
			}
		}
		if len(file.globals["Data_type"]) != 1 {
			t.Errorf("%s: Data_type is %q", f.Path, file.globals["Data_type"])
		}
		if file.encoding != 6 || len(file.variables) < 2 {
			t.Errorf("%s: encoding %d, %d variables", f.Path, file.encoding, len(file.variables))
			continue
		}
		checkEpoch(t, f.Path, file.variables[0], startOf(start), covered)
		checkValues(t, f.Path, file.variables[len(file.variables)-1], file.variables[0].records)
		checkISTP(t, f.Path, file)
	}
	if len(seen) < 60 {
		t.Errorf("only %d kinds of CDF", len(seen))
	}
}

// checkEpoch checks that the times rise and lie in the days from a start on.
func checkEpoch(t *testing.T, path string, v readVariable, start time.Time, days int) {
	t.Helper()
	if v.name != "epoch" || v.dataType != 33 || len(v.dimensions) != 0 || v.records == 0 {
		t.Errorf("%s: first variable %s, type %d, dimensions %d, %d records", path, v.name, v.dataType, v.dimensions, v.records)
		return
	}
	zero := time.Date(2000, time.January, 1, 12, 0, 0, 0, time.UTC)
	last := start
	for i := range v.records {
		ns := int64(binary.LittleEndian.Uint64(v.values[8*i:]))
		// Terrestrial Time is 69.184 s ahead of UTC in 2026.
		at := zero.Add(time.Duration(ns) - 69184*time.Millisecond)
		if i > 0 && !at.After(last) || at.Before(start) || !at.Before(start.AddDate(0, 0, days)) {
			t.Errorf("%s: record %d is of %s, after one of %s", path, i, at, last)
			return
		}
		last = at
	}
}

// checkValues checks that a variable holds one finite record for every time.
func checkValues(t *testing.T, path string, v readVariable, records int) {
	t.Helper()
	if v.dataType != 44 || len(v.dimensions) == 0 || v.records != records {
		t.Errorf("%s: variable %s, type %d, dimensions %d, %d records for %d times", path, v.name, v.dataType, v.dimensions, v.records, records)
	}
	if v.attributes["DEPEND_0"] != "epoch" || v.attributes["UNITS"] == "" || v.attributes["FIELDNAM"] != v.name {
		t.Errorf("%s: attributes of %s: %v", path, v.name, v.attributes)
	}
	different := map[uint32]bool{}
	for at := 0; at < len(v.values); at += 4 {
		bits := binary.LittleEndian.Uint32(v.values[at:])
		different[bits] = true
		if value := math.Float32frombits(bits); value != -1e31 && math.Abs(float64(value)) > 1e5 || value != value {
			t.Errorf("%s: a value of %s is %v", path, v.name, value)
			return
		}
	}
	if len(different) < 4 {
		t.Errorf("%s: all values of %s are alike", path, v.name)
	}
}

// checkISTP checks that each variable has the attributes that ISTP asks for, and that those
// that name another variable name one of a fitting size.
func checkISTP(t *testing.T, path string, file readFile) {
	t.Helper()
	sizes := map[string]int{}
	for _, v := range file.variables {
		if len(v.dimensions) == 1 {
			sizes[v.name] = v.dimensions[0]
		}
	}
	for _, v := range file.variables {
		for _, name := range []string{"CATDESC", "FIELDNAM", "VAR_TYPE", "FORMAT"} {
			if v.attributes[name] == "" {
				t.Errorf("%s: %s has no %s", path, v.name, name)
			}
		}
		if v.attributes["VAR_TYPE"] != "data" {
			continue
		}
		if v.attributes["LABLAXIS"]+v.attributes["LABL_PTR_1"] == "" || v.attributes["DISPLAY_TYPE"] == "" || v.attributes["SI_CONVERSION"] == "" {
			t.Errorf("%s: %s: %v", path, v.name, v.attributes)
		}
		for name, of := range v.attributes {
			if number, ok := strings.CutPrefix(name, "DEPEND_"); ok && number != "0" || strings.HasPrefix(name, "LABL_PTR_") {
				i, err := strconv.Atoi(name[len(name)-1:])
				if err != nil || i > len(v.dimensions) || sizes[of] != v.dimensions[i-1] {
					t.Errorf("%s: %s: %s is %q of size %d, dimensions %d", path, v.name, name, of, sizes[of], v.dimensions)
				}
			}
		}
	}
}

func TestReaderRefusesBrokenCDFs(t *testing.T) {
	whole := File{Path: "imap/swe/l2/2026/01/imap_swe_l2_sci_20260101_v001.0001.cdf"}.Bytes()
	if _, err := readCDF(whole); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func([]byte) []byte
	}{
		{"cut short", func(b []byte) []byte { return b[:len(b)-1] }},
		{"longer", func(b []byte) []byte { return append(b, 0) }},
		{"size of the first record", func(b []byte) []byte { b[15]++; return b }},
		{"link to the first variable", func(b []byte) []byte { b[320+27]++; return b }},
		{"number of variables", func(b []byte) []byte { b[320+63]++; return b }},
		{"compressed", func(b []byte) []byte { b[4], b[5] = 0xCC, 0xCC; return b }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readCDF(c.spoil(slices.Clone(whole))); err == nil {
				t.Error("was read")
			}
		})
	}
}
