package faultserver

import (
	"fmt"
	"net/http"
)

// CutAfter lets a handler write n bytes of a body, then the connection breaks.
func CutAfter(n int, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h(&cutWriter{w, n, func() { panic(http.ErrAbortHandler) }}, r)
	}
}

// SilentAfter lets a handler write n bytes of a body, then nothing more comes until the
// client gives up.
func SilentAfter(n int, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h(&cutWriter{w, n, func() {
			<-r.Context().Done()
			panic(http.ErrAbortHandler)
		}}, r)
	}
}

// Status answers with a status and a string; headers are names and values in turn.
func Status(code int, text string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, text)
	}
}

// Times repeats a handler in a script.
func Times(n int, h http.HandlerFunc) []http.HandlerFunc {
	script := make([]http.HandlerFunc, n)
	for i := range script {
		script[i] = h
	}
	return script
}

// cutWriter writes so many bytes of a body, flushes them and calls then.
type cutWriter struct {
	http.ResponseWriter
	left int
	then func()
}

func (w *cutWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p[:min(len(p), w.left)])
	w.left -= n
	if err == nil && w.left == 0 {
		_ = http.NewResponseController(w.ResponseWriter).Flush()
		w.then()
	}
	return n, err
}
