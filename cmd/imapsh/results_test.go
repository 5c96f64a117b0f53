package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"imapsh/bindings/present"
	"imapsh/sdc"
)

// TestCauseOfAStoppedRun: a full disk is called what it is, once, and not with the
// words of the files that were cancelled for its sake.
func TestCauseOfAStoppedRun(t *testing.T) {
	full := fmt.Errorf("writing imap/x/1.cdf: %w", syscall.ENOSPC)
	report := sdc.Report{
		{FilePath: "imap/x/0.cdf", Status: sdc.Failed, Err: &sdc.CancelledError{Cause: full}},
		{FilePath: "imap/x/1.cdf", Path: "/data/imap/x/1.cdf", Status: sdc.Failed, Err: full},
		{FilePath: "imap/x/2.cdf", Status: sdc.Failed, Err: &sdc.CancelledError{Cause: full}},
		{FilePath: "imap/x/3.cdf", Path: "/data/imap/x/3.cdf", Status: sdc.Downloaded, Bytes: 3000, Size: 3000},
	}
	var progress bytes.Buffer
	p := newLineProgress(&progress, newTally("download", len(report)))
	for _, transfer := range report {
		p.Event(sdc.Event{Kind: sdc.EventFinished, FilePath: transfer.FilePath, Transfer: transfer})
	}
	p.Finished(report)
	if got, want := progress.String(), "✗ 1.cdf  no space left on device\n"; got != want {
		t.Errorf("failures\n%swant\n%s", got, want)
	}
	if got, want := present.Outcome(report, 2*time.Second, interrupted), "1 downloaded (3.0 kB), 1 failed, 2 cancelled in 2.0 s (1.5 kB/s)"; !strings.HasPrefix(got, want) {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	var failed *sdc.TransferError
	if !errors.As(report.Err(), &failed) {
		t.Fatal(report.Err())
	}
	if got, want := (listError{failed}).Error(), "1 of 4 files failed and 2 were cancelled, since the error affects every file: no space left on device"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for _, err := range []error{failed, listError{failed}} {
		if strings.Count(err.Error(), "no space left on device") != 1 || strings.Contains(err.Error(), "0.cdf") {
			t.Errorf("%v", err)
		}
	}
}

// TestRemarksOnTheCommandLine: what the sum does not show stands below it on standard
// error, and nowhere with --quiet.
func TestRemarksOnTheCommandLine(t *testing.T) {
	const path = "imap/swe/l2/2026/01/imap_swe_l2_sci_20260101_v001."
	report := sdc.Report{
		{FilePath: path + "0001.cdf", Path: "/data/1.cdf", Status: sdc.Downloaded, Bytes: 3, Size: 3},
		{FilePath: path + "0002.cdf", Path: "/data/2.cdf", Status: sdc.Downloaded},
	}
	const remarks = "\n1 empty file (0 bytes), as in the archive\n1 file in another version too: query --version latest finds the newest alone\n"
	for _, quiet := range []bool{false, true} {
		t.Run(fmt.Sprintf("quiet %v", quiet), func(t *testing.T) {
			var out, told bytes.Buffer
			c := &cli{stdout: &out, stderr: &told, env: func(string) string { return "" }}
			c.flags.quiet = quiet
			if err := c.printReport("download", report, nil, false, time.Second); err != nil {
				t.Fatal(err)
			}
			if quiet && told.Len() > 0 || !quiet && !strings.HasSuffix(told.String(), remarks) {
				t.Errorf("it tells\n%s", told.String())
			}
			if strings.Contains(out.String(), "empty") {
				t.Errorf("it prints\n%s", out.String())
			}
		})
	}
}
