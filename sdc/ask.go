package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// questionsAtATime is how many requests of one query are under way at a time.
const questionsAtATime = 4

// An answer with more bytes or more rows than these is not read to its end. The
// service itself cannot send more than 6 MB.
const (
	longestAnswer = 64 << 20
	mostRows      = 1_000_000
)

var errOversize = fmt.Errorf("it is longer than %d MB, or has more than %d rows", longestAnswer>>20, mostRows)

// questioner asks the requests of one plan.
type questioner struct {
	client *Client
	plan   plan
	slots  *semaphore.Weighted

	refused  atomic.Bool // a request was, as too large
	answered atomic.Bool // one was answered: the service is not down
}

// askAll asks the requests of a plan and joins the answers, in the order of paths.
func (c *Client) askAll(ctx context.Context, p plan) (Records, error) {
	q := questioner{client: c, plan: p, slots: semaphore.NewWeighted(questionsAtATime)}
	return q.each(ctx, p.requests, q.whole)
}

// each asks several requests and joins the answers. They are under way at the
// same time, unless all so far were refused: a service that is down is found out
// by the few questions that lead to the least one.
func (q *questioner) each(ctx context.Context, requests []url.Values, ask func(context.Context, url.Values) (Records, error)) (Records, error) {
	answers := make([]Records, len(requests))
	group, ctx := errgroup.WithContext(ctx)
	for i, parameters := range requests {
		one := func() (err error) {
			answers[i], err = ask(ctx, parameters)
			return err
		}
		if !q.refused.Load() || q.answered.Load() {
			group.Go(one)
		} else if err := one(); err != nil {
			group.Go(func() error { return err })
			break
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return join(answers), nil
}

// ask asks one request, patiently. A refusal that may mean that the answer is
// too large is taken as one after so many times.
func (q *questioner) ask(ctx context.Context, parameters url.Values, refusals int) (Records, error) {
	if err := q.slots.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	defer q.slots.Release(1)
	refused := 0
	return retried(ctx, q.client.asking, func() (Records, error) {
		records, err := q.client.once(ctx, q.plan.endpoint, parameters)
		if tooLarge(err) && ctx.Err() == nil {
			q.refused.Store(true)
			refused++
			var failure *Error
			if errors.As(err, &failure) && refused >= refusals {
				failure.final = true
			}
		}
		if err == nil {
			q.answered.Store(true)
		}
		return records, err
	})
}

// once asks one request, once.
func (c *Client) once(ctx context.Context, endpoint string, parameters url.Values) (Records, error) {
	response, err := c.get(ctx, http.StatusOK, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	records, err := readRecords(&boundedReader{response.Body, longestAnswer})
	if err == nil {
		return records, nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var broken *Error // the connection, not the answer
	if errors.As(err, &broken) {
		return nil, broken
	}
	e := &Error{
		Status:   response.StatusCode,
		Endpoint: endpointOf(response.Request),
		Detail:   "the answer is not the list that was asked for: " + c.redacted(oneLine(err.Error(), mostDetail)),
		Advice:   "try again; " + adviceURL,
	}
	if errors.Is(err, errOversize) {
		e.Detail, e.Advice = "the answer is too long: "+errOversize.Error(), "ask for fewer days or instruments"
	}
	return nil, e
}

// boundedReader fails where io.LimitReader would pretend that the answer ends.
type boundedReader struct {
	r    io.Reader
	left int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errOversize
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
