package sdc

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"imapsh/naming"
)

// plan is a query turned into requests: one for each of its lists' combinations.
type plan struct {
	catalog   *catalog
	file      naming.FilePath // the one that the query names, or nil
	requests  []url.Values
	keeps     []func(*Record) bool // what the server does not filter: a record stays when all hold
	divisible bool                 // by start date and instrument, should a request ask for too much
	latest    bool                 // the server does not rank this catalog: rank here
}

// maxCombinations bounds the requests that a query's lists make.
const maxCombinations = 256

func (q Query) plan() (*plan, error) {
	c, file, err := q.catalog()
	if err != nil {
		return nil, err
	}
	p := &plan{catalog: c, file: file, requests: []url.Values{{}}}
	p.divisible = c.endpoint == "/query" && file == nil
	switch {
	case c == kernels:
		p.set("type", string(allKernels))
	case c != science && c.endpoint == "/query":
		p.set("table", string(c.table))
	}
	given := 0
	for _, field := range queryFields {
		values := field.values(&q)
		if len(values) == 0 {
			continue
		}
		given++
		if err := field.plan(p, values); err != nil {
			return nil, err
		}
		if len(p.requests) > maxCombinations {
			return nil, usagef("query: the lists make more than %d combinations; ask for fewer", maxCombinations)
		}
	}
	if given == 0 && !c.alone {
		return nil, usagef("query: give at least one option besides table, such as instrument")
	}
	return p, q.contradiction()
}

// plan adds what the field asks for, or refuses it.
func (f *queryField) plan(p *plan, values []string) error {
	use := f.use(p.catalog)
	switch {
	case use == nil && f.name == "type":
		return usagef("query: type is for table spice; the table is %s", p.catalog.table)
	case use == nil:
		return usagef("query: %s does not take %s; it takes %s", p.catalog.name, f.name, strings.Join(p.catalog.takes(), ", "))
	}
	for _, value := range values {
		if f.check == nil {
			break
		}
		if must := f.check(value); must != "" {
			return usagef("query: %s %q: %s", f.name, value, must)
		}
	}
	return use.apply(p, values)
}

// contradiction refuses options that exclude each other.
func (q Query) contradiction() error {
	switch {
	case q.Version != "" && (q.MajorVersion != nil || q.MinorVersion != nil):
		return usagef("query: give version, or major_version and minor_version, not both")
	case q.StartDate != "" && q.EndDate != "" && q.EndDate < q.StartDate:
		return usagef("query: end_date %s is before start_date %s", q.EndDate, q.StartDate)
	case q.IngestionStartDate != "" && q.IngestionEndDate != "" && q.IngestionEndDate < q.IngestionStartDate:
		return usagef("query: ingestion_end_date %s is before ingestion_start_date %s", q.IngestionEndDate, q.IngestionStartDate)
	}
	return nil
}

// set gives every request a parameter.
func (p *plan) set(name, value string) {
	for _, parameters := range p.requests {
		parameters.Set(name, value)
	}
}

// keep lets a record pass that the server may send and the query does not want.
func (p *plan) keep(keep func(*Record) bool) { p.keeps = append(p.keeps, keep) }

// parameter takes a field's one value as the parameter of a name.
func parameter(name string) func(*plan, []string) error {
	return func(p *plan, values []string) error {
		p.set(name, values[0])
		return nil
	}
}

// forEach makes a request of each value: the server takes no lists.
func forEach(name string) func(*plan, []string) error {
	return func(p *plan, values []string) error {
		var requests []url.Values
		for _, parameters := range p.requests {
			for _, value := range values {
				each := maps.Clone(parameters)
				each.Set(name, value)
				requests = append(requests, each)
			}
		}
		p.requests = requests
		return nil
	}
}

// descriptors asks for each, or, where one is a pattern, for all: the server matches
// whole words only. It ranks versions within a descriptor, so choosing among them
// afterwards changes no rank.
func (p *plan) descriptors(patterns []string) error {
	if !slices.ContainsFunc(patterns, func(d string) bool { return strings.Contains(d, "*") }) {
		return forEach("descriptor")(p, patterns)
	}
	p.keep(func(r *Record) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, r.Text("descriptor")) })
	})
	return nil
}

func (p *plan) extension(values []string) error {
	if known := naming.Extensions(naming.Class(p.catalog.table)); !slices.Contains(known, values[0]) {
		return usagef("query: extension %q: files of %s have one of %s", values[0], p.catalog.name, strings.Join(known, ", "))
	}
	p.set("extension", values[0])
	return nil
}

func (p *plan) filePath([]string) error {
	p.set("file_path", p.file.ArchivePath())
	return nil
}

// scienceVersion: the table takes both forms and ranks.
func (p *plan) scienceVersion(values []string) error {
	if values[0] == string(Latest) {
		p.set("latest", "true")
	} else {
		p.set("version", values[0])
	}
	return nil
}

// quicklookVersion: the table knows the two parts only.
func (p *plan) quicklookVersion(values []string) error {
	if p.latest = values[0] == string(Latest); p.latest {
		return nil
	}
	version, err := naming.ParseVersion(values[0])
	if err != nil {
		return err
	}
	p.set("minor_version", strconv.Itoa(version.Minor))
	if version.Major != naming.NoMajor {
		p.set("major_version", strconv.Itoa(version.Major))
	}
	return nil
}

func (p *plan) ancillaryVersion(values []string) error {
	if p.latest = values[0] == string(Latest); p.latest {
		return nil
	}
	if version, err := naming.ParseVersion(values[0]); err != nil || version.Major != naming.NoMajor {
		return usagef("query: version %q: files of table ancillary have versions of the form vNNN, such as v003", values[0])
	}
	p.set("version", values[0])
	return nil
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
