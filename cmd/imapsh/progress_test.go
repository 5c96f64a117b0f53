package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"imapsh/runtime"
	"imapsh/runtime/vttest"
	"imapsh/sdc"
)

// step is an event of one file of a test.
func step(kind sdc.EventKind, name string, done, total int64) sdc.Event {
	return sdc.Event{Kind: kind, FilePath: "imap/x/" + name, Done: done, Total: total}
}

func ended(name string, status sdc.Status, bytes int64, err error) sdc.Event {
	path := "imap/x/" + name
	return sdc.Event{Kind: sdc.EventFinished, FilePath: path, Transfer: sdc.Transfer{
		FilePath: path, Path: "/data/" + path, Status: status, Bytes: bytes, Seconds: 2, Err: err,
	}}
}

// cooked does to lines what a terminal's driver does.
type cooked struct{ screen io.Writer }

func (c cooked) Write(p []byte) (int, error) {
	if _, err := c.screen.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

func newTally(verb string, total int) tally {
	return tally{verb: verb, total: total, began: time.Now(), active: map[string]*activeFile{}}
}

func TestLiveProgressOfOneFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := vttest.New(80, 10)
		p := newLiveProgress(cooked{screen}, func() int { return 80 }, newTally("download", 1), true)
		p.Event(step(sdc.EventStarted, "a.cdf", 0, 0))
		p.Event(step(sdc.EventBytes, "a.cdf", 0, 4000))
		time.Sleep(firstAfter - time.Millisecond)
		synctest.Wait()
		if got := strings.TrimSpace(screen.Screen()); got != "" && got != "▏" {
			t.Errorf("a short transfer shows %q", got)
		}
		time.Sleep(501 * time.Millisecond)
		p.Event(step(sdc.EventBytes, "a.cdf", 1000, 4000))
		time.Sleep(drawPause)
		synctest.Wait()
		if got := screen.Screen(); !strings.Contains(got, "a.cdf  1.0 kB of 4.0 kB (25%)") || !strings.Contains(got, "/s") || !strings.Contains(got, " left") {
			t.Errorf("the line is %q", got)
		}
		outcome := ended("a.cdf", sdc.Downloaded, 4000, nil)
		p.Event(outcome)
		p.Finished(sdc.Report{outcome.Transfer})
		if got := strings.TrimRight(screen.Screen(), "▏\n "); got != "✓ a.cdf 4.0 kB 2.0 s → /data/imap/x/a.cdf" {
			t.Errorf("at the end the screen is %q", got)
		}
	})
}

func TestLiveProgressOfManyFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := vttest.New(60, 12)
		p := newLiveProgress(cooked{screen}, func() int { return 60 }, newTally("download", 500), true)
		for i := range 8 {
			p.Event(step(sdc.EventStarted, fmt.Sprintf("%d.cdf", i), 0, 0))
			p.Event(step(sdc.EventBytes, fmt.Sprintf("%d.cdf", i), 0, 4000))
		}
		time.Sleep(time.Second)
		p.Event(ended("0.cdf", sdc.Failed, 0, errors.New("no such luck")))
		ok := ended("1.cdf", sdc.Downloaded, 4000, nil)
		p.Event(ok)
		time.Sleep(drawPause)
		synctest.Wait()
		lines := strings.Split(strings.TrimRight(screen.Screen(), "▏\n "), "\n")
		if len(lines) != 6 || lines[0] != "✗ 0.cdf  no such luck" || !strings.HasPrefix(lines[1], "2 of 500 files, 4.0 kB") || !strings.Contains(lines[1], "1 failed") {
			t.Errorf("the screen is\n%s", strings.Join(lines, "\n"))
		}
		report := sdc.Report{ended("0.cdf", sdc.Failed, 0, errors.New("no such luck")).Transfer, ok.Transfer}
		p.Finished(report)
		got := strings.TrimRight(screen.Screen(), "▏\n ")
		want := "✗ 0.cdf  no such luck\n1 downloaded (4.0 kB), 1 failed in 1.2 s (3.3 kB/s), in /dat\na/imap/x; retry: download(_error.report.failed)"
		if got != want {
			t.Errorf("at the end the screen is\n%s\nwant\n%s", got, want)
		}
		if report[0].Status != sdc.Failed || len(report) != 2 {
			t.Error("the report was changed")
		}
	})
}

func TestLiveProgressThatWasStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := vttest.New(120, 6)
		p := newLiveProgress(cooked{screen}, func() int { return 120 }, newTally("download", 3), true)
		report := sdc.Report{
			ended("0.cdf", sdc.Downloaded, 4000, nil).Transfer,
			ended("1.cdf", sdc.Failed, 0, runtime.ErrInterrupted).Transfer,
			ended("2.cdf", sdc.Failed, 0, runtime.ErrInterrupted).Transfer,
		}
		p.Finished(report)
		want := "1 downloaded (4.0 kB), 2 not begun or cut short, in /data/imap/x; the same call goes on where it stopped"
		if got := strings.TrimRight(screen.Screen(), "▏\n "); got != want {
			t.Errorf("the screen is %q", got)
		}
		if report[1].FilePath != "imap/x/1.cdf" {
			t.Error("the report was changed")
		}
	})
}

// TestLineProgress tells of a long call every ten seconds, and of a short one not.
func TestLineProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := newLineProgress(&out, newTally("download", 100))
		p.Event(step(sdc.EventStarted, "0.cdf", 0, 0))
		time.Sleep(time.Second / 2)
		for i := range 10 {
			time.Sleep(time.Second)
			p.Event(ended(fmt.Sprintf("%d.cdf", i), sdc.Downloaded, 1000, nil))
		}
		time.Sleep(15 * time.Second) // nothing moves
		p.Finished(nil)
		time.Sleep(time.Minute)
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 || lines[0] != "9 of 100 files, 9.0 kB, 900 B/s, 2 min left" || !strings.HasPrefix(lines[1], "10 of 100 files, 10 kB") {
			t.Errorf("it prints\n%s", out.String())
		}
	})
}

func TestJSONProgress(t *testing.T) {
	var out bytes.Buffer
	p := &jsonProgress{out: json.NewEncoder(&out)}
	p.Event(step(sdc.EventBytes, "a.cdf", 10, 40))
	p.Event(ended("a.cdf", sdc.Failed, 0, errors.New("no")))
	p.Finished(nil)
	want := `{"event":"bytes","file_path":"imap/x/a.cdf","done":10,"total":40}
{"event":"finished","file_path":"imap/x/a.cdf","transfer":{"bytes":0,"error":"no","file_path":"imap/x/a.cdf","path":"/data/imap/x/a.cdf","seconds":2,"size":null,"status":"failed","verified":null}}
`
	if out.String() != want {
		t.Errorf("it prints\n%s", out.String())
	}
}
