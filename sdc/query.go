package sdc

import (
	"context"
	"slices"

	"golang.org/x/sync/semaphore"
)

// Query finds files, ordered by path. The errors are a *UsageError for a query
// that cannot be asked, a *naming.InvalidNameError for a file name that is none, and
// an *Error when the archive refuses or does not answer. A query that is too large
// for the archive is asked in parts.
func (c *Client) Query(ctx context.Context, q Query) (Records, error) {
	plan, err := q.plan(c.now())
	if err != nil {
		return nil, err
	}
	records, err := c.askAll(ctx, plan, q.Progress)
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(r *Record) bool {
		return slices.ContainsFunc(plan.keeps, func(keep func(*Record) bool) bool { return !keep(r) })
	})
	if plan.catalog.table == TableSPICE { // these lists come in no order
		records.sort()
	}
	if plan.latest {
		records = records.Latest()
	}
	return records, nil
}

// askAll asks the requests of a plan and joins the answers, in the order of paths.
func (c *Client) askAll(ctx context.Context, p *plan, progress func(QueryProgress)) (Records, error) {
	q := querier{
		client: c, plan: p, slots: semaphore.NewWeighted(requestConcurrency), spent: c.budget.begin(),
		answered: latch{done: make(chan struct{})}, progress: queryMeter{notify: progress},
	}
	q.progress.add(QueryProgress{Parts: len(p.requests)})
	return q.each(ctx, p.requests, q.askOrDivide)
}
