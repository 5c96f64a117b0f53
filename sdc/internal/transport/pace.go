package transport

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The back-off that all requests to one origin share.
const (
	firstBackoff = time.Second / 2  // the limit of the pause after a refusal; of each later one twice the one before
	maxBackoff   = 30 * time.Second // and no more than this
	maxHold      = 2 * time.Minute  // the longest pause that a request waits for

	rateCut    = 0.7             // what a refusal leaves of the rate
	rateGrowth = 1.05            // what each second without one makes of it
	minRate    = 0.5             // requests a second
	rateLife   = 1 * time.Minute // after the last refusal the origin is asked without a limit again
)

// Pace is how fast an origin is asked. There is no limit until the origin refuses a
// request for now, with status 429 or 503: then no request is sent for a pause (the one
// that the origin asks for, or an exponential back-off with full jitter), and after it
// fewer requests a second than the origin answered before. The rate grows slowly until
// the next refusal.
type Pace struct {
	mu       sync.Mutex
	reopens  time.Time     // no request is sent before
	cut      time.Time     // the time of the last cut of the rate
	grown    time.Time     // the time of the last change of the rate
	limiter  *rate.Limiter // nil: no limit
	recent   counter       // requests that were answered
	answered uint64        // all of them
	refusals int           // since one was answered
	status   int           // of the last refusal
}

// Paces are those of all origins that a client speaks to. The zero value is ready.
type Paces struct{ byOrigin sync.Map }

// Of returns the pace for an origin.
func (p *Paces) Of(origin string) *Pace {
	pace, _ := p.byOrigin.LoadOrStore(origin, &Pace{})
	return pace.(*Pace)
}

// HeldError is a request that was not sent, since the origin asked for a longer pause
// than a request waits for.
type HeldError struct {
	Status int           // of the refusal that asked for it
	Wait   time.Duration // until the end of the pause
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("not sent: an earlier answer asked for a pause, which lasts %v more", e.Wait.Round(time.Second))
}

// Wait returns when a request may be sent: with a *HeldError if that is too far away,
// or with the error of ctx.
func (p *Pace) Wait(ctx context.Context) error {
	counted := false // among the requests of this second
	for {
		p.mu.Lock()
		pause, status, limiter := time.Until(p.reopens), p.status, p.limiter
		p.mu.Unlock()
		var err error
		switch {
		case pause > maxHold:
			return &HeldError{status, pause}
		case pause > 0:
			counted = false
			err = Sleep(ctx, pause)
		case counted || limiter == nil:
			return ctx.Err()
		default:
			counted = true
			err = limiter.Wait(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// Answered counts a request that the origin answered with anything but a refusal.
func (p *Pace) Answered() {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answered++
	p.refusals = 0
	p.recent.add(now)
	switch since := now.Sub(p.grown); {
	case p.limiter == nil:
	case now.Sub(p.cut) > rateLife:
		p.limiter = nil
	case since >= time.Second:
		p.limiter.SetLimit(p.limiter.Limit() * rate.Limit(math.Pow(rateGrowth, since.Seconds())))
		p.grown = now
	}
}

// Refused slows the pace after a refusal of a request sent at a time; asked is the pause
// that the origin asks for, 0 where it names none. The refusals of requests that were
// under way together count as one.
func (p *Pace) Refused(status int, sent time.Time, asked time.Duration) {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
	pause := asked
	if first := sent.After(p.cut) || p.cut.IsZero(); first {
		p.cut, p.grown = now, now
		p.refusals++
		limit := max(p.recent.lastSecond(now), 2) // of fewer nothing can be said
		if p.limiter != nil {
			limit = float64(p.limiter.Limit())
		}
		p.limiter = rate.NewLimiter(rate.Limit(max(limit*rateCut, minRate)), 1)
		if asked > 0 {
			pause += rand.N(firstBackoff) // not all clients come back at once
		} else {
			pause = rand.N(backoff(p.refusals, firstBackoff, maxBackoff) + 1)
		}
	}
	if until := now.Add(pause); until.After(p.reopens) {
		p.reopens = until
	}
}

// AnsweredSoFar counts the requests that the origin has answered: while it grows, others
// get through.
func (p *Pace) AnsweredSoFar() uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.answered
}

// counter counts events by the second.
type counter struct {
	second        int64 // Unix time
	here, earlier float64
}

func (c *counter) add(now time.Time) {
	c.turn(now)
	c.here++
}

// lastSecond estimates the events of the last second.
func (c *counter) lastSecond(now time.Time) float64 {
	c.turn(now)
	return c.here + c.earlier*(1-float64(now.Nanosecond())/1e9)
}

func (c *counter) turn(now time.Time) {
	switch second := now.Unix(); second - c.second {
	case 0:
	case 1:
		c.second, c.here, c.earlier = second, 0, c.here
	default:
		c.second, c.here, c.earlier = second, 0, 0
	}
}

// Sleep waits, or returns the cause that ended ctx.
func Sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
