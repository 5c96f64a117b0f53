package sdc

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
)

// Date is a UTC day: as YYYYMMDD, the archive's own form, or relative to the day on which it
// is used, such as today and -7d. Empty means none.
type Date string

const dateForms = "must be YYYYMMDD, YYYY-MM-DD, YYYY-DDD (day of year), today, yesterday, or days from today such as -7d (weeks: -1w)"

// UnmarshalText reads any form that ParseDate takes. A relative date stays relative: see
// [Date.On].
func (d *Date) UnmarshalText(text []byte) error {
	day, err := ParseDate(string(text), time.Now())
	if err == nil && isRelative(string(text)) {
		day = Date(text)
	}
	*d = day
	return err
}

// On is the day that a relative date means at a time. Any other date is itself.
func (d Date) On(now time.Time) (Date, error) {
	if !isRelative(string(d)) {
		return d, nil
	}
	return ParseDate(string(d), now)
}

func isRelative(text string) bool {
	_, _, counted := relative(text)
	return counted || text == "today" || text == "yesterday"
}

// Forms are examples of what ParseDate takes, and words that it takes.
func (Date) Forms() (examples, words []string) {
	return []string{"20260105", "2026-01-05", "2026-005"}, []string{"today", "yesterday", "-7d"}
}

// Kinds are the types of values that a script may give a day as, besides text.
func (Date) Kinds() []string { return []string{"string", "number", "Date"} }

// ParseDate reads YYYYMMDD, YYYY-MM-DD, YYYY-DDD (day of year), "today", "yesterday",
// a number of days or weeks from now's UTC day such as "-7d", "+1d" and "-1w", and a time
// of day behind YYYY-MM-DD or YYYYMMDD, which gives its UTC day; without a zone it is UTC.
func ParseDate(text string, now time.Time) (Date, error) {
	now = now.UTC()
	switch text {
	case "today":
		return validDate(strconv.Quote(text), now)
	case "yesterday":
		return validDate(strconv.Quote(text), now.AddDate(0, 0, -1))
	}
	if count, unit, ok := relative(text); ok {
		switch unit {
		case 'd':
			return validDate(strconv.Quote(text), now.AddDate(0, 0, count))
		case 'w':
			return validDate(strconv.Quote(text), now.AddDate(0, 0, 7*count))
		}
		return "", usagef("%q is no date: months and years differ in length; give days or weeks, such as -30d or -4w", text)
	}
	for _, layout := range []string{"20060102", "2006-01-02", "2006-002"} {
		if day, err := time.Parse(layout, text); err == nil {
			return validDate(strconv.Quote(text), day)
		}
	}
	for _, day := range []string{"2006-01-02", "20060102"} {
		for _, clock := range []string{"15:04:05", "15:04"} { // a fraction may follow the seconds
			for _, zone := range []string{"", "Z07:00", "Z0700", "Z07"} {
				for _, divider := range []string{"T", " "} {
					if moment, err := time.Parse(day+divider+clock+zone, text); err == nil {
						return validDate(strconv.Quote(text), moment.UTC())
					}
				}
			}
		}
	}
	return "", noDate(text)
}

// relative reads a signed count and its unit: d, w, m or y.
func relative(text string) (count int, unit byte, ok bool) {
	if len(text) < 3 || text[0] != '-' && text[0] != '+' {
		return 0, 0, false
	}
	unit = text[len(text)-1]
	count, err := strconv.Atoi(text[:len(text)-1])
	return count, unit, err == nil && strings.IndexByte("dwmy", unit) >= 0 && count > -100000 && count < 100000
}

var (
	dayForm   = regexp.MustCompile(`^(?:(\d{4})(\d\d)(\d\d)|(\d{4,6})-(\d\d)-(\d\d))(?:[T ].*)?$`)
	doyForm   = regexp.MustCompile(`^(\d{4})-\d{3}$`)
	monthForm = regexp.MustCompile(`^\d{4}-?\d\d$`)
)

// noDate is the error of a text that no form fits, or that has the form of a day and is none.
func noDate(text string) error {
	if m := doyForm.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		return usagef("%q does not exist: the days of %s are 001 to %d", text, m[1], time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay())
	}
	if m := dayForm.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1] + m[4])
		month, _ := strconv.Atoi(m[2] + m[5])
		day, _ := strconv.Atoi(m[3] + m[6])
		if missing := naming.MissingDay(year, month, day); missing != "" {
			return usagef("%q does not exist: %s", text, missing)
		}
	}
	if monthForm.MatchString(text) {
		return usagef("%q is no date: it %s; for a month give its first and its last day", text, dateForms)
	}
	return usagef("%q is no date: it %s", text, dateForms)
}

// AddDays is the day so many days later, or earlier. The error is a day of no year from
// 1 to 9999, or a date that ParseDate did not make.
func (d Date) AddDays(days int) (Date, error) {
	day, err := d.start()
	if err != nil {
		return "", usagef("%q is no date: it must be YYYYMMDD", string(d))
	}
	return validDate(fmt.Sprintf("the day %d days after %s", days, d), day.AddDate(0, 0, days))
}

// DateOf is the UTC day of a time.
func DateOf(t time.Time) Date { return Date(t.UTC().Format("20060102")) }

// validDate is the day of a time, if four digits can hold its year.
func validDate(text string, t time.Time) (Date, error) {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return "", usagef("%s does not exist: years are 0001 to 9999", text)
	}
	return DateOf(t), nil
}

// start is the first moment of the day; the date is one that ParseDate made.
func (d Date) start() (time.Time, error) { return time.Parse("20060102", string(d)) }
