package editor

import (
	"io"
	"os"
	"sync"
	"time"
)

// source reads a stream on demand, in a goroutine of its own, so that a reader can stop
// waiting: after a while (is this Escape, or does a sequence follow?) or for good. It reads
// only when asked: between two statements what is typed stays with the terminal.
type source struct {
	ask  chan struct{}
	got  chan chunk
	stop chan struct{}
	once sync.Once

	asked bool // a read is under way; only the reader touches it
}

type chunk struct {
	data []byte
	err  error
}

func newSource(in io.Reader) *source {
	s := &source{
		ask:  make(chan struct{}, 1),
		got:  make(chan chunk),
		stop: make(chan struct{}),
	}
	go s.pump(in)
	return s
}

func (s *source) pump(in io.Reader) {
	for {
		select {
		case <-s.ask:
		case <-s.stop:
			return
		}
		var c chunk
		for len(c.data) == 0 && c.err == nil {
			buf := make([]byte, 4096)
			var n int
			n, c.err = in.Read(buf)
			c.data = buf[:n]
		}
		select {
		case s.got <- c:
		case <-s.stop:
			return
		}
	}
}

// read returns the next bytes, or nothing at all once patience is over or interrupt tells of
// a signal, which is ErrInterrupt; nil channels are endless patience.
func (s *source) read(patience <-chan time.Time, interrupt <-chan os.Signal) ([]byte, error) {
	if !s.asked {
		s.asked = true
		s.ask <- struct{}{}
	}
	select {
	case c := <-s.got:
		s.asked = false
		return c.data, c.err
	case <-patience:
		return nil, nil
	case <-interrupt:
		return nil, ErrInterrupt
	case <-s.stop:
		return nil, io.EOF
	}
}

// close ends a pending read. A goroutine that waits in the stream itself ends with the
// stream's next byte: there is no portable way to wake it.
func (s *source) close() {
	s.once.Do(func() { close(s.stop) })
}
