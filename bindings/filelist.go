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
	"imapsh/runtime"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// FileList is what a query finds.
type FileList []*sdc.Record

func recordClass(h Host) *runtime.Class {
	return runtime.NewClass("FileRecord", "What the archive knows of one file; an item of a FileList.",
		runtime.Describe[*sdc.Record](
			runtime.Prop{Name: "file_path", Doc: "path in the archive"},
			runtime.Prop{Name: "instrument", Doc: "mag, swe, …"},
			runtime.Prop{Name: "data_level", Doc: "l0, l1a, …"},
			runtime.Prop{Name: "descriptor", Doc: "name of the product"},
			runtime.Prop{Name: "start_date", Doc: "first day of the data, as the string YYYYMMDD; files.between compares days in every form"},
			runtime.Prop{Name: "repointing", Doc: "number of the repointing, or null"},
			runtime.Prop{Name: "version", Doc: "v001.0003"},
			runtime.Prop{Name: "ingestion_date", Doc: "when the archive got it, as the string YYYYMMDD hh:mm:ss in UTC; day(x) is its day"},
			runtime.Prop{Name: "released", Doc: "whether everybody may have it"},
			runtime.Prop{Name: "filename", Doc: "last element of file_path"},
		),
		runtime.MayHave[*sdc.Record](fieldsOfOtherTables...),
		runtime.Brief(func(r *sdc.Record) string { return "FileRecord " + termtext.EscapeLine(r.Filename()) }),
		runtime.Text(func(r *sdc.Record) string { return r.FilePath() }),
		runtime.Method("download", "Fetches the file; gives its path.", func(ctx context.Context, r *sdc.Record, o downloadOptions) (any, error) {
			report, err := h.fetch(ctx, []sdc.File{r.File()}, o)
			return onlyPath(report, err, func(t sdc.Transfer) string { return t.Path })
		}),
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

func (h Host) fileListClass() *runtime.Class {
	return runtime.NewList("FileList", "What a query finds: an array of FileRecords, with methods of its own.",
		runtime.Method("download", "Fetches every file; gives a TransferReport.", func(ctx context.Context, l FileList, o downloadOptions) (any, error) {
			return h.fetch(ctx, sdc.Records(l).Files(), o)
		}),
		runtime.Method("latest", "Keeps the newest version of each file.", func(_ context.Context, l FileList, _ runtime.None) (FileList, error) {
			return FileList(sdc.Records(l).Latest()), nil
		}),
		runtime.Method("validOn", "Keeps the ancillary files that hold for a day: of each descriptor the newest version that covers it.", validOn),
		runtime.Method("between", "Keeps the files that start on days from one to another, both included.", between),
		runtime.Method("sortBy", "Sorts by fields, the first one first; '-start_date' sorts downwards.", sortBy),
		runtime.Method("groupBy", "Divides by a field: an object of FileLists.", groupBy),
		runtime.Method("unique", "Lists the values of a field, sorted.", unique),
		runtime.Method("table", "Prints every file as a table.", func(_ context.Context, l FileList, in columnsInput) (runtime.None, error) {
			for i, column := range in.Columns {
				var err error
				if in.Columns[i], err = l.check(column); err != nil {
					return runtime.None{}, fmt.Errorf("table: %w", err)
				}
			}
			_, err := io.WriteString(h.Stdout, present.Table(sdc.Records(l), in.Columns, h.width())+"\n")
			return runtime.None{}, err
		}),
		runtime.Method("summary", "Prints how many files there are of each product, and of what days.", func(_ context.Context, l FileList, _ runtime.None) (runtime.None, error) {
			_, err := io.WriteString(h.Stdout, present.Summary(sdc.Records(l), h.width(), "latest() keeps the newest")+"\n")
			return runtime.None{}, err
		}),
		runtime.Method("toCSV", "Gives the records as CSV text with a line of names.", func(_ context.Context, l FileList, _ runtime.None) (string, error) {
			var out strings.Builder
			err := present.WriteCSV(&out, sdc.Records(l))
			return out.String(), err
		}),
		runtime.Brief(brief),
		runtime.Paged(func(l FileList) string { return h.rows(l) }),
		runtime.Shown[FileList]("query({instrument: 'mag'}).filter(f => f.data_level === 'l2').sortBy('-start_date')"),
		runtime.Shown[FileList]("query({instrument: 'mag'}).groupBy('data_level')"),
		runtime.Shown[FileList]("query({table: 'ancillary', instrument: 'mag'}).validOn('2026-01-20')"),
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
// empty list cannot tell.
func (l FileList) check(given string) (field string, err error) {
	names := present.Fields(sdc.Records(l))
	field = runtime.Snake(given)
	if len(l) == 0 || slices.Contains(names, field) {
		return field, nil
	}
	return "", runtime.Usagef("unknown field %q%s", given, runtime.SuggestFrom("fields", field, names))
}

type fieldInput struct {
	Field string `arg:"field" complete:"field" doc:"name of a field"`
}

type fieldsInput struct {
	Fields []string `arg:"fields..." complete:"-field" doc:"names of fields"`
}

type columnsInput struct {
	Columns []string `arg:"columns?..." complete:"field" doc:"names of fields; none: the usual ones"`
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

func groupBy(_ context.Context, l FileList, in fieldInput) ([]runtime.Property, error) {
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
	properties := make([]runtime.Property, len(order))
	for i, key := range order {
		properties[i] = runtime.Property{Name: key, Value: groups[key]}
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

func between(_ context.Context, l FileList, in daysInput) (FileList, error) {
	if in.To < in.From {
		return nil, runtime.Usagef("between: the last day %s is before the first, %s", in.To, in.From)
	}
	kept := FileList{}
	for _, r := range l {
		start := r.Text("start_date")
		day, err := dayOf(start)
		if err != nil {
			return nil, runtime.Usagef("between: %s has no start_date", r.Filename())
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
func validOn(_ context.Context, l FileList, in dayInput) (FileList, error) {
	names := make([]naming.AncillaryFilePath, len(l))
	for i, r := range l {
		name, err := naming.ParseAncillary(r.Filename())
		if err != nil {
			return nil, runtime.Usagef("validOn: it is for ancillary files, from query({table: 'ancillary', …}); %s is none", r.Filename())
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
