package sdc

import (
	"fmt"
	"testing"
	"time"
)

// benchRecords is how many files the benchmark of records has.
const benchRecords = 100_000

func benchRecord(i int) VerificationRecord {
	dir := fmt.Sprintf("imap/mag/l1a/%d/%02d", 2025+i/1000/12%10, 1+i/1000%12)
	return VerificationRecord{Archive: "http://127.0.0.1:1", IngestionDate: "20260209 10:40:13", SHA256: md5Hex(nil) + md5Hex(nil), FilePath: fmt.Sprintf("%s/imap_mag_l1a_norm-raw_2025%04d_v%03d.0001.cdf", dir, i%1000, i/1000),
		Size: 123456, MD5: "0123456789abcdef0123456789abcdef", ETag: `"0123456789abcdef0123456789abcdef"`,
		Verified: VerifiedMD5, ModTime: time.Unix(1770000000, 123456789), Time: time.Unix(1770000000, 0).UTC()}
}

func BenchmarkRecords(b *testing.B) {
	client := newClient(b, Options{URL: "http://127.0.0.1:1"})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			dir := client.openDataDir()
			for i := range benchRecords {
				if err := dir.records.add(benchRecord(i)); err != nil {
					b.Fatal(err)
				}
			}
			dir.close()
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			dir := client.openDataDir()
			for i := range benchRecords {
				if _, known, _ := dir.records.find("http://127.0.0.1:1", benchRecord(i).FilePath); !known {
					b.Fatal(i)
				}
			}
			dir.close()
		}
	})
}
