package sdc

import (
	"errors"
	"fmt"
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

// TestRetryClasses: the outermost classification counts, and what was given up is not
// begun again.
func TestRetryClasses(t *testing.T) {
	down, missing := &Error{Status: 503}, &Error{Status: 404}
	for name, test := range map[string]struct {
		err  error
		want retryClass
	}{
		"503":               {down, retryLater},
		"404":               {missing, retryNever},
		"no *Error":         {errors.New("disk"), retryNever},
		"wrapped":           {fmt.Errorf("comparing: %w", ofAPI{down}), retryLater},
		"classified":        {classify(retryNever, down), retryNever},
		"classified again":  {classify(retryLater, classify(retryNever, missing)), retryLater},
		"given up":          {fmt.Errorf("comparing: %w", &AttemptsError{Err: down}), retryNever},
		"given up, at once": {&AttemptsError{Err: classify(retryAtOnce, down)}, retryNever},
		"broken off":        {&brokenOffError{error: down}, retryLater},
		"asks for too long": {givenUp(t), retryNever},
	} {
		if got := retryClassOf(test.err); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

// TestErrorsAreNotChangedByRetries: one error may belong to several transfers.
func TestErrorsAreNotChangedByRetries(t *testing.T) {
	shared := &Error{Status: 503, Endpoint: "GET x", Detail: "down", RetryAfter: time.Hour}
	before := *shared
	_ = patienceForTransfers().trial().again(t.Context(), shared, nil)
	p := patienceForTransfers()
	p.tries = 1
	shared.RetryAfter, before.RetryAfter = 0, 0
	err := p.trial().again(t.Context(), shared, nil)
	if *shared != before || err == nil || err.Error() != "GET x: 503 Service Unavailable: down (tried 1 times in 0s)" {
		t.Errorf("%+v, %v", shared, err)
	}
}

func givenUp(t *testing.T) error {
	return patienceForTransfers().trial().again(t.Context(), &Error{Status: 429, RetryAfter: time.Hour}, nil)
}
