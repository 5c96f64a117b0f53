package naming

import (
	"fmt"
	"time"
)

// realDay reports whether s is a day of the calendar as YYYYMMDD.
func realDay(s string) bool {
	year, month, day, ok := splitDay(s)
	return ok && MissingDay(year, month, day) == ""
}

// splitDay reads eight digits as year, month and day, which may be none.
func splitDay(s string) (year, month, day int, ok bool) {
	n, ok := digits(s)
	return n / 10000, n / 100 % 100, n % 100, ok && len(s) == 8
}

// MissingDay says why a day does not exist, such as "February 2026 has 28 days"; it is
// empty for a day of the calendar in the years 1 to 9999.
func MissingDay(year, month, day int) string {
	switch {
	case year < 1 || year > 9999:
		return "years are 0001 to 9999"
	case month < 1 || month > 12:
		return "months are 01 to 12"
	case day < 1:
		return "the first day of a month is 01"
	case day > daysIn(year, month):
		return fmt.Sprintf("%s %04d has %d days", time.Month(month), year, daysIn(year, month))
	}
	return ""
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
