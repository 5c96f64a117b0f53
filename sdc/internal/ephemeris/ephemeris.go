// Package ephemeris converts between UTC and ephemeris time: seconds past J2000 in TDB, in
// which SPICE counts. The yearly swing of TDB about Terrestrial Time, under 2 ms, is left out.
package ephemeris

import (
	"math"
	"time"
)

// j2000 is 2000-01-01T12:00:00.
var j2000 = time.Date(2000, time.January, 1, 12, 0, 0, 0, time.UTC)

// terrestrial is how far Terrestrial Time is ahead of TAI, in seconds.
const terrestrial = 32.184

// leaps are the days since 1999 on which a leap second has been counted, from the SPICE
// kernel naif0012.tls; before the first, TAI is 32 seconds ahead of UTC.
var leaps = [...]time.Time{
	time.Date(2006, time.January, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2009, time.January, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2012, time.July, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2015, time.July, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2017, time.January, 1, 0, 0, 0, 0, time.UTC),
}

// Seconds is the ephemeris time of a moment since 1999.
func Seconds(t time.Time) float64 {
	ahead := 32.0
	for _, since := range leaps {
		if !t.Before(since) {
			ahead++
		}
	}
	return float64(t.Unix()-j2000.Unix()) + float64(t.Nanosecond())/1e9 + terrestrial + ahead
}

// UTC is the moment of an ephemeris time since 1999, to the microsecond.
func UTC(seconds float64) time.Time {
	whole, part := math.Modf(seconds - terrestrial)
	plain := time.Unix(j2000.Unix()+int64(whole), int64(math.Round(part*1e6))*1000).UTC()
	ahead := 32
	for i, since := range leaps {
		if !plain.Before(since.Add(time.Duration(33+i) * time.Second)) {
			ahead = 33 + i
		}
	}
	return plain.Add(-time.Duration(ahead) * time.Second)
}
