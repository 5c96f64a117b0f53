package spice

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

func TestCover(t *testing.T) {
	l := leapSeconds(t)
	spk := func(body int, from, to float64) segment {
		return segment{doubles: [2]float64{from, to}, integers: [4]int{body, 399, 1, 9}, words: []float64{0}}
	}
	ck := func(structure int, from, to float64) segment {
		return segment{doubles: [2]float64{from, to}, integers: [4]int{structure, 1, 3, 1}, words: []float64{0}}
	}
	const day = 86400
	tests := []struct {
		name  string
		bytes []byte
		clock *Clock
		want  string
		fails string
	}{
		{"positions, joined", kernel(binary.LittleEndian, "DAF/SPK ", spk(-43, 8e8+day, 8e8+2*day), spk(-43, 8e8, 8e8+day), spk(399, 8e8, 8e8+1)), nil,
			"-43: 2025-05-08T18:12:10..2025-05-10T18:12:10; 399: 2025-05-08T18:12:10..2025-05-08T18:12:11", ""},
		{"attitude by the clock", kernel(binary.BigEndian, "DAF/CK  ", ck(-43000, 50000*505872003, 50000*505958403), ck(-43000, 50000*506044803, 50000*506131203)), clockOf(t, clockKernel),
			"-43000: 2026-01-12T00:00:00..2026-01-13T00:00:00 2026-01-14T00:00:00..2026-01-15T00:00:00", ""},
		{"attitude without a clock", kernel(binary.BigEndian, "DAF/CK  ", ck(-43000, 0, 1)), nil, "", "a spacecraft clock kernel (SCLK) is needed"},
		{"attitude of another spacecraft", kernel(binary.BigEndian, "DAF/CK  ", ck(-96000, 0, 1)), clockOf(t, clockKernel), "", "the structure -96000 belongs to spacecraft -96, the clock kernel to -43"},
		{"a text kernel", []byte(leapSecondKernel), nil, "", "a kernel of kind LSK covers no interval"},
		{"ends before it starts", kernel(binary.LittleEndian, "DAF/SPK ", spk(-43, 8e8, 7e8)), nil, "", "ends before it starts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := Cover(bytes.NewReader(test.bytes), l, test.clock)
			if test.fails != "" {
				if err == nil || !strings.Contains(err.Error(), test.fails) {
					t.Fatalf("got %v, want %q", err, test.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, id := range []int{-43, -43000, 399} {
				if c[id] == nil {
					continue
				}
				text := fmt.Sprintf("%d:", id)
				for _, i := range c[id] {
					a, _ := l.UTC(i.Start)
					b, _ := l.UTC(i.End)
					text += " " + a[:19] + ".." + b[:19]
				}
				parts = append(parts, text)
			}
			if got := strings.Join(parts, "; "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if all := c.All(); len(all) != len(c[-43])+len(c[-43000]) {
				t.Errorf("all: %v", all)
			}
		})
	}
}

func TestGaps(t *testing.T) {
	tests := []struct {
		name    string
		within  Interval
		covered []Interval
		want    string
	}{
		{"nothing is covered", Interval{0, 10}, nil, "[{0 10}]"},
		{"all is covered", Interval{0, 10}, []Interval{{-5, 15}}, "[]"},
		{"exactly", Interval{0, 10}, []Interval{{0, 10}}, "[]"},
		{"start and end are missing", Interval{0, 10}, []Interval{{3, 7}}, "[{0 3} {7 10}]"},
		{"the middle is missing", Interval{0, 10}, []Interval{{6, 12}, {-3, 4}}, "[{4 6}]"},
		{"overlapping and outside", Interval{0, 10}, []Interval{{20, 30}, {1, 5}, {4, 6}, {-9, -8}}, "[{0 1} {6 10}]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fmt.Sprint(Gaps(test.within, test.covered)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
