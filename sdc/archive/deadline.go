package archive

import (
	"io"
	"net/http"
	"time"
)

// piece is how many bytes of an object must go out before a.stall is over.
const piece = 256 << 10

// watched ends a transfer that makes no progress for a.stall. A slow one goes on.
func (a *Archive) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		// The next request of the connection begins without a deadline.
		defer func() { _ = control.SetWriteDeadline(time.Time{}) }()
		r.Body = &watchedBody{r.Body, control, a.stall}
		next.ServeHTTP(&watchedWriter{w, control, a.stall}, r)
	})
}

// watchedBody is a request's body whose every Read has a deadline.
type watchedBody struct {
	io.ReadCloser
	control *http.ResponseController
	stall   time.Duration
}

func (b *watchedBody) Read(p []byte) (int, error) {
	// Where a deadline cannot be set, as in a test without a connection, none holds.
	_ = b.control.SetReadDeadline(time.Now().Add(b.stall))
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// watchedWriter is an answer whose every piece has a deadline.
type watchedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

func (w *watchedWriter) Write(p []byte) (n int, err error) {
	for {
		_ = w.control.SetWriteDeadline(time.Now().Add(w.stall))
		end := min(n+piece, len(p))
		m, err := w.ResponseWriter.Write(p[n:end])
		n += m
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// ReadFrom lets a file be sent without copying it through memory.
func (w *watchedWriter) ReadFrom(src io.Reader) (n int64, err error) {
	for {
		_ = w.control.SetWriteDeadline(time.Now().Add(w.stall))
		m, err := io.CopyN(w.ResponseWriter, src, piece)
		n += m
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// Unwrap is for http.ResponseController.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
