package cdf_test

import (
	"context"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

// magDay is a day of magnetometer data: 3 MB, 172,800 records.
const magDay = shared + "/data/products/imap/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260120_v002.cdf"

func openShared(b *testing.B, path string) *cdf.File {
	b.Helper()
	f, err := cdf.OpenFile(context.Background(), path, cdf.Options{})
	if os.IsNotExist(err) {
		b.Skip("the shared data are not here: ", err)
	}
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkHeader opens a day of data and reads no values.
func BenchmarkHeader(b *testing.B) {
	for b.Loop() {
		_ = openShared(b, magDay).Close()
	}
}

// BenchmarkOpenAndRead opens a day of data and reads the field vectors.
func BenchmarkOpenAndRead(b *testing.B) {
	for b.Loop() {
		f := openShared(b, magDay)
		v, _ := f.Variable("b_dsrf")
		values, err := v.Read(context.Background())
		if err != nil || values.Records != 172800 {
			b.Fatal(values.Records, err)
		}
		b.SetBytes(int64(len(values.Bytes)))
		_ = f.Close()
	}
}

// BenchmarkTimes writes the times of a day as text.
func BenchmarkTimes(b *testing.B) {
	f := openShared(b, magDay)
	defer f.Close()
	v, _ := f.Variable("epoch")
	values, err := v.Read(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	var text []byte
	for b.Loop() {
		for i := range values.Len() {
			text = values.Append(text[:0], i)
		}
	}
}

// BenchmarkCorpus reads every variable of every file that is shared.
func BenchmarkCorpus(b *testing.B) {
	var paths []string
	err := filepath.WalkDir(filepath.Join(shared, "data"), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".cdf") && !strings.Contains(path, "not_a_cdf") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		b.Skip("the shared data are not here: ", err)
	}
	for b.Loop() {
		var bytes int64
		for _, path := range paths {
			f := openShared(b, path)
			for _, v := range f.Variables {
				values, err := v.Read(context.Background())
				if err != nil {
					b.Fatal(err)
				}
				bytes += int64(len(values.Bytes))
			}
			_ = f.Close()
		}
		b.SetBytes(bytes)
	}
}

// BenchmarkOpenLarge opens a file of 2 GB, of which the disk holds the descriptors
// alone, and reads ten records from its middle.
func BenchmarkOpenLarge(b *testing.B) {
	const records, recordBytes = 250_000, 8192
	path := filepath.Join(b.TempDir(), "large.cdf")
	// The descriptors of a small file are made to say that its block is 2 GB long.
	v := cdftest.Variable{Name: "v", Type: 45, Dims: []int{1024}, Records: 1, Values: make([]byte, recordBytes)}
	head := cdftest.File{Variables: []cdftest.Variable{v}}.Encode()
	index, block, descriptor := nth(head, 6, 0), nth(head, 7, 0), nth(head, 8, 0)
	moved := head[index.at : index.at+index.size]
	head = head[:block.at]
	head = append(head, moved...) // the index first, so that the block can be the end
	at := len(head)
	binary.BigEndian.PutUint64(head[block.at+28+8*3:], uint64(at))
	binary.BigEndian.PutUint32(head[block.at+28+4*3:], records-1)
	binary.BigEndian.PutUint32(head[descriptor.at+24:], records-1)
	binary.BigEndian.PutUint64(head[descriptor.at+28:], uint64(block.at))
	head = binary.BigEndian.AppendUint64(head, 12+records*recordBytes)
	head = binary.BigEndian.AppendUint32(head, 7)
	file, err := os.Create(path)
	if err == nil {
		_, err = file.Write(head)
	}
	if err == nil {
		err = file.Truncate(int64(at) + 12 + records*recordBytes)
	}
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	for b.Loop() {
		f, err := cdf.OpenFile(context.Background(), path, cdf.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if values, err := f.Variables[0].ReadRange(context.Background(), 100_000, 100_010); err != nil || len(values.Bytes) != 10*recordBytes {
			b.Fatal(len(values.Bytes), err)
		}
		_ = f.Close()
	}
}
