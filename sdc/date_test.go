package sdc

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	now := time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("east", -2*3600)) // 2 March in UTC
	for text, want := range map[string]Date{
		"20260105":             "20260105",
		"2026-01-05":           "20260105",
		"2026-001":             "20260101",
		"2024-366":             "20241231",
		"today":                "20260302",
		"yesterday":            "20260301",
		"-2d":                  "20260228",
		"+1d":                  "20260303",
		"-0d":                  "20260302",
		"-1w":                  "20260223",
		"2026-01-05T12:00:00Z": "20260105", "2026-01-05T23:30:00-01:00": "20260106", "2026-01-05T00:30:00.25+0100": "20260104",
		"2026-01-05T23:59": "20260105", "20260105 23:59:59": "20260105", "2026-01-05 00:00:00+01": "20260104",
		"2026-01-05T25:00:00Z": "", "9999-12-31T23:00:00-02:00": "", "00000101": "", "-1m": "", "-1y": "", "2026-01": "",
		"": "", "5d": "", "-d": "", "--1d": "", "-1": "", "-999999d": "", "2026-366": "", "20260230": "", "2026-1-5": "",
		"20260105 ": "", "2026010": "", "202601055": "", "2026-02-29": "", "Today": "", "-1.5d": "", "\x00": "",
	} {
		got, err := ParseDate(text, now)
		var usage *UsageError
		if got != want || (err == nil) != (want != "") || err != nil && !errors.As(err, &usage) {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
}

// A day that does not exist is told from a string that has no form of a day.
func TestWhyNoDate(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"20260229":             `"20260229" does not exist: February 2026 has 28 days`,
		"2026-02-30T12:00:00Z": `"2026-02-30T12:00:00Z" does not exist: February 2026 has 28 days`,
		"2026-04-31":           `"2026-04-31" does not exist: April 2026 has 30 days`,
		"20261301":             `"20261301" does not exist: months are 01 to 12`,
		"20260100":             `"20260100" does not exist: the first day of a month is 01`,
		"2026-366":             `"2026-366" does not exist: the days of 2026 are 001 to 365`,
		"2024-367":             `"2024-367" does not exist: the days of 2024 are 001 to 366`,
		"10000-01-01":          `"10000-01-01" does not exist: years are 0001 to 9999`,
		"0000-01-01":           `"0000-01-01" does not exist: years are 0001 to 9999`,
		"2026-01":              `"2026-01" is no date: it ` + dateForms + `; for a month give its first and its last day`,
		"202511":               `"202511" is no date: it ` + dateForms + `; for a month give its first and its last day`,
		"-1m":                  `"-1m" is no date: months and years differ in length; give days or weeks, such as -30d or -4w`,
		"soon":                 `"soon" is no date: it ` + dateForms,
	} {
		if _, err := ParseDate(text, now); err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", text, err, want)
		}
	}
	if day, err := Date("99991231").AddDays(1); err == nil || err.Error() != "the day 1 days after 99991231 does not exist: years are 0001 to 9999" {
		t.Errorf("%s %v", day, err)
	}
	if day, err := Date("99991231").AddDays(-1); day != "99991230" || err != nil {
		t.Errorf("%s %v", day, err)
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
