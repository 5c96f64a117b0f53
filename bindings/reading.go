package bindings

import (
	"io"
	"path/filepath"
)

// reading tells of the bytes of a CDF that are read and decompressed, while a call lasts.
type reading struct{ step func(done, total int64) }

func (r *reading) report(done, total int64) {
	if r.step != nil {
		r.step(done, total)
	}
}

// watch shows how far the calls on a file are until what it gives is called.
func (h Host) watch(path string, r *reading) (finished func()) {
	if h.ReadProgress == nil || r == nil || r.step != nil {
		return func() {}
	}
	step, end := h.ReadProgress(filepath.Base(path))
	r.step = step
	return func() {
		r.step = nil
		end()
	}
}

// watched is a file whose reading is shown until it is closed.
type watched struct {
	io.Closer
	finished func()
}

// Close ends the showing and closes the file.
func (w watched) Close() error {
	w.finished()
	return w.Closer.Close()
}
