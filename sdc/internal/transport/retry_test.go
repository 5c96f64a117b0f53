package transport

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"syscall"
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
	p := ForTransfers()
	p.Jitter = func(limit time.Duration) time.Duration {
		limits = append(limits, limit)
		return 0
	}
	attempts := p.Begin()
	tries := 0
	for ; ; tries++ {
		if err := attempts.Next(t.Context(), &Error{Status: 503}, nil); err != nil {
			break
		}
		if tries == 4 {
			attempts.Progress()
		}
	}
	s := time.Second
	want := []time.Duration{s / 2, s, 2 * s, 4 * s, 8 * s, s / 2, s, 2 * s, 4 * s, 8 * s, 16 * s, 30 * s, 30 * s}
	if !slices.Equal(limits, want) || tries != 12 {
		t.Errorf("%d tries, %v, want %v", tries, limits, want)
	}
	for range 1000 {
		if wait := ForTransfers().Jitter(s); wait < 0 || wait > s {
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
		want RetryClass
	}{
		"503":               {down, RetryLater},
		"404":               {missing, RetryNever},
		"another error":     {errors.New("disk"), RetryNever},
		"wrapped":           {fmt.Errorf("comparing: %w", down), RetryLater},
		"classified":        {Classify(RetryNever, down), RetryNever},
		"classified again":  {Classify(RetryLater, Classify(RetryNever, missing)), RetryLater},
		"given up":          {fmt.Errorf("comparing: %w", &AttemptsError{Err: down}), RetryNever},
		"given up, at once": {&AttemptsError{Err: Classify(RetryAtOnce, down)}, RetryNever},
		"no cause":          {&Error{Detail: "no answer"}, RetryNever},
		"a reset":           {&Error{Err: syscall.ECONNRESET}, RetryLater},
		"asks for too long": {givenUp(t), RetryNever},
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
	_ = ForTransfers().Begin().Next(t.Context(), shared, nil)
	p := ForTransfers()
	p.MaxAttempts = 1
	shared.RetryAfter, before.RetryAfter = 0, 0
	err := p.Begin().Next(t.Context(), shared, nil)
	if *shared != before || err == nil || err.Error() != "GET x: 503 Service Unavailable: down (tried 1 times in 0s)" {
		t.Errorf("%+v, %v", shared, err)
	}
}

func givenUp(t *testing.T) error {
	return ForTransfers().Begin().Next(t.Context(), &Error{Status: 429, RetryAfter: time.Hour}, nil)
}
