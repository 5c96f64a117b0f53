package ephemeris

import (
	"testing"
	"time"
)

func TestSeconds(t *testing.T) {
	for _, test := range []struct {
		day  string
		want float64
	}{
		{"2010-01-01", 315576066.184},
		{"2023-01-01", 725803269.184},
		{"2025-01-01", 788961669.184},
		{"2145-01-01", 4575787269.184},
		{"9999-12-31", 252455486469.184},
	} {
		t.Run(test.day, func(t *testing.T) {
			day, err := time.Parse(time.DateOnly, test.day)
			if err != nil {
				t.Fatal(err)
			}
			if got := Seconds(day); got-test.want > 1e-6 || test.want-got > 1e-6 {
				t.Errorf("%.3f, want %.3f", got, test.want)
			}
		})
	}
}

// TestThereAndBack goes over each leap second.
func TestThereAndBack(t *testing.T) {
	for _, leap := range leaps {
		for _, seconds := range []int{-3, -1, 0, 1, 3} {
			at := leap.Add(time.Duration(seconds) * time.Second)
			if got := UTC(Seconds(at)); got.Sub(at).Abs() > time.Millisecond {
				t.Errorf("%s becomes %s", at, got)
			}
		}
	}
}
