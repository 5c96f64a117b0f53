package sdc

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	now := time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("east", -2*3600)) // 2 March in UTC
	for text, want := range map[string]Date{
		"20260105":   "20260105",
		"2026-01-05": "20260105",
		"2026-001":   "20260101",
		"2024-366":   "20241231",
		"today":      "20260302",
		"yesterday":  "20260301",
		"-2d":        "20260228",
		"+1d":        "20260303",
		"-0d":        "20260302",
		"":           "", "5d": "", "-d": "", "--1d": "", "-1": "", "-999999d": "", "2026-366": "", "20260230": "", "2026-1-5": "",
		"20260105 ": "", "2026010": "", "202601055": "", "2026-02-29": "", "Today": "", "-1.5d": "", "\x00": "",
	} {
		got, err := ParseDate(text, now)
		var usage *UsageError
		if got != want || (err == nil) != (want != "") || err != nil && !errors.As(err, &usage) {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"20260105", "2026-01-05", "2026-005", "today", "-7d", "+1d", "-99999d", "0000-000", "-d"} {
		f.Add(text)
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		date, err := ParseDate(text, now)
		if err != nil {
			return
		}
		day, err := date.start()
		if err != nil || len(date) != 8 || DateOf(day) != date {
			t.Errorf("%q: %q is no date: %v", text, date, err)
		}
		if again, err := ParseDate(string(date), now); again != date || err != nil {
			t.Errorf("%q: %q is read as %q: %v", text, date, again, err)
		}
	})
}
