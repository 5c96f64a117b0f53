package cdf

import (
	"context"
	"errors"
	"io"
)

// stepSize is how many bytes are read or converted before the context is looked at
// and progress is reported: a few milliseconds' work.
const stepSize = 1 << 20

// progress watches a long read: it ends with its context, and is reported.
type progress struct {
	ctx         context.Context
	report      func(done, total int64)
	done, total int64
}

// step counts n bytes as done. It gives the context's error once it has ended.
func (p *progress) step(n int) error {
	p.done += int64(n)
	if p.report != nil {
		p.report(p.done, p.total)
	}
	return p.ctx.Err()
}

// fill fills b from r.
func (p *progress) fill(r io.Reader, b []byte) error {
	for len(b) > 0 {
		n := min(stepSize, len(b))
		if _, err := io.ReadFull(r, b[:n]); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		b = b[n:]
		if err := p.step(n); err != nil {
			return err
		}
	}
	return nil
}

// skip passes n bytes of r by.
func (p *progress) skip(r io.Reader, n int64) error {
	for n > 0 {
		m := min(stepSize, n)
		if _, err := io.CopyN(io.Discard, r, m); err != nil {
			return err
		}
		n -= m
		if err := p.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// fillAt fills b from an offset of r.
func (p *progress) fillAt(r io.ReaderAt, b []byte, at int64) error {
	for len(b) > 0 {
		n := min(stepSize, len(b))
		if err := readFull(r, b[:n], at); err != nil {
			return err
		}
		b, at = b[n:], at+int64(n)
		if err := p.step(n); err != nil {
			return err
		}
	}
	return nil
}
