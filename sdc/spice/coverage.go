package spice

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Interval is a stretch of time, both ends included.
type Interval struct{ Start, End Time }

// Coverage is what a binary kernel covers, by body (SPK) or structure (CK), each list sorted and merged.
type Coverage map[int][]Interval

// All is every interval of a coverage, merged: where anything is covered.
func (c Coverage) All() []Interval {
	var all []Interval
	for _, list := range c {
		all = append(all, list...)
	}
	return merge(all)
}

// Cover reads what an SPK or a CK kernel covers, by the summaries of its segments. A CK kernel counts in
// readings of its spacecraft's clock, which clock converts; it may be nil for SPK kernels.
func Cover(r io.ReaderAt, leaps *LeapSeconds, clock *Clock) (Coverage, error) {
	kind, err := Identify(r)
	if err != nil {
		return nil, err
	}
	if kind != SPK && kind != CK {
		return nil, fmt.Errorf("a kernel of kind %s covers no interval; SPK and CK kernels do", kind)
	}
	d, err := openDAF(r)
	if err != nil {
		return nil, err
	}
	if d.doubles != 2 || d.integers != 6 {
		return nil, fmt.Errorf("the summaries of an %s kernel have 2 doubles and 6 integers, these %d and %d", kind, d.doubles, d.integers)
	}
	c := Coverage{}
	for _, s := range d.summaries {
		var ends [2]Time
		for i := range ends {
			if kind == SPK {
				ends[i], err = leaps.FromET(s.doubles[i])
			} else if ends[i], err = clockTime(clock, s.integers[0], s.doubles[i]); err != nil {
				return nil, err
			}
			if err != nil {
				return nil, err
			}
		}
		if ends[1] < ends[0] {
			return nil, fmt.Errorf("the segment %q ends before it starts", s.name)
		}
		c[s.integers[0]] = append(c[s.integers[0]], Interval{ends[0], ends[1]})
	}
	for id, list := range c {
		c[id] = merge(list)
	}
	return c, nil
}

// clockTime is the time of a reading of the clock of the spacecraft that carries a structure: -43000 is IMAP's, -43.
func clockTime(clock *Clock, structure int, ticks float64) (Time, error) {
	if clock == nil {
		return 0, fmt.Errorf("a CK kernel counts in clock readings: a spacecraft clock kernel (SCLK) is needed")
	}
	if craft := structure / 1000; structure <= -1000 && craft != clock.ID {
		return 0, fmt.Errorf("the structure %d belongs to spacecraft %d, the clock kernel to %d", structure, craft, clock.ID)
	}
	return clock.FromTicks(ticks)
}

// merge sorts intervals and joins those that touch.
func merge(list []Interval) []Interval {
	slices.SortFunc(list, func(a, b Interval) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []Interval
	for _, i := range list {
		if n := len(out); n > 0 && i.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, i.End)
		} else {
			out = append(out, i)
		}
	}
	return out
}

// Gaps are the stretches of an interval that no interval of the list covers.
func Gaps(within Interval, covered []Interval) []Interval {
	var gaps []Interval
	at := within.Start
	for _, c := range merge(slices.Clone(covered)) {
		if c.End < at {
			continue
		}
		if c.Start > within.End {
			break
		}
		if c.Start > at {
			gaps = append(gaps, Interval{at, c.Start})
		}
		at = max(at, c.End)
	}
	if at < within.End {
		gaps = append(gaps, Interval{at, within.End})
	}
	return gaps
}
