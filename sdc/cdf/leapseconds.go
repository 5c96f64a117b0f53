package cdf

import "fmt"

// The table of leap seconds that times are converted with.
const (
	// LeapSecondSource is where the table comes from.
	LeapSecondSource = "CDFLeapSeconds.txt of NASA's CDF library, after https://maia.usno.navy.mil/ser7/tai-utc.dat"
	// LeapSecondUpdated is the day on which its source was brought up to date.
	LeapSecondUpdated = "2016-10-25"
	// LastLeapSecond is the day, as files hold it, from which the newest leap second counts.
	LastLeapSecond = 20170101
)

// leap is a row of the table: from a day on, TAI is ahead of UTC by offset seconds, to
// which before 1972 drift seconds are added for each day after a reference day.
type leap struct {
	year, month, day int
	offset           float64
	reference        float64 // a modified Julian date
	drift            float64
}

// leaps is CDFLeapSeconds.txt.
var leaps = [...]leap{
	{1960, 1, 1, 1.4178180, 37300, 0.001296},
	{1961, 1, 1, 1.4228180, 37300, 0.001296},
	{1961, 8, 1, 1.3728180, 37300, 0.001296},
	{1962, 1, 1, 1.8458580, 37665, 0.0011232},
	{1963, 11, 1, 1.9458580, 37665, 0.0011232},
	{1964, 1, 1, 3.2401300, 38761, 0.001296},
	{1964, 4, 1, 3.3401300, 38761, 0.001296},
	{1964, 9, 1, 3.4401300, 38761, 0.001296},
	{1965, 1, 1, 3.5401300, 38761, 0.001296},
	{1965, 3, 1, 3.6401300, 38761, 0.001296},
	{1965, 7, 1, 3.7401300, 38761, 0.001296},
	{1965, 9, 1, 3.8401300, 38761, 0.001296},
	{1966, 1, 1, 4.3131700, 39126, 0.002592},
	{1968, 2, 1, 4.2131700, 39126, 0.002592},
	{1972, 1, 1, 10, 0, 0},
	{1972, 7, 1, 11, 0, 0},
	{1973, 1, 1, 12, 0, 0},
	{1974, 1, 1, 13, 0, 0},
	{1975, 1, 1, 14, 0, 0},
	{1976, 1, 1, 15, 0, 0},
	{1977, 1, 1, 16, 0, 0},
	{1978, 1, 1, 17, 0, 0},
	{1979, 1, 1, 18, 0, 0},
	{1980, 1, 1, 19, 0, 0},
	{1981, 7, 1, 20, 0, 0},
	{1982, 7, 1, 21, 0, 0},
	{1983, 7, 1, 22, 0, 0},
	{1985, 7, 1, 23, 0, 0},
	{1988, 1, 1, 24, 0, 0},
	{1990, 1, 1, 25, 0, 0},
	{1991, 1, 1, 26, 0, 0},
	{1992, 7, 1, 27, 0, 0},
	{1993, 7, 1, 28, 0, 0},
	{1994, 7, 1, 29, 0, 0},
	{1996, 1, 1, 30, 0, 0},
	{1997, 7, 1, 31, 0, 0},
	{1999, 1, 1, 32, 0, 0},
	{2006, 1, 1, 33, 0, 0},
	{2009, 1, 1, 34, 0, 0},
	{2012, 7, 1, 35, 0, 0},
	{2015, 7, 1, 36, 0, 0},
	{2017, 1, 1, 37, 0, 0},
}

// taiMinusUTC is how far TAI is ahead of UTC on a day, counted from 2000-01-01, in
// nanoseconds. Before 1960 it is 0, and before 1972 it grows from day to day, both as
// NASA's library computes.
func taiMinusUTC(day int64) int64 {
	if day >= lastLeapDay {
		return int64(leaps[len(leaps)-1].offset) * nanosPerSecond
	}
	for i := len(leaps) - 1; i >= 0; i-- {
		l := &leaps[i]
		if day < dayOf(l.year, l.month, l.day) {
			continue
		}
		if l.drift == 0 {
			return int64(l.offset) * nanosPerSecond
		}
		// Each product is rounded by itself, so that no machine fuses it with the sum.
		sinceReference := float64(day) + 51544.5 - l.reference // days, at noon
		grown := float64(sinceReference * l.drift)
		return int64(float64((l.offset + grown) * nanosPerSecond))
	}
	return 0
}

// lastLeapDay is the day, counted from 2000-01-01, of the newest leap second: 2017-01-01.
const lastLeapDay = 6210

// checkLeapSeconds warns of a file whose times were made with another table.
func (f *File) checkLeapSeconds() {
	updated := f.LeapSecondLastUpdated
	if updated == 0 || updated == LastLeapSecond || !f.hasTT2000() {
		return
	}
	day := fmt.Sprintf("%04d-%02d-%02d", updated/10000, updated/100%100, updated%100)
	if updated > LastLeapSecond {
		f.warn("the file knows a leap second of %s, this program's table ends with 2017-01-01: times from then on may be off by a second", day)
		return
	}
	f.warn("the file was written with a table of leap seconds that ends with %s: its times after the next leap second may be off by a second", day)
}

// hasTT2000 reports whether a variable holds times with leap seconds.
func (f *File) hasTT2000() bool {
	for _, v := range f.Variables {
		if v.Type == TT2000 {
			return true
		}
	}
	return false
}
