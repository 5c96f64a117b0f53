package ccsds

import (
	"fmt"
	"time"
)

// MET is IMAP's mission elapsed time: SI seconds since 2010-01-01T00:00:00 UTC, which is
// 2010-01-01T00:01:06.184 TDT (imap_sclk_0000.tsc). Leap seconds count: UTC after 2017 is three
// seconds behind a plain addition. A clock kernel knows better how the clock drifts; see package spice.
type MET uint32

// leaps are the ends of the leap seconds since MET 0, as MET. Source: IERS Bulletin C, up to number 70
// (July 2025): the last leap second is that of 2016-12-31.
var leaps = [...]MET{
	78_796_801,  // 2012-07-01T00:00:00
	173_404_802, // 2015-07-01T00:00:00
	220_924_803, // 2017-01-01T00:00:00
}

var epoch = time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)

// UTC is the time in the form 2026-01-20T05:00:00; during a leap second its seconds are 60.
func (m MET) UTC() string {
	past := 0
	for _, end := range leaps {
		if m >= end {
			past++
		}
		if m == end-1 {
			t := epoch.Add(time.Duration(int64(m)-int64(past)-1) * time.Second)
			return t.Format("2006-01-02T15:04:") + "60"
		}
	}
	return epoch.Add(time.Duration(int64(m)-int64(past)) * time.Second).Format("2006-01-02T15:04:05")
}

func (m MET) String() string { return fmt.Sprintf("%d (%s)", uint32(m), m.UTC()) }
