package spice

import (
	"math"
	"strings"
	"testing"
)

// leapSecondKernel has the assignments of naif0012.tls.
const leapSecondKernel = `KPL/LSK
\begindata
DELTET/DELTA_T_A       =   32.184
DELTET/K               =    1.657D-3
DELTET/EB              =    1.671D-2
DELTET/M               = (  6.239996D0   1.99096871D-7 )
DELTET/DELTA_AT        = ( 10,   @1972-JAN-1
                           11,   @1972-JUL-1
                           12,   @1973-JAN-1
                           13,   @1974-JAN-1
                           14,   @1975-JAN-1
                           15,   @1976-JAN-1
                           16,   @1977-JAN-1
                           17,   @1978-JAN-1
                           18,   @1979-JAN-1
                           19,   @1980-JAN-1
                           20,   @1981-JUL-1
                           21,   @1982-JUL-1
                           22,   @1983-JUL-1
                           23,   @1985-JUL-1
                           24,   @1988-JAN-1
                           25,   @1990-JAN-1
                           26,   @1991-JAN-1
                           27,   @1992-JUL-1
                           28,   @1993-JUL-1
                           29,   @1994-JUL-1
                           30,   @1996-JAN-1
                           31,   @1997-JUL-1
                           32,   @1999-JAN-1
                           33,   @2006-JAN-1
                           34,   @2009-JAN-1
                           35,   @2012-JUL-1
                           36,   @2015-JUL-1
                           37,   @2017-JAN-1 )
\begintext
`

func leapSeconds(t testing.TB) *LeapSeconds {
	t.Helper()
	p, err := ReadPool(strings.NewReader(leapSecondKernel))
	if err != nil {
		t.Fatal(err)
	}
	l, err := ReadLeapSeconds(p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestUTC(t *testing.T) {
	l := leapSeconds(t)
	tests := []struct {
		name, utc string
		tt2000    Time
	}{
		{"J2000", "2000-01-01T11:58:55.816", 0},
		{"the first", "1972-01-01T00:00:00", -883655957816000000},
		{"before a leap second", "2016-12-31T23:59:59.999999999", 536500868183999999},
		{"a leap second", "2016-12-31T23:59:60", 536500868184000000},
		{"within a leap second", "2016-12-31T23:59:60.500", 536500868684000000},
		{"the end of a leap second", "2016-12-31T23:59:60.999999999", 536500869183999999},
		{"after a leap second", "2017-01-01T00:00:00", 536500869184000000},
		{"microseconds", "2026-01-20T05:00:00.000001", 822157269184001000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := l.UTC(test.tt2000); err != nil || got != test.utc {
				t.Errorf("UTC of %d: got %s (%v), want %s", test.tt2000, got, err, test.utc)
			}
			if got, err := l.ParseUTC(test.utc); err != nil || got != test.tt2000 {
				t.Errorf("time of %s: got %d (%v), want %d", test.utc, got, err, test.tt2000)
			}
		})
	}
	if l.Last() != "2017-01-01" {
		t.Errorf("the last leap second is that of %s", l.Last())
	}
}

func TestFormsOfUTC(t *testing.T) {
	l := leapSeconds(t)
	want, err := l.ParseUTC("2026-01-20T05:00:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"2026-01-20T05:00:00Z", "2026-01-20 05:00:00", "2026-01-20T05:00", "2026-020T05:00:00", "2026-01-20T05:00:00.000000000", " 2026-01-20T05:00 "} {
		if got, err := l.ParseUTC(s); err != nil || got != want {
			t.Errorf("%s: got %d (%v), want %d", s, got, err, want)
		}
	}
	for s, fault := range map[string]string{
		"2026-01-20T05:00:60":            "there is no leap second",
		"2015-12-31T23:59:60":            "there is no leap second",
		"2026-02-30":                     "must be in UTC, in the form",
		"2026-01-20T05:00:00+01:00":      "must be in UTC, in the form",
		"1960-01-01":                     "must be 1972 to 2261",
		"2026-01-20T05:00:00.1234567891": "at most 9 digits",
		"2026-01-20T05:00.5":             "at most 9 digits after whole seconds",
		"soon":                           "must be in UTC",
	} {
		if _, err := l.ParseUTC(s); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: got %v, want %q", s, err, fault)
		}
	}
	if _, err := l.UTC(-883655957816000001); err == nil {
		t.Error("there is UTC before 1972")
	}
}

// TestEphemerisTime compares with what CSPICE N67 gives (str2et, et2utc) with naif0012.tls.
func TestEphemerisTime(t *testing.T) {
	l := leapSeconds(t)
	for _, test := range ephemerisTimes {
		t.Run(test.utc, func(t *testing.T) {
			at, err := l.ParseUTC(test.utc)
			if err != nil {
				t.Fatal(err)
			}
			if got := l.ET(at); math.Abs(got-test.et) > 2e-7 {
				t.Errorf("ET %.9f, want %.9f", got, test.et)
			}
			back, err := l.FromET(test.et)
			if d := back - at; err != nil || d < -200 || d > 200 {
				t.Errorf("back from ET: %d ns off (%v)", d, err)
			}
		})
	}
	for _, et := range []float64{math.NaN(), math.Inf(1), 1e10} {
		if _, err := l.FromET(et); err == nil {
			t.Errorf("%v is a time", et)
		}
	}
}

func TestLeapSecondKernelsThatAreRefused(t *testing.T) {
	for name, change := range map[string][2]string{
		"does not assign DELTET/K":         {"DELTET/K ", "DELTET/X "},
		"DELTET/M has 1 elements":          {"6.239996D0   1.99096871D-7", "6.239996D0"},
		"not pairs of seconds and dates":   {"( 10,   @1972-JAN-1", "( 10"},
		"dates of DELTET/DELTA_AT do not":  {"@1972-JUL-1", "@1971-JUL-1"},
		"is neither a number, a date nor":  {"32.184", "about32"},
		"DELTET/EB has 2 elements, not on": {"1.671D-2", "( 1 2 )"},
	} {
		p, err := ReadPool(strings.NewReader(strings.Replace(leapSecondKernel, change[0], change[1], 1)))
		if err == nil {
			_, err = ReadLeapSeconds(p)
		}
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
	}
}
