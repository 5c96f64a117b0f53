package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
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
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	timer   *time.Timer // nil while nothing is expected
	moved   int64       // in this window
	stopped bool
}

// watchRequest gives the request a watch. Sending its body is watched from the
// start; waiting for the answer's first byte is the transport's to limit.
func watchRequest(request *http.Request) (*http.Request, *watch) {
	ctx, cancel := context.WithCancelCause(request.Context())
	w := &watch{cancel: cancel}
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
	w.timer = time.AfterFunc(stallWindow, w.check)
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

func (w *watch) count(n int) {
	w.mu.Lock()
	w.moved += int64(n)
	w.mu.Unlock()
}

// sentBody is the body of a request.
type sentBody struct {
	io.ReadCloser
	watch *watch
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
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
	n, err := b.body.Read(p)
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
