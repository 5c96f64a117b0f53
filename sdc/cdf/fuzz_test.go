package cdf_test

import (
	"bytes"
	"context"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

// FuzzRead opens any bytes and reads what they hold: an answer is values of the right
// length or an error, and memory is bounded.
func FuzzRead(f *testing.F) {
	small := everything()
	for _, file := range []cdftest.File{
		{Variables: small[30:]},
		{Version: 2, Release: 4, Encoding: 1, Variables: small[:4], RDims: []int{2, 3}},
		{Version: 2, Release: 7, Compression: 1, ColumnMajor: true, Variables: small[28:], RDims: []int{2, 3}},
		{Compression: 5, Variables: small[:2], Checksum: true},
		{Encoding: 3, Variables: small[len(small)-2:], Attributes: []cdftest.Attribute{cdftest.TextAttribute("a", "b")}},
		{Variables: []cdftest.Variable{{Name: "s", Type: 2, Records: 9, Blocks: [][2]int{{2, 2}, {5, 6}}, Values: pattern(6), Sparse: 2, Tree: true, IndexPlaces: 2}}},
	} {
		f.Add(file.Encode())
	}
	f.Add([]byte("\xCD\xF3\x00\x01\xCC\xCC\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		const maxBytes = 1 << 18
		ctx := context.Background()
		file, err := cdf.Open(ctx, bytes.NewReader(b), int64(len(b)), cdf.Options{MaxBytes: maxBytes})
		if err != nil {
			return
		}
		for _, a := range file.Attributes {
			for _, e := range a.Entries {
				e.Values.Strings()
			}
		}
		for i, v := range file.Variables {
			if i == 20 {
				break
			}
			for _, r := range [][2]int{{0, v.Records}, {v.Records / 2, min(v.Records/2+3, v.Records)}} {
				values, err := v.ReadRange(ctx, r[0], r[1])
				if err != nil {
					continue
				}
				if int64(len(values.Bytes)) != int64(r[1]-r[0])*v.RecordBytes() || len(values.Bytes) > maxBytes {
					t.Fatalf("%d bytes for records %v of %d bytes", len(values.Bytes), r, v.RecordBytes())
				}
				for i := range min(values.Len(), 50) {
					_ = values.String(i)
				}
			}
		}
	})
}
