package sdc

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/transport"
)

// The server cannot send an answer over some 6 MB and says so with an error that
// may mean anything; other servers send more than this client takes. Such a query is
// asked again in halves of its start dates, down to a day, and of a day by
// instrument. This loses no row and gives none
// twice, since each has one start date and one instrument (one that package naming
// knows: a day that has to be divided by them is logged); and it changes no
// ranking of versions, since those of one file have both in common. (It would if
// it were done by ingestion date.)

// missionStart is the start date of the oldest file, a test product.
const missionStart = Date("20100101")

// askOrDivide sends a request as it is, and in parts when it was refused twice.
func (q *querier) askOrDivide(ctx context.Context, parameters url.Values) (Records, error) {
	if !q.plan.divisible {
		return q.ask(ctx, parameters, q.client.questions.MaxAttempts)
	}
	records, err := q.ask(ctx, parameters, 2)
	if !tooLarge(err) {
		return records, err
	}
	if !q.scouting.CompareAndSwap(false, true) { // another tries first whether parts are answered
		if err := q.answered.wait(ctx); err != nil {
			return nil, err
		}
	}
	return q.askInParts(ctx, parameters)
}

// askInParts sends a request in parts, which was refused as it is.
func (q *querier) askInParts(ctx context.Context, parameters url.Values) (Records, error) {
	parts := divide(parameters, q.client.now())
	if parts == nil { // it cannot be divided: now it matters whether the failure is transient
		records, err := q.ask(ctx, parameters, q.client.questions.MaxAttempts)
		if ctx.Err() == nil {
			err = q.explainSmallest(err, parameters)
		}
		return records, err
	}
	if !parameters.Has("instrument") && parts[0].Has("instrument") {
		q.client.log.Warn("a day is asked for instrument by instrument: files of an instrument that this program does not know are missed",
			"day", parameters.Get("start_date"))
	}
	q.progress.add(QueryProgress{Parts: len(parts) - 1})
	return q.each(ctx, parts, func(ctx context.Context, parameters url.Values) (Records, error) {
		if divide(parameters, q.client.now()) == nil {
			return q.askInParts(ctx, parameters)
		}
		records, err := q.ask(ctx, parameters, 1)
		if tooLarge(err) {
			return q.askInParts(ctx, parameters)
		}
		return records, err
	})
}

// divide makes two requests of one for several days, or of one for a single day
// one for each instrument; nil of one that cannot be divided. Where the request
// has no date its outer part has none either, so that no row is beyond its ends.
func divide(parameters url.Values, now time.Time) []url.Values {
	first, last := days(parameters, now)
	if first.Before(last) {
		middle := first.AddDate(0, 0, int(last.Sub(first).Hours()/24)/2)
		return []url.Values{
			with(parameters, "end_date", string(DateOf(middle))),
			with(parameters, "start_date", string(DateOf(middle.AddDate(0, 0, 1)))),
		}
	}
	if parameters.Has("instrument") {
		return nil
	}
	var parts []url.Values // of the instruments that are known
	for _, instrument := range naming.Instrument("").Values() {
		parts = append(parts, with(parameters, "instrument", instrument))
	}
	return parts
}

// days are the first and last start date of a request, of the mission where it
// gives none.
func days(parameters url.Values, now time.Time) (first, last time.Time) {
	last = now.UTC().AddDate(1, 0, 0).Truncate(24 * time.Hour)
	first, _ = missionStart.start()
	if day, err := Date(parameters.Get("end_date")).start(); err == nil {
		last = day
	}
	if day, err := Date(parameters.Get("start_date")).start(); err == nil {
		first = day
	}
	return first, last
}

func with(parameters url.Values, name, value string) url.Values {
	changed := maps.Clone(parameters)
	changed.Set(name, value)
	return changed
}

// explainSmallest says what else to narrow when even the least is refused; or, where
// nothing was answered at all, what that most likely means.
func (q *querier) explainSmallest(err error, parameters url.Values) error {
	var refused *Error
	if !tooLarge(err) || !errors.As(err, &refused) {
		return err
	}
	day := parameters.Get("start_date")
	if day == "" {
		day = parameters.Get("end_date")
	}
	explained := Error{Status: refused.Status, Endpoint: refused.Endpoint, Err: err}
	if q.answered.isOpen() || refused.Status == http.StatusRequestEntityTooLarge {
		explained.Detail = transport.Say(fmt.Sprintf("even a single day (%s) of %s is refused", day, parameters.Get("instrument")), refused.Detail)
		explained.Reason = TooLarge
	} else {
		explained.Detail = transport.Say("the service may be down: no part of the query was answered", refused.Detail)
		explained.Reason = MaybeTooLarge
	}
	var last *AttemptsError
	if errors.As(err, &last) {
		return &AttemptsError{Attempts: last.Attempts, Elapsed: last.Elapsed, Err: &explained}
	}
	return transport.Classify(transport.RetryNever, &explained)
}
