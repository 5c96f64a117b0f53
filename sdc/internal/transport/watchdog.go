package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A transfer that moves less than stallFloor bytes in stallWindow has stalled:
// silence and crawling (under 1 KiB/s) are the same to whoever waits. There is
// no limit on the whole of a transfer.
const (
	stallWindow = 30 * time.Second
	stallFloor  = 30 << 10
)

var errStalled = errors.New("stalled")

// watchdog ends a request whose bytes, in either direction, stop coming.
type watchdog struct {
	ctx    context.Context // the request's
	cancel context.CancelCauseFunc
	limit  *rate.Limiter // of bytes a second; nil: none

	mu      sync.Mutex
	timer   *time.Timer // nil while nothing is expected
	due     time.Time   // when it fires
	moved   int64       // in this window
	stopped bool
}

// watch gives a request a watchdog, and a limit of bytes a second (nil: none). Sending its
// body is watched from the start; [Direct] limits the wait for the answer's first byte.
func watch(request *http.Request, limit *rate.Limiter) (*http.Request, *watchdog) {
	ctx, cancel := context.WithCancelCause(request.Context())
	w := &watchdog{cancel: cancel, ctx: ctx, limit: limit}
	request = request.WithContext(ctx)
	if request.Body != nil && request.Body != http.NoBody {
		request.Body = &sentBody{ReadCloser: request.Body, watchdog: w}
		w.start()
	}
	return request, w
}

// start begins a window in which bytes are expected.
func (w *watchdog) start() {
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

func (w *watchdog) check() {
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

// chunk is the part of a buffer that one read may fill.
func (w *watchdog) chunk(p []byte) []byte {
	if w.limit == nil {
		return p
	}
	return p[:min(len(p), w.limit.Burst())]
}

// count adds bytes that have moved, and waits as the limit demands. That wait is no stall.
func (w *watchdog) count(n int) {
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
	_ = Sleep(w.ctx, wait) // an ended request shows in the next read
	w.mu.Lock()
	defer w.mu.Unlock()
	if watched && w.timer != nil && !w.stopped {
		w.due = w.due.Add(wait)
		w.timer.Reset(time.Until(w.due))
	}
}

// pause ends the window: nothing is expected for now.
func (w *watchdog) pause() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
}

// stop ends the watchdog and the request.
func (w *watchdog) stop() {
	w.pause()
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.cancel(nil)
}

// sentBody is the body of a request.
type sentBody struct {
	io.ReadCloser
	watchdog *watchdog
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(b.watchdog.chunk(p))
	b.watchdog.count(n)
	if err != nil { // all is sent: now the first byte of the answer is awaited
		b.watchdog.pause()
	}
	return n, err
}

// Close is called when no more is read of the body: all is sent.
func (b *sentBody) Close() error {
	b.watchdog.pause()
	return b.ReadCloser.Close()
}

// watchedBody is the body of a response.
type watchedBody struct {
	body      io.ReadCloser
	watchdog  *watchdog
	wrapError func(error) error
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(b.watchdog.chunk(p))
	b.watchdog.count(n)
	if err != nil && err != io.EOF {
		err = b.wrapError(err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	b.watchdog.stop()
	return b.body.Close()
}

func stallDetail() string {
	return fmt.Sprintf("stalled: less than %d bytes came or went in %d s", stallFloor, int(stallWindow.Seconds()))
}
