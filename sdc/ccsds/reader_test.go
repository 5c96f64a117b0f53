package ccsds

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// packet makes a telemetry packet with a secondary header that holds met, and n bytes of data after it.
func packet(apid, sequence int, met uint32, n int) []byte {
	return grouped(apid, sequence, met, n, Unsegmented)
}

func grouped(apid, sequence int, met uint32, n int, g Grouping) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(1<<11|apid))
	b = binary.BigEndian.AppendUint16(b, uint16(int(g)<<14|sequence&0x3fff))
	b = binary.BigEndian.AppendUint16(b, uint16(4+n-1))
	b = binary.BigEndian.AppendUint32(b, met)
	for i := range n {
		b = append(b, byte(0xf0|i&0xf))
	}
	return b
}

func join(parts ...[]byte) []byte { return slices.Concat(parts...) }

func TestParseHeader(t *testing.T) {
	// The first packet of imap_swapi_l0_raw_20240924_v001.pkts.
	got := ParseHeader([]byte{0x0c, 0xa4, 0xd1, 0xb7, 0x00, 0x2f})
	want := Header{SecondaryHeader: true, APID: 1188, Grouping: Unsegmented, Sequence: 4535, DataLength: 48}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.Length() != 54 {
		t.Errorf("length %d, want 54", got.Length())
	}
}

func TestReader(t *testing.T) {
	junk := bytes.Repeat([]byte{0xff, 0xe1}, 50)
	a := func(seq int) []byte { return packet(1188, seq, 1000+uint32(seq), 20) }
	long := packet(7, 0, 1, MaxPacketLength-HeaderLength-4)
	tests := []struct {
		name  string
		bytes []byte
		want  string // packets as APID:sequence@offset, faults as their errors
	}{
		{"nothing", nil, ""},
		{"one packet", a(1), "1188:1@0"},
		{"two", join(a(1), a(2)), "1188:1@0 1188:2@30"},
		{"the longest", join(long, long, a(3)), "7:0@0 7:0@65542 1188:3@131084"},
		{"the shortest", []byte{0x00, 0x01, 0xc0, 0x00, 0x00, 0x00, 0x09}, "1:0@0"},
		{"telecommand", append([]byte{0x18, 0x01, 0xc0, 0x00, 0x00, 0x00, 0x09}, a(1)...), "1:0@0 1188:1@7"},
		{"junk first", join(junk, a(1), a(2), a(3), a(4)), "[100 bytes at offset 0 are no packet] 1188:1@100 1188:2@130 1188:3@160 1188:4@190"},
		{"junk between", join(a(1), junk, a(2), a(3), a(4)), "1188:1@0 [100 bytes at offset 30 are no packet] 1188:2@130 1188:3@160 1188:4@190"},
		{"junk, then two packets to the end", join(junk, a(1), a(2)), "[100 bytes at offset 0 are no packet] 1188:1@100 1188:2@130"},
		{"junk last", join(a(1), junk), "1188:1@0 [100 bytes at offset 30 are no packet]"},
		{"zeros last", join(a(1), make([]byte, 512)), "1188:1@0 [512 bytes at offset 30 are no packet]"},
		{"zeros between", join(a(1), make([]byte, 512), a(2)), "1188:1@0 [512 bytes at offset 30 are no packet] 1188:2@542"},
		{"fewer zeros than a header", join(a(1), make([]byte, 3)), "1188:1@0 [3 bytes at offset 30 are no packet]"},
		{"long junk", join(a(1), bytes.Repeat([]byte{0xff}, 3*windowSize+5), a(2)), "1188:1@0 [3145733 bytes at offset 30 are no packet] 1188:2@3145763"},
		{"cut in its data", join(a(1), a(2)[:29]), "1188:1@0 [the last packet at offset 30 is cut: 29 of 30 bytes are there]"},
		{"cut after its header", join(a(1), a(2)[:6]), "1188:1@0 [the last packet at offset 30 is cut: 6 of 30 bytes are there]"},
		{"cut in its header", join(a(1), a(2)[:5]), "1188:1@0 [the last packet at offset 30 is cut inside its header: 5 of 6 bytes are there]"},
		{"cut at once", a(1)[:12], "[the last packet at offset 0 is cut: 12 of 30 bytes are there]"},
		{"a text file", []byte(strings.Repeat("this is text, not packets\n", 20)), "[520 bytes at offset 0 are no packet]"},
	}
	readers := map[string]func(io.Reader) io.Reader{
		"at once":      func(r io.Reader) io.Reader { return r },
		"in halves":    iotest.HalfReader,
		"data and EOF": iotest.DataErrReader,
	}
	for _, test := range tests {
		for how, wrap := range readers {
			t.Run(test.name+"/"+how, func(t *testing.T) {
				if got := listing(t, wrap(bytes.NewReader(test.bytes))); got != test.want {
					t.Errorf("got  %s\nwant %s", got, test.want)
				}
			})
		}
	}
}

func listing(t *testing.T, r io.Reader) string {
	t.Helper()
	var out []string
	reader := NewReader(r)
	for {
		p, err := reader.Next()
		switch {
		case err == io.EOF:
			if _, again := reader.Next(); again != io.EOF {
				t.Errorf("after the end: %v", again)
			}
			return strings.Join(out, " ")
		case IsFault(err):
			out = append(out, "["+err.Error()+"]")
		case err != nil:
			t.Fatal(err)
		default:
			out = append(out, fmt.Sprintf("%d:%d@%d", p.APID, p.Sequence, p.Offset))
		}
	}
}

func TestReaderPassesErrorsOn(t *testing.T) {
	want := errors.New("disk on fire")
	for name, before := range map[string][]byte{"at the start": nil, "in a packet": packet(1, 1, 1, 9)[:8], "in junk": {0xff}} {
		t.Run(name, func(t *testing.T) {
			r := NewReader(io.MultiReader(bytes.NewReader(before), iotest.ErrReader(want)))
			if _, err := r.Next(); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		})
	}
}

// FuzzReader holds that every byte of any file is part of exactly one packet or fault, in order.
func FuzzReader(f *testing.F) {
	f.Add(join(packet(1, 1, 1, 3), packet(2, 1, 1, 3)))
	f.Add(join([]byte{0xff, 0x00}, packet(1, 1, 1, 3), packet(2, 1, 1, 3)[:8]))
	random := make([]byte, 4000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	f.Add(random)
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(bytes.NewReader(data))
		var at int64
		for {
			p, err := r.Next()
			var junk *JunkError
			var cut *TruncatedError
			switch {
			case err == io.EOF:
				if at != int64(len(data)) {
					t.Fatalf("ends at %d of %d bytes", at, len(data))
				}
				return
			case errors.As(err, &junk):
				if junk.Offset != at || junk.Length <= 0 {
					t.Fatalf("at %d: %+v", at, junk)
				}
				at += junk.Length
			case errors.As(err, &cut):
				if cut.Offset != at || cut.Have <= 0 {
					t.Fatalf("at %d: %+v", at, cut)
				}
				at += int64(cut.Have)
			case err != nil:
				t.Fatal(err)
			default:
				if p.Offset != at || !bytes.Equal(p.Bytes, data[at:at+int64(p.Length())]) {
					t.Fatalf("at %d: %v", at, p)
				}
				at += int64(len(p.Bytes))
			}
		}
	})
}
