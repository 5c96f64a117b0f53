package cdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Options are how a CDF is read. The zero value is good.
type Options struct {
	// MaxBytes is the greatest number of bytes that one call may take for values, or for
	// the decompressed file where the whole is compressed; 0 is DefaultMaxBytes.
	MaxBytes int64
	// Progress is called while values are read and decompressed, with the bytes done and
	// the bytes to do. It is called in the goroutine that reads.
	Progress func(done, total int64)
}

// DefaultMaxBytes is the limit of memory where Options says none: 2 GiB.
const DefaultMaxBytes = 2 << 30

// File is an open CDF. Its methods may be called from several goroutines.
type File struct {
	Header
	// Attributes are the global attributes, in the file's order.
	Attributes []Attribute
	// Variables are the rVariables and then the zVariables, each in the file's order.
	Variables []*Variable
	// Warnings are what is odd in the file, or newer than this package, and does not keep
	// its values from being read.
	Warnings []string

	options Options
	layout  layout
	source  *source
	raw     io.ReaderAt // the file as it is
	rawSize int64
	closer  io.Closer
	byName  map[string]*Variable
}

// OpenFile opens the CDF at a path. The caller closes it.
func OpenFile(ctx context.Context, path string, options Options) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a directory", path)
	}
	var f *File
	if err == nil {
		f, err = Open(ctx, file, info.Size(), options)
	}
	if err != nil {
		_ = file.Close() // it was only read
		return nil, err
	}
	f.closer = file
	return f, nil
}

// Open reads the descriptors of the CDF in r, which has size bytes: its header, its
// attributes and what its variables are, but no values. A file that is compressed as a
// whole is decompressed into memory.
func Open(ctx context.Context, r io.ReaderAt, size int64, options Options) (*File, error) {
	if options.MaxBytes <= 0 {
		options.MaxBytes = DefaultMaxBytes
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	start := make([]byte, min(size, 512))
	if err := readFull(r, start, 0); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	s, err := readSignature(start)
	if err != nil {
		return nil, err
	}
	f := &File{options: options, raw: r, rawSize: size, byName: map[string]*Variable{}}
	f.layout = layout{wide: s.wide, nameSize: 64}
	if s.wide {
		f.layout.nameSize = 256
	}
	f.source = &source{r: r, size: size}
	if err := f.open(ctx, s); err != nil {
		var damaged *FormatError
		if errors.As(err, &damaged) && lineEndsChanged(start) {
			return nil, &TextModeError{Detail: "its line feeds became CR LF"}
		}
		return nil, err
	}
	return f, nil
}

// open reads all descriptors.
func (f *File) open(ctx context.Context, s signature) error {
	if s.compressed {
		if err := f.decompressWhole(ctx); err != nil {
			return err
		}
	}
	g, err := f.readHeader(ctx, s)
	if err != nil {
		return err
	}
	if err := f.readVariables(ctx, g); err != nil {
		return err
	}
	if err := f.readAttributes(ctx, g); err != nil {
		return err
	}
	f.checkLeapSeconds()
	return nil
}

// Variable finds a variable by its name; case counts.
func (f *File) Variable(name string) (*Variable, bool) {
	v, ok := f.byName[name]
	return v, ok
}

// Attribute finds a global attribute by its name; case counts.
func (f *File) Attribute(name string) (Attribute, bool) {
	for _, a := range f.Attributes {
		if a.Name == name {
			return a, true
		}
	}
	return Attribute{}, false
}

// Close closes the file that OpenFile opened.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// warn notes what is odd.
func (f *File) warn(format string, args ...any) {
	f.Warnings = append(f.Warnings, fmt.Sprintf(format, args...))
}

// limit checks that what is asked for may take so many bytes.
func (f *File) limit(what string, need int64) error {
	if need > f.options.MaxBytes {
		return &LimitError{What: what, Need: need, Limit: f.options.MaxBytes}
	}
	return nil
}
