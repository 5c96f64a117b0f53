package sample

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"imapsh/naming"
)

// quantity is what the variable of a product holds.
type quantity struct {
	word       string // in the descriptor; the first that fits counts
	variable   string
	units      string // empty: those of the level
	dimensions []int32
	cadence    int // seconds between records
	vector     bool
}

// quantities is the table of what products hold; nothing changes it. The last fits
// every descriptor.
var quantities = []quantity{
	{word: "-ena-", variable: "ena_intensity", dimensions: []int32{7, 45, 90}, cadence: 90 * secondsPerDay},
	{word: "pset", variable: "exposure_times", units: "s", dimensions: []int32{9, 40}, cadence: 1800},
	{word: "hskp", variable: "voltages", units: "V", dimensions: []int32{16}, cadence: 120, vector: true},
	{word: "hk", variable: "voltages", units: "V", dimensions: []int32{16}, cadence: 120, vector: true},
	{word: "direct-events", variable: "pulse_height", units: "DN", dimensions: []int32{8}, cadence: 60},
	{word: "species", variable: "hplus", dimensions: []int32{128}, cadence: 720},
	{word: "angular", variable: "hplus", dimensions: []int32{12, 5}, cadence: 600},
	{word: "sectored", variable: "h", dimensions: []int32{8, 12}, cadence: 600},
	{word: "macropixel", variable: "h_macropixel_intensity", dimensions: []int32{8, 12}, cadence: 600},
	{word: "omni", variable: "h", dimensions: []int32{15}, cadence: 120},
	{word: "histrates", variable: "h_rates", dimensions: []int32{7, 60}, cadence: 1200},
	{word: "hist", variable: "histogram", dimensions: []int32{60}, cadence: 600},
	{word: "de", variable: "tof", units: "ns", dimensions: []int32{3}, cadence: 30},
	{word: "1week", variable: "tof_high", units: "pC", dimensions: []int32{128}, cadence: 4 * 3600},
	{word: "intensity", variable: "h_standard_intensity", dimensions: []int32{24}, cadence: 300},
	{word: "rates", variable: "h", dimensions: []int32{24}, cadence: 300},
	{word: "counts", variable: "l2fgrates", dimensions: []int32{32}, cadence: 300},
	{word: "sci", variable: "science_data", dimensions: []int32{72}, cadence: 300},
	{word: "", variable: "data", dimensions: []int32{8}, cadence: 120},
}

// quantityOf finds what a product holds.
func quantityOf(p naming.Product) quantity {
	if p.Instrument == "mag" {
		return magnetic(p)
	}
	i := slices.IndexFunc(quantities, func(q quantity) bool { return strings.Contains(p.Descriptor, q.word) })
	q := quantities[i]
	if q.units == "" {
		q.units = unitsAt(p.DataLevel)
	}
	return q
}

// magnetic is the quantity of a MAG product: vectors of three components with the
// sensor's range to level 1C, after that three components in the frame that the
// descriptor names.
func magnetic(p naming.Product) quantity {
	q := quantity{variable: "vectors", units: "nT", dimensions: []int32{4}, cadence: 60, vector: true}
	rate, frame, _ := strings.Cut(p.Descriptor, "-")
	if rate == "burst" {
		q.cadence = 30
	}
	switch {
	case p.DataLevel == "l1a":
		q.units = "counts"
	case p.DataLevel >= "l1d":
		q.variable = "b_" + frame
		q.dimensions = []int32{3}
	}
	return q
}

func unitsAt(level naming.DataLevel) string {
	switch {
	case level <= "l1a":
		return "counts"
	case level < "l2":
		return "counts/s"
	}
	return "1/(cm^2 s sr keV)"
}

// measurementOf makes the CDF of a product: an epoch that rises over the days it
// covers, and one variable that depends on it.
func measurementOf(p naming.Product, n noise) cdf {
	q := quantityOf(p)
	covered := 1
	if strings.HasSuffix(p.Descriptor, "-1week") {
		covered = 7
	}
	records := max(1, covered*secondsPerDay/q.cadence)
	records -= n.below(records/20 + 1) // the day's end may be missing

	level := strings.ToUpper(string(p.DataLevel))
	dataType := fmt.Sprintf("%s_%s>Level-%s %s", level, p.Descriptor, level[1:], p.Descriptor)
	source := fmt.Sprintf("imap_%s_%s_%s", p.Instrument, p.DataLevel, p.Descriptor)
	return cdf{
		global:    globalAttributes(dataType, source, p.Version.String(), p.Filename()),
		variables: []variable{epochs(startOf(p.StartDate), records, q.cadence, n), q.values(records, n)},
	}
}

// globalAttributes are those that the ISTP guidelines ask for and the mission's
// files have; TEXT says that nothing was measured.
func globalAttributes(dataType, source, version, filename string) []attribute {
	return []attribute{
		{"Project", "STP>Solar-Terrestrial Physics"},
		{"Source_name", "IMAP>Interstellar Mapping and Acceleration Probe"},
		{"Data_type", dataType},
		{"Data_version", version},
		{"Logical_file_id", strings.TrimSuffix(filename, ".cdf")},
		{"Logical_source", source},
		{"TEXT", "Made-up values of the sample archive of imapsh: not a measurement."},
	}
}

// epochs are the times of the records: one in each step of the cadence, in
// seconds, never at the same place of it.
func epochs(start time.Time, records, cadence int, n noise) variable {
	values := make([]byte, 0, 8*records)
	step := int64(cadence) * int64(time.Second)
	for i := range records {
		jitter := int64(n.below(1_000_000_000))
		at := terrestrialNanoseconds(start) + int64(i)*step + jitter
		values = binary.LittleEndian.AppendUint64(values, uint64(at))
	}
	return variable{
		name:     "epoch",
		dataType: typeTT2000,
		records:  records,
		pad:      binary.LittleEndian.AppendUint64(nil, 1<<63), // the least integer
		values:   values,
		attributes: []attribute{
			{"FIELDNAM", "epoch"},
			{"VAR_TYPE", "support_data"},
			{"UNITS", "ns"},
			{"TIME_BASE", "J2000"},
		},
	}
}

// values are the records of the quantity.
func (q quantity) values(records int, n noise) variable {
	width := 1
	for _, d := range q.dimensions {
		width *= int(d)
	}
	values := make([]byte, 0, 4*records*width)
	walks := make([]walk, width)
	for range records {
		for i := range width {
			values = appendFloat(values, q.value(&walks[i], i, n))
		}
	}
	return variable{
		name:       q.variable,
		dataType:   typeFloat,
		dimensions: q.dimensions,
		records:    records,
		pad:        appendFloat(nil, -1e30),
		values:     values,
		attributes: []attribute{
			{"FIELDNAM", q.variable},
			{"VAR_TYPE", "data"},
			{"UNITS", q.units},
			{"DEPEND_0", "epoch"},
		},
	}
}

// value is the next value of a component: of a vector one that wanders about zero,
// of a spectrum one that is never negative and falls with the component's number.
// An integer divided by a power of two is exact on every platform.
func (q quantity) value(w *walk, component int, n noise) float32 {
	const fourth = 3 // MAG's range, after the three components
	switch {
	case q.vector && q.variable == "vectors" && component == fourth:
		return 3
	case q.vector && q.units == "counts":
		return float32(w.step(n, 40))
	case q.vector:
		return float32(w.step(n, 40)) / 64
	case q.units == "counts":
		return float32(n.below(8 + 4096/(8+component)))
	}
	return float32(n.below(8+4096/(8+component))) / 16
}

func appendFloat(b []byte, value float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(value))
}

// calibrationOf makes the CDF of an ancillary file: a matrix that turns sensor
// into spacecraft coordinates, one for each of four ranges, from the first day on.
func calibrationOf(v naming.Validity, n noise) cdf {
	const ranges = 4
	values := make([]byte, 0, 4*9*ranges)
	for range ranges {
		for i := range 9 {
			element := n.about(40)
			if i%4 == 0 {
				element += 4096 // near one on the diagonal
			}
			values = appendFloat(values, float32(element)/4096)
		}
	}
	matrices := variable{
		name:       "frame_transform_mago",
		dataType:   typeFloat,
		dimensions: []int32{3, 3},
		records:    ranges,
		pad:        appendFloat(nil, -1e30),
		values:     values,
		attributes: []attribute{
			{"FIELDNAM", "frame_transform_mago"},
			{"VAR_TYPE", "data"},
			{"UNITS", " "},
			{"DEPEND_0", "epoch"},
		},
	}
	dataType := fmt.Sprintf("%s>Ancillary %s", v.Descriptor, v.Descriptor)
	source := fmt.Sprintf("imap_%s_%s", v.Instrument, v.Descriptor)
	return cdf{
		global:    globalAttributes(dataType, source, v.Version.String(), v.Filename()),
		variables: []variable{epochs(startOf(v.StartDate), ranges, 1, n), matrices},
	}
}
