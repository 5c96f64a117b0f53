package present

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"imapsh/runtime/termtext"
	"imapsh/sdc/cdf"
)

// ValueFormats are the forms in which WriteValues writes a variable.
var ValueFormats = []string{"table", "csv", "json", "jsonl", "npy"}

// WriteValues writes the records that are selected. It reads and writes them piece by
// piece, so that their number sets no memory.
func WriteValues(ctx context.Context, w io.Writer, s cdf.Selection, format string) error {
	v := valueWriter{
		name: s.Variable.Name, dataType: s.Variable.Type, elements: s.Variable.Elements, dims: s.Variable.Dims,
		records: s.Records, attrs: EntryValues(s.Variable), chunks: s.Chunks(ctx),
	}
	if s.Time != nil && s.Time != s.Variable {
		v.timeName, v.timeType = s.Time.Name, s.Time.Type
	}
	return v.write(ctx, w, format)
}

// Rows are records that were read, with the times of as many of them as have one.
type Rows struct {
	Name     string
	Values   cdf.Values
	TimeName string
	Times    cdf.Values
}

// WriteRows writes records that were read.
func WriteRows(ctx context.Context, w io.Writer, r Rows, format string) error {
	v := valueWriter{
		name: r.Name, dataType: r.Values.Type, elements: r.Values.Elements, dims: r.Values.Dims, records: r.Values.Records,
		chunks: func(yield func(cdf.Chunk, error) bool) { yield(cdf.Chunk{Times: r.Times, Values: r.Values}, nil) },
	}
	if r.Times.Type != 0 && r.TimeName != r.Name {
		v.timeName, v.timeType = r.TimeName, r.Times.Type
	}
	return v.write(ctx, w, format)
}

// valueWriter writes records of a variable.
type valueWriter struct {
	name     string
	dataType cdf.Type
	elements int
	dims     []int
	records  int
	attrs    map[string]json.RawMessage
	timeName string // empty: no column of times
	timeType cdf.Type
	chunks   iter.Seq2[cdf.Chunk, error]

	columns []string // one for each value of a record
	out     *bufio.Writer
}

// write writes all records in a format.
func (v valueWriter) write(ctx context.Context, w io.Writer, format string) error {
	v.out, v.columns = bufio.NewWriterSize(w, 1<<16), columnNames(v.name, v.dims)
	write := map[string]func(context.Context) error{"table": v.table, "csv": v.csv, "json": v.json, "jsonl": v.jsonl, "npy": v.npy}[format]
	if write == nil {
		return fmt.Errorf("format %q: it is one of %s", format, strings.Join(ValueFormats, ", "))
	}
	if err := write(ctx); err != nil {
		return err
	}
	return v.out.Flush()
}

// columnNames are the names of a record's values: b for a single one, or b[0][1].
func columnNames(name string, dims []int) []string {
	names := []string{name}
	for _, n := range dims {
		longer := make([]string, 0, len(names)*n)
		for _, name := range names {
			for i := range n {
				longer = append(longer, name+"["+strconv.Itoa(i)+"]")
			}
		}
		names = longer
	}
	return names
}

// each calls a function with the place of each record in a chunk.
func (v valueWriter) each(ctx context.Context, record func(chunk cdf.Chunk, i int) error) error {
	for chunk, err := range v.chunks {
		if err != nil {
			return err
		}
		for i := range chunk.Values.Records {
			if i%4096 == 4095 && ctx.Err() != nil {
				return ctx.Err()
			}
			if err := record(chunk, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// timed reports whether a column of times stands before the values.
func (v valueWriter) timed() bool { return v.timeName != "" }

// appendTime appends the time of a record; nothing where there is none.
func appendTime(b []byte, chunk cdf.Chunk, i int) []byte {
	if i >= chunk.Times.Records {
		return b
	}
	return chunk.Times.Append(b, i)
}

// csv writes a line of names and a line for each record.
func (v valueWriter) csv(ctx context.Context) error {
	if v.timed() {
		fmt.Fprint(v.out, csvCell(v.timeName), ",")
	}
	for i, name := range v.columns {
		if i > 0 {
			v.out.WriteByte(',')
		}
		v.out.WriteString(csvCell(name))
	}
	v.out.WriteByte('\n')
	var line []byte
	text := v.dataType.IsText()
	return v.each(ctx, func(chunk cdf.Chunk, i int) error {
		line = line[:0]
		if v.timed() {
			line = append(appendTime(line, chunk, i), ',')
		}
		for j := range v.columns {
			if j > 0 {
				line = append(line, ',')
			}
			if text {
				line = append(line, csvCell(strings.TrimRight(chunk.Values.String(i*len(v.columns)+j), " "))...)
			} else {
				line = chunk.Values.Append(line, i*len(v.columns)+j)
			}
		}
		_, err := v.out.Write(append(line, '\n'))
		return err
	})
}

// csvCell quotes what would be read as more than one cell.
func csvCell(s string) string {
	if strings.ContainsAny(s, ",\"\n\r") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// maxCells is how many values of a record a table shows.
const maxCells = 12

// table writes lines of columns; of a record with many values the first ones.
func (v valueWriter) table(ctx context.Context) error {
	shown := min(len(v.columns), maxCells)
	width := v.cellWidth()
	timeWidth := 0
	if v.timed() {
		timeWidth = max(timeWidths[v.timeType], len(v.timeName))
		fmt.Fprintf(v.out, "%-*s", timeWidth+2, v.timeName)
	}
	for _, name := range v.columns[:shown] {
		width = max(width, len(name))
	}
	for i, name := range v.columns[:shown] {
		v.pad(name, width, i+1 == shown)
	}
	if len(v.columns) > shown {
		fmt.Fprintf(v.out, "  … %d more", len(v.columns)-shown)
	}
	v.out.WriteByte('\n')
	var cell []byte
	return v.each(ctx, func(chunk cdf.Chunk, i int) error {
		if v.timed() {
			cell = appendTime(cell[:0], chunk, i)
			fmt.Fprintf(v.out, "%-*s", timeWidth+2, cell)
		}
		for j := range shown {
			at := i*len(v.columns) + j
			if v.dataType.IsText() {
				v.pad(termtext.EscapeLine(strings.TrimRight(chunk.Values.String(at), " ")), width, j+1 == shown)
			} else {
				cell = chunk.Values.Append(cell[:0], at)
				v.pad(string(cell), width, j+1 == shown)
			}
		}
		return v.out.WriteByte('\n')
	})
}

// pad writes a cell: numbers to the right, other things to the left.
func (v valueWriter) pad(cell string, width int, last bool) {
	room := strings.Repeat(" ", max(width-termtext.Width(cell), 0))
	switch t := v.dataType; {
	case !t.IsText() && !t.IsTime():
		v.out.WriteString(room + cell)
	case last:
		v.out.WriteString(cell)
	default:
		v.out.WriteString(cell + room)
	}
	if !last {
		v.out.WriteString("  ")
	}
}

// timeWidths are how many characters a time has.
var timeWidths = map[cdf.Type]int{cdf.TT2000: 29, cdf.Epoch: 23, cdf.Epoch16: 32}

// cellWidth is how many characters a value has at most, as a rule.
func (v valueWriter) cellWidth() int {
	switch {
	case v.dataType.IsText():
		return v.elements
	case v.dataType.IsTime():
		return timeWidths[v.dataType]
	case v.dataType == cdf.Real8, v.dataType == cdf.Double:
		return 20
	case v.dataType.IsFloat(), v.dataType == cdf.Int4, v.dataType == cdf.Uint4:
		return 13
	case v.dataType == cdf.Int8:
		return 20
	}
	return 6
}

// jsonl writes an object for each record.
func (v valueWriter) jsonl(ctx context.Context) error {
	key, err := json.Marshal(v.name)
	if err != nil {
		return err
	}
	var line []byte
	return v.each(ctx, func(chunk cdf.Chunk, i int) error {
		line = append(line[:0], '{')
		if v.timed() && i < chunk.Times.Records {
			line = append(line, `"time":"`...)
			line = append(appendTime(line, chunk, i), `",`...)
		}
		line = append(append(line, key...), ':')
		line = appendNested(line, chunk.Values, i, v.dims)
		_, err := v.out.Write(append(line, "}\n"...))
		return err
	})
}

// json writes one object: what the variable is, its times and its values.
func (v valueWriter) json(ctx context.Context) error {
	head := []struct {
		name  string
		value any
	}{{"name", v.name}, {"type", v.dataType.String()}, {"shape", v.shape()}, {"attrs", v.attrs}}
	v.out.WriteByte('{')
	for _, h := range head {
		b, err := json.Marshal(h.value)
		if err != nil {
			return err
		}
		fmt.Fprintf(v.out, "%q:%s,", h.name, b)
	}
	if v.timed() {
		v.out.WriteString(`"times":[`)
		if err := v.list(ctx, func(line []byte, chunk cdf.Chunk, i int) []byte {
			return append(appendTime(append(line, '"'), chunk, i), '"')
		}); err != nil {
			return err
		}
		v.out.WriteString("],")
	}
	v.out.WriteString(`"data":[`)
	if err := v.list(ctx, func(line []byte, chunk cdf.Chunk, i int) []byte {
		return appendNested(line, chunk.Values, i, v.dims)
	}); err != nil {
		return err
	}
	_, err := v.out.WriteString("]}\n")
	return err
}

// list writes the records' items with commas between them.
func (v valueWriter) list(ctx context.Context, item func(line []byte, chunk cdf.Chunk, i int) []byte) error {
	var line []byte
	first := true
	return v.each(ctx, func(chunk cdf.Chunk, i int) error {
		line = line[:0]
		if !first {
			line = append(line, ',')
		}
		first = false
		_, err := v.out.Write(item(line, chunk, i))
		return err
	})
}

// shape is the number of records and the dimensions.
func (v valueWriter) shape() []int { return append([]int{v.records}, v.dims...) }

// appendNested appends a record as JSON: a value, or lists in lists.
func appendNested(b []byte, values cdf.Values, record int, dims []int) []byte {
	perRecord := values.PerRecord()
	at := record * perRecord
	var nest func(dims []int)
	nest = func(dims []int) {
		if len(dims) == 0 {
			b = appendJSON(b, values, at)
			at++
			return
		}
		b = append(b, '[')
		for i := range dims[0] {
			if i > 0 {
				b = append(b, ',')
			}
			nest(dims[1:])
		}
		b = append(b, ']')
	}
	nest(dims)
	return b
}

// appendJSON appends a value; NaN and the infinities, which JSON has not, are null.
func appendJSON(b []byte, values cdf.Values, i int) []byte {
	switch {
	case values.Type.IsText():
		text, err := json.Marshal(strings.TrimRight(values.String(i), " "))
		if err != nil {
			return append(b, "null"...)
		}
		return append(b, text...)
	case values.Type.IsTime():
		b = values.Append(append(b, '"'), i)
		return append(b, '"')
	case values.Type.IsFloat():
		if x := values.Float64(i); math.IsNaN(x) || math.IsInf(x, 0) {
			return append(b, "null"...)
		}
	}
	return values.Append(b, i)
}

// EntryValues are a variable's attributes as plain values, for JSON.
func EntryValues(v *cdf.Variable) map[string]json.RawMessage {
	attrs := map[string]json.RawMessage{}
	for _, a := range v.Attributes {
		attrs[a.Name] = EntryJSON(a.Entry)
	}
	return attrs
}

// EntryJSON is an attribute's entry as JSON: a string, a number, or a list of numbers.
func EntryJSON(e cdf.Entry) json.RawMessage {
	switch {
	case e.Err != nil || e.Len() == 0:
		return json.RawMessage("null")
	case e.Len() == 1:
		return appendJSON(nil, e.Values, 0)
	}
	return appendNested(nil, e.Values, 0, e.Dims)
}
