package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"imapsh/sdc/internal/transport"
)

// A transfer that moves less than stallFloor bytes in stallWindow has stalled:
// silence and crawling (under 1 KiB/s) are the same to whoever waits. There is
// no limit on the whole of a transfer.
const (
	stallWindow = 30 * time.Second
	stallFloor  = 30 << 10
)

var errStalled = errors.New("stalled")

// watch ends a request whose bytes, in either direction, stop coming.
type watch struct {
	ctx    context.Context // the request's
	cancel context.CancelCauseFunc
	limit  *rate.Limiter // of bytes a second; nil: none

	mu      sync.Mutex
	timer   *time.Timer // nil while nothing is expected
	due     time.Time   // when it fires
	moved   int64       // in this window
	stopped bool
}

// watchRequest gives the request a watch, and the client's limit of bytes a second (nil:
// none). Sending its body is watched from the start; waiting for the answer's first byte
// is the transport's to limit.
func watchRequest(request *http.Request, limit *rate.Limiter) (*http.Request, *watch) {
	ctx, cancel := context.WithCancelCause(request.Context())
	w := &watch{cancel: cancel, ctx: ctx, limit: limit}
	request = request.WithContext(ctx)
	if request.Body != nil && request.Body != http.NoBody {
		request.Body = &sentBody{ReadCloser: request.Body, watch: w}
		w.start()
	}
	return request, w
}

// start begins a window in which bytes are expected.
func (w *watch) start() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped {
		return
	}
	w.moved = 0
	if w.timer != nil {
		w.timer.Stop()
	}
	w.timer, w.due = time.AfterFunc(stallWindow, w.check), time.Now().Add(stallWindow)
}

func (w *watch) check() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopped || w.timer == nil {
		return
	}
	if w.moved < stallFloor {
		w.cancel(errStalled)
		return
	}
	w.moved = 0
	w.timer.Reset(stallWindow)
	w.due = time.Now().Add(stallWindow)
}

// chunk is the part of a buffer that is filled at once.
func (w *watch) chunk(p []byte) []byte {
	if w.limit == nil {
		return p
	}
	return p[:min(len(p), w.limit.Burst())]
}

// count adds bytes that have moved, and waits as the limit demands. That wait is no stall.
func (w *watch) count(n int) {
	w.mu.Lock()
	w.moved += int64(n)
	w.mu.Unlock()
	if w.limit == nil || n == 0 {
		return
	}
	wait := w.limit.ReserveN(time.Now(), n).Delay()
	if wait <= 0 {
		return
	}
	w.mu.Lock()
	watched := w.timer != nil && w.timer.Stop()
	w.mu.Unlock()
	_ = transport.Sleep(w.ctx, wait) // an ended request shows in the next read
	w.mu.Lock()
	defer w.mu.Unlock()
	if watched && w.timer != nil && !w.stopped {
		w.due = w.due.Add(wait)
		w.timer.Reset(time.Until(w.due))
	}
}

// pause ends the window: nothing is expected for now.
func (w *watch) pause() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
}

// stop ends the watch and the request.
func (w *watch) stop() {
	w.pause()
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.cancel(nil)
}

// sentBody is the body of a request.
type sentBody struct {
	io.ReadCloser
	watch *watch
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(b.watch.chunk(p))
	b.watch.count(n)
	if err != nil { // all is sent: now the first byte of the answer is awaited
		b.watch.pause()
	}
	return n, err
}

// Close is the transport's word that it reads no more: all is sent.
func (b *sentBody) Close() error {
	b.watch.pause()
	return b.ReadCloser.Close()
}

// watchedBody is the body of a response.
type watchedBody struct {
	body    io.ReadCloser
	watch   *watch
	explain func(error) error
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(b.watch.chunk(p))
	b.watch.count(n)
	if err != nil && err != io.EOF {
		err = b.explain(err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	b.watch.stop()
	return b.body.Close()
}

func stallDetail() string {
	return fmt.Sprintf("stalled: less than %d bytes came or went in %d s", stallFloor, int(stallWindow.Seconds()))
}
