package cdf

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Greatest factors by which the methods can make data longer: of DEFLATE 258 bytes for
// two bits, of run lengths 256 zeros for two bytes.
const (
	maxGZIPRatio = 1032
	maxRLERatio  = 128
)

// readCompression reads the record that names a method of compression.
func (f *File) readCompression(at int64) (Compression, error) {
	r := f.source.newReader(f.layout)
	rec, b, err := r.read(at, 3*4, typeCPR)
	if err != nil {
		return 0, err
	}
	switch c := Compression(b.i32()); c {
	case Uncompressed, RLE, GZIP, Huffman, AdaptiveHuffman:
		return c, nil
	default:
		return 0, rec.fault("unknown method of compression: %d", int32(c))
	}
}

// inflater decompresses blocks, one after another.
type inflater struct {
	buffered *bufio.Reader
	gzip     *gzip.Reader
}

// open gives a reader of the decompressed bytes of a part of r.
func (d *inflater) open(method Compression, r io.Reader) (io.Reader, error) {
	if d.buffered == nil {
		d.buffered = bufio.NewReaderSize(r, 64<<10)
	} else {
		d.buffered.Reset(r)
	}
	switch method {
	case GZIP:
		if d.gzip == nil {
			z, err := gzip.NewReader(d.buffered)
			d.gzip = z
			return z, err
		}
		return d.gzip, d.gzip.Reset(d.buffered)
	case RLE:
		return &rleReader{r: d.buffered}, nil
	}
	return nil, &UnsupportedError{Feature: fmt.Sprintf("%v compression", method)}
}

// plausible reports whether compressed bytes can become so many.
func (c Compression) plausible(compressed, decompressed int64) bool {
	ratio := int64(maxGZIPRatio)
	if c == RLE {
		ratio = maxRLERatio
	}
	return decompressed/ratio <= compressed
}

// rleReader decompresses runs of zeros: a zero is followed by the number of further
// ones.
type rleReader struct {
	r     *bufio.Reader
	zeros int // still to be given
}

// Read fills p with decompressed bytes.
func (d *rleReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if d.zeros > 0 {
			run := min(d.zeros, len(p)-n)
			clear(p[n : n+run])
			n, d.zeros = n+run, d.zeros-run
			continue
		}
		c, err := d.r.ReadByte()
		if err != nil {
			return n, err
		}
		if c != 0 {
			p[n] = c
			n++
			continue
		}
		more, err := d.r.ReadByte()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return n, err
		}
		d.zeros = int(more) + 1
	}
	return n, nil
}

// decompressWhole puts the decompressed file in the place of the compressed one.
func (f *File) decompressWhole(ctx context.Context) error {
	r := f.source.newReader(f.layout)
	rec, err := r.head(magicSize, typeCCR)
	if err != nil {
		return err
	}
	headSize := r.headSize() + 2*r.offsetSize() + 4
	if rec.size < int64(headSize) {
		return rec.fault("it has a size of %d bytes, at least %d are needed", rec.size, headSize)
	}
	head := make([]byte, headSize-r.headSize())
	if err := r.readSmall(head, rec.at+int64(r.headSize())); err != nil {
		return rec.readFault(err)
	}
	b := fields{b: head, wide: r.wide}
	methodAt, size := b.offset(), b.offset()
	method, err := f.readCompression(methodAt)
	if err != nil {
		return err
	}
	f.Header.Compression = method
	compressed := rec.size - int64(headSize)
	if size < 0 || !method.plausible(compressed, size) {
		return rec.fault("%d bytes cannot decompress to %d", compressed, size)
	}
	if err := f.limit("the decompressed file", size+magicSize); err != nil {
		return err
	}
	z, err := (&inflater{}).open(method, io.NewSectionReader(f.raw, rec.at+int64(headSize), compressed))
	if err != nil {
		return decompressionFault(rec, err)
	}
	// Offsets in the descriptors count from the start of a file that is not compressed.
	image := make([]byte, magicSize+size)
	binary.BigEndian.PutUint32(image, magicV3)
	binary.BigEndian.PutUint32(image[4:], magicPlain)
	p := &progress{ctx: ctx, report: f.options.Progress, total: size}
	if err := p.fill(z, image[magicSize:]); err != nil {
		return decompressionFault(rec, err)
	}
	f.source = &source{r: bytes.NewReader(image), size: int64(len(image))}
	return nil
}

// decompressionFault is the error of a record that does not decompress.
func decompressionFault(rec record, err error) error {
	var unsupported *UnsupportedError
	switch {
	case errors.As(err, &unsupported), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return rec.fault("its compressed data end too early")
	case errors.Is(err, gzip.ErrChecksum):
		return rec.fault("the checksum of its compressed data is wrong")
	case errors.Is(err, gzip.ErrHeader):
		return rec.fault("its compressed data do not begin as GZIP does")
	}
	return rec.fault("it does not decompress: %v", err)
}
