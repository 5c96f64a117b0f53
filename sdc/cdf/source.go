package cdf

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// source is the bytes of a CDF, decompressed where the whole is compressed.
type source struct {
	r    io.ReaderAt
	size int64

	mu    sync.Mutex
	pages [pageCount]page
}

// Descriptors are small and lie close together, so that they are read by pages.
const (
	pageSize  = 16 << 10
	pageCount = 16
)

// page is a part of the file that is kept.
type page struct {
	number int64 // counted from 1; 0 is none
	bytes  []byte
}

// readSmall fills p from an offset through the pages.
func (s *source) readSmall(p []byte, at int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(p) > 0 {
		b, err := s.page(at / pageSize)
		if err != nil {
			return err
		}
		skip := at % pageSize
		if skip >= int64(len(b)) {
			return io.ErrUnexpectedEOF
		}
		n := copy(p, b[skip:])
		p, at = p[n:], at+int64(n)
	}
	return nil
}

// page gives the bytes of a page.
func (s *source) page(number int64) ([]byte, error) {
	kept := &s.pages[number%pageCount]
	if kept.number == number+1 {
		return kept.bytes, nil
	}
	start := number * pageSize
	want := min(int64(pageSize), s.size-start)
	if want <= 0 {
		return nil, io.ErrUnexpectedEOF
	}
	if kept.bytes == nil {
		kept.bytes = make([]byte, pageSize)
	}
	kept.number = 0
	kept.bytes = kept.bytes[:want]
	if err := readFull(s.r, kept.bytes, start); err != nil {
		return nil, err
	}
	kept.number = number + 1
	return kept.bytes, nil
}

// readFull fills p from an offset. The end of the file within p is an error.
func readFull(r io.ReaderAt, p []byte, at int64) error {
	n, err := r.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read %d bytes at offset %d: %w", len(p), at, err)
}
