package cdf

import (
	"math"
)

// TimeEpoch is a time of type EPOCH: milliseconds since 0000-01-01, without leap
// seconds.
type TimeEpoch float64

// FillEpoch is the fill value of EPOCH and of both parts of EPOCH16; it is printed as
// the last moment of year 9999.
const FillEpoch = -1e31

// daysBefore2000 is the number of days from 0000-01-01 to 2000-01-01.
const daysBefore2000 = 730485

// maxEpochSeconds is the end of year 9999, in seconds since 0000-01-01.
const maxEpochSeconds = (daysBefore2000 + 2921940) * 86400

// String gives the time with three decimals: 2005-12-04T20:19:18.176.
func (t TimeEpoch) String() string { return string(t.Append(nil)) }

// Append appends the time as String gives it.
func (t TimeEpoch) Append(b []byte) []byte {
	ms := math.Floor(float64(t))
	seconds := math.Floor(ms / 1000)
	u, ok := secondsUTC(seconds)
	if !ok {
		return append(UTC{9999, 12, 31, 23, 59, 59, 0}.appendSeconds(b), ".999"...)
	}
	return appendDigits(append(u.appendSeconds(b), '.'), int(ms-seconds*1000), 3)
}

// EpochOf gives the milliseconds of a time in UTC. A second 60 is the first of the
// next day, as EPOCH has no numbers of its own for it.
func EpochOf(u UTC) TimeEpoch {
	seconds := float64((dayOf(u.Year, u.Month, u.Day)+daysBefore2000)*86400 + int64(u.Hour*3600+u.Minute*60+u.Second))
	return TimeEpoch(seconds*1000 + float64(u.Nanosecond)/1e6)
}

// UTC gives the date and time of day.
func (t TimeEpoch) UTC() UTC {
	seconds := math.Floor(float64(t) / 1000)
	u, ok := secondsUTC(seconds)
	if !ok {
		return UTC{9999, 12, 31, 23, 59, 59, 999_000_000}
	}
	u.Nanosecond = min(int((float64(t)-seconds*1000)*1e6), nanosPerSecond-1)
	return u
}

// TimeEpoch16 is a time of type EPOCH16: seconds since 0000-01-01, without leap
// seconds, and picoseconds.
type TimeEpoch16 struct{ Seconds, Picoseconds float64 }

// String gives the time with twelve decimals.
func (t TimeEpoch16) String() string { return string(t.Append(nil)) }

// Append appends the time as String gives it.
func (t TimeEpoch16) Append(b []byte) []byte {
	u, ok := secondsUTC(math.Floor(t.Seconds))
	if !ok || t.Picoseconds < 0 || t.Picoseconds >= 1e12 {
		return append(UTC{9999, 12, 31, 23, 59, 59, 0}.appendSeconds(b), ".999999999999"...)
	}
	return appendDigits(append(u.appendSeconds(b), '.'), int(t.Picoseconds), 12)
}

// UTC gives the date and time of day, with the picoseconds cut off to nanoseconds.
func (t TimeEpoch16) UTC() UTC {
	u, ok := secondsUTC(math.Floor(t.Seconds))
	if !ok || t.Picoseconds < 0 || t.Picoseconds >= 1e12 {
		return UTC{9999, 12, 31, 23, 59, 59, 999_999_999}
	}
	u.Nanosecond = int(t.Picoseconds / 1000)
	return u
}

// Epoch16Of gives the seconds and picoseconds of a time in UTC.
func Epoch16Of(u UTC) TimeEpoch16 {
	return TimeEpoch16{
		Seconds:     float64((dayOf(u.Year, u.Month, u.Day)+daysBefore2000)*86400 + int64(u.Hour*3600+u.Minute*60+u.Second)),
		Picoseconds: float64(u.Nanosecond) * 1000,
	}
}

// secondsUTC gives the date and time of whole seconds since 0000-01-01. It reports
// false for what is no time of the years 0 to 9999, such as fill.
func secondsUTC(seconds float64) (UTC, bool) {
	if !(seconds >= 0 && seconds < maxEpochSeconds) {
		return UTC{}, false
	}
	s := int64(seconds)
	var u UTC
	u.Year, u.Month, u.Day = civil(s/86400 - daysBefore2000)
	s %= 86400
	u.Hour, u.Minute, u.Second = int(s/3600), int(s/60%60), int(s%60)
	return u, true
}
