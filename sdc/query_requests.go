package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"imapsh/sdc/internal/transport"
)

// requestConcurrency is how many requests of one query are sent at the same time.
const requestConcurrency = 4

// querier asks the requests of one plan.
type querier struct {
	client *Client
	plan   *plan
	slots  *semaphore.Weighted
	spent  *spending

	refused  atomic.Bool // a request was, as too large
	scouting atomic.Bool // a request that was refused is asked in parts
	answered latch       // one was answered: the service is not down
	progress queryMeter
}

// latch is opened once, and stays open.
type latch struct {
	once sync.Once
	done chan struct{}
}

func (l *latch) open() { l.once.Do(func() { close(l.done) }) }

func (l *latch) isOpen() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

func (l *latch) wait(ctx context.Context) error {
	select {
	case <-l.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// each asks several requests and joins the answers. They are under way at the
// same time. But once one was refused the first alone goes on until something has
// been answered: a service that is down is found out by the few questions that
// lead to the smallest one.
func (q *querier) each(ctx context.Context, requests []url.Values, ask func(context.Context, url.Values) (Records, error)) (Records, error) {
	answers := make([]Records, len(requests))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(requestConcurrency)
	for i, parameters := range requests {
		group.Go(func() (err error) {
			if i > 0 && q.refused.Load() {
				if err := q.answered.wait(ctx); err != nil {
					return err
				}
			}
			answers[i], err = ask(ctx, parameters)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return join(answers), nil
}

// ask sends one request, again where that may help. A refusal that may mean that the answer is
// too large is taken as one after so many times.
func (q *querier) ask(ctx context.Context, parameters url.Values, refusals int) (Records, error) {
	if err := q.slots.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	defer q.slots.Release(1)
	refused := 0
	return transport.Retry(ctx, q.client.questions, func() (Records, error) {
		records, err := q.once(ctx, parameters)
		if tooLarge(err) && ctx.Err() == nil {
			q.refused.Store(true)
			refused++
			if refused >= refusals && refused < q.client.questions.MaxAttempts { // after all attempts it is so anyway, and the error counts them
				err = transport.Classify(transport.RetryNever, err)
			}
		}
		if err == nil || errors.Is(err, errOversize) {
			q.answered.open()
		}
		if err == nil {
			q.progress.add(QueryProgress{Done: 1})
		}
		return records, err
	})
}

// once sends one request, once.
func (q *querier) once(ctx context.Context, parameters url.Values) (Records, error) {
	c, endpoint := q.client, q.plan.catalog.endpoint
	if err := q.spent.request(endpoint); err != nil {
		return nil, err
	}
	response, err := c.get(ctx, http.StatusOK, endpoint, parameters, "")
	var refused *Error
	if err == nil || errors.As(err, &refused) && refused.Status != 0 {
		q.progress.add(QueryProgress{Answered: 1})
	}
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	records, err := readRecords(&boundedReader{q.spent.reader(endpoint, response.Body), maxAnswer})
	if i := slices.IndexFunc(records, func(r *Record) bool { return r.FilePath() == "" }); i >= 0 && err == nil {
		err = fmt.Errorf("row %d names no file", i+1)
	}
	if err == nil {
		return records, nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var broken *Error // the connection or the budget, not the answer
	if errors.As(err, &broken) {
		return nil, broken
	}
	e := &Error{
		Status:   response.StatusCode,
		Endpoint: transport.EndpointOf(response.Request),
		Detail:   "the answer is not the list that was asked for: " + c.transport.Redact(err.Error()),
		Reason:   InvalidAnswer,
	}
	if errors.Is(err, errOversize) {
		e.Detail, e.Reason, e.Err = "the answer is too long: "+errOversize.Error(), TooLarge, errOversize
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

// tooLarge reports whether an error may mean that the answer to a query is too large.
func tooLarge(err error) bool {
	var refused *Error
	if !errors.As(err, &refused) {
		return false
	}
	if errors.Is(err, errOversize) {
		return true
	}
	switch refused.Status {
	case http.StatusRequestEntityTooLarge, http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// join makes one answer of several that have no row in common.
func join(answers []Records) Records {
	if len(answers) == 1 {
		return answers[0]
	}
	records := slices.Concat(answers...)
	records.sort()
	return records
}
