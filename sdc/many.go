package sdc

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// transferAll carries out several transfers at a time. One that fails does not
// stop the others, unless it shows that they must fail as well.
func transferAll(ctx context.Context, names []string, concurrency int, notify func(Transfer),
	transfer func(context.Context, string) (Transfer, error)) (Report, error) {
	if concurrency < 1 || concurrency > 64 {
		return nil, usagef("concurrency %d: must be from 1 to 64", concurrency)
	}
	report := make(Report, len(names))
	first := map[string]int{} // a file asked for twice is transferred once
	var telling sync.Mutex
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(concurrency)
	for i, name := range names {
		if _, twice := first[name]; twice || groupCtx.Err() != nil {
			continue
		}
		first[name] = i
		group.Go(func() error {
			if groupCtx.Err() != nil {
				return nil
			}
			t, err := transfer(groupCtx, name)
			if groupCtx.Err() == nil || err == nil {
				report[i] = t
				if notify != nil {
					telling.Lock()
					defer telling.Unlock()
					notify(t)
				}
			}
			if stopsAll(err) {
				return err
			}
			return nil
		})
	}
	stop := group.Wait()
	if ctx.Err() != nil {
		stop = context.Cause(ctx)
	}
	for i, name := range names {
		j, asked := first[name]
		switch {
		case asked && report[j].Status != "":
			report[i] = report[j]
		case stop != nil:
			report[i] = Transfer{FilePath: name, Status: Failed, Err: stop}
		}
	}
	if ctx.Err() != nil {
		return report, stop
	}
	return report, report.Err()
}

// stopsAll tells a failure that every other transfer would meet.
func stopsAll(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status == http.StatusUnauthorized ||
		errors.Is(err, syscall.ENOSPC)
}
