package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"
)

// RetryPolicy says how often and after which waits a request that failed is made again. Its
// limits count what happens in a row, without progress.
type RetryPolicy struct {
	MaxAttempts   int           // attempts altogether
	FirstWait     time.Duration // the first wait is at most this; each later one at most twice the one before
	MaxWait       time.Duration // limit of a wait
	MaxRetryAfter time.Duration // limit of the wait that a server may ask for
	MaxElapsed    time.Duration // limit of all attempts and waits together
	MaxRefused    int           // attempts where nobody listens at the address
	Jitter        func(limit time.Duration) time.Duration
}

// refusedPause is the wait before an address is tried again where nobody listens: a
// server that is started again is back within seconds, and at a wrong URL none ever is.
const refusedPause = time.Second

// ForTransfers is the policy for transfers of files.
func ForTransfers() RetryPolicy {
	return RetryPolicy{
		MaxAttempts: 8, FirstWait: time.Second / 2, MaxWait: 30 * time.Second, MaxRetryAfter: 2 * time.Minute,
		MaxElapsed: 10 * time.Minute, MaxRefused: 6,
		Jitter: func(limit time.Duration) time.Duration { return rand.N(limit + 1) }, // full jitter
	}
}

// ForQuestions is the policy for questions to the API. It gives up sooner: somebody waits
// at the prompt.
func ForQuestions() RetryPolicy {
	p := ForTransfers()
	p.MaxAttempts, p.MaxRetryAfter, p.MaxElapsed, p.MaxRefused = 4, 30*time.Second, 2*time.Minute, 3
	return p
}

// Attempts counts the attempts of one request under a policy.
type Attempts struct {
	policy   RetryPolicy
	n        int // without progress
	failures int // likewise, with those that do not count since other requests got through
	refused  int // the last ones, where nobody listened
	answered uint64
	began    time.Time
}

// Begin begins to count.
func (p RetryPolicy) Begin() *Attempts { return &Attempts{policy: p, began: time.Now()} }

// Progress resets the count: what makes progress may go on.
func (a *Attempts) Progress() { a.n, a.failures, a.refused, a.began = 0, 0, 0, time.Now() }

// Next waits until a request that failed may be made again, and returns nil; or it returns
// the error to give up with. It calls notify before it waits; notify may be nil.
func (a *Attempts) Next(ctx context.Context, err error, notify func(error)) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	class := retryClassOf(err)
	if class == RetryNever {
		return err
	}
	var pace *Pace
	var asked time.Duration
	if failure := new(Error); errors.As(err, &failure) {
		pace, asked = failure.pace, failure.RetryAfter
	}
	if pace != nil && pace.AnsweredSoFar() != a.answered { // others get through: it counts against no file
		a.n, a.answered, a.began = 0, pace.AnsweredSoFar(), time.Now()
	}
	a.n++
	a.failures++
	a.refused++
	if !IsConnectionRefused(err) {
		a.refused = 0
	}
	if asked > a.policy.MaxRetryAfter {
		return &LongWaitError{Wait: asked, Limit: a.policy.MaxRetryAfter, Err: err}
	}
	wait := a.policy.Jitter(backoff(a.failures, a.policy.FirstWait, a.policy.MaxWait))
	if asked > 0 {
		wait = asked + a.policy.Jitter(a.policy.FirstWait) // those that were refused do not all come back at once
	}
	switch {
	case class == RetryAtOnce:
		wait = 0
	case a.refused > 0:
		wait = refusedPause
	}
	if elapsed := time.Since(a.began); a.n >= a.policy.MaxAttempts || a.refused >= a.policy.MaxRefused || elapsed+wait > a.policy.MaxElapsed {
		return &AttemptsError{Attempts: a.n, Elapsed: elapsed, Err: err}
	}
	if notify != nil {
		notify(err)
	}
	return Sleep(ctx, wait)
}

// backoff is the limit of the wait after the nth failure.
func backoff(n int, first, max time.Duration) time.Duration {
	limit := first
	for range n - 1 {
		limit = min(2*limit, max)
	}
	return limit
}

// Retry calls ask until it succeeds or the policy gives up.
func Retry[T any](ctx context.Context, p RetryPolicy, ask func() (T, error)) (T, error) {
	attempts := p.Begin()
	for {
		answer, err := ask()
		if err == nil {
			return answer, nil
		}
		if err := attempts.Next(ctx, err, nil); err != nil {
			return answer, err
		}
	}
}

// AttemptsError is the last failure of a request that was made several times and is given up.
type AttemptsError struct {
	Attempts int
	Elapsed  time.Duration // from the first attempt, or from the last progress
	Err      error
}

func (e *AttemptsError) Error() string {
	return fmt.Sprintf("%v (tried %d times in %v)", e.Err, e.Attempts, e.Elapsed.Round(time.Second/10))
}

func (e *AttemptsError) Unwrap() error { return e.Err }

// LongWaitError is a request that is not made again, since the server asks for a longer wait
// than the policy allows.
type LongWaitError struct {
	Wait, Limit time.Duration
	Err         error
}

func (e *LongWaitError) Error() string {
	return fmt.Sprintf("%v (the server asks to wait %v, which is more than the %v waited for)", e.Err, e.Wait, e.Limit)
}

func (e *LongWaitError) Unwrap() error { return e.Err }

// RetryClass says when a request that failed is made again.
type RetryClass int

// The classes.
const (
	RetryNever RetryClass = iota
	RetryLater
	RetryAtOnce
)

// classified is an error whose class does not follow from what it says.
type classified struct {
	error
	class RetryClass
}

func (c *classified) Unwrap() error { return c.error }

// Classify gives an error a class in place of the one that follows from what it says.
func Classify(class RetryClass, err error) error { return &classified{err, class} }

// retryClassOf is the class that an error was given, or that follows from the *[Error] in
// it; RetryNever where there is neither. What was given up is not begun again by the caller.
func retryClassOf(err error) RetryClass {
	for ; err != nil; err = errors.Unwrap(err) {
		switch e := err.(type) {
		case *classified:
			return e.class
		case *AttemptsError, *LongWaitError:
			return RetryNever
		case *Error:
			if e.transient() {
				return RetryLater
			}
			return RetryNever
		}
	}
	return RetryNever
}

// transient reports whether the same request may succeed later.
func (e *Error) transient() bool {
	switch e.Status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case 0:
		return !permanent(e.Err)
	}
	return false
}

// permanent reports whether waiting does not heal a connection error. What net/http says
// of a redirect that it cannot read has no type of its own.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError // the other side does not speak TLS
	var lookup *net.DNSError
	var setting *SettingError
	var proxy *ProxyError
	switch {
	case err == nil, errors.As(err, &setting), errors.As(err, &certificate), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return true
	case errors.As(err, &proxy) && proxy.Refused(), errors.As(err, &lookup) && lookup.IsNotFound:
		return true
	}
	return strings.Contains(err.Error(), "failed to parse Location header")
}
