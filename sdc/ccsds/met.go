package ccsds

import (
	"fmt"

	"imapsh/sdc/cdf"
)

// MET is IMAP's mission elapsed time: SI seconds since 2010-01-01T00:00:00 UTC, which is
// 2010-01-01T00:01:06.184 TDT (imap_sclk_0000.tsc). Leap seconds count: UTC after 2017 is three
// seconds behind a plain addition. A clock kernel knows better how the clock drifts; see package spice.
type MET uint32

// metZero is MET 0 in nanoseconds since J2000.
const metZero cdf.TimeTT2000 = 315_576_066_184_000_000

// TT2000 is the time as CDF counts it.
func (m MET) TT2000() cdf.TimeTT2000 { return metZero + cdf.TimeTT2000(m)*1e9 }

// UTC is the time in the form 2026-01-20T05:00:00; during a leap second its seconds are 60.
func (m MET) UTC() string { return m.TT2000().String()[:len("2026-01-20T05:00:00")] }

func (m MET) String() string { return fmt.Sprintf("%d (%s)", uint32(m), m.UTC()) }
