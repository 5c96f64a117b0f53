package sdc

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"imapsh/naming"
)

// plan is a query turned into requests: one for each of its lists' combinations.
type plan struct {
	endpoint  string
	requests  []url.Values
	divisible bool               // by start date and instrument, should a request ask for too much
	keep      func(*Record) bool // what the server cannot filter; nil keeps all
	latest    bool               // the server cannot rank this table: rank here
}

func (q Query) plan() (plan, error) {
	if q.Table == "" {
		q.Table = naming.TableScience
	}
	if err := q.check(); err != nil {
		return plan{}, err
	}
	if q.Table == naming.TableSPICE {
		return q.planSPICE()
	}
	common, err := q.parameters()
	if err != nil {
		return plan{}, err
	}
	p := plan{endpoint: "/query", divisible: q.Filename == "", latest: q.Version == Latest && q.Table != naming.TableScience}

	descriptors := q.Descriptor
	if slices.ContainsFunc(descriptors, func(d string) bool { return strings.Contains(d, "*") }) {
		// The server matches whole words only. It ranks versions within a
		// descriptor, so choosing among them afterwards changes no rank.
		p.keep = func(r *Record) bool {
			return slices.ContainsFunc(q.Descriptor, func(pattern string) bool {
				return matches(pattern, r.Text("descriptor"))
			})
		}
		descriptors = nil
	}
	for _, instrument := range orAny(q.Instrument) {
		for _, level := range orAny(q.DataLevel) {
			for _, descriptor := range orAny(descriptors) {
				parameters := url.Values{}
				for name, values := range common {
					parameters[name] = values
				}
				setIf(parameters, "instrument", string(instrument))
				setIf(parameters, "data_level", string(level))
				setIf(parameters, "descriptor", descriptor)
				p.requests = append(p.requests, parameters)
			}
		}
	}
	if len(p.requests) > 256 {
		return plan{}, usagef("query: the lists make %d combinations; ask for 256 at the most", len(p.requests))
	}
	return p, nil
}

// check refuses what no request could say.
func (q Query) check() error {
	empty := q
	empty.Table = ""
	switch {
	case empty.isZero():
		return usagef("query: give at least one option besides table, such as instrument")
	case slices.Contains(q.Instrument, ""), slices.Contains(q.DataLevel, ""), slices.Contains(q.Descriptor, ""):
		return usagef("query: an empty word among instrument, data_level or descriptor stands for nothing; leave it out")
	case q.Type != "" && q.Table != naming.TableSPICE:
		return usagef("query: type is for table spice; the table is %s", q.Table)
	case q.Version != "" && (q.MajorVersion != nil || q.MinorVersion != nil):
		return usagef("query: give version, or major_version and minor_version, not both")
	case q.Table == naming.TableAncillary && len(q.DataLevel) > 0:
		return usagef("query: ancillary files have no data_level")
	case q.Table == naming.TableAncillary && (q.Repointing != nil || q.CR != nil):
		return usagef("query: ancillary files have no repointing and no cr")
	case q.Table == naming.TableAncillary && (q.MajorVersion != nil || q.MinorVersion != nil):
		return usagef("query: ancillary files have versions such as v003; give version")
	case q.StartDate != "" && q.EndDate != "" && q.EndDate < q.StartDate:
		return usagef("query: end_date %s is before start_date %s", q.EndDate, q.StartDate)
	case q.IngestionStartDate != "" && q.IngestionEndDate != "" && q.IngestionEndDate < q.IngestionStartDate:
		return usagef("query: ingestion_end_date %s is before ingestion_start_date %s", q.IngestionEndDate, q.IngestionStartDate)
	}
	return nil
}

func (q Query) isZero() bool {
	return len(q.Instrument)+len(q.DataLevel)+len(q.Descriptor) == 0 &&
		q.Repointing == nil && q.CR == nil && q.MajorVersion == nil && q.MinorVersion == nil &&
		string(q.StartDate)+string(q.EndDate)+string(q.IngestionStartDate)+string(q.IngestionEndDate)+
			string(q.Version)+q.Extension+q.Filename+string(q.Type) == ""
}

// parameters are those that every request of the query has.
func (q Query) parameters() (url.Values, error) {
	parameters := url.Values{}
	if q.Table != naming.TableScience {
		parameters.Set("table", string(q.Table))
	}
	setIf(parameters, "start_date", string(q.StartDate))
	setIf(parameters, "end_date", string(q.EndDate))
	setIf(parameters, "ingestion_start_date", string(q.IngestionStartDate))
	setIf(parameters, "ingestion_end_date", string(q.IngestionEndDate))
	setIf(parameters, "extension", strings.TrimPrefix(q.Extension, "."))
	setNumber(parameters, "repointing", q.Repointing)
	setNumber(parameters, "cr", q.CR)
	setNumber(parameters, "major_version", q.MajorVersion)
	setNumber(parameters, "minor_version", q.MinorVersion)
	if q.Filename != "" {
		path, err := naming.Parse(q.Filename)
		if err != nil {
			return nil, fmt.Errorf("filename: %w", err)
		}
		parameters.Set("file_path", path.ArchivePath())
	}
	return parameters, q.setVersion(parameters)
}

// setVersion says a version in the table's own way: science takes both forms and
// ranks; quicklook knows the two parts only; ancillary has whole words.
func (q Query) setVersion(parameters url.Values) error {
	switch {
	case q.Version == "":
	case q.Version == Latest:
		if q.Table == naming.TableScience {
			parameters.Set("latest", "true")
		}
	case q.Table == naming.TableQuicklook:
		version, err := naming.ParseVersion(string(q.Version))
		if err != nil {
			return err
		}
		parameters.Set("minor_version", strconv.Itoa(version.Minor))
		if version.Major != naming.NoMajor {
			parameters.Set("major_version", strconv.Itoa(version.Major))
		}
	default:
		parameters.Set("version", string(q.Version))
	}
	return nil
}

func setIf(parameters url.Values, name, value string) {
	if value != "" {
		parameters.Set(name, value)
	}
}

func setNumber(parameters url.Values, name string, n *int) {
	if n != nil {
		parameters.Set(name, strconv.Itoa(*n))
	}
}

// orAny stands for a filter that is not given: one value, empty.
func orAny[T ~string](values []T) []T {
	if len(values) == 0 {
		return []T{""}
	}
	values = slices.Clone(values)
	slices.Sort(values)
	return slices.Compact(values)
}

// matches compares a word with a pattern in which * stands for any text.
func matches(pattern, word string) bool {
	first, rest, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == word
	}
	if !strings.HasPrefix(word, first) {
		return false
	}
	word = word[len(first):]
	for i := 0; i <= len(word); i++ {
		if matches(rest, word[i:]) {
			return true
		}
	}
	return false
}
