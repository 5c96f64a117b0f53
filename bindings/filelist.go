package bindings

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"imapsh/bindings/present"
	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// FileList is the files that match a query.
type FileList []*sdc.Record

func recordClass(h Host) *api.Class {
	return api.NewClass("FileRecord", "What the archive knows of one file; an item of a FileList.",
		api.Describe[*sdc.Record](
			api.Prop{Name: "file_path", Doc: "path in the archive"},
			api.Prop{Name: "instrument", Doc: "mag, swe, …"},
			api.Prop{Name: "data_level", Doc: "l0, l1a, …"},
			api.Prop{Name: "descriptor", Doc: "name of the product"},
			api.Prop{Name: "start_date", Doc: "first day of the data, as the string YYYYMMDD; files.between compares days in every form"},
			api.Prop{Name: "repointing", Doc: "number of the repointing, or null"},
			api.Prop{Name: "version", Doc: "v001.0003"},
			api.Prop{Name: "ingestion_date", Doc: "when the archive got it, as the string YYYYMMDD hh:mm:ss in UTC; day(x) is its day"},
			api.Prop{Name: "released", Doc: "true where everybody may read it"},
			api.Prop{Name: "filename", Doc: "last element of file_path"},
		),
		api.MayHave[*sdc.Record](fieldsOfOtherTables...),
		api.Typed[*sdc.Record](map[string]string{"instrument": "Instrument", "data_level": "DataLevel", "repointing": "number | null", "released": "boolean"}),
		api.Brief(func(r *sdc.Record) string { return "FileRecord " + termtext.EscapeLine(r.Filename()) }),
		api.Text(func(r *sdc.Record) string { return r.FilePath() }),
		api.Method("download", "Fetches the file; gives its path.", func(ctx context.Context, r *sdc.Record, o downloadOptions) (any, error) {
			report, err := h.fetch(ctx, []sdc.File{r.File()}, o)
			return onlyPath(report, err, func(t sdc.Transfer) string { return t.Path })
		}, api.Returns("string")),
	)
}

// fieldsOfOtherTables are fields that the records of some tables have. To read one that a
// record lacks gives undefined, so that f.end_date ?? f.start_date works on mixed lists.
var fieldsOfOtherTables = []string{
	"major_version", "minor_version", "cr", "crid", "extension", "end_date",
	"file_name", "file_root", "kernel_type", "sclk_kernel", "lsk_kernel", "timestamp",
	"min_date_j2000", "max_date_j2000", "min_date_datetime", "max_date_datetime", "min_date_sclk", "max_date_sclk",
	"file_intervals_j2000", "file_intervals_datetime", "file_intervals_sclk",
}

func (h Host) fileListClass() *api.Class {
	return api.NewList("FileList", "The files that match a query: an array of FileRecords, with methods of its own.",
		api.Method("download", "Fetches every file; gives a TransferReport.", func(ctx context.Context, l FileList, o downloadOptions) (Report, error) {
			return h.fetch(ctx, sdc.Records(l).Files(), o)
		}),
		api.Method("series", "Reads one variable over all files, the newest version of each: a CDFSeries, an array of chunks.", h.series),
		api.Method("plot", plotDoc, h.plotList),
		api.Method("latest", "Keeps the newest version of each file.", func(_ context.Context, l FileList, _ api.None) (FileList, error) {
			return FileList(sdc.Records(l).Latest()), nil
		}),
		api.Method("validOn", "Keeps the ancillary files that hold for a day: of each descriptor the newest version that covers it.", h.validOn),
		api.Method("between", "Keeps the files that start on days from one to another, both included.", h.between),
		api.Method("sortBy", "Sorts by fields, the first one first; '-start_date' sorts downwards.", sortBy),
		api.Method("groupBy", "Groups by a field: an object of FileLists.", groupBy, api.Returns("{[value: string]: FileList}")),
		api.Method("unique", "Lists the values of a field, sorted.", unique),
		api.Method("table", "Prints every file as a table.", func(_ context.Context, l FileList, in columnsInput) (api.None, error) {
			for i, column := range in.Columns {
				var err error
				if in.Columns[i], err = l.check(column); err != nil {
					return api.None{}, fmt.Errorf("table: %w", err)
				}
			}
			_, err := io.WriteString(h.Stdout, present.Table(sdc.Records(l), in.Columns, h.width())+"\n")
			return api.None{}, err
		}),
		api.Method("summary", "Prints how many files there are of each product, and of what days.", func(_ context.Context, l FileList, _ api.None) (api.None, error) {
			_, err := io.WriteString(h.Stdout, present.Summary(sdc.Records(l), h.width(), "latest() keeps the newest")+"\n")
			return api.None{}, err
		}),
		api.Method("toCSV", "Gives the records as CSV text with a line of names.", func(_ context.Context, l FileList, _ api.None) (string, error) {
			var out strings.Builder
			err := present.WriteCSV(&out, sdc.Records(l))
			return out.String(), err
		}),
		api.Brief(brief),
		api.Paged(func(l FileList) string { return h.rows(l) }),
		api.Shown[FileList]("query({instrument: 'mag'}).filter(f => f.data_level === 'l2').sortBy('-start_date')"),
		api.Shown[FileList]("query({instrument: 'mag'}).groupBy('data_level')"),
		api.Shown[FileList]("query({table: 'ancillary', instrument: 'mag'}).validOn('2026-01-20')"),
	)
}

// rows are what the prompt prints of a list.
func (h Host) rows(l FileList) string {
	if len(l) == 0 {
		return "No files. Is an option too narrow (a descriptor may hold *)? Without a key only released files are found."
	}
	return present.Table(sdc.Records(l), nil, h.width())
}

// brief is a list in one line: FileList(160) mag l1b 20260101…20260209.
func brief(l FileList) string {
	return strings.TrimRight(fmt.Sprintf("FileList(%d) %s", len(l), present.Brief(sdc.Records(l))), " ")
}

func (h Host) width() int {
	if h.Width == nil {
		return 0
	}
	return h.Width()
}

// check finds a field by either spelling and refuses one that no record has; an
// empty list has no fields to compare with.
func (l FileList) check(given string) (field string, err error) {
	names := present.Fields(sdc.Records(l))
	field = api.Snake(given)
	if len(l) == 0 || slices.Contains(names, field) {
		return field, nil
	}
	return "", api.Usagef("unknown field %q%s", given, api.SuggestFrom("fields", field, names))
}

type fieldInput struct {
	Field string `arg:"field" complete:"field" doc:"name of a field"`
}

type fieldsInput struct {
	Fields []string `arg:"fields..." complete:"-field" doc:"names of fields"`
}

type columnsInput struct {
	Columns []string `arg:"columns?..." complete:"field" doc:"names of fields; none: the default ones"`
}

func sortBy(_ context.Context, l FileList, in fieldsInput) (FileList, error) {
	type key struct {
		field string
		sign  int
	}
	var keys []key
	for _, given := range in.Fields {
		name, down := strings.CutPrefix(given, "-")
		field, err := l.check(name)
		if err != nil {
			return nil, fmt.Errorf("sortBy: %w", err)
		}
		keys = append(keys, key{field, 1})
		if down {
			keys[len(keys)-1].sign = -1
		}
	}
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b *sdc.Record) int {
		for _, k := range keys {
			if c := k.sign * compareField(a, b, k.field); c != 0 {
				return c
			}
		}
		return 0
	})
	return sorted, nil
}

// compareField orders by a field: numbers as numbers, versions as versions, all
// else as text, null first.
func compareField(a, b *sdc.Record, name string) int {
	if name == "version" {
		v, errV := naming.ParseVersion(a.Text(name))
		w, errW := naming.ParseVersion(b.Text(name))
		if errV == nil && errW == nil {
			return v.Compare(w)
		}
	}
	x, _ := a.Get(name)
	y, _ := b.Get(name)
	if m, ok := x.(int64); ok {
		if n, ok := y.(int64); ok {
			return cmp.Compare(m, n)
		}
	}
	if (x == nil) != (y == nil) {
		if x == nil {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Text(name), b.Text(name))
}

func groupBy(_ context.Context, l FileList, in fieldInput) ([]api.Property, error) {
	field, err := l.check(in.Field)
	if err != nil {
		return nil, fmt.Errorf("groupBy: %w", err)
	}
	groups := map[string]FileList{}
	var order []string
	for _, r := range l {
		key := r.Text(field)
		if value, _ := r.Get(field); value == nil {
			key = "null"
		}
		if _, known := groups[key]; !known {
			order = append(order, key)
		}
		groups[key] = append(groups[key], r)
	}
	properties := make([]api.Property, len(order))
	for i, key := range order {
		properties[i] = api.Property{Name: key, Value: groups[key]}
	}
	return properties, nil
}

func unique(_ context.Context, l FileList, in fieldInput) ([]any, error) {
	field, err := l.check(in.Field)
	if err != nil {
		return nil, fmt.Errorf("unique: %w", err)
	}
	var first FileList
	seen := map[string]bool{}
	for _, r := range l {
		value, _ := r.Get(field)
		if key := fmt.Sprintf("%T %s", value, r.Text(field)); !seen[key] {
			seen[key] = true
			first = append(first, r)
		}
	}
	slices.SortStableFunc(first, func(a, b *sdc.Record) int { return compareField(a, b, field) })
	values := make([]any, len(first))
	for i, r := range first {
		values[i], _ = r.Get(field)
	}
	return values, nil
}

type daysInput struct {
	From sdc.Date `arg:"from" doc:"first day, in any form that query takes"`
	To   sdc.Date `arg:"to" doc:"last day, likewise"`
}

func (h Host) between(_ context.Context, l FileList, in daysInput) (FileList, error) {
	if err := h.resolve(&in.From, &in.To); err != nil {
		return nil, err
	}
	if in.To < in.From {
		return nil, api.Usagef("between: the last day %s is before the first, %s", in.To, in.From)
	}
	kept := FileList{}
	for _, r := range l {
		start := r.Text("start_date")
		day, err := dayOf(start)
		if err != nil {
			return nil, api.Usagef("between: %s has no start_date", r.Filename())
		}
		if in.From <= day && day <= in.To {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// dayOf is the day of a date or a time in any of the archive's forms: 20260109,
// 20260110 08:24:50, 2025-04-09, 21:12:53.
func dayOf(text string) (sdc.Date, error) {
	day, _, _ := strings.Cut(text, " ")
	return sdc.ParseDate(strings.TrimSuffix(day, ","), time.Now())
}

// validOn chooses among ancillary files, which say in their names from when to
// when they hold.
func (h Host) validOn(_ context.Context, l FileList, in dayInput) (FileList, error) {
	if err := h.resolve(&in.Day); err != nil {
		return nil, err
	}
	names := make([]naming.AncillaryFilePath, len(l))
	for i, r := range l {
		name, err := naming.ParseAncillary(r.Filename())
		if err != nil {
			return nil, api.Usagef("validOn works on ancillary files, from query({table: 'ancillary', …}); %s is not one", r.Filename())
		}
		names[i] = name
	}
	valid := FileList{}
	for _, name := range naming.ValidOn(names, string(in.Day)) {
		i := slices.IndexFunc(l, func(r *sdc.Record) bool { return r.Filename() == name.Filename() })
		valid = append(valid, l[i])
	}
	return valid, nil
}
