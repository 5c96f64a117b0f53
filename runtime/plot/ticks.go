package plot

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// tick is a mark of an axis. A minor one has no label.
type tick struct {
	value float64
	label string
}

// ticks are the marks of an axis, at most about n of them, at round numbers or times.
func ticks(e extent, scale Scale, n int) []tick {
	n = max(n, 2)
	switch scale {
	case Log:
		return logTicks(e, n)
	case Time:
		return timeTicks(e, n)
	}
	return linearTicks(e, n)
}

func linearTicks(e extent, n int) []tick {
	step := roundStep((e.max - e.min) / float64(n))
	digits := max(0, int(-math.Floor(math.Log10(step)+1e-9)))
	large := max(math.Abs(e.min), math.Abs(e.max))
	var out []tick
	for _, v := range multiples(e, step) {
		label := strconv.FormatFloat(v, 'f', digits, 64)
		switch {
		case large < 1e6 && large >= 1e-3:
		case v == 0:
			label = "0"
		default:
			label = short(v, step)
		}
		out = append(out, tick{v, label})
	}
	return out
}

// multiples are the multiples of a step in an extent; none where numbers so large have no such steps between them.
func multiples(e extent, step float64) []float64 {
	first := math.Ceil(e.min/step - 1e-9)
	if !(step > 0) || math.Abs(first) > 1<<50 {
		return nil
	}
	var out []float64
	for i := first; i*step <= e.max+step*1e-9; i++ {
		out = append(out, i*step+0) // + 0: not -0
	}
	return out
}

// short writes a large or small number with an exponent, with the digits that tell neighbours apart.
func short(v, step float64) string {
	digits := max(0, int(math.Floor(math.Log10(math.Abs(v))+1e-9)-math.Floor(math.Log10(step)+1e-9)))
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits, 64), "e")
	return mantissa + "e" + trimExponent(exponent)
}

func trimExponent(s string) string {
	sign := strings.TrimPrefix(s[:1], "+")
	return sign + strings.TrimLeft(s[1:], "0")
}

// roundStep is the next of 1, 2, 5 and their tenfolds.
func roundStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, f := range []float64{1, 2, 5} {
		if x <= f*power*(1+1e-9) {
			return f * power
		}
	}
	return 10 * power
}

func logTicks(e extent, n int) []tick {
	low, high := math.Log10(e.min), math.Log10(e.max)
	if high-low < 1 {
		return linearTicks(e, n)
	}
	step := max(1, math.Ceil((high-low)/float64(n)))
	var out []tick
	for p := math.Ceil(low - 1e-9); p <= high+1e-9; p++ {
		if math.Mod(p, step) == 0 {
			out = append(out, tick{math.Pow(10, p), decade(int(p))})
		}
	}
	if len(out) >= 2 {
		return out
	}
	out = nil
	for p := math.Floor(low); p <= high; p++ {
		for _, f := range []float64{1, 2, 5} {
			if v := f * math.Pow(10, p); v >= e.min && v <= e.max {
				out = append(out, tick{v, strconv.FormatFloat(v, 'g', 3, 64)})
			}
		}
	}
	return out
}

func decade(p int) string {
	if p >= -2 && p <= 4 {
		return strconv.FormatFloat(math.Pow(10, float64(p)), 'f', max(0, -p), 64)
	}
	return "1e" + strconv.Itoa(p)
}

// timeSteps are the steps of a time axis below a month, in seconds.
var timeSteps = []float64{
	1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600,
	86400, 2 * 86400, 5 * 86400, 10 * 86400,
}

const month = 30.44 * 86400

func timeTicks(e extent, n int) []tick {
	step := (e.max - e.min) / float64(n)
	if step > 10*86400 {
		return calendarTicks(e, step)
	}
	if step < 1 {
		step = roundStep(step)
	} else {
		for _, s := range timeSteps {
			if step <= s {
				step = s
				break
			}
		}
	}
	var out []tick
	for _, v := range multiples(e, step) {
		out = append(out, tick{v, timeLabel(v, step)})
	}
	return out
}

// timeLabel is a time as exact as the step needs; midnight shows the day.
func timeLabel(v, step float64) string {
	whole := math.Floor(v + 1e-9)
	t := time.Unix(int64(whole), 0).UTC()
	switch {
	case step >= 86400 || step >= 60 && math.Mod(whole, 86400) == 0:
		return t.Format("2006-01-02")
	case step >= 60:
		return t.Format("15:04")
	case step >= 1:
		return t.Format("15:04:05")
	}
	digits := int(math.Ceil(-math.Log10(step) - 1e-9))
	return t.Format("15:04:05") + strings.TrimPrefix(strconv.FormatFloat(max(0, v-whole), 'f', digits, 64), "0")
}

// calendarTicks are at starts of months or years.
func calendarTicks(e extent, step float64) []tick {
	months := 12
	for _, m := range []int{1, 2, 3, 6} {
		if step <= float64(m)*month {
			months = m
			break
		}
	}
	if years := step / (12 * month); years > 1 {
		months = 12 * int(math.Ceil(roundStep(years)))
	}
	start := time.Unix(int64(e.min), 0).UTC()
	index := start.Year()*12 + int(start.Month()) - 1
	var out []tick
	for index -= index % months; ; index += months {
		t := time.Date(index/12, time.Month(index%12+1), 1, 0, 0, 0, 0, time.UTC)
		v := float64(t.Unix())
		if v > e.max {
			return out
		}
		if v >= e.min {
			label := t.Format("2006-01")
			if months%12 == 0 {
				label = t.Format("2006")
			}
			out = append(out, tick{v, label})
		}
	}
}

// span says which days a time axis shows: "2026-01-20 (UTC)", "2026-01-20 to 2026-01-22 (UTC)". A day of which half a
// percent is shown, such as half a cell before midnight, is none.
func span(e extent) string {
	day := func(v float64) string { return time.Unix(int64(math.Floor(v)), 0).UTC().Format(time.DateOnly) }
	sliver := (e.max - e.min) / 200
	first, last := day(e.min+sliver), day(e.max-sliver)
	if first == last {
		return first + " (UTC)"
	}
	return first + " to " + last + " (UTC)"
}
