package datadir

import (
	"cmp"
	"slices"
)

// Span is a byte range of an object: from a byte up to, but not including, another.
type Span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// spans are byte ranges in order, with gaps between them.
type spans []Span

// valid reports whether the spans are in order, disjoint, behind a byte with a gap, and
// before another byte.
func (s spans) valid(behind, before int64) bool {
	last := behind
	for _, span := range s {
		if span.From <= last || span.To <= span.From || span.To > before {
			return false
		}
		last = span.To
	}
	return true
}

// length is the number of bytes in the spans.
func (s spans) length() (bytes int64) {
	for _, span := range s {
		bytes += span.To - span.From
	}
	return bytes
}

// with adds a span that overlaps none, and joins it to those that it touches.
func (s spans) with(added Span) spans {
	at, _ := slices.BinarySearchFunc(s, added, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	s = slices.Insert(slices.Clone(s), at, added)
	if at+1 < len(s) && s[at].To == s[at+1].From {
		s[at].To = s[at+1].To
		s = slices.Delete(s, at+1, at+2)
	}
	if at > 0 && s[at-1].To == s[at].From {
		s[at-1].To = s[at].To
		s = slices.Delete(s, at, at+1)
	}
	return s
}

// gap is the first range of bytes from a byte on that is in no span, up to another byte at
// most. It is empty when there is none.
func (s spans) gap(from, to int64) Span {
	for _, span := range s {
		switch {
		case from < span.From:
			return Span{from, max(from, min(to, span.From))}
		case from < span.To:
			from = span.To
		}
	}
	return Span{from, max(from, to)}
}
