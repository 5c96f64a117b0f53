package istp

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"imapsh/sdc/cdf"
)

// chunkBytes is how many bytes of values are looked at together.
const chunkBytes = 4 << 20

// chunks reads a variable in pieces.
func chunks(ctx context.Context, v *cdf.Variable, each func(first int, values cdf.Values) error) error {
	step := int(max(chunkBytes/v.RecordBytes(), 1))
	for first := 0; first < v.Records; first += step {
		values, err := v.ReadRange(ctx, first, min(first+step, v.Records))
		if err != nil {
			return err
		}
		if err := each(first, values); err != nil {
			return err
		}
	}
	return nil
}

// values checks the times and the data.
func (c *checker) values(ctx context.Context, name string) error {
	times := map[string]bool{}
	for _, v := range c.f.Variables {
		if depend, ok := c.f.Variable(v.Text("DEPEND_0")); ok && depend.Type.IsTime() && len(depend.Dims) == 0 {
			times[depend.Name] = true
		}
	}
	span := span{}
	for _, v := range c.f.Variables {
		var err error
		if times[v.Name] {
			err = c.epochs(ctx, v, &span)
		} else if v.RecordVary && !v.Type.IsText() {
			err = c.inBounds(ctx, v)
		}
		var unsupported *cdf.UnsupportedError
		if errors.As(err, &unsupported) {
			c.warn(v.Name, "values", err.Error(), "values that can be read, and checked")
		} else if err != nil {
			return err
		}
	}
	c.date(name, span)
	return nil
}

// span is from the first to the last time of a file, in days.
type span struct {
	first, last time.Time
	known       bool
}

func (s *span) add(t time.Time) {
	if !s.known || t.Before(s.first) {
		s.first = t
	}
	if !s.known || t.After(s.last) {
		s.last = t
	}
	s.known = true
}

// epochs checks that times run forward and that none is missing.
func (c *checker) epochs(ctx context.Context, v *cdf.Variable, days *span) error {
	if v.Records == 0 {
		c.warn(v.Name, "epoch-empty", "it has no records", "a time for each record of the data")
		return nil
	}
	back, same, fill := -1, -1, -1
	before := math.Inf(-1)
	var beforeExact int64
	err := chunks(ctx, v, func(first int, values cdf.Values) error {
		for i := range values.Len() {
			record := first + i
			x := values.Float64(i)
			if v.Type == cdf.TT2000 && cdf.TimeTT2000(values.Int64(i)) <= cdf.PadTT2000 || math.IsNaN(x) || x <= cdf.FillEpoch {
				fill = firstOf(fill, record)
				continue
			}
			exact := int64(0)
			if v.Type == cdf.TT2000 {
				exact = values.Int64(i)
			}
			switch {
			case x < before || x == before && exact < beforeExact:
				back = firstOf(back, record)
			case x == before && exact == beforeExact && v.Type != cdf.Epoch16:
				same = firstOf(same, record)
			}
			before, beforeExact = x, exact
			days.add(timeOf(values, i))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if fill >= 0 {
		c.fail(v.Name, "epoch-fill", fmt.Sprintf("record %d has no time: it is fill", fill), "a time for each record")
	}
	if back >= 0 {
		c.fail(v.Name, "epoch-monotonic", fmt.Sprintf("the time of record %d is before that of the record before it", back), "times that increase")
	}
	if same >= 0 {
		c.warn(v.Name, "epoch-monotonic", fmt.Sprintf("record %d has the time of the record before it", same), "times that increase")
	}
	return nil
}

func firstOf(known, record int) int {
	if known >= 0 {
		return known
	}
	return record
}

// timeOf gives a time for comparisons of days.
func timeOf(values cdf.Values, i int) time.Time {
	switch values.Type {
	case cdf.TT2000:
		return cdf.TimeTT2000(values.Int64(i)).Time()
	case cdf.Epoch16:
		return asTime(cdf.TimeEpoch(values.Float64(i) * 1000).UTC())
	default:
		return asTime(cdf.TimeEpoch(values.Float64(i)).UTC())
	}
}

func asTime(u cdf.UTC) time.Time {
	return time.Date(u.Year, time.Month(u.Month), u.Day, u.Hour, u.Minute, u.Second, u.Nanosecond, time.UTC)
}

// datePart is the date in a name: "_20260120_", or with a repointing behind it.
var datePart = regexp.MustCompile(`_(\d{8})[_-]`)

// date checks that the date of the file's name is one of its data.
func (c *checker) date(name string, s span) {
	m := datePart.FindStringSubmatch(name)
	if m == nil || !s.known {
		return
	}
	day, err := time.Parse("20060102", m[1])
	if err != nil {
		return
	}
	first, last := s.first.Truncate(24*time.Hour), s.last.Truncate(24*time.Hour)
	if day.Before(first) || day.After(last) {
		level := Error
		if !day.Before(first.AddDate(0, 0, -1)) && !day.After(last.AddDate(0, 0, 1)) {
			level = Warning // a repointing or a map may begin just before midnight
		}
		found := fmt.Sprintf("the name says %s; the times are from %s to %s", day.Format(time.DateOnly), s.first.Format("2006-01-02T15:04:05"), s.last.Format("2006-01-02T15:04:05"))
		c.add(level, "", "file-date", found, "the first day of the data")
	}
}

// inBounds checks that data lie between VALIDMIN and VALIDMAX, or are fill.
func (c *checker) inBounds(ctx context.Context, v *cdf.Variable) error {
	low, high, ok := bounds(v)
	perRecord := 1
	for _, n := range v.Dims {
		perRecord *= n
	}
	fits := func(b cdf.Values) bool { return b.Len() == 1 || b.Len() == perRecord }
	ok = ok && fits(low) && fits(high)
	s := boundsScan{low: low.Float64s(), high: high.Float64s(), checked: ok, fill: math.NaN()}
	if fill, ok := v.Attribute("FILLVAL"); ok && fill.Len() > 0 && !fill.Type.IsText() {
		s.fill = fill.Float64(0)
	}
	if !ok && !v.Type.IsFloat() {
		return nil
	}
	if err := chunks(ctx, v, s.look); err != nil {
		return err
	}
	if s.outside > 0 {
		c.warn(v.Name, "VALIDMIN", fmt.Sprintf("%d of %d values are outside VALIDMIN and VALIDMAX, the first in record %d: %s", s.outside, s.total, s.record, s.value),
			fmt.Sprintf("values from %s to %s, or FILLVAL", number(low, 0), number(high, 0)))
	}
	if s.nans > 0 && strings.EqualFold(v.Text("VAR_TYPE"), data) {
		c.warn(v.Name, "values", fmt.Sprintf("%d of %d values are NaN", s.nans, s.total), "FILLVAL where there is no value")
	}
	return nil
}

// boundsScan counts what lies outside of bounds.
type boundsScan struct {
	low, high      []float64
	fill           float64
	checked        bool
	total, outside int
	nans           int
	record         int    // of the first value outside
	value          string // it
}

// look counts the values of some records.
func (s *boundsScan) look(first int, values cdf.Values) error {
	perRecord := values.PerRecord()
	for i := range values.Len() {
		s.total++
		x := values.Float64(i)
		switch {
		case math.IsNaN(x):
			s.nans++
		case x == s.fill || !s.checked:
		case x < at(s.low, i%perRecord) || x > at(s.high, i%perRecord):
			if s.outside == 0 {
				s.record, s.value = first+i/perRecord, number(values, i)
			}
			s.outside++
		}
	}
	return nil
}

// at is the bound of a value: one for all, or one for each.
func at(list []float64, i int) float64 {
	if len(list) == 1 {
		return list[0]
	}
	return list[i]
}
