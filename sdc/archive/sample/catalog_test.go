package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/naming"
)

func TestFilesAreTheSameAtEveryCall(t *testing.T) {
	first := Files()
	if len(first) < 2000 || len(first) > 4200 {
		t.Errorf("%d files, want 2,000 to 4,200", len(first))
	}
	for i := 1; i < len(first); i++ {
		if first[i-1].Path >= first[i].Path {
			t.Errorf("%s stands before %s", first[i-1].Path, first[i].Path)
		}
	}
	digest := listDigest(first)
	first[0] = File{}
	if second := listDigest(Files()); second != digest {
		t.Error("the second call gave another list")
	}

	// The list is part of what demonstrations and other tests rely on: a change
	// must be meant.
	const golden = "ee6da98f77d35c93b60dad512a30013c3d8daa2019610a8e4b2c35d274904352"
	if digest != golden {
		t.Errorf("the list of files has changed: its digest is %s", digest)
	}
}

func listDigest(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %s %t\n", f.Path, f.Ingested.Format(time.RFC3339Nano), f.Released)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestPathsAreArchivePaths(t *testing.T) {
	for _, f := range Files() {
		name, err := naming.Parse(path.Base(f.Path))
		if err != nil {
			t.Errorf("%s: %v", f.Path, err)
			continue
		}
		if name.ArchivePath() != f.Path {
			t.Errorf("%s: by its name it belongs at %s", f.Path, name.ArchivePath())
		}
		switch name := name.(type) {
		case naming.ScienceFilePath:
			if built, err := naming.NewScience(name.Product); err != nil || built.ArchivePath() != f.Path {
				t.Errorf("%s: built from its parts: %v, %v", f.Path, built, err)
			}
		case naming.AncillaryFilePath:
			if built, err := naming.NewAncillary(name.Validity); err != nil || built.ArchivePath() != f.Path {
				t.Errorf("%s: built from its parts: %v, %v", f.Path, built, err)
			}
		case naming.QuicklookFilePath, naming.SPICEFilePath, naming.DependencyFilePath:
		default:
			t.Errorf("%s is a %s file", f.Path, name.Class())
		}
	}
}

// TestArchivesOfOtherDays: the archive moves with its last day, and holds nothing that
// comes in later.
func TestArchivesOfOtherDays(t *testing.T) {
	for _, lastDay := range []string{FirstLastDay, "20260212", "20260301", "20261125", "20280229"} {
		t.Run(lastDay, func(t *testing.T) {
			last := startOf(lastDay)
			now := last.Add(15 * time.Hour)
			first, yesterday := last.AddDate(0, 0, -41).Format(dayLayout), last.AddDate(0, 0, -1).Format(dayLayout)
			seen := map[string]bool{}
			released := map[bool]int{}
			for _, f := range FilesUntil(last, now) {
				name, err := naming.Parse(f.Path)
				if err != nil || name.ArchivePath() != f.Path {
					t.Fatalf("%s: %v", f.Path, err)
				}
				if f.Ingested.After(now) {
					t.Errorf("%s comes in at %s", f.Path, f.Ingested)
				}
				if science, ok := name.(naming.ScienceFilePath); ok {
					seen[science.StartDate] = true
					released[f.Released]++
					if science.StartDate < first || science.StartDate > yesterday {
						t.Errorf("%s lies outside %s to %s", f.Path, first, yesterday)
					}
				}
			}
			if len(seen) != 41 || released[true] < 2000 || released[false] == 0 {
				t.Errorf("%d days, released: %v", len(seen), released)
			}
			all := FilesUntil(last, now.AddDate(1, 0, 0))
			if count := len(all); count < 3000 || count > 4200 {
				t.Errorf("%d files in all", count)
			}
			for _, f := range all {
				if ancillary, err := naming.ParseAncillary(f.Path); err == nil && ancillary.EndDate != "" && ancillary.EndDate < ancillary.StartDate {
					t.Errorf("%s ends before it begins", f.Path)
				}
			}
		})
	}
}

// TestRepointingIsThatOfTheDay: the same day has the same names in each archive.
func TestRepointingIsThatOfTheDay(t *testing.T) {
	const path = "imap/glows/l2/2026/02/imap_glows_l2_hist_20260201-repoint00143_v001.0001.cdf"
	for _, lastDay := range []string{FirstLastDay, "20260301"} {
		files := FilesUntil(startOf(lastDay), startOf("20270101"))
		if !slices.ContainsFunc(files, func(f File) bool { return f.Path == path }) {
			t.Errorf("the archive that ends on %s has no %s", lastDay, path)
		}
	}
}

// product is what all versions of a product have in common.
type product struct {
	class      naming.Class
	instrument naming.Instrument
	level      naming.DataLevel
	descriptor string
	start      string
}

// arrived is one version of a product.
type arrived struct {
	version  naming.Version
	ingested time.Time
	released bool
}

// versions groups the science and quicklook files by product.
func versions(t *testing.T) map[product][]arrived {
	t.Helper()
	all := map[product][]arrived{}
	for _, f := range Files() {
		name, err := naming.Parse(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		var p naming.Product
		switch name := name.(type) {
		case naming.ScienceFilePath:
			p = name.Product
		case naming.QuicklookFilePath:
			p = name.Product
		default:
			continue
		}
		key := product{name.Class(), p.Instrument, p.DataLevel, p.Descriptor, p.StartDate}
		all[key] = append(all[key], arrived{p.Version, f.Ingested, f.Released})
	}
	return all
}

func TestSixWeeksOfTenInstruments(t *testing.T) {
	instruments := []naming.Instrument{"codice", "glows", "hi", "hit", "idex", "lo", "mag", "swapi", "swe", "ultra"}
	rawDays := map[naming.Instrument]int{}
	levels := map[naming.Instrument]map[naming.DataLevel]bool{}
	for p := range versions(t) {
		if p.start < "20260101" || p.start > "20260211" {
			t.Errorf("%v lies outside the six weeks", p)
		}
		if p.level == "l0" {
			rawDays[p.instrument]++
		}
		if levels[p.instrument] == nil {
			levels[p.instrument] = map[naming.DataLevel]bool{}
		}
		levels[p.instrument][p.level] = true
	}
	for _, instrument := range instruments {
		if rawDays[instrument] != 42 {
			t.Errorf("%s has raw packets of %d days, want 42", instrument, rawDays[instrument])
		}
		has := levels[instrument]
		if !has["l1a"] && !has["l1"] || !has["l2"] && !has["l2a"] {
			t.Errorf("%s lacks a level: it has %v", instrument, has)
		}
	}
	if len(levels) != len(instruments) {
		t.Errorf("%d instruments, want %d", len(levels), len(instruments))
	}
}

func TestLaterVersionsArriveLater(t *testing.T) {
	minor, major := 0, 0
	all := versions(t)
	for p, vs := range all {
		slices.SortFunc(vs, func(a, b arrived) int { return a.version.Compare(b.version) })
		if vs[0].version != (naming.Version{Major: 1, Minor: 1}) {
			t.Errorf("%v starts with %s", p, vs[0].version)
		}
		for i := 1; i < len(vs); i++ {
			if !vs[i].ingested.After(vs[i-1].ingested) {
				t.Errorf("%v: %s came before %s", p, vs[i].version, vs[i-1].version)
			}
		}
		switch last := vs[len(vs)-1].version; {
		case last.Major == 2:
			major++
		case last.Minor > 1:
			minor++
		}
	}
	// Enough of each that asking for the latest makes a difference.
	if minor < len(all)/10 || major < 50 {
		t.Errorf("of %d products %d have later minor versions and %d were reprocessed", len(all), minor, major)
	}
}

func TestFirstVersionArrivesTheDayAfter(t *testing.T) {
	for p, vs := range versions(t) {
		want := startOf(p.start).AddDate(0, 0, 1)
		weekly := strings.HasSuffix(p.descriptor, "-1week") || strings.HasSuffix(p.descriptor, "-3mo") ||
			p.class == naming.ClassQuicklook && p.instrument != "mag"
		if weekly {
			want = startOf(p.start).AddDate(0, 0, 7)
		}
		got := vs[0].ingested
		if got.Truncate(24*time.Hour) != want || got.Location() != time.UTC || got.Nanosecond() != 0 {
			t.Errorf("%v came in at %s, want on %s", p, got, want.Format(time.DateOnly))
		}
	}
}

func TestLastDaysAreNotReleased(t *testing.T) {
	held := 0
	for p, vs := range versions(t) {
		for _, v := range vs {
			if v.released != (p.start < "20260210") {
				t.Errorf("%v %s: released %t", p, v.version, v.released)
			}
			if !v.released {
				held++
			}
		}
	}
	if held == 0 {
		t.Error("everything is released")
	}
	for _, f := range Files() {
		if strings.HasPrefix(f.Path, "imap/ancillary/") && !f.Released {
			t.Errorf("%s is not released", f.Path)
		}
	}
}
