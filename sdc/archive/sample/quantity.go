package sample

import (
	"slices"
	"strings"

	"imapsh/naming"
)

// quantity is what the variable of a product holds.
type quantity struct {
	word     string // in the descriptor; the first that fits counts
	variable string
	what     string // in words
	units    string // empty: those of the level
	axes     []axis
	cadence  int // seconds between records
	kind     kind
}

// kind is how the values of a quantity are made.
type kind int

const (
	spectrum kind = iota // falls with the energy or the channel, with a peak of the solar wind
	lobe                 // a spectrum that one direction sees best
	wander               // housekeeping: each channel about a value of its own
	field                // a vector of the solar wind's magnetic field
	skymap               // the ribbon
)

// quantities is the table of what products hold; nothing changes it. The last fits
// every descriptor.
var quantities = []quantity{
	{word: "-ena-", variable: "ena_intensity", what: "intensity of energetic neutral atoms", kind: skymap, cadence: 90 * secondsPerDay,
		axes: []axis{energies(7, 500, 1700, "keV"), angles("longitude", 90, 0, 360), angles("latitude", 45, -90, 90)}},
	{word: "pset", variable: "exposure_times", what: "exposure time", units: "s", kind: lobe, cadence: 1800,
		axes: []axis{energies(9, 500, 1600, "keV"), angles("spin_angle", 40, 0, 360)}},
	{word: "hskp", variable: "voltages", what: "voltages", units: "V", kind: wander, axes: []axis{channels(16)}, cadence: 120},
	{word: "hk", variable: "voltages", what: "voltages", units: "V", kind: wander, axes: []axis{channels(16)}, cadence: 120},
	{word: "direct-events", variable: "pulse_height", what: "pulse heights", units: "DN", axes: []axis{channels(8)}, cadence: 60},
	{word: "species", variable: "hplus", what: "protons", axes: []axis{energies(128, 500, 1040, "keV")}, cadence: 720},
	{word: "angular", variable: "hplus", what: "protons", kind: lobe, cadence: 600,
		axes: []axis{energies(12, 500, 1500, "keV"), angles("elevation", 5, -75, 75)}},
	{word: "sectored", variable: "h", what: "protons", kind: lobe, cadence: 600,
		axes: []axis{energies(8, 30, 1600, "keV"), angles("spin_angle", 12, 0, 360)}},
	{word: "macropixel", variable: "h_macropixel_intensity", what: "protons", kind: lobe, cadence: 600,
		axes: []axis{angles("zenith", 8, 0, 180), angles("azimuth", 12, 0, 360)}},
	{word: "omni", variable: "h", what: "protons from all directions", axes: []axis{energies(15, 30, 1500, "keV")}, cadence: 120},
	{word: "histrates", variable: "h_rates", what: "hydrogen", kind: lobe, cadence: 1200,
		axes: []axis{energies(7, 16, 2000, "keV"), angles("spin_angle", 60, 0, 360)}},
	{word: "hist", variable: "histogram", what: "photons", kind: lobe, axes: []axis{angles("spin_angle", 60, 0, 360)}, cadence: 600},
	{word: "de", variable: "tof", what: "times of flight", units: "ns", axes: []axis{channels(3)}, cadence: 30},
	{word: "1week", variable: "tof_high", what: "ions of a dust impact", units: "pC", axes: []axis{channels(128)}, cadence: 4 * 3600},
	{word: "intensity", variable: "h_standard_intensity", what: "protons", axes: []axis{energies(24, 1800, 1200, "keV")}, cadence: 300},
	{word: "rates", variable: "h", what: "protons", axes: []axis{energies(24, 1800, 1200, "keV")}, cadence: 300},
	{word: "counts", variable: "l2fgrates", what: "coincidences", axes: []axis{channels(32)}, cadence: 300},
	{word: "sci", variable: "science_data", what: "solar wind", axes: []axis{energies(72, 2660, 1110, "eV")}, cadence: 300},
	{word: "", variable: "data", what: "samples", axes: []axis{channels(8)}, cadence: 120},
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

// magnetic is what a product of MAG holds: up to level 1c the sensor's vectors with their
// range, then vectors in the frame of the descriptor. What comes twice a second or more in the
// mission's files comes once a minute, or twice, here.
func magnetic(p naming.Product) quantity {
	q := quantity{variable: "vectors", what: "magnetic field and its range", units: "nT", kind: field, axes: []axis{channels(4)}, cadence: 60}
	rate, frame, _ := strings.Cut(p.Descriptor, "-")
	if rate == "burst" {
		q.cadence = 30
	}
	switch {
	case p.DataLevel == "l1a":
		q.units = "counts"
	case p.DataLevel >= "l1d":
		q.variable, q.what = "b_"+frame, "magnetic field in "+strings.ToUpper(frame)
		q.axes = []axis{channels(3)}
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
