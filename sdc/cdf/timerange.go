package cdf

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"
)

// TimeVariable finds the variable of the times of v's records: v itself where its
// values are times, one to a record, else the one that its attribute DEPEND_0 names.
func (v *Variable) TimeVariable() (*Variable, bool) {
	if v.Type.IsTime() && len(v.Dims) == 0 && v.RecordVary {
		return v, true
	}
	t, ok := v.file.Variable(v.Text("DEPEND_0"))
	return t, ok && t.Type.IsTime() && len(t.Dims) == 0 && t.RecordVary && v.RecordVary
}

// Range is the records from First to before End.
type Range struct{ First, End int }

// Between finds the records of v whose times are from one time to before another. They
// lie together, in one range, where times increase. Records without a time, which hold
// fill, are in none.
func (v *Variable) Between(ctx context.Context, from, to TimeTT2000) ([]Range, error) {
	times, ok := v.TimeVariable()
	if !ok {
		return nil, fmt.Errorf("variable %s has no times: DEPEND_0 names no variable of times", v.Name)
	}
	const step = 1 << 17 // a MiB of times
	var found []Range
	for first := 0; first < min(times.Records, v.Records); first += step {
		values, err := times.ReadRange(ctx, first, min(first+step, times.Records, v.Records))
		if err != nil {
			return nil, err
		}
		for i := range values.Records {
			t, ok := values.TT2000(i)
			if !ok || t < from || t >= to {
				continue
			}
			record := first + i
			if n := len(found); n > 0 && found[n-1].End == record {
				found[n-1].End++
			} else {
				found = append(found, Range{record, record + 1})
			}
		}
	}
	return found, nil
}

// ReadRanges reads the records of several ranges, one after another.
func (v *Variable) ReadRanges(ctx context.Context, ranges []Range) (Values, error) {
	if len(ranges) == 1 {
		return v.ReadRange(ctx, ranges[0].First, ranges[0].End)
	}
	all, err := v.ReadRange(ctx, 0, 0)
	total := 0
	for _, r := range ranges {
		total += r.End - r.First
	}
	if err == nil {
		err = v.file.limit(fmt.Sprintf("variable %s, %d records,", v.Name, total), int64(total)*v.recordSize)
	}
	for _, r := range ranges {
		if err != nil {
			return Values{}, err
		}
		var part Values
		part, err = v.ReadRange(ctx, r.First, r.End)
		all.Bytes = append(all.Bytes, part.Bytes...)
	}
	all.Records = total
	return all, err
}

// TT2000 gives a time of any type as nanoseconds since J2000. It reports false for fill,
// and for what is no time or beyond the years that TIME_TT2000 holds.
func (v Values) TT2000(i int) (TimeTT2000, bool) {
	switch v.Type {
	case TT2000:
		t := TimeTT2000(v.Int64(i))
		return t, t > PadTT2000
	case Epoch:
		x := v.Float64(i)
		if !(x >= 0 && x < maxEpochSeconds*1000) {
			return FillTT2000, false
		}
		t, err := TimeEpoch(x).UTC().TT2000()
		return t, err == nil
	case Epoch16:
		e := v.epoch16(i)
		if !(e.Seconds >= 0 && e.Seconds < maxEpochSeconds) {
			return FillTT2000, false
		}
		t, err := e.UTC().TT2000()
		return t, err == nil
	}
	return FillTT2000, false
}

// timeLayouts are the forms of a date with a time, besides those with second 60.
var timeLayouts = []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02T15", "2006-01-02", "20060102", "20060102T150405", "2006-002T15:04:05.999999999", "2006-002"}

// ParseUTC reads a date, or a date with a time, in UTC: 2026-01-20, 20260120,
// 2026-01-20T06:00, 2016-12-31T23:59:60.5Z. It reports whether there was a time of day.
func ParseUTC(s string) (u UTC, hasTime bool, err error) {
	text := strings.TrimSuffix(strings.TrimSpace(s), "Z")
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + text[11:]
	}
	leap := len(text) >= 19 && text[16:19] == ":60"
	if leap {
		text = text[:16] + ":59" + text[19:]
	}
	for _, layout := range timeLayouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		u = UTC{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond()}
		if leap {
			u.Second = 60
		}
		return u, strings.Contains(layout, "15"), u.check()
	}
	return u, false, fmt.Errorf("%q is no time: give it as 2026-01-20T06:00 or 2026-01-20", s)
}

// NextDay is the beginning of the day after u's.
func (u UTC) NextDay() UTC {
	var next UTC
	next.Year, next.Month, next.Day = civil(dayOf(u.Year, u.Month, u.Day) + 1)
	return next
}

// Span is from one time to before another.
type Span struct{ From, To TimeTT2000 }

// Always holds every time.
func Always() Span { return Span{From: PadTT2000, To: math.MaxInt64} }

// ParseSpan reads two times, each of which may be empty: without end. A day as the end
// is included. An end that is a time of day alone, 07:00, is on the day of the start.
func ParseSpan(from, to string) (Span, error) {
	span := Always()
	var start UTC
	var err error
	if from != "" {
		if start, _, err = ParseUTC(from); err != nil {
			return span, fmt.Errorf("from: %w", err)
		}
		if span.From, err = start.TT2000(); err != nil {
			return span, fmt.Errorf("from: %w", err)
		}
	}
	if to != "" {
		if isTimeOfDay(to) {
			if from == "" {
				return span, fmt.Errorf("to: %q is a time of day, and from names no day", to)
			}
			to = fmt.Sprintf("%04d-%02d-%02dT%s", start.Year, start.Month, start.Day, to)
		}
		end, hasTime, err := ParseUTC(to)
		if err == nil && !hasTime {
			end = end.NextDay()
		}
		if err == nil {
			span.To, err = end.TT2000()
		}
		if err != nil {
			return span, fmt.Errorf("to: %w", err)
		}
	}
	if span.From >= span.To {
		return span, fmt.Errorf("to: %s is not after from, %s", to, from)
	}
	return span, nil
}

// isTimeOfDay reports whether a text is as 07:00 or 07:00:30.
func isTimeOfDay(s string) bool {
	return len(s) >= 5 && s[2] == ':' && s[0] >= '0' && s[0] <= '9'
}
