package cdf_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

func TestParseSpan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, wantFrom, wantTo string }{
		{"2026-01-20T06:00", "07:00", "2026-01-20T06:00:00.000000000", "2026-01-20T07:00:00.000000000"},
		{"2026-01-20", "2026-01-20", "2026-01-20T00:00:00.000000000", "2026-01-21T00:00:00.000000000"},
		{"20260120", "2026-01-20 12:30:01.5Z", "2026-01-20T00:00:00.000000000", "2026-01-20T12:30:01.500000000"},
		{"2016-12-31T23:59:60", "2017-01-01T00:00", "2016-12-31T23:59:60.000000000", "2017-01-01T00:00:00.000000000"},
		{"2026-020", "", "2026-01-20T00:00:00.000000000", "2292-04-11T11:46:07.670775807"},
		{"", "", "0000-01-01T00:00:00.000000000", "2292-04-11T11:46:07.670775807"},
	} {
		span, err := cdf.ParseSpan(c.from, c.to)
		if err != nil || span.From.String() != c.wantFrom || span.To.String() != c.wantTo {
			t.Errorf("%q %q: %v to %v (%v)", c.from, c.to, span.From, span.To, err)
		}
	}
	for _, c := range [][2]string{{"yesterday", ""}, {"", "07:00"}, {"2026-01-20", "2026-01-19"}, {"2026-01-20T10:00", "09:00"}, {"2026-01-20T23:59:60", ""}, {"1600-01-01", ""}, {"2026-02-30", ""}} {
		if span, err := cdf.ParseSpan(c[0], c[1]); err == nil {
			t.Errorf("%v is %v", c, span)
		}
	}
}

// timed makes a file of values with times of a type, a second from one another.
func timed(dataType int, times ...cdf.UTC) []byte {
	var b, values []byte
	for i, u := range times {
		switch dataType {
		case 33:
			tt, err := u.TT2000()
			if err != nil {
				tt = cdf.FillTT2000
			}
			b = binary.LittleEndian.AppendUint64(b, uint64(tt))
		case 31:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(float64(cdf.EpochOf(u))))
		case 32:
			e := cdf.Epoch16Of(u)
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Seconds))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Picoseconds))
		}
		values = append(values, byte(i))
	}
	return cdftest.File{Variables: []cdftest.Variable{
		{Name: "epoch", Type: dataType, Records: len(times), Values: b},
		{Name: "v", Type: 1, Records: len(times), Values: values, Attributes: []cdftest.Attribute{cdftest.TextAttribute("DEPEND_0", "epoch")}},
		{Name: "w", Type: 1, Records: len(times), Values: values},
	}}.Encode()
}

func TestSelect(t *testing.T) {
	t.Parallel()
	at := func(second int) cdf.UTC { return cdf.UTC{Year: 2026, Month: 1, Day: 20, Hour: 6, Second: second} }
	none := cdf.UTC{}
	for _, dataType := range []int{33, 31, 32} {
		for _, c := range []struct {
			name  string
			times []cdf.UTC
			want  string
		}{
			{"in order", []cdf.UTC{at(0), at(1), at(2), at(3), at(4)}, "\x01\x02"},
			{"out of order", []cdf.UTC{at(2), at(0), at(4), at(1), at(1)}, "\x00\x03\x04"},
			{"none", []cdf.UTC{at(9), at(10)}, ""},
			{"fill between", []cdf.UTC{at(1), none, at(2)}, "\x00\x02"},
		} {
			f := open(t, timed(dataType, c.times...))
			v, _ := f.Variable("v")
			span, err := cdf.ParseSpan("2026-01-20T06:00:01", "06:00:03")
			if err != nil {
				t.Fatal(err)
			}
			s, err := v.Select(context.Background(), &span)
			if err != nil {
				t.Fatal(err)
			}
			values, err := s.Values(context.Background())
			if err != nil || string(values.Bytes) != c.want || values.Records != len(c.want) || s.Records != len(c.want) {
				t.Errorf("type %d, %s: %q (%v), want %q", dataType, c.name, values.Bytes, err, c.want)
			}
			times, err := s.Times(context.Background())
			if err != nil || times.Records != len(c.want) {
				t.Errorf("type %d, %s: %d times (%v)", dataType, c.name, times.Records, err)
			}
			var pieces []byte
			for chunk, err := range s.Chunks(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				pieces = append(pieces, chunk.Values.Bytes...)
			}
			if !bytes.Equal(pieces, values.Bytes) {
				t.Errorf("type %d, %s: in pieces %q", dataType, c.name, pieces)
			}
		}
	}
	f := open(t, timed(33, at(0)))
	w, _ := f.Variable("w")
	span := cdf.Span{From: 0, To: 1}
	if _, err := w.Select(context.Background(), &span); err == nil {
		t.Error("a variable without times is selected from by time")
	}
	if s, err := w.Select(context.Background(), nil); err != nil || s.Records != 1 || s.Time != nil {
		t.Error(s, err)
	}
}
