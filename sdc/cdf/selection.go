package cdf

import (
	"context"
	"fmt"
	"iter"
)

// Selection is some records of a variable with their times.
type Selection struct {
	Variable *Variable
	Time     *Variable // nil: the records have no times
	Ranges   []Range
	Records  int // of all ranges together
}

// Select chooses the records of v whose times lie in a span; nil chooses all.
func (v *Variable) Select(ctx context.Context, span *Span) (Selection, error) {
	s := Selection{Variable: v, Ranges: []Range{{0, v.Records}}, Records: v.Records}
	if t, ok := v.TimeVariable(); ok {
		s.Time = t
	}
	if span == nil || *span == Always() {
		return s, nil
	}
	var err error
	if s.Ranges, err = v.Between(ctx, span.From, span.To); err != nil {
		return s, err
	}
	s.Records = 0
	for _, r := range s.Ranges {
		s.Records += r.End - r.First
	}
	return s, nil
}

// Values reads the values of all records that are selected.
func (s Selection) Values(ctx context.Context) (Values, error) {
	return s.Variable.ReadRanges(ctx, s.Ranges)
}

// Times reads the times of all records that are selected; it fails where there are none.
func (s Selection) Times(ctx context.Context) (Values, error) {
	if s.Time == nil {
		return Values{}, fmt.Errorf("variable %s has no times: DEPEND_0 names no variable of times", s.Variable.Name)
	}
	return s.Time.ReadRanges(ctx, s.timeRanges())
}

// timeRanges are the ranges cut to the records that the times have.
func (s Selection) timeRanges() []Range {
	var list []Range
	for _, r := range s.Ranges {
		if r.End = min(r.End, s.Time.Records); r.First < r.End {
			list = append(list, r)
		}
	}
	return list
}

// Chunk is records that were read together.
type Chunk struct {
	First         int    // the number of the first record
	Times, Values Values // Times has no records where there are none
}

// Chunks reads the records that are selected in pieces of about a MiB.
func (s Selection) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	step := int(max((1<<20)/s.Variable.recordSize, 1))
	return func(yield func(Chunk, error) bool) {
		for _, r := range s.Ranges {
			for first := r.First; first < r.End; first += step {
				chunk, err := s.chunk(ctx, first, min(first+step, r.End))
				if !yield(chunk, err) || err != nil {
					return
				}
			}
		}
	}
}

// chunk reads the records from first to before end.
func (s Selection) chunk(ctx context.Context, first, end int) (Chunk, error) {
	c := Chunk{First: first}
	var err error
	if c.Values, err = s.Variable.ReadRange(ctx, first, end); err != nil || s.Time == nil {
		return c, err
	}
	c.Times, err = s.Time.ReadRange(ctx, min(first, s.Time.Records), min(end, s.Time.Records))
	return c, err
}
