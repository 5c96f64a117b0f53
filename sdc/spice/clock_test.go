package spice

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ephemerisTimes are what CSPICE N67 gives with naif0012.tls.
var ephemerisTimes = []struct {
	utc string
	et  float64
}{
	{"1972-01-01T00:00:00", -883655957.816079378},
	{"1999-12-31T23:59:59.5", -43136.316087188},
	{"2000-01-01T12:00:00", 64.183927285},
	{"2016-12-31T23:59:60.25", 536500868.433929801},
	{"2017-01-01T00:00:00", 536500869.183929801},
	{"2026-01-20T05:00:00.123456", 822157269.307926059},
	{"2049-07-01T00:00:00", 1561982469.184122086},
}

// clockKernel has the assignments of imap_sclk_0000.tsc.
const clockKernel = `KPL/SCLK
\begindata
SCLK_KERNEL_ID             = ( @2009-07-09T12:20:32 )
SCLK_DATA_TYPE_43          = (        1 )
SCLK01_TIME_SYSTEM_43      = (        2 )
SCLK01_N_FIELDS_43         = (            2 )
SCLK01_MODULI_43           = (   4294967296       50000 )
SCLK01_OFFSETS_43          = (            0           0 )
SCLK01_OUTPUT_DELIM_43     = (            2 )
SCLK_PARTITION_START_43    = ( 0.00000000000000e+00 )
SCLK_PARTITION_END_43      = ( 2.14748364799999e+14 )
SCLK01_COEFFICIENTS_43     = (
                   0     @01-JAN-2010-00:01:06.184000     1.00000000000
)
`

// drifting is a clock of two partitions whose rate was measured three times.
const drifting = `KPL/SCLK
\begindata
SCLK_DATA_TYPE_43          = ( 1 )
SCLK01_TIME_SYSTEM_43      = ( 2 )
SCLK01_MODULI_43           = ( 4294967296 50000 )
SCLK01_OFFSETS_43          = ( 0 0 )
SCLK01_OUTPUT_DELIM_43     = ( 2 )
SCLK_PARTITION_START_43    = ( 0.0 1.0E+13 )
SCLK_PARTITION_END_43      = ( 2.5E+13 2.14748364799999e+14 )
SCLK01_COEFFICIENTS_43     = ( 0              @01-JAN-2010-00:01:06.184000 1.00000000000
                               25000000000000 @05-NOV-2025-00:54:27.250000 1.00000001000
                               25500000000000 @28-FEB-2026-18:41:07.350000 0.99999998000 )
`

func clockOf(t testing.TB, kernel string) *Clock {
	t.Helper()
	p, err := ReadPool(strings.NewReader(kernel))
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadClock(p, leapSeconds(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestClock compares with what CSPICE N67 gives (scs2e, sct2e).
func TestClock(t *testing.T) {
	tdb := strings.Replace(drifting, "SCLK01_TIME_SYSTEM_43      = ( 2 )", "SCLK01_TIME_SYSTEM_43      = ( 1 )", 1)
	tests := []struct {
		name, kernel, reading string
		ticks, et             float64
	}{
		{"one rate", clockKernel, "1/18424652:24251", 921232624251, 334000718.668263495},
		{"one rate, 2026", clockKernel, "1/505872003:00000", 25293600150000, 821448069.184237957},
		{"before the drift", drifting, "1/499999999:49999", 24999999999999, 815576066.182549596},
		{"where a partition starts", drifting, "2/200000000:00000", 25000000000000, 815576067.248569608},
		{"with a drift", drifting, "2/210000000:25000", 25500000025000, 825576067.851373672},
		{"with another drift", drifting, "2/215000000:25000", 25750000025000, 830576067.751523733},
		{"in TDB, before the drift", tdb, "1/499999999:49999", 24999999999999, 815576066.183979988},
		{"in TDB, with a drift", tdb, "2/215000000:25000", 25750000025000, 830576067.750000000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := clockOf(t, test.kernel)
			at, err := c.Parse(test.reading)
			if err != nil {
				t.Fatal(err)
			}
			if et := c.leaps.ET(at); math.Abs(et-test.et) > 3e-7 {
				t.Errorf("ET %.9f, want %.9f", et, test.et)
			}
			byTicks, err := c.FromTicks(test.ticks)
			if err != nil || byTicks != at {
				t.Errorf("by ticks %d (%v), by its string %d", byTicks, err, at)
			}
			if s, err := c.String(at); err != nil || s != strings.Replace(test.reading, ":00000", ":0", 1) {
				t.Errorf("as a string %s (%v), want %s", s, err, test.reading)
			}
		})
	}
}

func TestMET(t *testing.T) {
	c := clockOf(t, clockKernel)
	l := c.leaps
	for met, want := range map[float64]string{
		0:               "2010-01-01T00:00:00",
		505872003:       "2026-01-12T00:00:00",
		505872003.25:    "2026-01-12T00:00:00.250",
		220924802:       "2016-12-31T23:59:60",
		505872003.00002: "2026-01-12T00:00:00.000020",
	} {
		at, err := c.FromMET(met)
		if err != nil {
			t.Fatal(err)
		}
		// A float64 of seconds resolves 0.06 microseconds here.
		rounded := (at + 500) / 1000 * 1000
		if got, err := l.UTC(rounded); err != nil || got != want {
			t.Errorf("MET %v: got %s (%v), want %s", met, got, err, want)
		}
		if back, err := c.MET(at); err != nil || math.Abs(back-met) > 1e-6 {
			t.Errorf("MET %v: back %v (%v)", met, back, err)
		}
	}
}

func TestClockReadingsThatAreRefused(t *testing.T) {
	c := clockOf(t, drifting)
	for reading, want := range map[string]string{
		"":                  "must have 1 to 2 fields",
		"1:2:3":             "must have 1 to 2 fields, as in 1/18424652:24251",
		"3/5:0":             "the partition of the clock string \"3/5:0\" must be 1 to 2",
		"5:50000":           "field 2 of the clock string \"5:50000\" must be 0 to 49999",
		"5:x":               "field 2 of the clock string \"5:x\" must be an integer",
		"4294967296:0":      "field 1 of the clock string",
		"1/600000000:0":     "is not in partition 1",
		"2/100000000:49999": "is not in partition 2",
	} {
		if _, err := c.Parse(reading); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", reading, err, want)
		}
	}
	if _, err := c.FromTicks(-1); err == nil {
		t.Error("a reading below zero is a time")
	}
	if _, err := c.Ticks(0); err == nil || !strings.Contains(err.Error(), "before the clock of spacecraft -43 starts") {
		t.Errorf("2000: %v", err)
	}
}

func TestClockKernelsThatAreRefused(t *testing.T) {
	for want, change := range map[string][2]string{
		"describes no clock":                   {"SCLK_DATA_TYPE_43", "SCLK_XATA_TYPE_43"},
		"only clocks of type 1 are read":       {"(        1 )", "( 2 )"},
		"it must be 1 (TDB) or 2 (TDT)":        {"(        2 )", "( 3 )"},
		"has 2 elements, not triples":          {"1.00000000000\n", "\n"},
		"the clock has 2 moduli and 1 offsets": {"0           0 )", "0 )"},
		"field 2 has the modulus 0":            {"50000", "0"},
		"partition 1 of the clock ends before": {"2.14748364799999e+14", "-5"},
	} {
		p, err := ReadPool(strings.NewReader(strings.Replace(clockKernel, change[0], change[1], 1)))
		if err == nil {
			_, err = ReadClock(p, leapSeconds(t))
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestKernelsOfTheArchive reads the kernels of the sample archive, and holds that a name may lie.
func TestKernelsOfTheArchive(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "data", "archive", "imap", "spice")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the archive's kernels are not here: ", err)
	}
	for name, want := range map[string]Kind{"lsk/naif0012.tls": LSK, "sclk/imap_sclk_0000.tsc": SCLK, "fk/imap_science_0001.tf": FK} {
		f, err := os.Open(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		kind, err := Identify(f)
		if err != nil || kind != want {
			t.Errorf("%s: %s (%v), want %s", name, kind, err, want)
		}
		p, err := ReadPool(f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		switch want {
		case LSK:
			_, err = ReadLeapSeconds(p)
		case SCLK:
			_, err = ReadClock(p, leapSeconds(t))
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.Close()
	}
}
