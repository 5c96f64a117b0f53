package sdc

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
)

// oneTransfer carries out the transfer of one file. spare has the connections
// that no file uses at the moment.
type oneTransfer func(ctx context.Context, name string, tell *teller, spare *semaphore.Weighted) (Transfer, error)

// transferAll carries out several transfers at a time. One that fails does not
// stop the others, unless it shows that they must fail as well.
func transferAll(ctx context.Context, names []string, concurrency int, progress func(Event), transfer oneTransfer) (Report, error) {
	if concurrency < 1 || concurrency > maxConcurrency {
		return nil, usagef("concurrency %d: must be from 1 to %d", concurrency, maxConcurrency)
	}
	report := make(Report, len(names))
	first := map[string]int{} // a file asked for twice is transferred once
	tell := &teller{tell: progress}
	slots := semaphore.NewWeighted(int64(concurrency))
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for i, name := range names {
		if _, twice := first[fileOf(name)]; twice {
			continue
		}
		first[fileOf(name)] = i
		if slots.Acquire(running, 1) != nil {
			break
		}
		all.Go(func() {
			defer slots.Release(1)
			began := time.Now()
			t, err := transfer(running, name, tell, slots)
			t.Seconds = time.Since(began).Seconds()
			if err != nil {
				t.Status, t.Err = Failed, err
			}
			report[i] = t
			tell.finished(t)
			if stopsAll(err) {
				stop(err)
			}
		})
	}
	all.Wait()
	for i, name := range names {
		switch j, asked := first[fileOf(name)]; {
		case asked && report[j].Status != "":
			report[i] = report[j]
		default:
			first[fileOf(name)] = i
			report[i] = Transfer{FilePath: name, Status: Failed, Err: context.Cause(running)}
			tell.finished(report[i])
		}
	}
	if ctx.Err() != nil {
		return report, context.Cause(ctx)
	}
	return report, report.Err()
}

// fileOf is the same for all spellings of one file's name.
func fileOf(name string) string {
	path, err := naming.Parse(name)
	if err != nil {
		return name
	}
	return path.ArchivePath()
}

// stopsAll tells a failure that every other transfer would meet.
func stopsAll(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusUnauthorized ||
		isRefused(err) || diskFull(err) // the server is gone, and was waited for
}
