package present

import (
	"testing"

	"imapsh/sdc"
)

// TestRemarksOfReports: empty files and further versions of a file are told once, by
// number.
func TestRemarksOfReports(t *testing.T) {
	const name = "imap/swe/l2/2026/01/imap_swe_l2_sci_20260101_v001."
	for _, test := range []struct {
		name   string
		report sdc.Report
		want   string
	}{
		{"nothing to say", sdc.Report{{FilePath: name + "0001.cdf", Status: sdc.Downloaded, Bytes: 3, Size: 3}}, ""},
		{"empty", sdc.Report{{FilePath: name + "0001.cdf", Status: sdc.Downloaded}}, "\n1 empty file (0 bytes), as in the archive"},
		{"not known to be empty", sdc.Report{{FilePath: name + "0001.cdf", Status: sdc.Skipped}}, ""},
		{"two versions", sdc.Report{
			{FilePath: name + "0001.cdf", Status: sdc.Downloaded, Bytes: 3, Size: 3},
			{FilePath: name + "0002.cdf", Status: sdc.Skipped, Size: 3},
		}, "\n1 file in another version too: HOW"},
		{"a version that failed", sdc.Report{
			{FilePath: name + "0001.cdf", Status: sdc.Failed},
			{FilePath: name + "0002.cdf", Status: sdc.Downloaded, Bytes: 3, Size: 3},
		}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Remarks(test.report, "HOW"); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
