package bindings

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/sdc"
	"imapsh/sdc/cdf"
)

// cdfSeries is one variable over several files, in the order of their days: an array of
// chunks in JavaScript.
type cdfSeries []*seriesChunk

// seriesChunk is the records of one file. They are read when they are looked at; only
// the chunk that was looked at last keeps its values, so that a year is not held at once.
type seriesChunk struct {
	host   Host
	in     getInput
	span   cdf.Span
	file   *sdc.Record
	before *seriesChunk // the one of the file before
	shared *seriesState

	loaded  *cdfValues
	overlap int     // records left out, as the file before has their times
	gap     float64 // seconds without data before it
	extent  *extent // of its own records, once known
}

// seriesState is what the chunks of a series share.
type seriesState struct{ current *seriesChunk }

// extent is from the first to the last time of a file's records.
type extent struct {
	first, last cdf.TimeTT2000
	records     int
}

// series makes a variable's series over the newest versions of the files of a list.
func (h Host) series(_ context.Context, l FileList, in getInput) (cdfSeries, error) {
	span, err := in.span("series")
	if err != nil {
		return nil, err
	}
	records := sdc.Records(l).Latest()
	files := slices.Clone(records)
	slices.SortStableFunc(files, func(a, b *sdc.Record) int { return strings.Compare(a.Text("start_date"), b.Text("start_date")) })
	list := cdfSeries{}
	shared := &seriesState{}
	var before *seriesChunk
	product := ""
	for _, r := range files {
		if !strings.HasSuffix(r.Filename(), ".cdf") {
			return nil, api.Usagef("series: %s is not a CDF; filter(f => f.extension === 'cdf') keeps those that are", r.Filename())
		}
		this := strings.Join([]string{r.Text("instrument"), r.Text("data_level"), r.Text("descriptor")}, " ")
		if product == "" {
			product = this
		} else if this != product {
			return nil, api.Usagef("series: the list holds files of several products, %s and %s: a series is of one; groupBy('descriptor') divides them", product, this)
		}
		before = &seriesChunk{host: h, in: in, span: span, file: r, before: before, shared: shared}
		list = append(list, before)
	}
	return list, nil
}

// selection opens the file and finds the records in the span. What it gives closes the
// file: a series may have more of them than a process may hold open.
func (c *seriesChunk) selection(ctx context.Context) (s cdf.Selection, source io.Closer, err error) {
	f, err := c.host.openProduct(ctx, c.file.File())
	if err != nil {
		return s, nil, err
	}
	defer func() {
		if err != nil {
			_ = f.source.Close()
		}
	}()
	v, err := f.find("series", c.in.Variable)
	if err == nil {
		err = c.in.Fill.check("series", v)
	}
	if err == nil {
		if _, timed := v.TimeVariable(); !timed {
			err = noTimes("series", v)
		}
	}
	if err != nil {
		return s, nil, fmt.Errorf("%s: %w", c.file.Filename(), err)
	}
	s, err = v.Select(ctx, &c.span)
	return s, watched{f.source, c.host.watch(f.path, f.reading)}, err
}

// load reads the records, without those whose times the file before has too.
func (c *seriesChunk) load(ctx context.Context) (*cdfValues, error) {
	if c.loaded != nil {
		return c.loaded, nil
	}
	selection, source, err := c.selection(ctx)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	times, err := selection.Times(ctx)
	if err != nil {
		return nil, err
	}
	c.extent = extentOf(times)
	first := 0
	if c.before != nil {
		earlier, err := c.before.measure(ctx)
		if err != nil {
			return nil, err
		}
		first = c.join(times, earlier)
	}
	values, err := selection.Values(ctx)
	if err != nil {
		return nil, err
	}
	if c.shared.current != nil {
		c.shared.current.loaded = nil
	}
	c.shared.current = c
	end := min(values.Records, times.Records)
	c.loaded = newValues(selection.Variable, values.Slice(first, end), times.Slice(first, end), c.in.Fill)
	return c.loaded, nil
}

// measure finds from when to when the file's records are.
func (c *seriesChunk) measure(ctx context.Context) (*extent, error) {
	if c.extent != nil {
		return c.extent, nil
	}
	selection, source, err := c.selection(ctx)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	times, err := selection.Times(ctx)
	if err == nil {
		c.extent = extentOf(times)
	}
	return c.extent, err
}

// extentOf finds the first and the last time.
func extentOf(times cdf.Values) *extent {
	e := &extent{}
	for i := range times.Records {
		t, ok := times.TT2000(i)
		if !ok {
			continue
		}
		if e.records == 0 || t < e.first {
			e.first = t
		}
		if e.records == 0 || t > e.last {
			e.last = t
		}
		e.records++
	}
	return e
}

// join counts the records whose times the file before has, or the time without data
// between the two, if it is longer than twice the usual step.
func (c *seriesChunk) join(times cdf.Values, earlier *extent) (first int) {
	if earlier.records == 0 {
		return 0
	}
	for first < times.Records {
		if t, ok := times.TT2000(first); ok && t > earlier.last {
			break
		}
		first++
	}
	c.overlap, c.gap = first, 0
	if c.extent.records > 1 && c.extent.first > earlier.last {
		step := (c.extent.last - c.extent.first) / cdf.TimeTT2000(c.extent.records-1)
		if between := c.extent.first - earlier.last; between > 2*step {
			c.gap = float64(between) / 1e9
		}
	}
	return first
}

// chunkFields are the properties of a SeriesChunk besides those of its values.
var chunkFields = []api.Prop{
	{Name: "file", Doc: "name of the file"},
	{Name: "gap", Doc: "seconds without data before it; 0: none"},
	{Name: "overlap", Doc: "records left out, since the file before has their times"},
}

// Names lists the properties.
func (c *seriesChunk) Names() []string {
	names := []string{}
	for _, p := range chunkFields {
		names = append(names, p.Name)
	}
	return append(names, (*cdfValues)(nil).Names()...)
}

// Get is a property; those of the values read the file.
func (c *seriesChunk) Get(name string) (any, bool) {
	if name == "file" {
		return c.file.Filename(), true
	}
	if !slices.Contains(c.Names(), name) {
		return nil, false
	}
	return &api.Lazy{Make: func(ctx context.Context) (any, error) {
		values, err := c.load(ctx)
		if err != nil {
			return nil, err
		}
		switch name {
		case "gap":
			return c.gap, nil
		case "overlap":
			return c.overlap, nil
		}
		value, _ := values.Get(name)
		return value, nil
	}}, true
}

// data joins all chunks.
func (s cdfSeries) data(ctx context.Context, most int64) (*cdfValues, error) {
	if len(s) == 0 {
		return nil, api.Usagef("data: the series has no files")
	}
	var need int64
	for _, c := range s {
		selection, source, err := c.selection(ctx)
		if err != nil {
			return nil, err
		}
		_ = source.Close() // it was only read
		need += int64(selection.Records) * (selection.Variable.RecordBytes() + int64(selection.Time.RecordBytes()))
	}
	if most > 0 && need > most {
		return nil, api.Usagef("data: %d files together are %s, and %s are allowed (--max-memory); go through the series chunk by chunk: for (const chunk of series)",
			len(s), present.Size(need), present.Size(most))
	}
	var all *cdfValues
	for _, c := range s {
		part, err := c.load(ctx)
		switch {
		case err != nil:
			return nil, err
		case all == nil:
			all = newValues(part.variable, part.values, part.timeValues, part.fill)
			all.values.Bytes, all.timeValues.Bytes = slices.Clone(part.values.Bytes), slices.Clone(part.timeValues.Bytes)
			continue
		case part.values.Type != all.values.Type || part.values.Elements != all.values.Elements || !slices.Equal(part.values.Dims, all.values.Dims):
			return nil, api.Usagef("data: %s: %s is %v %s, in the files before %v %s", c.file.Filename(), part.variable.Name,
				part.values.Type, present.Dimensions(part.values.Dims), all.values.Type, present.Dimensions(all.values.Dims))
		}
		all.values.Bytes = append(all.values.Bytes, part.values.Bytes...)
		all.values.Records += part.values.Records
		all.timeValues.Bytes = append(all.timeValues.Bytes, part.timeValues.Bytes...)
		all.timeValues.Records += part.timeValues.Records
	}
	return all, nil
}

// write writes the chunks one after another, with one line of names.
func (s cdfSeries) write(ctx context.Context, w io.Writer, format string) error {
	for i, c := range s {
		part, err := c.load(ctx)
		if err != nil {
			return err
		}
		var text strings.Builder
		rows := present.Rows{Name: part.variable.Name, Values: part.values, TimeName: "time", Times: part.timeColumn()}
		if err := present.WriteRows(ctx, &text, rows, format); err != nil {
			return err
		}
		out := text.String()
		if i > 0 {
			_, out, _ = strings.Cut(out, "\n")
		}
		if _, err := io.WriteString(w, out); err != nil {
			return err
		}
	}
	return nil
}

func (h Host) seriesClasses() []*api.Class {
	return []*api.Class{
		api.NewClass("SeriesChunk", "The records of one file in a CDFSeries; they are read when they are looked at.",
			api.Describe[*seriesChunk](slices.Concat(chunkFields, valueFields)...),
			api.Text(func(c *seriesChunk) string { return c.file.Filename() }),
			api.Brief(func(c *seriesChunk) string { return "SeriesChunk " + c.file.Filename() }),
			api.Inspected(func(c *seriesChunk) string { return "SeriesChunk " + c.in.Variable + " of " + c.file.Filename() }),
		),
		api.NewList("CDFSeries", "One variable over several files, in the order of time: an array of SeriesChunks, one a file.",
			api.Method("data", "Joins all chunks into one CDFValues, or refuses and says how large it would be.", func(ctx context.Context, s cdfSeries, _ api.None) (*cdfValues, error) {
				return s.data(ctx, h.MaxMemory)
			}),
			api.Method("toCSV", "Gives all records as CSV text with a line of names.", func(ctx context.Context, s cdfSeries, _ api.None) (string, error) {
				var out strings.Builder
				err := s.write(ctx, &out, "csv")
				return out.String(), err
			}),
			api.Method("table", "Prints a line for each file: its records, the time without data before it, and what overlaps.", func(ctx context.Context, s cdfSeries, _ api.None) (api.None, error) {
				text, err := s.table(ctx)
				if err == nil {
					_, err = io.WriteString(h.Stdout, text)
				}
				return api.None{}, err
			}),
			api.Brief(func(s cdfSeries) string { return fmt.Sprintf("CDFSeries(%d)", len(s)) }),
			api.Inspected(func(s cdfSeries) string { return s.summary() }),
			api.Shown[cdfSeries]("query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260107'}).series('b_dsrf').data().shape"),
		),
	}
}

// summary says which files a series goes over.
func (s cdfSeries) summary() string {
	if len(s) == 0 {
		return "CDFSeries: no files"
	}
	first, last := s[0], s[len(s)-1]
	return fmt.Sprintf("CDFSeries %s over %d files, %s to %s\nfor (const chunk of series) reads one after another; data() joins them, table() lists them",
		first.in.Variable, len(s), first.file.Filename(), last.file.Filename())
}

// table lists the chunks.
func (s cdfSeries) table(ctx context.Context) (string, error) {
	rows := [][]string{{"file", "records", "from", "to", "gap", "overlap"}}
	for _, c := range s {
		part, err := c.load(ctx)
		if err != nil {
			return "", err
		}
		row := []string{c.file.Filename(), fmt.Sprint(part.values.Records), "", "", "", ""}
		if n := part.timeValues.Records; n > 0 {
			row[2], row[3] = part.timeValues.String(0), part.timeValues.String(n-1)
		}
		if c.gap > 0 {
			row[4] = fmt.Sprintf("%.9g s", c.gap)
		}
		if c.overlap > 0 {
			row[5] = fmt.Sprint(c.overlap)
		}
		rows = append(rows, row)
	}
	return present.Lines(rows), nil
}
