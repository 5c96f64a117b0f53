package cdf

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"testing"
)

// compressions are levels of compress/gzip: stored, Huffman only, and all others.
var compressions = []int{gzip.NoCompression, gzip.HuffmanOnly, gzip.BestSpeed, 6, gzip.BestCompression}

func gzipped(t testing.TB, level int, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, level)
	if err == nil {
		_, err = w.Write(b)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestInflate(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var d deflate
	for _, n := range []int{0, 1, 2, 7, 100, 1000, 65_536} {
		for _, alphabet := range []int{1, 2, 5, 256} {
			b := make([]byte, n)
			for i := range b {
				switch {
				case i > 300 && random.IntN(3) == 0:
					b[i] = b[i-1-random.IntN(300)]
				default:
					b[i] = byte(random.IntN(alphabet))
				}
			}
			for _, level := range compressions {
				stream, out := gzipped(t, level, b), make([]byte, n)
				if !d.inflate(stream, out) || !bytes.Equal(out, b) {
					t.Fatalf("%d bytes of %d, level %d: not decompressed", n, alphabet, level)
				}
				if n > 0 && d.inflate(stream, out[1:]) {
					t.Error("a shorter stream is taken")
				}
				if n > 10 {
					stream[12] ^= 0x10
					if d.inflate(stream, out) && !bytes.Equal(out, b) {
						t.Error("a damaged stream is taken")
					}
				}
			}
		}
	}
}

// FuzzInflate compares with compress/gzip: what is decompressed here is the same there.
func FuzzInflate(f *testing.F) {
	for _, level := range compressions {
		f.Add(gzipped(f, level, bytes.Repeat([]byte("a longer text, and a long one "), 20)), 600)
	}
	f.Fuzz(func(t *testing.T, stream []byte, size int) {
		if size < 0 || size > 1<<16 {
			return
		}
		var d deflate
		out := make([]byte, size)
		if !d.inflate(stream, out) {
			return
		}
		z, err := gzip.NewReader(bytes.NewReader(stream))
		if err != nil {
			t.Fatal(err)
		}
		want, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(out, want) {
			t.Fatalf("%d bytes differ from those of compress/gzip, %d (%v)", len(out), len(want), err)
		}
	})
}
