package sdc

import (
	"math"
	"net/http"
	"slices"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "7": 7 * time.Second, "3600": time.Hour, "1.5": 0, "soon": 0, "99999999999999999999": math.MaxInt32 * time.Second,
		"Mon, 05 Jan 2026 12:00:30 GMT": 30 * time.Second,
		"Mon, 05 Jan 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// TestBackoff: the limit of the waits doubles up to the longest, and a wait is
// anything up to its limit.
func TestBackoff(t *testing.T) {
	var limits []time.Duration
	p := patienceForTransfers()
	p.random = func(limit time.Duration) time.Duration {
		limits = append(limits, limit)
		return 0
	}
	trial := p.trial()
	tries := 0
	for ; ; tries++ {
		if err := trial.again(t.Context(), &Error{Status: 503}, nil); err != nil {
			break
		}
		if tries == 4 {
			trial.progressed()
		}
	}
	s := time.Second
	want := []time.Duration{s / 2, s, 2 * s, 4 * s, 8 * s, s / 2, s, 2 * s, 4 * s, 8 * s, 16 * s, 30 * s, 30 * s}
	if !slices.Equal(limits, want) || tries != 12 {
		t.Errorf("%d tries, %v, want %v", tries, limits, want)
	}
	for range 1000 {
		if wait := patienceForTransfers().random(s); wait < 0 || wait > s {
			t.Fatalf("a wait of %v of 1 s", wait)
		}
	}
}
