package sample

import "time"

// dayLayout is the form of the dates in names.
const dayLayout = "20060102"

// secondsPerDay is the length of every UTC day since 2017: none had a leap second.
const secondsPerDay = 86400

// startOf is midnight UTC at the start of a day that a valid name gives as YYYYMMDD.
func startOf(day string) time.Time {
	t, err := time.Parse(dayLayout, day)
	if err != nil {
		// Only parsed names come here, and naming accepts real days alone.
		panic("sample: " + err.Error())
	}
	return t
}

// missionSeconds is the spacecraft's elapsed time (MET, SHCOARSE): seconds since
// 2010-01-01T00:00:00 UTC, leap seconds counted. The zero is that of the
// mission's clock kernel imap_sclk_0000.tsc. It holds from 2017 on.
func missionSeconds(t time.Time) uint32 {
	const leapSecondsSince2010 = 3
	epoch := time.Date(2010, time.January, 1, 0, 0, 0, 0, time.UTC)
	return uint32(t.Unix() - epoch.Unix() + leapSecondsSince2010)
}

// terrestrialNanoseconds is CDF_TIME_TT2000: nanoseconds since
// 2000-01-01T12:00:00 Terrestrial Time, leap seconds counted. It holds from 2017 on.
func terrestrialNanoseconds(t time.Time) int64 {
	const terrestrialMinusUTC = 69_184 * time.Millisecond // 37 leap seconds and 32.184 s
	epoch := time.Date(2000, time.January, 1, 12, 0, 0, 0, time.UTC)
	return t.UnixNano() - epoch.UnixNano() + int64(terrestrialMinusUTC)
}
