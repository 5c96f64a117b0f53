package datadir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInOtherCase(t *testing.T) {
	for _, test := range []struct{ names, name, want string }{
		{"", "a", ""}, {"a b", "a", ""}, {"A b", "a", "A"}, {"A a", "a", ""}, {"b c", "a", ""},
	} {
		if got := inOtherCase(strings.Fields(test.names), test.name); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.name, test.names, got, test.want)
		}
	}
}

// TestNamesThatDifferByCase: where they are one name, a second file does not take the place
// of the first. A hard link stands for the second name where the file system tells them
// apart.
func TestNamesThatDifferByCase(t *testing.T) {
	const dir, lower, upper = "imap/mag/l1a/2025/01", "imap_mag_l1a_norm_20250101_v001.0001.cdf", "imap_mag_l1a_NORM_20250101_v001.0001.cdf"
	d := newDir(t)
	must(t, os.MkdirAll(file(d, dir), 0o777))
	must(t, os.WriteFile(file(d, dir+"/"+lower), []byte("first"), 0o666))
	must(t, d.CheckLetterCase(dir+"/"+lower))
	if !d.letterCase.folds() {
		must(t, os.Link(file(d, dir+"/"+lower), filepath.Join(file(d, dir), upper)))
		d.letterCase.folds = func() bool { return true }
		d.letterCase.listings[dir] = []string{lower}
	}
	err := d.CheckLetterCase(dir + "/" + upper)
	if err == nil || !strings.Contains(err.Error(), "does not tell upper from lower case") || !strings.Contains(err.Error(), lower) {
		t.Errorf("%v", err)
	}
	must(t, d.CheckLetterCase(dir+"/"+lower))
}
