package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"imapsh/runtime/vttest"
	"imapsh/sdc"
)

// TestLiveProgressOfAQuery shows one line after half a second, and nothing at the end.
func TestLiveProgressOfAQuery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		screen := vttest.New(80, 4)
		shown := func() string { synctest.Wait(); return strings.TrimRight(screen.Screen(), "▏\n ") }
		p := newQueryProgress(cooked{screen}, true, func() int { return 80 })
		time.Sleep(firstAfter - time.Millisecond)
		if got := shown(); got != "" {
			t.Errorf("a short query shows %q", got)
		}
		time.Sleep(time.Millisecond)
		if got, want := shown(), "query: 0.5 s, 0 requests answered"; got != want {
			t.Errorf("it shows %q, want %q", got, want)
		}
		p.event(sdc.QueryProgress{Answered: 14, Done: 5, Parts: 12})
		time.Sleep(drawPause)
		if got, want := shown(), "query: 0.7 s, 5 of 12 known parts, 14 requests answered"; got != want {
			t.Errorf("it shows %q, want %q", got, want)
		}
		p.finished()
		time.Sleep(time.Minute)
		if got := shown(); got != "" {
			t.Errorf("at the end it shows %q", got)
		}
	})
}

// TestLinesOfAQuery prints a line every ten seconds to a pipe, and none of a short query.
func TestLinesOfAQuery(t *testing.T) {
	for _, test := range []struct {
		name   string
		lasted time.Duration
		want   string
	}{
		{"short", linePause - time.Millisecond, ""},
		{"long", linePause + time.Second, "query: 10 s, 1 request answered\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				p := newQueryProgress(&out, false, nil)
				p.event(sdc.QueryProgress{Answered: 1, Parts: 1})
				time.Sleep(test.lasted)
				p.finished()
				if got := out.String(); got != test.want {
					t.Errorf("it prints %q, want %q", got, test.want)
				}
			})
		})
	}
}
