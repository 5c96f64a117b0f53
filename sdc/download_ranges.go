package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// A large file is fetched over several connections, if the store serves ranges
// and connections are free: a single one rarely fills a line whose far end is
// far away.
const (
	rangeConcurrency    = 4
	rangesPerCheckpoint = 2 // how often what is there is noted for a later run
)

// inRanges reports whether the rest is fetched in ranges, and has taken an idle slot if so.
func (f *fetch) inRanges(response *http.Response) bool {
	served := response.StatusCode == http.StatusPartialContent || response.Header.Get("Accept-Ranges") == "bytes"
	return served && !f.single.Load() && f.part.Object().ETag != "" &&
		(f.part.Object().Size-f.part.Prefix() > f.object.client.ranges.from || f.part.HasGaps()) && f.idleSlots.TryAcquire(1)
}

// rangeFetch is a part that is written at several places at a time.
type rangeFetch struct {
	*fetch
	begun datadir.ObjectInfo // as it was when this began
	each  int64              // the length of a range

	mu       sync.Mutex
	next     int64         // where the next range to fetch begins, unless that is there
	advanced chan struct{} // bytes were added to the part
}

// ranges fetches the rest of the object in parallel byte ranges. first is a response whose
// body starts with the first range. Its connection fetches that range alone and is then
// closed. The caller has taken one idle slot.
func (f *fetch) ranges(ctx context.Context, first *http.Response) error {
	r := &rangeFetch{fetch: f, begun: f.part.Object(), each: f.object.client.ranges.each, advanced: make(chan struct{}, 1)}
	if err := f.part.Checkpoint(); err != nil { // from now on the file may have gaps
		f.idleSlots.Release(1)
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	begin := r.claim() // before any other can: it is the one that first brings
	group.Go(func() error {
		// It was asked for before there was a group, so it does not end with it.
		defer context.AfterFunc(groupCtx, func() { first.Body.Close() })()
		if err := r.fetchRange(groupCtx, begin, first); err != nil {
			return err
		}
		return r.work(groupCtx)
	})
	for helper := range rangeConcurrency - 1 {
		if helper > 0 && !f.idleSlots.TryAcquire(1) {
			break
		}
		group.Go(func() error {
			defer f.idleSlots.Release(1)
			return r.work(groupCtx)
		})
	}
	hashed := make(chan error, 1)
	go func() { hashed <- r.hash(ctx) }()
	err := group.Wait()
	close(r.advanced)
	if hashErr := <-hashed; err == nil {
		err = hashErr
	}
	if err != nil {
		_ = f.part.Checkpoint() // if it fails, the last one still holds
	}
	f.meter.set(f.part.Received(), r.begun.Size)
	return err
}

// work fetches range after range.
func (r *rangeFetch) work(ctx context.Context) error {
	for {
		next := r.claim()
		if next.From == next.To {
			return nil
		}
		if err := r.fetchRange(ctx, next, nil); err != nil {
			return err
		}
	}
}

// claim is the next range to fetch; it is empty when there is none.
func (r *rangeFetch) claim() datadir.Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	gap := r.part.Gap(r.next, r.each)
	r.next = gap.To
	return gap
}

// fetchRange fetches one range, going on within it after a failure. begun is nil, or
// an answer that begins with it.
func (r *rangeFetch) fetchRange(ctx context.Context, span datadir.Span, begun *http.Response) error {
	attempts := r.object.client.transfers.Begin()
	buffer := make([]byte, copyBuffer)
	for from := span.From; ; {
		n, err := r.attempt(ctx, datadir.Span{From: from, To: span.To}, begun, buffer)
		from += n
		if err == nil {
			return r.markDone(span)
		}
		begun = nil
		if n >= minProgress {
			attempts.Progress()
		}
		if errors.Is(err, errChanged) {
			return err
		}
		if err := attempts.Next(ctx, err, r.meter.retry); err != nil {
			_ = r.markDone(datadir.Span{From: span.From, To: from}) // that, too, is there for a later run
			return err
		}
	}
}

// attempt fetches what it can of a range: n bytes.
func (r *rangeFetch) attempt(ctx context.Context, span datadir.Span, response *http.Response, buffer []byte) (n int64, err error) {
	own := response == nil
	if own {
		if response, err = r.object.open(ctx, span.From, span.To, r.begun.ETag); err != nil {
			return 0, err
		}
		if err := r.matches(response, span.From); err != nil {
			response.Body.Close()
			return 0, err
		}
	}
	defer response.Body.Close()
	length := span.To - span.From
	body := io.LimitReader(response.Body, length)
	for {
		got, err := body.Read(buffer)
		if got > 0 {
			if n == 0 && span.From == 0 {
				if err := r.checkStart(response, buffer[:got]); err != nil {
					return n, err
				}
			}
			if _, err := r.part.WriteAt(buffer[:got], span.From+n); err != nil {
				return n, err
			}
			n += int64(got)
			r.meter.add(int64(got))
		}
		switch {
		case n == length:
			if own {
				transport.Drain(response) // its end makes the connection free for the next
			}
			return n, nil
		case err == io.EOF:
			return n, transport.Classify(transport.RetryLater, &Error{Endpoint: transport.EndpointOf(response.Request), Err: io.ErrUnexpectedEOF, Reason: Interrupted,
				Detail: fmt.Sprintf("%d bytes came of a range of %d", n, length)})
		case err != nil:
			return n, err
		}
	}
}

// matches checks an answer to the request for a range. An object that changes under it ends
// this attempt: the next one starts over. So does a store that sends the whole of it each
// time: the next attempt is over a single connection.
func (r *rangeFetch) matches(response *http.Response, from int64) error {
	start, _ := contentRange(response.Header)
	same := sameObject(r.begun, objectInfoOf(response))
	if response.StatusCode == http.StatusPartialContent && start == from && same {
		return nil
	}
	class := transport.RetryLater
	if response.StatusCode == http.StatusOK && same {
		r.single.Store(true)
	}
	if r.single.Load() {
		class = transport.RetryAtOnce
	}
	return transport.Classify(class, &Error{Status: response.StatusCode, Endpoint: transport.EndpointOf(response.Request), Reason: Interrupted,
		Detail: transport.OneLine(fmt.Sprintf("the server did not send the range from byte %d of the object that was begun (%q)",
			from, response.Header.Get("Content-Range")), transport.MaxDetail),
		Err: errChanged})
}

// errChanged marks an answer that does not go with the ranges fetched before.
var errChanged = errors.New("not the object that was begun")

// markDone adds a range to the part.
func (r *rangeFetch) markDone(span datadir.Span) error {
	err := r.part.MarkDone(span, rangesPerCheckpoint*r.each)
	select {
	case r.advanced <- struct{}{}:
	default:
	}
	return err
}

// hash follows the end of the prefix, so that little is left to hash when the last range
// has come.
func (r *rangeFetch) hash(ctx context.Context) error {
	for range r.advanced {
		if _, err := r.part.Digest(ctx); err != nil {
			return err
		}
	}
	return nil
}
