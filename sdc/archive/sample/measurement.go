package sample

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"imapsh/naming"
)

// measurementOf makes the CDF of a product: an epoch that rises over the days it covers,
// the axes of a quantity, and the quantity itself.
func measurementOf(p naming.Product, n noise) cdf {
	q := quantityOf(p)
	covered := 1
	if strings.HasSuffix(p.Descriptor, "-1week") {
		covered = 7
	}
	records := max(1, covered*secondsPerDay/q.cadence)
	records -= n.below(records/20 + 1) // the day's end may be missing
	seconds := make([]int, 0, records)
	gap := -1 // the minute at which half an hour begins that is missing
	if q.kind == field {
		gap = noiseFrom("gap of " + p.StartDate).below(3 * minutesPerDay)
	}
	for i := range records {
		at := i * q.cadence
		if minute := at / 60; gap < 0 || minute < gap || minute >= gap+30 {
			seconds = append(seconds, at)
		}
	}

	level := strings.ToUpper(string(p.DataLevel))
	dataType := fmt.Sprintf("%s_%s>Level-%s %s", level, p.Descriptor, level[1:], p.Descriptor)
	source := fmt.Sprintf("imap_%s_%s_%s", p.Instrument, p.DataLevel, p.Descriptor)
	variables := []variable{epochs(startOf(p.StartDate), seconds, n)}
	if q.kind != field {
		for _, a := range q.axes {
			variables = append(variables, a.variable())
		}
	} else {
		variables = append(variables, labels(q.variable+"_label", q.variable, q.components()))
	}
	return cdf{
		global:    globalAttributes(p.Instrument, dataType, source, p.Version, p.Filename()),
		variables: append(variables, q.values(windOf(p.StartDate), seconds, n)),
	}
}

// epochs are the times of the records: one in each second that is given, counted from the
// start, never at the same place of it.
func epochs(start time.Time, seconds []int, n noise) variable {
	values := make([]byte, 0, 8*len(seconds))
	for _, second := range seconds {
		jitter := int64(n.below(1_000_000_000))
		at := terrestrialNanoseconds(start) + int64(second)*int64(time.Second) + jitter
		values = binary.LittleEndian.AppendUint64(values, uint64(at))
	}
	v := variable{
		name: "epoch", dataType: typeTT2000, records: len(seconds), values: values,
		attributes: []attribute{
			{"LABLAXIS", text("Epoch")},
			{"MONOTON", text("INCREASE")},
			{"TIME_BASE", text("J2000")},
			{"TIME_SCALE", text("Terrestrial Time")},
			{"REFERENCE_POSITION", text("Rotating Earth Geoid")},
			{"SCALETYP", text("linear")},
		},
	}
	launch, far := startOf("20250924"), startOf("21000101")
	return v.described("support_data", "time of the record", "ns", "I19", fillTT2000(),
		nanoseconds(terrestrialNanoseconds(launch)), nanoseconds(terrestrialNanoseconds(far)))
}

// components are the names of a vector's elements.
func (q quantity) components() []string {
	if q.variable == "vectors" {
		return []string{"x", "y", "z", "range"}
	}
	frame := strings.TrimPrefix(q.variable, "b_")
	words := strings.Split("x y z", " ")
	if frame == "rtn" {
		words = strings.Split("r t n", " ")
	}
	for i, word := range words {
		words[i] = "B_" + word + " " + strings.ToUpper(frame)
	}
	return words
}

// values are the records of the quantity.
func (q quantity) values(w *wind, seconds []int, n noise) variable {
	width := 1
	v := variable{name: q.variable, dataType: typeFloat, records: len(seconds)}
	for _, a := range q.axes {
		width *= a.size
		v.dimensions = append(v.dimensions, int32(a.size))
	}
	v.values = make([]byte, 0, 4*len(seconds)*width)
	walks := make([]walk, width)
	for _, second := range seconds {
		minute := second / 60 % minutesPerDay
		missing := q.kind == field && q.variable != "vectors" && n.below(400) == 0
		for i := range width {
			value := q.value(w, minute, i, &walks[i], n)
			if missing {
				value = -1e31
			}
			v.values = appendFloat(v.values, value)
		}
	}

	v.attributes = []attribute{{"DEPEND_0", text("epoch")}}
	add := func(name, value string) { v.attributes = append(v.attributes, attribute{name, text(value)}) }
	low, high := float32(-65536), float32(65536)
	if q.kind == field {
		add("LABL_PTR_1", q.variable+"_label")
	} else {
		for i, a := range q.axes {
			add(fmt.Sprintf("DEPEND_%d", i+1), a.name)
		}
		add("LABLAXIS", q.variable)
	}
	switch {
	case q.kind == skymap:
		add("DISPLAY_TYPE", "map_image")
		low = 0
	case q.kind == spectrum || q.kind == lobe:
		add("DISPLAY_TYPE", "spectrogram")
		add("SCALETYP", "log")
		low = 0
	default:
		add("DISPLAY_TYPE", "time_series")
	}
	return v.described("data", "made-up "+q.what, q.units, "F12.4", fillFloat(), float(low), float(high))
}

// value is that of one component of the record at a minute of the day. An integer divided
// by a power of two is exact on every platform.
func (q quantity) value(w *wind, minute, component int, wandering *walk, n noise) float32 {
	switch q.kind {
	case field:
		return q.vector(w, minute, component, n)
	case wander:
		return float32(64*component+wandering.step(n, 40)) / 64
	case skymap:
		return float32(ribbon(q.axes, component)+n.below(24)) / 16
	}
	last := q.axes[len(q.axes)-1].size
	sample := peaked(component, last, w, minute)
	switch {
	case q.kind == lobe:
		sample = directed(component/last, component%last, last, minute)
	case q.axes[0].name == "channel":
		sample = 8 + 4096/(8+component)
	}
	sample = max(0, sample+n.about(1+sample/6))
	if q.units == "counts" {
		return float32(sample)
	}
	return float32(sample) / 16
}

// vector is a component of the magnetic field.
func (q quantity) vector(w *wind, minute, component int, n noise) float32 {
	const fourth = 3 // MAG's range, after the three components
	if component == fourth {
		return 3
	}
	r, t, normal := w.field[minute][0], w.field[minute][1], w.field[minute][2]
	var b [3]int
	switch q.variable {
	case "b_rtn":
		b = [3]int{r, t, normal}
	case "b_gse":
		b = [3]int{-r, -t, normal}
	case "b_dsrf":
		b = [3]int{t, normal, r}
	default: // the sensor's own
		b = [3]int{normal, -r, t}
	}
	value := float32(b[component] + n.about(6))
	if q.units == "counts" {
		return value
	}
	return value / 64
}

// peaked is a spectrum: a background that falls with the energy, and a peak at the speed of
// the solar wind.
func peaked(channel, channels int, w *wind, minute int) int {
	width := max(2, channels/10) * 16
	distance := channel*16 - channels*16*w.speed[minute]/1000
	peak := 12 * w.dense[minute] * width * width / (width*width + distance*distance)
	return 8 + 512*8/(8+channel*64/channels) + peak
}

// directed is a spectrum that a direction sees best which turns with the day.
func directed(channel, direction, directions, minute int) int {
	distance := (direction - directions*minute/minutesPerDay + directions) % directions
	distance = 8 * min(distance, directions-distance)
	width := directions
	return (32 + 1024*8/(8+channel*8)) * width * width / (width*width + distance*distance)
}

// ribbon is the intensity of the sky in a map of energy, longitude and latitude: a ring
// that is 74 degrees from the place that its middle points to.
func ribbon(axes []axis, component int) int {
	const middleLongitude, middleLatitude = 221, 39
	const cosineOfRadius, width = unit * 2756 / 10000, unit / 10
	longitudes, latitudes := axes[1], axes[2]
	energy := component / (longitudes.size * latitudes.size)
	longitude := longitudes.first/1000 + component/latitudes.size%longitudes.size*longitudes.step/1000
	latitude := latitudes.first/1000 + component%latitudes.size*latitudes.step/1000
	away := sine(latitude)*sine(middleLatitude)/unit +
		cosine(latitude)*cosine(middleLatitude)/unit*cosine(longitude-middleLongitude)/unit
	distance := away - cosineOfRadius
	ring := 600 * width * width / (width*width + distance*distance)
	return (200 + ring) * 4 / (4 + energy)
}

func appendFloat(b []byte, value float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(value))
}
