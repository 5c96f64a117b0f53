package archive

import (
	"io"
	"net/http"
	"time"
)

// logged logs each request when it is answered: its path, but never its query,
// which may hold a signature, nor its headers, which may hold a key.
func (a *Archive) logged(origin string, next http.Handler) http.Handler {
	next = a.watched(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := &recorder{ResponseWriter: w}
		start := time.Now()
		finished := false
		defer func() {
			a.log.InfoContext(r.Context(), "request", "origin", origin, "method", r.Method, "path", r.URL.Path,
				"status", recorder.answered(), "bytes", recorder.bytes, "duration", time.Since(start), "whole", finished)
		}()
		next.ServeHTTP(recorder, r)
		finished = true
	})
}

// recorder notes the status and length of an answer.
type recorder struct {
	http.ResponseWriter
	status int // 0: none yet
	bytes  int64
}

func (r *recorder) answered() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 || r.status < http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom lets a file be sent without copying it through memory.
func (r *recorder) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.Copy(r.ResponseWriter, src)
	r.bytes += n
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
