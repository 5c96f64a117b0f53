package sdc

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"imapsh/sdc/internal/transport"
)

// patience says how a client meets failures that can pass.
type patience struct {
	tries   int           // in a row, without progress
	first   time.Duration // the first wait is up to this; each later one up to twice the one before
	longest time.Duration // limit of a wait
	asked   time.Duration // limit of the wait that a server may ask for
	total   time.Duration // limit of all tries and waits together, without progress
	refused int           // tries in a row where nobody listens
	random  func(limit time.Duration) time.Duration
}

// refusedPause is the wait before an address is tried again where nobody listens: a
// server that is started again is back within seconds, and at a wrong URL none ever is.
const refusedPause = time.Second

func patienceForTransfers() patience {
	return patience{
		tries: 8, first: time.Second / 2, longest: 30 * time.Second, asked: 2 * time.Minute, total: 10 * time.Minute, refused: 6,
		random: func(limit time.Duration) time.Duration { return rand.N(limit + 1) }, // full jitter
	}
}

// patienceForQuestions is less: somebody waits at the prompt.
func patienceForQuestions() patience {
	p := patienceForTransfers()
	p.tries, p.asked, p.total, p.refused = 4, 30*time.Second, 2*time.Minute, 3
	return p
}

// trial counts the tries of one thing.
type trial struct {
	patience
	n        int // without progress
	failures int // likewise, and those that do not count, since others got through
	unheard  int // of the last ones, those where nobody listened
	answered uint64
	began    time.Time
}

func (p patience) trial() *trial { return &trial{patience: p, began: time.Now()} }

// progressed forgets the failures: what moves on may go on.
func (t *trial) progressed() { t.n, t.failures, t.unheard, t.began = 0, 0, 0, time.Now() }

// again waits until a thing that failed may be tried again, and returns nil; or
// it returns the error to give up with. Before it waits it calls notify.
func (t *trial) again(ctx context.Context, err error, notify func(error)) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	class := retryClassOf(err)
	var failure *Error
	if class == retryNever || !errors.As(err, &failure) {
		return err
	}
	if pace := failure.pace; pace != nil && pace.AnsweredSoFar() != t.answered { // others get through: it counts against no file
		t.n, t.answered, t.began = 0, pace.AnsweredSoFar(), time.Now()
	}
	t.n++
	t.failures++
	t.unheard++
	if !isRefused(err) {
		t.unheard = 0
	}
	if failure.RetryAfter > t.asked {
		return classify(retryNever, &Error{Status: failure.Status, Endpoint: failure.Endpoint, FilePath: failure.FilePath, Reason: Busy, RetryAfter: failure.RetryAfter, Err: err,
			Detail: failure.Detail + fmt.Sprintf(" (the server asks to wait %v, which is more than the %v waited for)", failure.RetryAfter, t.asked)})
	}
	wait := t.random(t.backoff())
	if failure.RetryAfter > 0 {
		wait = failure.RetryAfter + t.random(t.first) // all who were sent away do not come back at once
	}
	switch {
	case class == retryAtOnce:
		wait = 0
	case t.unheard > 0:
		wait = refusedPause
	}
	if spent := time.Since(t.began); t.n >= t.tries || t.unheard >= t.refused || spent+wait > t.total {
		return &AttemptsError{Attempts: t.n, Elapsed: spent, Err: err}
	}
	if notify != nil {
		notify(err)
	}
	return transport.Sleep(ctx, wait)
}

// AttemptsError is the last failure of a request that was made several times, and is
// given up.
type AttemptsError struct {
	Attempts int
	Elapsed  time.Duration
	Err      error
}

func (e *AttemptsError) Error() string {
	return fmt.Sprintf("%v (tried %d times in %v)", e.Err, e.Attempts, e.Elapsed.Round(time.Second/10))
}

func (e *AttemptsError) Unwrap() error { return e.Err }

func (t *trial) backoff() time.Duration {
	limit := t.first
	for range t.failures - 1 {
		limit = min(2*limit, t.longest)
	}
	return limit
}

// retried calls ask until it succeeds or patience ends.
func retried[T any](ctx context.Context, p patience, ask func() (T, error)) (T, error) {
	t := p.trial()
	for {
		answer, err := ask()
		if err == nil {
			return answer, nil
		}
		if err := t.again(ctx, err, nil); err != nil {
			return answer, err
		}
	}
}

// retryClass says when a request that failed is made again.
type retryClass int

const (
	retryNever retryClass = iota
	retryLater
	retryAtOnce
)

// classified is an error whose class does not follow from what it says.
type classified struct {
	error
	class retryClass
}

func (c *classified) Unwrap() error { return c.error }

func classify(class retryClass, err error) error { return &classified{err, class} }

// retryClassOf is the class that an error was given, or that follows from it. What was
// given up is not begun again by who asked for it.
func retryClassOf(err error) retryClass {
	for ; err != nil; err = errors.Unwrap(err) {
		switch e := err.(type) {
		case *classified:
			return e.class
		case *AttemptsError:
			return retryNever
		case *Error:
			if e.transient() {
				return retryLater
			}
			return retryNever
		}
	}
	return retryNever
}

// transient reports whether the same request may succeed later.
func (e *Error) transient() bool {
	switch e.Status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case 0:
		return e.Err != nil && !permanent(e.Err)
	}
	return false
}

// permanent reports whether waiting does not heal a connection error. What net/http says
// of a redirect that it cannot read has no type of its own.
func permanent(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError // the other side does not speak TLS
	var lookup *net.DNSError
	var setting *transport.SettingError
	var proxy *transport.ProxyError
	return errors.Is(err, errOverBudget) || errors.As(err, &setting) || errors.As(err, &proxy) && proxy.Refused() || strings.Contains(err.Error(), "failed to parse Location header") || errors.As(err, &certificate) || errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch) ||
		errors.As(err, &lookup) && lookup.IsNotFound
}

// retryAfter is the wait that an answer asks for: seconds, or a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	seconds, err := strconv.ParseInt(text, 10, 32) // of a larger number it gives the largest
	if (err == nil || errors.Is(err, strconv.ErrRange)) && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil && date.After(now) {
		return date.Sub(now)
	}
	return 0
}
