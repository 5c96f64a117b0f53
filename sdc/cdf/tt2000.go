package cdf

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// TimeTT2000 is a time of type TIME_TT2000: nanoseconds of terrestrial time since
// J2000 (2000-01-01T12:00:00 TT), so that each leap second has its own numbers.
type TimeTT2000 int64

// Values of TIME_TT2000 that are no times.
const (
	FillTT2000 TimeTT2000 = math.MinInt64     // fill; printed as 9999-12-31T23:59:59.999999999
	PadTT2000  TimeTT2000 = math.MinInt64 + 1 // pad; printed as 0000-01-01T00:00:00.000000000
)

const (
	nanosPerSecond = 1_000_000_000
	nanosPerDay    = 86400 * nanosPerSecond
	// TT is ahead of TAI by 32.184 s, and J2000 is 12 h after the start of its day.
	ttMinusTAI  = 32_184_000_000
	noonInNanos = nanosPerDay / 2
)

// UTC is a time of day in UTC, in which a minute may have a second 60.
type UTC struct {
	Year, Month, Day     int
	Hour, Minute, Second int
	Nanosecond           int
}

// UTC gives the date and the time of day. It is exact for every value from 1972 on.
func (t TimeTT2000) UTC() UTC {
	switch t {
	case FillTT2000:
		return UTC{9999, 12, 31, 23, 59, 59, 999_999_999}
	case PadTT2000:
		return UTC{0, 1, 1, 0, 0, 0, 0}
	}
	day, nanos := t.split()
	var u UTC
	u.Year, u.Month, u.Day = civil(day)
	second := nanos / nanosPerSecond
	u.Nanosecond = int(nanos % nanosPerSecond)
	if second >= 86400 { // within a leap second
		u.Hour, u.Minute, u.Second = 23, 59, int(second-86400)+60
		return u
	}
	u.Hour, u.Minute, u.Second = int(second/3600), int(second/60%60), int(second%60)
	return u
}

// split gives the day in UTC, counted from 2000-01-01, and the nanoseconds since it
// began, which are 86400 seconds and more within a leap second.
func (t TimeTT2000) split() (day, nanos int64) {
	// The sum stays within 64 bits: the smallest values are fill and pad.
	tai := int64(t)
	carry := int64(0)
	if tai > math.MaxInt64-noonInNanos {
		tai, carry = tai-nanosPerDay, 1
	}
	tai += noonInNanos - ttMinusTAI
	day = floorDiv(tai, nanosPerDay)
	nanos = tai - day*nanosPerDay
	day += carry
	// The day in UTC is this one or the one before it.
	if offset := taiMinusUTC(day); nanos >= offset {
		return day, nanos - offset
	}
	return day - 1, nanos + nanosPerDay - taiMinusUTC(day-1)
}

// String gives the time in UTC, with all nine decimals: 2016-12-31T23:59:60.000000000.
func (t TimeTT2000) String() string { return string(t.Append(nil)) }

// Append appends the time as String gives it.
func (t TimeTT2000) Append(b []byte) []byte {
	u := t.UTC()
	b = u.appendSeconds(b)
	return appendDigits(append(b, '.'), u.Nanosecond, 9)
}

// Time gives the time for calculations with package time, which knows no leap
// seconds: within one it is the first second of the next day.
func (t TimeTT2000) Time() time.Time {
	u := t.UTC()
	return time.Date(u.Year, time.Month(u.Month), u.Day, u.Hour, u.Minute, u.Second, u.Nanosecond, time.UTC)
}

// TT2000 gives the nanoseconds since J2000. A second 60 is allowed where there was a
// leap second. It fails for dates that 64 bits cannot hold: before 1707-09-23 and after
// 2292-04-11.
func (u UTC) TT2000() (TimeTT2000, error) {
	switch u {
	case UTC{9999, 12, 31, 23, 59, 59, 999_999_999}:
		return FillTT2000, nil
	case UTC{0, 1, 1, 0, 0, 0, 0}:
		return PadTT2000, nil
	}
	if err := u.check(); err != nil {
		return 0, err
	}
	if u.Year < 1708 || u.Year > 2291 {
		return 0, fmt.Errorf("%s cannot be a TIME_TT2000: years 1708 to 2291 can", u.appendSeconds(nil))
	}
	day := dayOf(u.Year, u.Month, u.Day)
	seconds := int64(u.Hour*3600 + u.Minute*60 + u.Second)
	return TimeTT2000(day*nanosPerDay - noonInNanos + seconds*nanosPerSecond + int64(u.Nanosecond) + taiMinusUTC(day) + ttMinusTAI), nil
}

// check refuses what is no time.
func (u UTC) check() error {
	day := dayOf(u.Year, u.Month, u.Day)
	y, m, d := civil(day)
	ok := u.Month >= 1 && u.Month <= 12 && y == u.Year && m == u.Month && d == u.Day
	ok = ok && u.Hour >= 0 && u.Hour < 24 && u.Minute >= 0 && u.Minute < 60 && u.Nanosecond >= 0 && u.Nanosecond < nanosPerSecond
	if u.Second == 60 {
		leapSecond := taiMinusUTC(day+1)-taiMinusUTC(day) == nanosPerSecond
		ok = ok && u.Hour == 23 && u.Minute == 59 && leapSecond
	} else {
		ok = ok && u.Second >= 0 && u.Second < 60
	}
	if !ok {
		return fmt.Errorf("%s is no time", u.appendSeconds(nil))
	}
	return nil
}

// appendSeconds appends the time without its fraction: 2016-12-31T23:59:60.
func (u UTC) appendSeconds(b []byte) []byte {
	b = appendDigits(b, u.Year, 4)
	b = appendDigits(append(b, '-'), u.Month, 2)
	b = appendDigits(append(b, '-'), u.Day, 2)
	b = appendDigits(append(b, 'T'), u.Hour, 2)
	b = appendDigits(append(b, ':'), u.Minute, 2)
	return appendDigits(append(b, ':'), u.Second, 2)
}

// appendDigits appends a number with at least n digits.
func appendDigits(b []byte, x, n int) []byte {
	if x < 0 {
		return strconv.AppendInt(b, int64(x), 10)
	}
	for limit := 10; n > 1; n-- {
		if x < limit {
			b = append(b, '0')
		}
		limit *= 10
	}
	return strconv.AppendInt(b, int64(x), 10)
}
