package sdc

import (
	"strconv"
	"strings"
	"time"
)

// Date is a UTC day as YYYYMMDD, the archive's own form; empty means none.
type Date string

const dateForms = "must be YYYYMMDD, YYYY-MM-DD, YYYY-DDD (day of year), today, yesterday, or days from today such as -7d"

// UnmarshalText reads any form that ParseDate takes, counting from today.
func (d *Date) UnmarshalText(text []byte) error {
	day, err := ParseDate(string(text), time.Now())
	*d = day
	return err
}

// Forms are examples of what ParseDate takes, and words that it takes.
func (Date) Forms() (examples, words []string) {
	return []string{"20260105", "2026-01-05", "2026-005"}, []string{"today", "yesterday", "-7d"}
}

// ParseDate reads YYYYMMDD, YYYY-MM-DD, YYYY-DDD (day of year), "today",
// "yesterday", or a number of days from now's UTC day such as "-7d" and "+1d".
func ParseDate(text string, now time.Time) (Date, error) {
	now = now.UTC()
	switch text {
	case "today":
		return DateOf(now), nil
	case "yesterday":
		return DateOf(now.AddDate(0, 0, -1)), nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok && (strings.HasPrefix(days, "-") || strings.HasPrefix(days, "+")) {
		if n, err := strconv.Atoi(days); err == nil && n > -100000 && n < 100000 {
			return DateOf(now.AddDate(0, 0, n)), nil
		}
	}
	for _, layout := range []string{"20060102", "2006-01-02", "2006-002"} {
		if day, err := time.Parse(layout, text); err == nil {
			return DateOf(day), nil
		}
	}
	return "", usagef("%q is no date: it %s", text, dateForms)
}

// AddDays is the day so many days later, or earlier; the date is one that
// ParseDate made.
func (d Date) AddDays(days int) Date {
	day, err := d.start()
	if err != nil {
		return d
	}
	return DateOf(day.AddDate(0, 0, days))
}

// DateOf is the UTC day of a time.
func DateOf(t time.Time) Date { return Date(t.UTC().Format("20060102")) }

// start is the first moment of the day; the date is one that ParseDate made.
func (d Date) start() (time.Time, error) { return time.Parse("20060102", string(d)) }
