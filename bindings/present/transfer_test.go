package present

import (
	"encoding/json"
	"errors"
	"testing"

	"imapsh/sdc"
)

var transfers = sdc.Report{
	{FilePath: "imap/x/a.cdf", Path: "/data/a.cdf", Status: sdc.Downloaded, Bytes: 3, Size: 3, Seconds: 0.5, Verified: sdc.VerifiedMD5},
	{FilePath: "imap/x/b.cdf", Path: "/data/b.cdf", Status: sdc.Replaced, Bytes: 3, Size: 3},
	{FilePath: "imap/x/c.cdf", Path: "/data/c.cdf", Status: sdc.Skipped, Size: 3},
	{FilePath: "imap/x/d.cdf", Path: "/data/d.cdf", Status: sdc.Planned},
	{FilePath: "imap/x/e.cdf", Path: "/data/e.cdf", Status: sdc.Failed, Err: &sdc.Error{Endpoint: "GET x", Status: 404, Reason: sdc.NotFound, Detail: "none"}},
	{FilePath: "imap/x/f.cdf", Path: "/data/f.cdf", Status: sdc.Uploaded, Bytes: 3},
}

// TestResults says of each file what the official client does, and never of a dry run that
// something was transferred.
func TestResults(t *testing.T) {
	for _, test := range []struct {
		name, verb string
		dryRun     bool
		skipped    string
	}{
		{"download", "download", false, "Successfully downloaded the file to: /data/c.cdf\n"},
		{"dry run", "download", true, "The file is already present: /data/c.cdf\n"},
		{"upload", "upload", false, "The file is already present: /data/c.cdf\n"},
	} {
		want := "Successfully downloaded the file to: /data/a.cdf\nSuccessfully downloaded the file to: /data/b.cdf\n" + test.skipped +
			"Would transfer: imap/x/d.cdf\nSuccessfully uploaded the file to the IMAP SDC: imap/x/f.cdf\n"
		if got := Results(test.verb, transfers, test.dryRun); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, want)
		}
	}
	if got := Replacements(transfers); got != "imapsh: replaced, since the archive's differs: /data/b.cdf\n" {
		t.Error(got)
	}
	if got := Failures(transfers); got != "✗ e.cdf  404 not in the archive\n" {
		t.Error(got)
	}
}

// TestTransfersAsJSON writes what is known of a transfer, and null for what is not.
func TestTransfersAsJSON(t *testing.T) {
	for i, want := range map[int]string{
		0: `{"bytes":3,"error":null,"file_path":"imap/x/a.cdf","path":"/data/a.cdf","seconds":0.5,"size":3,"status":"downloaded","verified":"md5"}`,
		4: `{"bytes":0,"error":"GET x: 404 Not Found: none","file_path":"imap/x/e.cdf","path":"/data/e.cdf","reason":"not_found","seconds":0,"size":null,"status":"failed","verified":null}`,
	} {
		got, err := json.Marshal(Transfers(transfers)[i])
		if err != nil || string(got) != want {
			t.Errorf("%s (%v)\nwant\n%s", got, err, want)
		}
	}
	if got, err := json.Marshal(Transfers(nil)); err != nil || string(got) != "[]" {
		t.Errorf("no transfers: %s (%v)", got, err)
	}
	if _, ok := (Transfer{}).Get("nothing"); ok {
		t.Error("there is a field called nothing")
	}
}

// TestEvents: programs read the events of a transfer as lines of JSON.
func TestEvents(t *testing.T) {
	for _, test := range []struct {
		name  string
		event any
		want  string
	}{
		{"bytes", EventOf(sdc.Event{Kind: sdc.EventBytes, FilePath: "a", Done: 1, Total: 2}), `{"event":"bytes","file_path":"a","done":1,"total":2}`},
		{"a retry", EventOf(sdc.Event{Kind: sdc.EventRetry, FilePath: "a", Err: errors.New("cut")}), `{"event":"retry","file_path":"a","error":"cut"}`},
		{"the end", EventOf(sdc.Event{Kind: sdc.EventFinished, FilePath: "a", Transfer: sdc.Transfer{FilePath: "a", Status: sdc.Skipped, Size: 1}}),
			`{"event":"finished","file_path":"a","transfer":{"bytes":0,"error":null,"file_path":"a","path":"","seconds":0,"size":1,"status":"skipped","verified":null}}`},
		{"the program's error", ErrorEventOf(&sdc.Error{Endpoint: "GET x", Detail: "gone", Reason: sdc.Down}, "wait"), `{"event":"error","error":"GET x: gone","reason":"down","hint":"wait"}`},
	} {
		got, err := json.Marshal(test.event)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s (%v)\nwant\n%s", test.name, got, err, test.want)
		}
	}
}

func TestUnits(t *testing.T) {
	for seconds, want := range map[float64]string{0: "1 ms", 0.05: "50 ms", 2.34: "2.3 s", 42: "42 s", 240: "4 min", 7200: "2.0 h"} {
		if got := Duration(seconds); got != want {
			t.Errorf("%v s: %s, want %s", seconds, got, want)
		}
	}
	if Size(-1) != "0 B" || Size(89_000) != "89 kB" || Counted(1, "file") != "1 file" || Counted(2, "file") != "2 files" {
		t.Error(Size(-1), Size(89_000), Counted(1, "file"), Counted(2, "file"))
	}
}
