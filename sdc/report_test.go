package sdc

import (
	"errors"
	"testing"
)

// TestCancelledFilesDidNotFail: a file that was cancelled for the failure of another is
// counted apart, in the error as in the sum.
func TestCancelledFilesDidNotFail(t *testing.T) {
	full := errors.New("no space left on device")
	cancelled := Transfer{FilePath: "imap/x/c.cdf", Status: Failed, Err: &CancelledError{full}}
	failed := Transfer{FilePath: "imap/x/f.cdf", Status: Failed, Err: full}
	done := Transfer{FilePath: "imap/x/d.cdf", Status: Downloaded}
	for _, test := range []struct {
		name           string
		report         Report
		error, summary string
	}{
		{"none cancelled", Report{done, failed, failed}, "2 of 3 files failed; the first was f.cdf: no space left on device", "1 downloaded, 2 failed"},
		{"some cancelled", Report{cancelled, failed, cancelled, done}, "1 of 4 files failed and 2 were cancelled; the first was f.cdf: no space left on device", "1 downloaded, 1 failed, 2 cancelled"},
		{"one cancelled", Report{cancelled, failed}, "1 of 2 files failed and 1 was cancelled; the first was f.cdf: no space left on device", "1 failed, 1 cancelled"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.report.Err().Error(); got != test.error {
				t.Errorf("%s\nwant\n%s", got, test.error)
			}
			if got := test.report.Summary(); got != test.summary {
				t.Errorf("%s\nwant\n%s", got, test.summary)
			}
			if own, _ := test.report.Failures(); test.report.FirstFailure().FilePath != "imap/x/f.cdf" || own[0].FilePath != "imap/x/f.cdf" {
				t.Errorf("%v", own)
			}
		})
	}
}
