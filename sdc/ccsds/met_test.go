package ccsds

import "testing"

func TestMETAsUTC(t *testing.T) {
	tests := []struct {
		name string
		met  MET
		want string
	}{
		{"zero", 0, "2010-01-01T00:00:00"},
		{"before the first leap second", 78_796_799, "2012-06-30T23:59:59"},
		{"the first leap second", 78_796_800, "2012-06-30T23:59:60"},
		{"after the first leap second", 78_796_801, "2012-07-01T00:00:00"},
		{"the leap second of 2016", 220_924_802, "2016-12-31T23:59:60"},
		{"after the leap second of 2016", 220_924_803, "2017-01-01T00:00:00"},
		{"three seconds behind a plain addition", 505_872_003, "2026-01-12T00:00:00"},
		{"the last", 1<<32 - 1, "2146-02-07T06:28:12"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.met.UTC(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
