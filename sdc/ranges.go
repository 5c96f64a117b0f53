package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"imapsh/sdc/internal/transport"
)

// A large file is fetched over several connections, if the store serves ranges
// and connections are free: a single one rarely fills a line whose far end is
// far away.
const (
	rangesAtATime  = 4
	rangesPerNoted = 2 // how often what is there is noted for a later run
)

// rangeSizes says what a large file is, in bytes.
type rangeSizes struct {
	from int64 // one with more than this to fetch
	each int64 // the length of a range
}

func defaultRanges() rangeSizes { return rangeSizes{from: 64 << 20, each: 8 << 20} }

func (f *fetch) inRanges(response *http.Response) bool {
	served := response.StatusCode == http.StatusPartialContent || response.Header.Get("Accept-Ranges") == "bytes"
	return served && !f.single.Load() && f.part.tag.ETag != "" &&
		(f.part.tag.Size-f.part.have > f.object.client.ranges.from || len(f.part.tag.Beyond) > 0) && f.spare.TryAcquire(1)
}

// rangeFetch is a part that is written at several places at a time.
type rangeFetch struct {
	*fetch
	tag  partTag // of the object, as it was when this began
	each int64   // the length of a range

	mu      sync.Mutex
	next    int64           // where the next range to fetch begins, unless that is there
	there   map[int64]int64 // what is there beyond part.have: its end, by its start
	unnoted int64           // bytes that came since that was noted
	advance chan struct{}   // part.have has moved
}

// ranges fetches the rest of the object. first is an answer that has begun with
// it: its connection brings the first range, then it is of no more use. The
// caller has acquired one spare connection.
func (f *fetch) ranges(ctx context.Context, first *http.Response) error {
	r := &rangeFetch{fetch: f, tag: f.part.tag, each: f.object.client.ranges.each, next: f.part.have,
		there: map[int64]int64{}, advance: make(chan struct{}, 1)}
	for _, s := range f.part.tag.Beyond {
		r.there[s.From] = s.To
	}
	if err := r.begin(); err != nil {
		f.spare.Release(1)
		return err
	}
	group, groupCtx := errgroup.WithContext(ctx)
	from, to, _ := r.claim() // before any other can: it is the one that first brings
	group.Go(func() error {
		// It was asked for before there was a group, so it does not end with it.
		defer context.AfterFunc(groupCtx, func() { first.Body.Close() })()
		if err := r.span(groupCtx, from, to, first); err != nil {
			return err
		}
		return r.work(groupCtx)
	})
	for helper := range rangesAtATime - 1 {
		if helper > 0 && !f.spare.TryAcquire(1) {
			break
		}
		group.Go(func() error {
			defer f.spare.Release(1)
			return r.work(groupCtx)
		})
	}
	hashed := make(chan error, 1)
	go func() { hashed <- r.hash(ctx) }()
	err := group.Wait()
	close(r.advance)
	if hashErr := <-hashed; err == nil {
		err = hashErr
	}
	if err != nil {
		r.leave()
	}
	f.meter.at(f.part.present(), r.tag.Size)
	return err
}

// begin notes what is there, when it is on the disk.
func (r *rangeFetch) begin() error {
	if r.part.have > r.tag.Whole && r.part.have > 0 {
		if err := r.part.file.Sync(); err != nil {
			return fmt.Errorf("writing %s: %w", r.part.final, err)
		}
	}
	return r.note()
}

// leave notes all that is there. If it fails, what was noted before still holds.
func (r *rangeFetch) leave() {
	if r.part.file.Sync() == nil {
		_ = r.note()
	}
}

// work fetches range after range.
func (r *rangeFetch) work(ctx context.Context) error {
	for {
		from, to, more := r.claim()
		if !more {
			return nil
		}
		if err := r.span(ctx, from, to, nil); err != nil {
			return err
		}
	}
}

func (r *rangeFetch) claim() (from, to int64, more bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next = max(r.next, r.part.have)
	for end, there := r.there[r.next]; there; end, there = r.there[r.next] {
		r.next = end
	}
	from = r.next
	to = min(from+r.each, r.tag.Size)
	for start := range r.there {
		if from < start {
			to = min(to, start)
		}
	}
	r.next = to
	return from, to, from < to
}

// span fetches one range, going on within it after a failure. begun is nil, or
// an answer that begins with it.
func (r *rangeFetch) span(ctx context.Context, start, end int64, begun *http.Response) error {
	attempts := r.object.client.transfers.Begin()
	buffer := make([]byte, copyBuffer)
	for from := start; ; {
		n, err := r.trySpan(ctx, from, end, begun, buffer)
		from += n
		if err == nil {
			return r.came(start, end)
		}
		begun = nil
		if n >= leastProgress {
			attempts.Progress()
		}
		if errors.Is(err, errChanged) {
			return err
		}
		if err := attempts.Next(ctx, err, r.meter.retry); err != nil {
			_ = r.came(start, from) // that, too, is there for a later run
			return err
		}
	}
}

// trySpan fetches what it can of a range: n bytes.
func (r *rangeFetch) trySpan(ctx context.Context, from, to int64, response *http.Response, buffer []byte) (n int64, err error) {
	own := response == nil
	if own {
		if response, err = r.object.open(ctx, from, to, r.tag.ETag); err != nil {
			return 0, err
		}
		if err := r.matches(response, from); err != nil {
			response.Body.Close()
			return 0, err
		}
	}
	defer response.Body.Close()
	body := io.LimitReader(response.Body, to-from)
	for {
		got, err := body.Read(buffer)
		if got > 0 {
			if n == 0 && from == 0 {
				if err := r.checkStart(response, buffer[:got]); err != nil {
					return n, err
				}
			}
			if _, err := r.part.file.WriteAt(buffer[:got], from+n); err != nil {
				return n, fmt.Errorf("writing %s: %w", r.part.final, err)
			}
			n += int64(got)
			r.meter.add(int64(got))
		}
		switch {
		case n == to-from:
			if own {
				transport.Drain(response) // its end makes the connection free for the next
			}
			return n, nil
		case err == io.EOF:
			return n, transport.Classify(transport.RetryLater, &Error{Endpoint: transport.EndpointOf(response.Request), Err: io.ErrUnexpectedEOF, Reason: Interrupted,
				Detail: fmt.Sprintf("%d bytes came of a range of %d", n, to-from)})
		case err != nil:
			return n, err
		}
	}
}

// matches checks an answer to the request for a range. An object that changes
// under it ends all of this try: the next one starts over. So does a store that
// sends the whole of it each time: the next try is over a single connection.
func (r *rangeFetch) matches(response *http.Response, from int64) error {
	start, _ := contentRange(response.Header)
	same := sameObject(r.tag, factsOf(response))
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

// note writes down what is there, the bytes of which are on the disk.
func (r *rangeFetch) note() error {
	tag := r.tag
	tag.Whole, tag.Beyond = r.part.have, nil
	for _, from := range slices.Sorted(maps.Keys(r.there)) {
		if last := len(tag.Beyond) - 1; last >= 0 && tag.Beyond[last].To == from {
			tag.Beyond[last].To = r.there[from]
		} else {
			tag.Beyond = append(tag.Beyond, span{from, r.there[from]})
		}
	}
	if err := r.part.note(tag); err != nil {
		return fmt.Errorf("writing %s: %w", r.part.tagName(), err)
	}
	r.unnoted = 0
	return nil
}

// came adds a span to what is there, and moves the end of what is whole if it is next
// to it.
func (r *rangeFetch) came(from, to int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if from == to {
		return nil
	}
	r.there[from] = to
	for end, there := r.there[r.part.have]; there; end, there = r.there[r.part.have] {
		delete(r.there, r.part.have)
		r.part.have = end
	}
	select {
	case r.advance <- struct{}{}:
	default:
	}
	if r.unnoted += to - from; r.unnoted < rangesPerNoted*r.each {
		return nil
	}
	// The bytes must be on the disk before it is noted that they are there.
	if err := r.part.file.Sync(); err != nil {
		return fmt.Errorf("writing %s: %w", r.part.final, err)
	}
	return r.note()
}

// hash follows the end of what is there, so that little is left to hash when
// the last range has come.
func (r *rangeFetch) hash(ctx context.Context) error {
	for range r.advance {
		r.mu.Lock()
		end := r.part.have
		r.mu.Unlock()
		if err := r.part.hashTo(ctx, end); err != nil {
			return err
		}
	}
	return nil
}
