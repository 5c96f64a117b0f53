package spice

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Time is an instant: nanoseconds of terrestrial time (TT) since J2000, 2000-01-01T12:00:00 TT. It is what CDF calls
// TIME_TT2000, counts leap seconds, and is exact.
type Time int64

const second = Time(time.Second)

// LeapSeconds converts between time scales by a leap second kernel.
type LeapSeconds struct {
	steps         []step  // by time
	deltaTA       float64 // TT - TAI in seconds
	k, eb, m0, m1 float64 // of TDB - TT
}

// step is a day from which TAI - UTC is another number of seconds.
type step struct {
	utc    Time // start of the day, as nanoseconds since J2000 on a calendar without leap seconds
	offset Time // TAI - UTC
	start  Time // the same instant in TT
}

// ReadLeapSeconds reads what a leap second kernel assigns.
func ReadLeapSeconds(p *Pool) (*LeapSeconds, error) {
	l := &LeapSeconds{}
	for name, into := range map[string]*float64{"DELTET/DELTA_T_A": &l.deltaTA, "DELTET/K": &l.k, "DELTET/EB": &l.eb} {
		n, err := p.number(name)
		if err != nil {
			return nil, err
		}
		*into = n
	}
	m, err := p.Numbers("DELTET/M")
	if err != nil {
		return nil, err
	}
	if len(m) != 2 {
		return nil, fmt.Errorf("DELTET/M has %d elements, not two", len(m))
	}
	l.m0, l.m1 = m[0], m[1]
	table, err := p.Numbers("DELTET/DELTA_AT")
	if err != nil {
		return nil, err
	}
	if len(table) == 0 || len(table)%2 != 0 {
		return nil, fmt.Errorf("DELTET/DELTA_AT has %d elements, not pairs of seconds and dates", len(table))
	}
	for i := 0; i < len(table); i += 2 {
		s := step{utc: Time(table[i+1]) * second, offset: Time(table[i]) * second}
		s.start = s.utc + s.offset + l.ttTAI()
		if n := len(l.steps); n > 0 && s.utc <= l.steps[n-1].utc {
			return nil, fmt.Errorf("the dates of DELTET/DELTA_AT do not ascend")
		}
		l.steps = append(l.steps, s)
	}
	return l, nil
}

// ttTAI is TT - TAI.
func (l *LeapSeconds) ttTAI() Time { return Time(math.Round(l.deltaTA * 1e9)) }

// Last is the day of the last leap second that the kernel knows, in the form 2017-01-01: TAI - UTC changed at its start.
func (l *LeapSeconds) Last() string {
	return calendar(l.steps[len(l.steps)-1].utc).Format(time.DateOnly)
}

func calendar(t Time) time.Time { return j2000.Add(time.Duration(t)) }

// UTC is a time in the form 2016-12-31T23:59:60.500000000, with as many digits as needed (none, 3, 6 or 9).
// The error says that there was no UTC with leap seconds before 1972.
func (l *LeapSeconds) UTC(t Time) (string, error) {
	i, found := slices.BinarySearchFunc(l.steps, t, func(s step, t Time) int { return int(min(max(s.start-t, -1), 1)) })
	if !found {
		i--
	}
	if i < 0 {
		return "", fmt.Errorf("the time is before %s, where UTC with leap seconds starts", calendar(l.steps[0].utc).Format(time.DateOnly))
	}
	utc := t - l.ttTAI() - l.steps[i].offset
	if i+1 < len(l.steps) && utc >= l.steps[i+1].utc {
		// The calendar of the day has 86,401 seconds: the last one is 23:59:60.
		within := utc - l.steps[i+1].utc
		c := calendar(utc - second)
		return c.Format("2006-01-02T15:04:") + "60" + fraction(within), nil
	}
	whole := utc - mod(utc, second)
	return calendar(whole).Format("2006-01-02T15:04:05") + fraction(mod(utc, second)), nil
}

func mod(a, b Time) Time { return ((a % b) + b) % b }

// fraction writes a part of a second: nothing, or a point and 3, 6 or 9 digits.
func fraction(t Time) string {
	if t == 0 {
		return ""
	}
	digits := fmt.Sprintf(".%09d", int64(t))
	for _, zeros := range []string{"000000", "000"} {
		if short, ok := strings.CutSuffix(digits, zeros); ok {
			return short
		}
	}
	return digits
}

// ParseUTC reads a UTC time: 2016-12-31T23:59:60.5, with or without Z, 2026-01-20T05:00, 2026-01-20 05:00:00, 2026-020T05:00:00 or a day.
func (l *LeapSeconds) ParseUTC(s string) (Time, error) {
	text := strings.TrimSuffix(strings.TrimSpace(s), "Z")
	text = strings.Replace(text, " ", "T", 1)
	leap := strings.Contains(text, ":60")
	whole, digits, _ := strings.Cut(text, ".")
	whole = strings.Replace(whole, ":60", ":59", 1)
	var utc Time
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006-002T15:04:05", "2006-002T15:04", "2006-002", "20060102"} {
		if c, err := time.Parse(form, whole); err == nil {
			if c.Year() < 1972 || c.Year() > 2261 {
				return 0, fmt.Errorf("the year of %q must be 1972 to 2261", s)
			}
			utc = Time(c.Sub(j2000))
			nanos, err := parseFraction(digits)
			if err != nil || digits != "" && !strings.HasSuffix(form, "05") {
				return 0, fmt.Errorf("the part of a second in %q must have at most 9 digits after whole seconds", s)
			}
			return l.fromUTC(utc, nanos, leap, s)
		}
	}
	return 0, fmt.Errorf("the time %q must be in UTC, in the form 2026-01-20T05:00:00.5, 2026-020T05:00:00 or 2026-01-20", s)
}

func parseFraction(digits string) (Time, error) {
	var n Time
	if len(digits) > 9 {
		return 0, fmt.Errorf("more than 9 digits")
	}
	for i := range 9 {
		n *= 10
		if i < len(digits) {
			if digits[i] < '0' || digits[i] > '9' {
				return 0, fmt.Errorf("no digit")
			}
			n += Time(digits[i] - '0')
		}
	}
	return n, nil
}

// fromUTC is the time of a second of the calendar and a part of it; leap says that it is the second after that one.
func (l *LeapSeconds) fromUTC(utc, nanos Time, leap bool, s string) (Time, error) {
	i := 0
	for i+1 < len(l.steps) && utc >= l.steps[i+1].utc {
		i++
	}
	if leap {
		if i+1 == len(l.steps) || utc+second != l.steps[i+1].utc || l.steps[i+1].offset <= l.steps[i].offset {
			return 0, fmt.Errorf("there is no leap second at %q; the last known is that before %s", s, l.Last())
		}
		utc += second
	}
	return utc + nanos + l.steps[i].offset + l.ttTAI(), nil
}

// ET is a time as SPICE counts it: seconds of barycentric dynamical time (TDB) since J2000. Its resolution is
// that of a float64: 0.1 microseconds in 2026.
func (l *LeapSeconds) ET(t Time) float64 {
	tt := float64(t/second) + float64(t%second)/1e9
	return tt + l.tdbMinusTT(tt)
}

// FromET is the time of a SPICE ephemeris time.
func (l *LeapSeconds) FromET(et float64) (Time, error) {
	if math.IsNaN(et) || math.Abs(et) > 9e9 {
		return 0, fmt.Errorf("the ephemeris time %v must be within 9e9 seconds of J2000", et)
	}
	tt := et
	for range 3 { // each round gains a factor of 3e-10: the second is exact
		tt = et - l.tdbMinusTT(tt)
	}
	whole := math.Floor(tt)
	return Time(whole)*second + Time(math.Round((tt-whole)*1e9)), nil
}

// tdbMinusTT is TDB - TT by the formula of the kernel: K sin(M + EB sin M), M = M0 + M1 t.
func (l *LeapSeconds) tdbMinusTT(tt float64) float64 {
	m := l.m0 + l.m1*tt
	return l.k * math.Sin(m+l.eb*math.Sin(m))
}
