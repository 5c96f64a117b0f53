package runtime

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
)

// timer is a function that waits for its time.
type timer struct {
	id    int
	due   time.Time
	every time.Duration // 0: it runs once
	run   goja.Callable
	args  []goja.Value
}

// timers are those that wait, by the time at which they run and the order in which they
// were set.
type timers struct {
	waiting []*timer
	lastID  int
}

// maxDelay is the longest delay that other engines know: what they do with a longer one
// is to run it at once.
const maxDelay = math.MaxInt32

func (s *Session) setTimer(name string, repeat bool) *goja.Object {
	return s.native(name, func(_ goja.Value, args []goja.Value) (any, error) {
		run, ok := goja.AssertFunction(arg(args, 0))
		if !ok {
			return nil, api.Usagef("%s: it takes a function: %s(() => …, 100)", name, name)
		}
		delay := numberArg(args, 1)
		if delay > maxDelay {
			return nil, api.Usagef("%s: a delay of %v ms: must be at most %d, about 24 days", name, delay, maxDelay)
		}
		t := &timer{run: run, args: slices.Clone(args[min(2, len(args)):])}
		wait := time.Duration(max(delay, 0) * float64(time.Millisecond))
		if repeat {
			wait = max(wait, time.Millisecond)
			t.every = wait
		}
		s.timers.lastID++
		t.id = s.timers.lastID
		s.timers.add(t, time.Now().Add(wait))
		return t.id, nil
	})
}

func (t *timers) add(one *timer, due time.Time) {
	one.due = due
	at, _ := slices.BinarySearchFunc(t.waiting, due, func(w *timer, due time.Time) int {
		if w.due.After(due) {
			return 1
		}
		return -1 // behind those of the same time
	})
	t.waiting = slices.Insert(t.waiting, at, one)
}

func (s *Session) clearTimer(name string) *goja.Object {
	return s.native(name, func(_ goja.Value, args []goja.Value) (any, error) {
		id := numberArg(args, 0)
		s.timers.waiting = slices.DeleteFunc(s.timers.waiting, func(t *timer) bool { return float64(t.id) == id })
		return api.None{}, nil
	})
}

// runTimers runs what waits, each at its time, until done or until nothing waits any more.
func (s *Session) runTimers(done func() bool) error {
	for len(s.timers.waiting) > 0 && !done() {
		if err := s.waitUntil(s.timers.waiting[0].due); err != nil {
			return err
		}
		if err := s.runFirst(); err != nil {
			return err
		}
	}
	return nil
}

// runDue runs what has been due already, and waits for nothing.
func (s *Session) runDue() error {
	for now := time.Now(); len(s.timers.waiting) > 0 && !s.timers.waiting[0].due.After(now); {
		if err := s.runFirst(); err != nil {
			return err
		}
	}
	return nil
}

// runFirst runs the first of those that wait. What it leaves unhandled ends the run.
func (s *Session) runFirst() error {
	t := s.timers.waiting[0]
	s.timers.waiting = s.timers.waiting[1:]
	if t.every > 0 {
		s.timers.add(t, time.Now().Add(t.every))
	}
	if _, err := t.run(goja.Undefined(), t.args...); err != nil {
		return err
	}
	return s.unhandled()
}

func (s *Session) waitUntil(due time.Time) error {
	wait := time.Until(due)
	if wait <= 0 && s.ctx.Err() == nil {
		return nil
	}
	alarm := time.NewTimer(wait)
	defer alarm.Stop()
	select {
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	case <-alarm.C:
		return nil
	}
}

// await is settled for the value of a whole call: until its promise settles, what waits
// for its time is run.
func (s *Session) await(value goja.Value, must bool) (goja.Value, error) {
	if promise, ok := exportPromise(value); ok && must {
		if err := s.runTimers(func() bool { return promise.State() != goja.PromiseStatePending }); err != nil {
			return nil, err
		}
	}
	return s.settled(value, must)
}

// finished is a value, once nothing waits any more.
func (s *Session) finished(value goja.Value, err error) (goja.Value, error) {
	if err == nil {
		err = s.runTimers(func() bool { return false })
	}
	return value, err
}

// Wait runs what waits for its time until nothing does any more, as Run does for a whole
// script. The errors are those of Eval.
func (s *Session) Wait(ctx context.Context) error {
	if len(s.timers.waiting) == 0 {
		return nil
	}
	_, err := s.within(ctx, func() (goja.Value, error) { return s.finished(goja.Undefined(), nil) })
	return err
}
