package present

import (
	"path/filepath"
	"testing"

	"imapsh/sdc"
)

func TestCommonDir(t *testing.T) {
	root, err := filepath.Abs("/")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		paths []string
		want  string
	}{
		{nil, ""},
		{[]string{"/data/imap/swe/a"}, "/data/imap/swe"},
		{[]string{"/data/imap/swe/l2/a", "/data/imap/swe/l3/a"}, "/data/imap/swe"},
		{[]string{"/data/imap/swe/a", "/data/imap/swapi/a"}, "/data/imap"},
		{[]string{"/a", "/b"}, "/"},
	} {
		var report sdc.Report
		for _, path := range test.paths {
			report = append(report, sdc.Transfer{Path: filepath.Join(root, path), Status: sdc.Skipped})
		}
		if test.want != "" {
			test.want = filepath.Join(root, test.want)
		}
		if got := commonDir(report); got != test.want {
			t.Errorf("%q: %q, want %q", test.paths, got, test.want)
		}
	}
}
