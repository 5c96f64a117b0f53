package sdc

import (
	"slices"
	"strconv"
	"strings"

	"imapsh/naming"
)

// queryField is an option of a query that narrows it: how it is read, what it may be,
// and how each catalog takes it. A catalog that is not among the uses refuses it.
type queryField struct {
	name   string                    // the option's, as in the tags of Query
	values func(q *Query) []string   // none: the option is not given
	check  func(value string) string // what a value must be, when it is not; nil takes all
	uses   []use
}

// use is how some catalogs take a field.
type use struct {
	catalogs []*catalog
	apply    func(p *plan, values []string) error
}

// queryFields is the table of all options but table; nothing changes it. An option that
// is declared in Query and is not here fails a test.
var queryFields = []queryField{
	{"instrument", func(q *Query) []string { return list(q.Instrument) }, oneOf(naming.Instrument("").Values()), []use{
		{apiTables, forEach("instrument")},
	}},
	{"data_level", func(q *Query) []string { return list(q.DataLevel) }, oneOf(naming.DataLevel("").Values()), []use{
		{products, forEach("data_level")},
	}},
	{"descriptor", func(q *Query) []string { return list(q.Descriptor) }, notEmpty, []use{
		{apiTables, (*plan).descriptors},
	}},
	{"start_date", func(q *Query) []string { return one(q.StartDate) }, isDay, []use{
		{apiTables, parameter("start_date")},
		{[]*catalog{kernels}, (*plan).coverageFrom},
		{spiceTables, (*plan).overlapFrom},
	}},
	{"end_date", func(q *Query) []string { return one(q.EndDate) }, isDay, []use{
		{apiTables, parameter("end_date")},
		{[]*catalog{kernels}, (*plan).coverageTo},
		{spiceTables, (*plan).overlapTo},
	}},
	{"ingestion_start_date", func(q *Query) []string { return one(q.IngestionStartDate) }, isDay, []use{
		{apiTables, parameter("ingestion_start_date")},
		{spiceLists, parameter("start_ingest_date")},
	}},
	{"ingestion_end_date", func(q *Query) []string { return one(q.IngestionEndDate) }, isDay, []use{
		{apiTables, parameter("ingestion_end_date")},
		{spiceLists, (*plan).ingestedTo},
	}},
	{"repointing", func(q *Query) []string { return number(q.Repointing) }, upTo(99999), []use{
		{products, parameter("repointing")},
	}},
	{"cr", func(q *Query) []string { return number(q.CR) }, upTo(99999), []use{
		{products, parameter("cr")},
	}},
	{"version", func(q *Query) []string { return one(q.Version) }, isVersion, []use{
		{[]*catalog{science}, (*plan).scienceVersion},
		{[]*catalog{quicklook}, (*plan).quicklookVersion},
		{[]*catalog{ancillary}, (*plan).ancillaryVersion},
		{[]*catalog{kernels}, (*plan).kernelVersion},
		{spiceTables, (*plan).spiceTableVersion},
	}},
	{"major_version", func(q *Query) []string { return number(q.MajorVersion) }, upTo(999), []use{
		{products, parameter("major_version")},
	}},
	{"minor_version", func(q *Query) []string { return number(q.MinorVersion) }, upTo(9999), []use{
		{products, parameter("minor_version")},
	}},
	{"extension", func(q *Query) []string { return one(strings.TrimPrefix(q.Extension, ".")) }, nil, []use{
		{apiTables, (*plan).extension},
	}},
	{"filename", func(q *Query) []string { return one(q.Filename) }, nil, []use{
		{apiTables, (*plan).filePath},
		{[]*catalog{kernels}, (*plan).fileName},
		{spiceTables, (*plan).filePath},
	}},
	{"type", func(q *Query) []string { return one(q.Type) }, oneOf(SPICEType("").Values()), []use{
		{[]*catalog{kernels}, parameter("type")},
		{spiceTables, func(*plan, []string) error { return nil }}, // it chose the catalog
	}},
}

// use is how a catalog takes the field, nil when it does not.
func (f *queryField) use(c *catalog) *use {
	i := slices.IndexFunc(f.uses, func(u use) bool { return slices.Contains(u.catalogs, c) })
	if i < 0 {
		return nil
	}
	return &f.uses[i]
}

// takes lists the fields that a catalog takes.
func (c *catalog) takes() []string {
	var names []string
	for _, f := range queryFields {
		if f.use(c) != nil && (f.name != "type" || c.table == TableSPICE) {
			names = append(names, f.name)
		}
	}
	return names
}

func list[T ~string](values []T) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

func one[T ~string](value T) []string {
	if value == "" {
		return nil
	}
	return []string{string(value)}
}

func number[T ~int](value *T) []string {
	if value == nil {
		return nil
	}
	return []string{strconv.Itoa(int(*value))}
}

func oneOf(words []string) func(string) string {
	return func(value string) string {
		if slices.Contains(words, value) {
			return ""
		}
		return "must be one of " + strings.Join(words, ", ")
	}
}

func notEmpty(value string) string {
	if value != "" {
		return ""
	}
	return "an empty word stands for nothing; leave it out"
}

func isDay(value string) string {
	if _, err := Date(value).start(); err == nil {
		return ""
	}
	return "must be a day as YYYYMMDD"
}

func isVersion(value string) string {
	if err := new(VersionWanted).UnmarshalText([]byte(value)); err == nil {
		return ""
	}
	return versionForms
}

func upTo(max int) func(string) string {
	return func(value string) string {
		if n, err := strconv.Atoi(value); err == nil && n >= 0 && n <= max {
			return ""
		}
		return "must be from 0 to " + strconv.Itoa(max)
	}
}
