package cdf_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

// counter counts what is read of a file.
type counter struct {
	io.ReaderAt
	bytes int64
}

func (c *counter) ReadAt(p []byte, at int64) (int, error) {
	c.bytes += int64(len(p))
	return c.ReaderAt.ReadAt(p, at)
}

// large makes a file whose one variable has 4 MiB in blocks of half a MiB.
func large(compression int, columnMajor bool, encoding int) []byte {
	v := cdftest.Variable{Name: "v", Type: 45, Dims: []int{16, 64}, Records: 512, Values: pattern(4 << 20), Compression: compression}
	for i := range 8 {
		v.Blocks = append(v.Blocks, [2]int{64 * i, 64*i + 63})
	}
	return cdftest.File{Variables: []cdftest.Variable{v}, ColumnMajor: columnMajor, Encoding: encoding}.Encode()
}

func TestOnlyTheBlocksAskedForAreRead(t *testing.T) {
	t.Parallel()
	b := large(0, false, 6)
	c := &counter{ReaderAt: bytes.NewReader(b)}
	f, err := cdf.Open(context.Background(), c, int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c.bytes > 200_000 {
		t.Errorf("opening reads %d bytes", c.bytes)
	}
	c.bytes = 0
	values, err := f.Variables[0].ReadRange(context.Background(), 500, 510)
	if err != nil || !bytes.Equal(values.Bytes, pattern(4 << 20)[500*8192:510*8192]) {
		t.Error(len(values.Bytes), err)
	}
	if c.bytes > 200_000 {
		t.Errorf("ten records of 8 KiB read %d bytes", c.bytes)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		compression int
		columnMajor bool
		encoding    int
	}{{"plain", 0, false, 6}, {"big-endian columns", 0, true, 1}, {"GZIP", 5, false, 6}, {"RLE", 1, true, 6}} {
		t.Run(c.name, func(t *testing.T) {
			b := large(c.compression, c.columnMajor, c.encoding)
			ctx, cancel := context.WithCancel(context.Background())
			var last int64
			f, err := cdf.Open(ctx, bytes.NewReader(b), int64(len(b)), cdf.Options{Progress: func(done, total int64) {
				last = done
				if total != 4<<20 {
					t.Error("total ", total)
				}
				if done >= 2<<20 {
					cancel()
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Variables[0].Read(ctx); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			if last < 2<<20 || last > 3<<20 {
				t.Error("read on to ", last)
			}
		})
	}
}

func TestCancelDecompressingTheWhole(t *testing.T) {
	t.Parallel()
	b := cdftest.File{Compression: 5, Variables: []cdftest.Variable{{Name: "v", Type: 1, Records: 4 << 20, Values: pattern(4 << 20)}}}.Encode()
	ctx, cancel := context.WithCancel(context.Background())
	_, err := cdf.Open(ctx, bytes.NewReader(b), int64(len(b)), cdf.Options{Progress: func(done, _ int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := cdf.Open(ctx, bytes.NewReader(b), int64(len(b)), cdf.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestProgressReachesTheTotal(t *testing.T) {
	t.Parallel()
	var done, total int64
	b := large(5, true, 1)
	f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{Progress: func(d, n int64) { done, total = d, n }})
	if err != nil {
		t.Fatal(err)
	}
	values, err := f.Variables[0].Read(context.Background())
	if err != nil || !bytes.Equal(values.Bytes, pattern(4<<20)) || done != total || total != 4<<20 {
		t.Error(done, total, err)
	}
}
