package sample

import (
	"time"

	"imapsh/naming"
)

// dayBefore is the day before firstDay.
const dayBefore = "20251231"

// ancillary is a table that products are made with, in all its versions.
type ancillary struct {
	instrument naming.Instrument
	descriptor string
	start, end string // YYYYMMDD, inclusive; an empty end is open
	versions   int
	extension  string
}

// ancillaries is the table of ancillary files of the archive that begins on firstDay;
// nothing changes it. Some periods of
// one descriptor overlap: for a day that two cover, the higher version holds.
var ancillaries = []ancillary{
	{"codice", "l1a-sci-lut", "20251008", "", 3, "json"},
	{"codice", "l2-hi-omni-efficiency", "20251008", "20251231", 1, "csv"},
	{"codice", "l2-hi-omni-efficiency", "20260101", "", 2, "csv"},
	{"codice", "l2-lo-efficiency", "20251008", "", 2, "csv"},
	{"codice", "l2-lo-gfactor", "20251008", "", 3, "csv"},
	{"codice", "l2-lo-onboard-energy-table", "20251008", "", 1, "csv"},

	{"glows", "calibration-data", "20250924", "", 2, "dat"},
	{"glows", "map-of-uv-sources", "20250924", "", 1, "dat"},
	{"glows", "pipeline-settings", "20251112", "", 3, "json"},

	{"hi", "45sensor-cal-prod", "20251001", "", 1, "csv"},
	{"hi", "45sensor-esa-energies", "20251001", "", 2, "csv"},
	{"hi", "45sensor-geometric-factors", "20251001", "20260131", 2, "csv"},
	{"hi", "45sensor-geometric-factors", "20260201", "", 1, "csv"},
	{"hi", "90sensor-cal-prod", "20251001", "", 2, "csv"},
	{"hi", "90sensor-esa-energies", "20251001", "", 2, "csv"},
	{"hi", "90sensor-geometric-factors", "20251001", "20260131", 1, "csv"},
	{"hi", "90sensor-geometric-factors", "20260201", "", 1, "csv"},

	{"hit", "standard-dt0-factors", "20251001", "", 2, "csv"},
	{"hit", "sectored-dt0-factors", "20251001", "", 1, "csv"},

	{"idex", "l2a-calibration-curve-t-rise", "20250101", "", 2, "csv"},
	{"idex", "l2a-calibration-curve-yield-params", "20250101", "", 1, "csv"},

	{"lo", "bad-times", "20260101", "20260131", 3, "csv"},
	{"lo", "bad-times", "20260201", "20260228", 1, "csv"},
	{"lo", "hydrogen-geometric-factor", "20251001", "", 2, "csv"},

	{"mag", "l1b-calibration", "20251017", "", 2, "cdf"},
	{"mag", "l1d-calibration", "20251017", "", 1, "cdf"},
	{"mag", "l2-calibration-matrices", "20251017", "20251231", 1, "cdf"},
	{"mag", "l2-calibration-matrices", "20260101", "20260131", 3, "cdf"},
	{"mag", "l2-calibration-matrices", "20260115", "", 4, "cdf"},
	{"mag", "l2-norm-offsets", "20260101", "20260107", 2, "csv"},
	{"mag", "l2-norm-offsets", "20260108", "20260114", 2, "csv"},
	{"mag", "l2-norm-offsets", "20260115", "20260121", 1, "csv"},
	{"mag", "l2-norm-offsets", "20260122", "20260128", 1, "csv"},
	{"mag", "l2-norm-offsets", "20260129", "20260204", 2, "csv"},
	{"mag", "l2-norm-offsets", "20260205", "20260211", 1, "csv"},
	{"mag", "rotation-matrices", "20251017", "20260131", 2, "csv"},
	{"mag", "rotation-matrices", "20260201", "", 1, "csv"},
	{"mag", "thresholds", "20260101", "", 2, "json"},

	{"swapi", "efficiency-lut", "20251201", "", 1, "dat"},
	{"swapi", "esa-unit-conversion", "20251201", "", 2, "csv"},

	{"swe", "esa-lut", "20250301", "", 1, "csv"},
	{"swe", "eu-conversion", "20250301", "", 1, "csv"},
	{"swe", "l1b-in-flight-cal", "20251001", "20260131", 3, "csv"},
	{"swe", "l1b-in-flight-cal", "20260201", "", 1, "csv"},

	{"ultra", "l1c-45sensor-efficiencies", "20250924", "", 1, "csv"},
	{"ultra", "l1c-45sensor-gf", "20250924", "", 1, "csv"},
	{"ultra", "l1c-90sensor-efficiencies", "20250924", "", 2, "csv"},
	{"ultra", "l1c-90sensor-gf", "20250924", "", 2, "csv"},
}

// from moves the dates of the six weeks, and the day before them, to an archive that
// begins on another day. Earlier dates stay.
func (a ancillary) from(first time.Time) ancillary {
	shift := daysBetween(startOf(firstDay), first)
	for _, date := range []*string{&a.start, &a.end} {
		if *date >= dayBefore {
			*date = startOf(*date).AddDate(0, 0, shift).Format(dayLayout)
		}
	}
	return a
}

// appendFiles adds the versions of an ancillary table. The first comes in on the
// day after its first day, the others a week apart.
func (a ancillary) appendFiles(files []File) []File {
	start := startOf(a.start)
	for version := 1; version <= a.versions; version++ {
		path := naming.AncillaryFilePath{Validity: naming.Validity{
			Instrument: a.instrument,
			Descriptor: a.descriptor,
			StartDate:  a.start,
			EndDate:    a.end,
			Version:    naming.Version{Major: naming.NoMajor, Minor: version},
			Extension:  a.extension,
		}}.ArchivePath()
		files = append(files, File{
			Path:     path,
			Ingested: arrival(start.AddDate(0, 0, 1+7*(version-1)), path),
			Released: true,
		})
	}
	return files
}
