package main

import "testing"

func TestRatesOfFlags(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "500000": 500000, "500k": 512000, "500K": 512000, "2M": 2 << 20, "2m/s": 2 << 20, "1.5M": 3 << 19, "1G": 1 << 30,
		"": 0, "0": 0, "-1": 0, "k": 0, "5x": 0, "NaN": 0, "inf": 0, "1e99": 0, "0.5": 0,
	} {
		var rate byteRate
		if err := rate.Set(text); int64(rate.byteCount) != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d, %v, want %d", text, rate.byteCount, err, want)
		}
	}
	for text, want := range map[string]float64{"5": 5, "0.5": 0.5, "6/s": 6, "": 0, "0": 0, "-1": 0, "NaN": 0, "Inf": 0, "x": 0} {
		var rate requestRate
		if err := rate.Set(text); float64(rate) != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %v, %v, want %v", text, rate, err, want)
		}
	}
}
