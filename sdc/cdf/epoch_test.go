package cdf_test

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

func TestTT2000(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tt   cdf.TimeTT2000
		want string
	}{
		// NASA's CDF library, CDF_TT2000_to_UTC_string and "CDF User's Guide", 2.5.
		{0, "2000-01-01T11:58:55.816000000"},
		{-43135816000000, "2000-01-01T00:00:00.000000000"},
		{315576066184000000, "2010-01-01T00:00:00.000000000"},
		{536500868184000000, "2016-12-31T23:59:60.000000000"},
		{536500868184000000 - 1, "2016-12-31T23:59:59.999999999"},
		{536500868184000000 + 999_999_999, "2016-12-31T23:59:60.999999999"},
		{536500868184000000 + 1_000_000_000, "2017-01-01T00:00:00.000000000"},
		{-883655957816000000, "1972-01-01T00:00:00.000000000"},
		// Before 1972 as cdflib computes after NASA's library.
		{-883655958925054000, "1971-12-31T23:59:59.000000000"},
		{-1007276361531614000, "1968-01-31T05:00:00.000000000"},
		{-1093777041010512994, "1965-05-05T01:02:03.004005006"},
		{-1262347166871870000, "1960-01-01T00:00:00.000000000"},
		{-1572782367816000000, "1950-03-01T00:00:00.000000000"},
		{cdf.FillTT2000, "9999-12-31T23:59:59.999999999"},
		{cdf.PadTT2000, "0000-01-01T00:00:00.000000000"},
		{math.MaxInt64, "2292-04-11T11:46:07.670775807"},
		{math.MinInt64 + 2, "1707-09-22T12:12:10.961224194"},
	} {
		if got := c.tt.String(); got != c.want {
			t.Errorf("%d: %s, want %s", c.tt, got, c.want)
		}
		if c.tt > -2e18 && c.tt < 9e18 {
			if back, err := c.tt.UTC().TT2000(); err != nil || back != c.tt {
				t.Errorf("%s: %d (%v), want %d", c.want, back, err, c.tt)
			}
		}
	}
}

// TestLeapSeconds looks at the seconds around every leap second since 1972.
func TestLeapSeconds(t *testing.T) {
	t.Parallel()
	for _, day := range strings.Fields("1972-06-30 1972-12-31 1973-12-31 1974-12-31 1975-12-31 1976-12-31 1977-12-31 1978-12-31 1979-12-31 " +
		"1981-06-30 1982-06-30 1983-06-30 1985-06-30 1987-12-31 1989-12-31 1990-12-31 1992-06-30 1993-06-30 1994-06-30 1995-12-31 " +
		"1997-06-30 1998-12-31 2005-12-31 2008-12-31 2012-06-30 2015-06-30 2016-12-31") {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		next := date.AddDate(0, 0, 1).Format(time.DateOnly)
		u := cdf.UTC{Year: date.Year(), Month: int(date.Month()), Day: date.Day(), Hour: 23, Minute: 59, Second: 58}
		start, err := u.TT2000()
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{day + "T23:59:58", day + "T23:59:59", day + "T23:59:60", next + "T00:00:00", next + "T00:00:01"} {
			if got := (start + cdf.TimeTT2000(i)*1e9 + 5).String(); got != want+".000000005" {
				t.Errorf("%s, want %s", got, want)
			}
		}
	}
}

// TestTT2000RoundTrip goes through every day from 1960 to 2100.
func TestTT2000RoundTrip(t *testing.T) {
	t.Parallel()
	for day := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2100; day = day.AddDate(0, 0, 1) {
		for _, hour := range []int{0, 12, 23} {
			u := cdf.UTC{Year: day.Year(), Month: int(day.Month()), Day: day.Day(), Hour: hour, Minute: 30, Second: 15, Nanosecond: 123456789}
			tt, err := u.TT2000()
			if err != nil || tt.UTC() != u {
				t.Fatalf("%v: %d is %v (%v)", u, tt, tt.UTC(), err)
			}
		}
	}
}

func TestTimesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, u := range []cdf.UTC{
		{2016, 12, 31, 23, 59, 61, 0}, {2016, 12, 30, 23, 59, 60, 0}, {2016, 12, 31, 22, 59, 60, 0}, {2017, 2, 29, 0, 0, 0, 0},
		{2017, 13, 1, 0, 0, 0, 0}, {2017, 0, 1, 0, 0, 0, 0}, {2017, 1, 1, 24, 0, 0, 0}, {2017, 1, 1, 0, 0, 0, 1e9}, {1500, 1, 1, 0, 0, 0, 0},
	} {
		if tt, err := u.TT2000(); err == nil {
			t.Errorf("%v is %d", u, tt)
		}
	}
}

func TestEpochs(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		cdf.TimeEpoch(62285326000000).String():                                 "1973-09-28T23:26:40.000",
		cdf.TimeEpoch(63113256000001).String():                                 "1999-12-24T12:00:00.001",
		cdf.TimeEpoch(0).String():                                              "0000-01-01T00:00:00.000",
		cdf.TimeEpoch(cdf.FillEpoch).String():                                  "9999-12-31T23:59:59.999",
		cdf.TimeEpoch(math.NaN()).String():                                     "9999-12-31T23:59:59.999",
		cdf.TimeEpoch16{Seconds: 63113256000, Picoseconds: 123456789}.String(): "1999-12-24T12:00:00.000123456789",
		cdf.TimeEpoch16{Seconds: cdf.FillEpoch, Picoseconds: -1e31}.String():   "9999-12-31T23:59:59.999999999999",
		cdf.EpochOf(cdf.UTC{1999, 12, 20, 13, 20, 0, 1e6}).String():            "1999-12-20T13:20:00.001",
		cdf.Epoch16Of(cdf.UTC{1999, 12, 20, 13, 20, 0, 7}).String():            "1999-12-20T13:20:00.000000007000",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if u := cdf.TimeEpoch(63113256000001.5).UTC(); u != (cdf.UTC{1999, 12, 24, 12, 0, 0, 1_500_000}) {
		t.Error(u)
	}
}

func TestLeapSecondWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		updated, dataType int
		want              string
	}{
		{20170101, 33, ""}, {20280101, 33, "knows a leap second of 2028-01-01"}, {20120701, 33, "ends with 2012-07-01"}, {20280101, 31, ""}, {-1, 33, ""},
	} {
		b := cdftest.File{LeapSecond: c.updated, Variables: []cdftest.Variable{{Name: "epoch", Type: c.dataType}}}.Encode()
		f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f.Warnings, "; "); !strings.Contains(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%d: %q, want %q", c.updated, got, c.want)
		}
	}
}
