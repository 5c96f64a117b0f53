package archive

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/ephemeris"
)

// kernelRow is a row of /spice-query. Readings of the spacecraft's clock are null.
type kernelRow struct {
	FileName      string            `json:"file_name"` // below imap/spice
	FileRoot      string            `json:"file_root"`
	KernelType    naming.KernelType `json:"kernel_type"`
	Version       int               `json:"version"`
	MinJ2000      float64           `json:"min_date_j2000"`
	MaxJ2000      float64           `json:"max_date_j2000"`
	Intervals     [][2]float64      `json:"file_intervals_j2000"`
	MinDatetime   string            `json:"min_date_datetime"`
	MaxDatetime   string            `json:"max_date_datetime"`
	Datetimes     [][2]string       `json:"file_intervals_datetime"`
	MinSCLK       *string           `json:"min_date_sclk"`
	MaxSCLK       *string           `json:"max_date_sclk"`
	SCLKIntervals *string           `json:"file_intervals_sclk"`
	SCLKKernel    *string           `json:"sclk_kernel"`
	LSKKernel     *string           `json:"lsk_kernel"`
	IngestionDate string            `json:"ingestion_date"`
	Timestamp     float64           `json:"timestamp"` // of the ingestion, seconds of Unix
}

func (f spiceFile) kernelRow() kernelRow {
	row := kernelRow{
		FileName: f.below(), FileRoot: naming.Unversioned(f.SPICEFilePath), KernelType: f.Type, Version: naming.VersionOf(f.SPICEFilePath).Minor,
		MinJ2000: ephemeris.Seconds(f.start()), MaxJ2000: ephemeris.Seconds(f.end()),
		MinDatetime: f.start().Format(spiceTimeLayout), MaxDatetime: f.end().Format(spiceTimeLayout),
		IngestionDate: f.ingested.Format(spiceTimeLayout), Timestamp: float64(f.ingested.Unix()),
	}
	for _, s := range f.spans {
		row.Intervals = append(row.Intervals, [2]float64{ephemeris.Seconds(s.start), ephemeris.Seconds(s.end)})
		row.Datetimes = append(row.Datetimes, [2]string{s.start.Format(spiceTimeLayout), s.end.Format(spiceTimeLayout)})
	}
	return row
}

// kernelParameters are those of /spice-query.
var kernelParameters = []string{"file_name", "start_time", "end_time", "type", "latest", "start_ingest_date", "end_ingest_date"}

// answerKernels answers /spice-query.
func answerKernels(files []spiceFile, list []parameter) (any, error) {
	var kernels []spiceFile
	newest := map[string]int{} // the highest version by file root, over all kernels
	for _, f := range files {
		if isKernel(f.Type) {
			kernels = append(kernels, f)
			root := naming.Unversioned(f.SPICEFilePath)
			newest[root] = max(newest[root], naming.VersionOf(f.SPICEFilePath).Minor)
		}
	}
	for _, p := range list {
		drop, err := kernelFilter(p, newest)
		if err != nil {
			return nil, err
		}
		kernels = slices.DeleteFunc(kernels, drop)
	}
	rows := []kernelRow{}
	for _, f := range kernels {
		rows = append(rows, f.kernelRow())
	}
	return rows, nil
}

// kernelFilter reports which kernels a parameter leaves out.
func kernelFilter(p parameter, newest map[string]int) (drop func(spiceFile) bool, err error) {
	switch p.name {
	case "file_name":
		return func(f spiceFile) bool { return f.Filename() != p.value }, nil
	case "start_time", "end_time":
		seconds, err := strconv.ParseFloat(p.value, 64)
		if err != nil || math.IsNaN(seconds) {
			return nil, badQuery(fmt.Sprintf("Invalid '%s' value %q. Use ephemeris seconds past J2000.", p.name, p.value))
		}
		if p.name == "start_time" {
			return func(f spiceFile) bool { return ephemeris.Seconds(f.end()) < seconds }, nil
		}
		return func(f spiceFile) bool { return ephemeris.Seconds(f.start()) > seconds }, nil
	case "type":
		if !slices.Contains(append(naming.KernelType("").Values(), "kernels"), p.value) {
			return nil, badQuery(fmt.Sprintf("Invalid 'type' value %q. Use kernels, or one of: %s", p.value, quoteList(naming.KernelType("").Values())))
		}
		return func(f spiceFile) bool { return p.value != "kernels" && string(f.Type) != p.value }, nil
	case "latest":
		latest := strings.EqualFold(p.value, "true")
		return func(f spiceFile) bool {
			return latest && naming.VersionOf(f.SPICEFilePath).Minor < newest[naming.Unversioned(f.SPICEFilePath)]
		}, nil
	case "start_ingest_date", "end_ingest_date":
		return dropByIngestion(p)
	}
	return nil, unknownParameter(p.name, "spice-query", kernelParameters)
}

// dropByIngestion leaves out what came in before the beginning of one day, or after that of
// another.
func dropByIngestion(p parameter) (drop func(spiceFile) bool, err error) {
	day, err := ingestion(p)
	if err != nil {
		return nil, err
	}
	if p.name == "start_ingest_date" {
		return func(f spiceFile) bool { return f.ingested.Before(day) }, nil
	}
	return func(f spiceFile) bool { return f.ingested.After(day) }, nil
}

// spiceTable is the table of one type of SPICE file: spin, repoint or thruster.
type spiceTable naming.KernelType

// spiceTableRow is its row. Rows of repointings have no start, and all share one end.
type spiceTableRow struct {
	FilePath      string `json:"file_path"`
	StartDate     string `json:"start_date,omitempty"`
	EndDate       string `json:"end_date"`
	Version       string `json:"version"` // its digits
	IngestionDate string `json:"ingestion_date"`
}

// answer answers the table's endpoint. It has no latest, like the real one's, which fails.
func (t spiceTable) answer(files []spiceFile, list []parameter) (any, error) {
	repoint := t == "repoint"
	files = slices.DeleteFunc(slices.Clone(files), func(f spiceFile) bool { return f.Type != naming.KernelType(t) })
	end := func(f spiceFile) time.Time { return f.end().AddDate(0, 0, -1) }
	if repoint && len(files) > 0 {
		last := slices.MaxFunc(files, func(a, b spiceFile) int { return a.end().Compare(b.end()) })
		end = func(spiceFile) time.Time { return last.end().AddDate(0, 0, -1) }
	}
	for _, p := range list {
		var drop func(spiceFile) bool
		var err error
		switch p.name {
		case "latest":
			return nil, &spiceError{500, map[string]string{"message": "Internal Server Error"}}
		case "file_path":
			drop = func(f spiceFile) bool { return f.path != p.value }
		case "start_date", "end_date":
			var day time.Time
			if day, err = ingestion(p); err == nil {
				drop = func(f spiceFile) bool {
					if p.name == "end_date" {
						return end(f).After(day)
					}
					return !repoint && f.start().Before(day)
				}
			}
		case "start_ingest_date", "end_ingest_date":
			drop, err = dropByIngestion(p)
		default:
			err = unknownParameter(p.name, string(t)+" table",
				[]string{"file_path", "start_date", "end_date", "latest", "start_ingest_date", "end_ingest_date"})
		}
		if err != nil {
			return nil, err
		}
		files = slices.DeleteFunc(files, drop)
	}
	rows := []spiceTableRow{}
	for _, f := range files {
		row := spiceTableRow{FilePath: f.path, EndDate: end(f).Format(spiceTimeLayout), Version: f.Version, IngestionDate: f.ingested.Format(spiceTimeLayout)}
		if !repoint {
			row.StartDate = f.start().Format(spiceTimeLayout)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
