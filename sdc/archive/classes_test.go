package archive

import (
	"testing"

	"imapsh/naming"
)

// TestEveryClassIsDecided: whether uploads of a class are hidden, and which table lists
// them, is said of each class of names.
func TestEveryClassIsDecided(t *testing.T) {
	samples := map[naming.Class]struct{ name, table string }{
		naming.ClassScience:    {"imap_mag_l1a_norm_20260105_v001.cdf", "science"},
		naming.ClassAncillary:  {"imap_mag_x_20260105_v001.csv", "ancillary"},
		naming.ClassSPICE:      {"naif0012.tls", "spice"},
		naming.ClassQuicklook:  {"imap_mag_l1a_norm_20260105_v001.png", "quicklook"},
		naming.ClassDependency: {"imap_mag_l1a_norm_20260105_v001.json", ""},
		naming.ClassRelease:    {"imap_mag_x_20260105_v001.txt", ""},
	}
	for _, class := range naming.Classes() {
		if _, decided := visibilities[class]; !decided {
			t.Errorf("visibilities says nothing of class %s", class)
		}
		sample, known := samples[class]
		if !known {
			t.Errorf("no table, or none, is expected of class %s", class)
			continue
		}
		name, err := naming.ParseAs(class, sample.name)
		if err != nil {
			t.Fatal(err)
		}
		in, _, listed := entry{path: name.ArchivePath()}.listing(name)
		if listed != (sample.table != "") || in.name != sample.table {
			t.Errorf("%s is listed in table %q, want %q", sample.name, in.name, sample.table)
		}
	}
}

// TestUndecidedClassesAreHidden: a class that somebody adds and forgets here is not
// published.
func TestUndecidedClassesAreHidden(t *testing.T) {
	if v := visibilityOf("new"); !v.hiddenAtFirst || !v.neverPublic {
		t.Errorf("%+v", v)
	}
	for path, never := range map[string]bool{
		"imap/mag/l2/2026/01/imap_mag_l2_norm_20260105_v001.0001.cdf": false,
		"imap/quicklook/mag/l2/2026/01/what.bin":                      true,
		"imap/dependency/x":                                           true,
		"imap/release/x":                                              true,
		"imap/ancillary/mag/imap_mag_x_20260105_v001.csv":             false,
		"imap/spice/lsk/naif0012.tls":                                 false,
		"imap/mag/l2/imap_mag_l2_norm_20260105_v001.0001.png":         true,
	} {
		if got := neverPublic(path); got != never {
			t.Errorf("%s: %v", path, got)
		}
	}
}
