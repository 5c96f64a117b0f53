package ccsds

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"slices"
)

// Span is a place in a file: bytes from Offset on.
type Span struct {
	File   string `json:"file,omitempty"`
	Offset int64  `json:"offset"`
	Length int64  `json:"length"`
}

// Gap is a jump of the sequence count of one APID.
type Gap struct {
	APID    uint16 `json:"apid"`
	File    string `json:"file,omitempty"`
	Offset  int64  `json:"offset"` // of the packet after the gap
	After   uint16 `json:"after"`  // sequence count of the packet before the gap
	Next    uint16 `json:"next"`   // sequence count of the packet after the gap
	Missing int    `json:"missing"`
	From    *MET   `json:"from_met"` // times of the packets on both sides, null without a secondary header
	To      *MET   `json:"to_met"`
}

// Stream is what a survey found of one APID.
type Stream struct {
	APID       uint16 `json:"apid"`
	Packets    int    `json:"packets"`
	Bytes      int64  `json:"bytes"`
	First      *MET   `json:"first_met"` // earliest and latest time of its packets
	Last       *MET   `json:"last_met"`
	Missing    int    `json:"missing"` // packets missing in the gaps
	Gaps       []Gap  `json:"gaps"`
	Duplicates int    `json:"duplicates"` // packets that are, byte for byte, an earlier one of the APID
	Backwards  int    `json:"backwards"`  // packets whose time is before that of the packet before them
	Grouping   struct {
		Continuation int `json:"continuation"`
		First        int `json:"first"`
		Last         int `json:"last"`
		Unsegmented  int `json:"unsegmented"`
	} `json:"grouping"`

	sequence uint16 // of the last packet that was no duplicate
	met      *MET
	seen     map[uint64]struct{} // hashes of its packets
}

// Survey is what the packets of one or more files are, APID by APID. Files that are added one after
// another count as one stream, in the order in which they are added.
type Survey struct {
	Packets   int       `json:"packets"`
	Bytes     int64     `json:"bytes"` // of the files
	Streams   []*Stream `json:"apids"` // by APID
	Junk      []Span    `json:"junk"`
	Truncated []Cut     `json:"truncated"`

	byAPID map[uint16]*Stream
	seed   maphash.Seed
}

// Cut is a last packet that its file does not hold whole.
type Cut struct {
	File   string `json:"file,omitempty"`
	Offset int64  `json:"offset"`
	Have   int    `json:"have"` // bytes that are there
	Want   int    `json:"want"` // length of the packet by its header, 0 where the header is cut
}

// NewSurvey returns a survey of no file yet.
func NewSurvey() *Survey {
	return &Survey{
		Streams: []*Stream{}, Junk: []Span{}, Truncated: []Cut{},
		byAPID: map[uint16]*Stream{}, seed: maphash.MakeSeed(),
	}
}

// Add reads the packets of one more file. The name stands in the places of what is wrong. The error
// is ctx's, or what reading failed with; faults of the file are counted, not returned.
func (s *Survey) Add(ctx context.Context, name string, r io.Reader) error {
	return Each(ctx, r, func(p Packet) error {
		s.count(name, p)
		return nil
	}, func(fault error) {
		var junk *JunkError
		var cut *TruncatedError
		switch {
		case errors.As(fault, &junk):
			s.Bytes += junk.Length
			s.Junk = append(s.Junk, Span{File: name, Offset: junk.Offset, Length: junk.Length})
		case errors.As(fault, &cut):
			s.Bytes += int64(cut.Have)
			s.Truncated = append(s.Truncated, Cut{File: name, Offset: cut.Offset, Have: cut.Have, Want: cut.Want})
		}
	})
}

// Faults reports whether anything is wrong: gaps, duplicates, times that go back, junk, or a packet that is cut.
func (s *Survey) Faults() bool {
	return len(s.Junk) > 0 || len(s.Truncated) > 0 || slices.ContainsFunc(s.Streams, func(t *Stream) bool {
		return len(t.Gaps) > 0 || t.Duplicates > 0 || t.Backwards > 0
	})
}

func (s *Survey) count(file string, p Packet) {
	s.Packets++
	s.Bytes += int64(len(p.Bytes))
	t := s.stream(p.APID)
	t.Packets++
	t.Bytes += int64(len(p.Bytes))
	switch p.Grouping {
	case Continuation:
		t.Grouping.Continuation++
	case First:
		t.Grouping.First++
	case Last:
		t.Grouping.Last++
	case Unsegmented:
		t.Grouping.Unsegmented++
	}
	hash := maphash.Bytes(s.seed, p.Bytes)
	if _, ok := t.seen[hash]; ok {
		t.Duplicates++
		return
	}
	t.seen[hash] = struct{}{}
	t.follow(file, p)
}

// follow compares a packet with the one before it of the same APID.
func (t *Stream) follow(file string, p Packet) {
	var met *MET
	if m, ok := p.MET(); ok {
		met = &m
		if t.First == nil || m < *t.First {
			t.First = met
		}
		if t.Last == nil || m > *t.Last {
			t.Last = met
		}
	}
	switch before := t.met; {
	case t.Packets == 1:
	case before != nil && met != nil && *met < *before:
		t.Backwards++
	default:
		if missing := int((p.Sequence - t.sequence - 1) & 0x3fff); missing > 0 {
			t.Missing += missing
			t.Gaps = append(t.Gaps, Gap{
				APID: t.APID, File: file, Offset: p.Offset,
				After: t.sequence, Next: p.Sequence, Missing: missing, From: before, To: met,
			})
		}
	}
	t.sequence, t.met = p.Sequence, met
}

func (s *Survey) stream(apid uint16) *Stream {
	if t, ok := s.byAPID[apid]; ok {
		return t
	}
	t := &Stream{APID: apid, Gaps: []Gap{}, seen: map[uint64]struct{}{}}
	s.byAPID[apid] = t
	at, _ := slices.BinarySearchFunc(s.Streams, apid, func(t *Stream, apid uint16) int { return int(t.APID) - int(apid) })
	s.Streams = slices.Insert(s.Streams, at, t)
	return t
}
