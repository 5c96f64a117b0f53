package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"imapsh/runtime/vttest"
)

// TestProgressOfReading shows one line after half a second and takes it away; a pipe gets a line every ten seconds.
func TestProgressOfReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := vttest.New(80, 4)
		shown := func() string { synctest.Wait(); return strings.TrimRight(screen.Screen(), "▏\n ") }
		p := newReadProgress(cooked{screen}, true, func() int { return 80 }, "a.cdf")
		p.step(1e6, 4e9)
		time.Sleep(firstAfter)
		if got, want := shown(), "read a.cdf: 0.5 s, 1.0 MB of 4.0 GB"; got != want {
			t.Errorf("it shows %q, want %q", got, want)
		}
		p.finished()
		if got := shown(); got != "" {
			t.Errorf("at the end it shows %q", got)
		}
		var lines bytes.Buffer
		p = newReadProgress(&lines, false, nil, "a.cdf")
		p.step(1e6, 4e9)
		time.Sleep(25 * time.Second)
		p.finished()
		if got := strings.Count(lines.String(), "\n"); got != 2 {
			t.Errorf("a pipe gets %d lines in 25 s: %q", got, lines.String())
		}
	})
}
