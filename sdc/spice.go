package sdc

import (
	"net/url"
	"strconv"
	"time"

	"imapsh/naming"
)

// SPICEType is a kind of SPICE file, as the archive's /spice-query names it.
type SPICEType string

// Values lists the types: three kinds of file lists, every kernel, and the kinds
// of kernel.
func (SPICEType) Values() []string {
	return []string{
		"kernels", "spin", "repoint", "thruster",
		"attitude_history", "attitude_predict", "pointing_attitude",
		"ephemeris_reconstructed", "ephemeris_nominal", "ephemeris_predicted",
		"ephemeris_90days", "ephemeris_long", "ephemeris_launch",
		"planetary_ephemeris", "planetary_constants", "leapseconds",
		"spacecraft_clock", "imap_frames", "science_frames", "metakernel",
		"lagrange_point", "earth_attitude",
	}
}

// planSPICE asks /spice-query, whose two halves take dates in two ways: lists of
// files by day, kernels by ephemeris time.
func (q Query) planSPICE() (plan, error) {
	switch {
	case len(q.Instrument)+len(q.DataLevel)+len(q.Descriptor) > 0, q.Repointing != nil, q.CR != nil,
		q.MajorVersion != nil, q.MinorVersion != nil, q.Extension != "":
		return plan{}, usagef("query: table spice takes type, start_date, end_date, ingestion_start_date, ingestion_end_date, version 'latest' and filename")
	case q.Version != "" && q.Version != Latest:
		return plan{}, usagef("query: table spice takes version 'latest' only; filter the answer for another")
	}
	if q.Type == "" {
		q.Type = "kernels"
	}
	parameters := url.Values{"type": {string(q.Type)}}
	setIf(parameters, "start_ingest_date", string(q.IngestionStartDate))
	setIf(parameters, "end_ingest_date", string(q.IngestionEndDate))
	if q.Version == Latest {
		parameters.Set("latest", "true")
	}
	switch q.Type {
	case "spin", "repoint", "thruster":
		if q.Type == "repoint" && q.StartDate != "" {
			return plan{}, usagef("query: files of type repoint have no start date; give end_date")
		}
		setIf(parameters, "start_date", string(q.StartDate))
		setIf(parameters, "end_date", string(q.EndDate))
	default:
		if err := q.setCoverage(parameters); err != nil {
			return plan{}, err
		}
	}
	p := plan{endpoint: "/spice-query", requests: []url.Values{parameters}}
	if q.Filename != "" {
		name := naming.Base(q.Filename)
		p.keep = func(r *Record) bool { return r.Filename() == name }
	}
	return p, nil
}

// setCoverage asks for kernels that cover any moment of the days wanted.
func (q Query) setCoverage(parameters url.Values) error {
	if q.StartDate != "" {
		day, err := q.StartDate.start()
		if err != nil {
			return err
		}
		parameters.Set("start_time", ephemerisTime(day))
	}
	if q.EndDate != "" {
		day, err := q.EndDate.start()
		if err != nil {
			return err
		}
		parameters.Set("end_time", ephemerisTime(day.AddDate(0, 0, 1)))
	}
	return nil
}

// ephemerisTime is a UTC time as seconds past J2000 in TDB, which is 32.184 s
// and the leap seconds ahead of UTC (its two milliseconds of yearly swing left out).
func ephemerisTime(t time.Time) string {
	j2000 := time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)
	seconds := t.Sub(j2000).Seconds() + 32.184 + leapSeconds(t)
	return strconv.FormatFloat(seconds, 'f', 3, 64)
}

// leapSeconds is TAI − UTC since 1999, from the SPICE kernel naif0012.tls.
func leapSeconds(t time.Time) float64 {
	seconds := 32.0
	for _, day := range []string{"20060101", "20090101", "20120701", "20150701", "20170101"} {
		if string(DateOf(t)) >= day {
			seconds++
		}
	}
	return seconds
}
