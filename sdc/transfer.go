package sdc

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// maxConcurrency is how many files may be transferred at a time.
const maxConcurrency = 64

// rangeSizes says what a large file is, in bytes.
type rangeSizes struct {
	from int64 // one with more than this to fetch
	each int64 // the length of a range
}

func defaultRanges() rangeSizes { return rangeSizes{from: 64 << 20, each: 8 << 20} }

// transferFunc carries out the transfer of one file. idleSlots has the connections
// that no file uses at the moment.
type transferFunc func(ctx context.Context, name string, notifier *notifier, idleSlots *semaphore.Weighted) (Transfer, error)

// skipUnstarted says what becomes of a file that was not begun when an error stopped all
// transfers, whose context is done: false means that it needed a transfer.
type skipUnstarted func(stopped context.Context, name string) (Transfer, bool)

// transferAll carries out several transfers at a time. One that fails does not
// stop the others, unless it shows that they must fail as well. skip may be nil.
func transferAll(ctx context.Context, names []string, concurrency int, progress func(Event), transfer transferFunc, skip skipUnstarted) (Report, error) {
	if concurrency < 1 || concurrency > maxConcurrency {
		return nil, usagef("concurrency %d: must be from 1 to %d", concurrency, maxConcurrency)
	}
	report := make(Report, len(names))
	files := make([]string, len(names)) // the same for all spellings of one file's name
	first := map[string]int{}           // a file asked for twice is transferred once
	notifier := &notifier{notify: progress}
	slots := semaphore.NewWeighted(int64(concurrency))
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for i, name := range names {
		files[i] = name
		if path, err := naming.Parse(name); err == nil {
			files[i] = path.ArchivePath()
		}
	}
	for i, name := range names {
		if _, twice := first[files[i]]; twice {
			continue
		}
		first[files[i]] = i
		if slots.Acquire(running, 1) != nil {
			break
		}
		all.Go(func() {
			defer slots.Release(1)
			began := time.Now()
			t, err := transfer(running, name, notifier, slots)
			t.Seconds = time.Since(began).Seconds()
			if err != nil {
				t.Status, t.Err = Failed, err
			}
			report[i] = t
			notifier.finished(t)
			if stopsAll(err) {
				stop(&CancelledError{err})
			}
		})
	}
	all.Wait()
	for i, name := range names {
		switch j, asked := first[files[i]]; {
		case asked && report[j].Status != "":
			report[i] = report[j]
		default:
			first[files[i]] = i
			report[i] = Transfer{FilePath: files[i], Status: Failed, Err: context.Cause(running)}
			if ctx.Err() == nil && skip != nil {
				if t, ok := skip(running, name); ok {
					report[i] = t
				}
			}
			notifier.finished(report[i])
		}
	}
	if ctx.Err() != nil {
		return report, context.Cause(ctx)
	}
	return report, report.Err()
}

// apiFailure marks a failure of the API itself: where each file lies is asked of it, but
// the stores that files lie in may be many.
type apiFailure struct{ error }

func (e apiFailure) Unwrap() error { return e.error }

// stopsAll reports whether every other transfer would fail in the same way: the API does not
// know the caller, or is gone and was waited for, or the disk is full.
func stopsAll(err error) bool {
	var api apiFailure
	var refused *Error
	switch ReasonOf(err) {
	case Environment, ProxyRefused:
		return true
	}
	return datadir.IsFull(err) || errors.As(err, &api) && (transport.IsConnectionRefused(api) ||
		errors.As(api, &refused) && refused.Status == http.StatusUnauthorized)
}
