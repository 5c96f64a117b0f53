package datadir

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// benchRecords is how many files the benchmark of records has.
const benchRecords = 100_000

func benchRecord(i int) Record {
	dir := fmt.Sprintf("imap/mag/l1a/%d/%02d", 2025+i/1000/12%10, 1+i/1000%12)
	return Record{Archive: "http://127.0.0.1:1", IngestionDate: "20260209 10:40:13", SHA256: strings.Repeat("0123456789abcdef", 4), FilePath: fmt.Sprintf("%s/imap_mag_l1a_norm-raw_2025%04d_v%03d.0001.cdf", dir, i%1000, i/1000),
		Size: 123456, MD5: "0123456789abcdef0123456789abcdef", ETag: `"0123456789abcdef0123456789abcdef"`,
		Verified: "md5", ModTime: time.Unix(1770000000, 123456789), Time: time.Unix(1770000000, 0).UTC()}
}

func BenchmarkRecords(b *testing.B) {
	path := filepath.Join(b.TempDir(), "data")
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			dir := New(path)
			for i := range benchRecords {
				if err := dir.AddRecord(benchRecord(i)); err != nil {
					b.Fatal(err)
				}
			}
			dir.Close()
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			dir := New(path)
			for i := range benchRecords {
				if _, known, _ := dir.Record("http://127.0.0.1:1", benchRecord(i).FilePath); !known {
					b.Fatal(i)
				}
			}
			dir.Close()
		}
	})
	b.Run("iterate", func(b *testing.B) {
		for b.Loop() {
			dir, n := New(path), 0
			for _, err := range dir.Records() {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			dir.Close()
			if n != benchRecords {
				b.Fatal(n)
			}
		}
	})
}
