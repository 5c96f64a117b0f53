package ccsds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func survey(t *testing.T, files ...[]byte) *Survey {
	t.Helper()
	s := NewSurvey()
	for i, b := range files {
		if err := s.Add(context.Background(), fmt.Sprintf("file%d", i), bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestSurveyOfOneAPID(t *testing.T) {
	p := func(seq int, met uint32) []byte { return packet(1188, seq, met, 10) }
	tests := []struct {
		name  string
		files [][]byte
		want  string
	}{
		{"in order", [][]byte{join(p(1, 10), p(2, 11), p(3, 12))}, "n=3 10..12 missing=0 gaps=[] dup=0 back=0"},
		{"the count wraps", [][]byte{join(p(16382, 10), p(16383, 11), p(0, 12))}, "n=3 10..12 missing=0 gaps=[] dup=0 back=0"},
		{"a gap", [][]byte{join(p(1, 10), p(5, 14))}, "n=2 10..14 missing=3 gaps=[file0@20 1-5] dup=0 back=0"},
		{"a gap over the wrap", [][]byte{join(p(16383, 10), p(2, 14))}, "n=2 10..14 missing=2 gaps=[file0@20 16383-2] dup=0 back=0"},
		{"a duplicate", [][]byte{join(p(1, 10), p(1, 10), p(2, 11))}, "n=3 10..11 missing=0 gaps=[] dup=1 back=0"},
		{"a stretch twice", [][]byte{join(p(1, 10), p(2, 11), p(1, 10), p(2, 11), p(3, 12))}, "n=5 10..12 missing=0 gaps=[] dup=2 back=0"},
		{"the same count, another content", [][]byte{join(p(1, 10), p(1, 11))}, "n=2 10..11 missing=16383 gaps=[file0@20 1-1] dup=0 back=0"},
		{"time goes back", [][]byte{join(p(5, 20), p(1, 10), p(2, 11))}, "n=3 10..20 missing=0 gaps=[] dup=0 back=1"},
		{"over two files", [][]byte{join(p(1, 10), p(2, 11)), p(3, 12)}, "n=3 10..12 missing=0 gaps=[] dup=0 back=0"},
		{"a gap between two files", [][]byte{p(1, 10), p(3, 12)}, "n=2 10..12 missing=1 gaps=[file1@0 1-3] dup=0 back=0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := survey(t, test.files...)
			if len(s.Streams) != 1 {
				t.Fatalf("%d streams", len(s.Streams))
			}
			a := s.Streams[0]
			var gaps []string
			for _, g := range a.Gaps {
				gaps = append(gaps, fmt.Sprintf("%s@%d %d-%d", g.File, g.Offset, g.After, g.Next))
			}
			got := fmt.Sprintf("n=%d %d..%d missing=%d gaps=[%s] dup=%d back=%d",
				a.Packets, *a.First, *a.Last, a.Missing, strings.Join(gaps, " "), a.Duplicates, a.Backwards)
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestSurveyOfAFileWithFaults(t *testing.T) {
	s := survey(t, join(
		grouped(9, 1, 1, 3, First), grouped(9, 2, 1, 3, Continuation), grouped(9, 3, 1, 3, Last),
		[]byte{0xff, 0xff, 0xff},
		packet(3, 7, 2, 1), packet(3, 8, 2, 1), packet(3, 9, 2, 1),
		packet(3, 10, 2, 5)[:13],
	))
	if s.Packets != 6 || len(s.Streams) != 2 || s.Streams[0].APID != 3 || s.Streams[1].APID != 9 {
		t.Errorf("%d packets of %d APIDs", s.Packets, len(s.Streams))
	}
	if g := s.Streams[1].Grouping; g.First != 1 || g.Continuation != 1 || g.Last != 1 || g.Unsegmented != 0 {
		t.Errorf("grouping %+v", g)
	}
	if want := (Span{File: "file0", Offset: 39, Length: 3}); len(s.Junk) != 1 || s.Junk[0] != want {
		t.Errorf("junk %+v, want %+v", s.Junk, want)
	}
	if want := (Cut{File: "file0", Offset: 75, Have: 13, Want: 15}); len(s.Truncated) != 1 || s.Truncated[0] != want {
		t.Errorf("truncated %+v, want %+v", s.Truncated, want)
	}
	if s.Bytes != 88 {
		t.Errorf("%d bytes, want 88", s.Bytes)
	}
	if !s.Faults() {
		t.Error("no faults")
	}
}

func TestSurveyStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := NewSurvey().Add(ctx, "", bytes.NewReader(packet(1, 1, 1, 1))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestSurveyOfRealFiles compares with the packets into which space_packet_parser splits the files.
func TestSurveyOfRealFiles(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "archive", "imap")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the real level 0 files are not here: ", err)
	}
	tests := []struct{ file, want string }{
		{"swapi/l0/2024/09/imap_swapi_l0_raw_20240924_v001.pkts", "463 packets, 16006 bytes: 1184:17 1187:140 1188:153 1192:153"},
		{"hit/l0/2010/01/imap_hit_l0_hk_20100105_v001.pkts", "88 packets, 13200 bytes: 1251:88"},
		{"codice/l0/2024/04/imap_codice_l0_hi-pha_20240429_v001.pkts", "4 packets, 8528 bytes: 1169:4"},
		{"codice/l0/2024/04/imap_codice_l0_lo-sw-angular_20240429_v001.pkts", "1 packets, 272 bytes: 1158:1"},
	}
	for _, test := range tests {
		t.Run(filepath.Base(test.file), func(t *testing.T) {
			f, err := os.Open(filepath.Join(root, filepath.FromSlash(test.file)))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			s := NewSurvey()
			if err := s.Add(t.Context(), test.file, f); err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("%d packets, %d bytes:", s.Packets, s.Bytes)
			for _, a := range s.Streams {
				got += fmt.Sprintf(" %d:%d", a.APID, a.Packets)
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if s.Faults() {
				t.Errorf("faults: %+v", s)
			}
		})
	}
}

func BenchmarkSurvey(b *testing.B) {
	var file []byte
	for i := range 1_000_000 {
		file = append(file, packet(1100+i%20, i/20, uint32(i/20), 100)...)
	}
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		s := NewSurvey()
		if err := s.Add(context.Background(), "", bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
		if s.Packets != 1_000_000 || s.Faults() {
			b.Fatal("not as written")
		}
	}
	b.ReportMetric(1_000_000*float64(b.N)/b.Elapsed().Seconds(), "packets/s")
}
