package datadir

import (
	"slices"
	"testing"
)

func TestSpans(t *testing.T) {
	for _, test := range []struct {
		name string
		add  []Span
		want spans
		gaps []Span // of 100 bytes
	}{
		{"none", nil, nil, []Span{{0, 100}}},
		{"one in the middle", []Span{{40, 60}}, spans{{40, 60}}, []Span{{0, 40}, {60, 100}}},
		{"out of order", []Span{{80, 90}, {10, 20}, {40, 60}}, spans{{10, 20}, {40, 60}, {80, 90}}, []Span{{0, 10}, {20, 40}, {60, 80}, {90, 100}}},
		{"joined behind", []Span{{40, 60}, {60, 70}}, spans{{40, 70}}, []Span{{0, 40}, {70, 100}}},
		{"joined before", []Span{{40, 60}, {30, 40}}, spans{{30, 60}}, []Span{{0, 30}, {60, 100}}},
		{"joined on both sides", []Span{{40, 60}, {80, 100}, {60, 80}}, spans{{40, 100}}, []Span{{0, 40}}},
		{"all", []Span{{50, 100}, {0, 50}}, spans{{0, 100}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got spans
			length := int64(0)
			for _, span := range test.add {
				got = got.with(span)
				length += span.To - span.From
			}
			if !slices.Equal(got, test.want) || got.length() != length {
				t.Errorf("%v of %d bytes, want %v of %d", got, got.length(), test.want, length)
			}
			var gaps []Span
			for gap := got.gap(0, 100); gap.From < gap.To; gap = got.gap(gap.To, 100) {
				gaps = append(gaps, gap)
			}
			if !slices.Equal(gaps, test.gaps) {
				t.Errorf("gaps %v, want %v", gaps, test.gaps)
			}
			if !got.valid(-1, 100) || len(got) > 0 && got.valid(-1, 50) {
				t.Errorf("%v is valid for 100 bytes: %v, for 50: %v", got, got.valid(-1, 100), got.valid(-1, 50))
			}
		})
	}
}
