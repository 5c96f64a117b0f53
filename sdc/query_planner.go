package sdc

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// maxCombinations bounds the requests that a query's lists make.
const maxCombinations = 256

// plan turns the query into requests. Its relative dates count from now.
func (q Query) plan(now time.Time) (*plan, error) {
	for _, date := range []*Date{&q.StartDate, &q.EndDate, &q.IngestionStartDate, &q.IngestionEndDate} {
		day, err := date.On(now)
		if err != nil {
			return nil, fmt.Errorf("query: %w", err)
		}
		*date = day
	}
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
