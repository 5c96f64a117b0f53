package naming

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// seed gives a fuzz target names of all classes, good and bad.
func seed(f *testing.F) {
	for _, c := range benchmarkNames {
		f.Add(c.file)
		f.Add(strings.ToUpper(c.file))
		f.Add("imap/x/" + c.file + "\n")
	}
	for _, kind := range spiceGrammar {
		f.Add(kind.form())
	}
	f.Add("imap_pred_od025_20181223_20280617_v.bsp")
	f.Add("earth_000101_251013_250717.bpc")
	f.Add(`..\..\imap_mag_l0_.._20250101_v001.pkts`)
}

// FuzzParse: a name is refused with one line that names a fault, or accepted
// with a path that stays in its directory.
func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name string) {
		file, err := Parse(name)
		if err != nil {
			var invalid *InvalidNameError
			if !errors.As(err, &invalid) || len(invalid.Faults) == 0 {
				t.Fatalf("%q: no fault is named: %v", name, err)
			}
			if strings.ContainsAny(err.Error(), "\n\r\x1b\x00\u202e") {
				t.Fatalf("%q: more than a line: %q", name, err)
			}
			return
		}
		where := file.ArchivePath()
		under := grammarOf(file.Class()).directory + "/"
		if !fs.ValidPath(where) || path.Clean(where) != where || !strings.HasPrefix(where, under) ||
			strings.Contains(where, `\`) || path.Base(where) != file.Filename() {
			t.Fatalf("%q: %q", name, where)
		}
	})
}

// FuzzRoundTrip: parse, build and parse again is the identity.
func FuzzRoundTrip(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name string) {
		for i := range grammars {
			file, err := grammars[i].parse(&grammars[i], Base(name))
			if err != nil {
				continue
			}
			built, err := rebuild(file)
			if err != nil {
				t.Fatalf("%q: cannot be built: %v", name, err)
			}
			again, err := parseClass(file.Class(), built.Filename())
			if err != nil || built.Filename() != Base(name) {
				t.Fatalf("%q: %q %v", name, built.Filename(), err)
			}
			if difference := cmp.Diff(file, again, cmp.AllowUnexported(SPICEFilePath{})); difference != "" {
				t.Fatalf("%q: -first +second\n%s", name, difference)
			}
		}
	})
}

// rebuild makes a file path from its parts, where it can be made so.
func rebuild(file FilePath) (FilePath, error) {
	switch file := file.(type) {
	case ScienceFilePath:
		return NewScience(file.Product)
	case AncillaryFilePath:
		return NewAncillary(file.Validity)
	case QuicklookFilePath:
		return NewQuicklook(file.Product)
	case DependencyFilePath:
		return NewDependency(file.Product)
	case ReleaseFilePath:
		return NewRelease(file.Validity)
	}
	return file, nil
}

// FuzzNext: the next version is one of the same file, and newer.
func FuzzNext(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name string) {
		file, err := Parse(name)
		if err != nil {
			return
		}
		next, err := Next(file)
		if err != nil {
			return
		}
		if !SameFile(file, next) || Compare(file, next) >= 0 || Compare(next, file) <= 0 {
			t.Fatalf("%q: %q", name, next.Filename())
		}
	})
}

// FuzzBuild: what is built from parts can be parsed.
func FuzzBuild(f *testing.F) {
	f.Add("swe", "l0", "raw", "20240101", 1, 2, 1, 3, "pkts")
	f.Add("mag", "l1a", "..", "20240229", 0, -1, -1, 3, "cdf")
	f.Fuzz(func(t *testing.T, instrument, level, descriptor, date string, interval, kind, major, minor int, extension string) {
		p := Product{
			Instrument: Instrument(instrument), DataLevel: DataLevel(level), Descriptor: descriptor,
			StartDate: date, Version: Version{major, minor}, Extension: extension,
		}
		switch kind {
		case 1:
			p.Repointing = &interval
		case 2:
			p.CR = &interval
		}
		file, err := NewScience(p)
		if err != nil {
			return
		}
		again, err := ParseScience(file.Filename())
		if err != nil {
			t.Fatal(err)
		}
		if difference := cmp.Diff(file, again); difference != "" {
			t.Fatalf("-built +parsed\n%s", difference)
		}
	})
}
