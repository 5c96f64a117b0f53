package sdc

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"imapsh/naming"
)

// Query says which files are wanted: those that fit every field given. The tags
// are the shell's and the command line's names and help for the fields.
type Query struct {
	Table              naming.Table        `name:"table" doc:"catalog to look in (default science)"`
	Instrument         []naming.Instrument `name:"instrument" doc:"instrument, or a list"`
	DataLevel          []naming.DataLevel  `name:"data_level" doc:"data level such as l1a, or a list"`
	Descriptor         []string            `name:"descriptor" doc:"descriptor such as norm-mago, or a list; * stands for any text"`
	StartDate          Date                `name:"start_date" doc:"first start date, inclusive"`
	EndDate            Date                `name:"end_date" doc:"last start date, inclusive"`
	IngestionStartDate Date                `name:"ingestion_start_date" doc:"first UTC day of ingestion, inclusive"`
	IngestionEndDate   Date                `name:"ingestion_end_date" doc:"last UTC day of ingestion, inclusive"`
	Repointing         *int                `name:"repointing" doc:"repointing number"`
	CR                 *int                `name:"cr" doc:"Carrington rotation number"`
	Version            VersionWanted       `name:"version" doc:"latest, v003 or v001.0003"`
	MajorVersion       *int                `name:"major_version" doc:"major part of the version"`
	MinorVersion       *int                `name:"minor_version" doc:"minor part of the version"`
	Extension          string              `name:"extension" doc:"file extension, without the dot"`
	Filename           string              `name:"filename" doc:"exactly this file"`
	Type               SPICEType           `name:"type" doc:"type of SPICE file (table spice)"`
}

// VersionWanted is latest, or a version as it stands in a name.
type VersionWanted string

// Latest asks for the newest version of each file.
const Latest VersionWanted = "latest"

// UnmarshalText takes latest, vNNN and vMMM.mmmm.
func (v *VersionWanted) UnmarshalText(text []byte) error {
	if string(text) != string(Latest) {
		if _, err := naming.ParseVersion(string(text)); err != nil {
			return usagef("%q: must be latest, vNNN or vMMM.mmmm, such as v003 or v001.0003", text)
		}
	}
	*v = VersionWanted(text)
	return nil
}

// Query finds files, ordered by path. The errors are a *UsageError for a query
// that cannot be asked and an *Error when the archive refuses or does not answer.
func (c *Client) Query(ctx context.Context, q Query) (Records, error) {
	plan, err := q.plan()
	if err != nil {
		return nil, err
	}
	answers := make([]Records, len(plan.requests))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, parameters := range plan.requests {
		group.Go(func() (err error) {
			answers[i], err = c.ask(ctx, plan.endpoint, parameters)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	records := answers[0]
	if len(answers) > 1 {
		records = slices.Concat(answers...)
		slices.SortStableFunc(records, func(a, b *Record) int { return strings.Compare(a.FilePath(), b.FilePath()) })
	}
	if plan.keep != nil {
		records = slices.DeleteFunc(records, func(r *Record) bool { return !plan.keep(r) })
	}
	if plan.latest {
		records = records.Latest()
	}
	return records, nil
}

func (c *Client) ask(ctx context.Context, endpoint string, parameters url.Values) (Records, error) {
	response, err := c.get(ctx, 200, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	records, err := readRecords(response.Body)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16))
		return nil, &Error{
			Endpoint: endpointOf(response.Request),
			Detail:   "the answer is not the list that was asked for: " + err.Error(),
			Advice:   "try again; " + adviceURL,
			Err:      err,
		}
	}
	return records, nil
}

// plan is a query turned into requests: one for each of its lists' combinations.
type plan struct {
	endpoint string
	requests []url.Values
	keep     func(*Record) bool // what the server cannot filter; nil keeps all
	latest   bool               // the server cannot rank this table: rank here
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
	p := plan{endpoint: "/query", latest: q.Version == Latest && q.Table != naming.TableScience}

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
	if p.endpoint == "" || len(p.requests) > 256 {
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
