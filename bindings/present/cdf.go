package present

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/mattn/go-runewidth"

	"imapsh/runtime/termtext"
	"imapsh/sdc/cdf"
)

// CDF lists the variables of a file under a line about the whole.
func CDF(f *cdf.File, name string, width int) string {
	order := "column-major"
	if f.RowMajor {
		order = "row-major"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s: CDF %s, %v, %s, %s, %s\n", termtext.EscapeLine(name), f.VersionString(), f.Encoding, order,
		count(len(f.Variables), "variable"), count(len(f.Attributes), "global attribute"))
	t := table.NewWriter()
	t.SetStyle(PlainStyle())
	t.SuppressTrailingSpaces()
	header := make(table.Row, len(CDFFields))
	widths := make([]int, len(CDFFields))
	for j, field := range CDFFields {
		header[j], widths[j] = field, len(field)
	}
	t.AppendHeader(header)
	last := len(CDFFields) - 1
	rows := make([][]string, len(f.Variables))
	for i, v := range f.Variables {
		rows[i] = CDFRow(v)
		for j, cell := range rows[i] {
			rows[i][j] = termtext.EscapeLine(cell)
			widths[j] = max(widths[j], termtext.Width(rows[i][j]))
		}
	}
	room := width
	for _, w := range widths[:last] {
		room -= w + 2
	}
	room = max(room, len(CDFFields[last])) // the header is that wide
	for _, row := range rows {
		description := row[last]
		if width > 0 && termtext.Width(description) > room {
			description = runewidth.Truncate(description, room, "…")
		}
		t.AppendRow(table.Row{row[0], row[1], row[2], row[3], row[4], description})
	}
	out.WriteString(t.Render())
	for _, w := range f.Warnings {
		out.WriteString("\nwarning: " + termtext.EscapeLine(w))
	}
	return out.String()
}

// CDFFields are the columns of CDFRow.
var CDFFields = []string{"name", "type", "dimensions", "records", "units", "description"}

// CDFRow describes a variable: its name, type, dimensions, records, units and
// description.
func CDFRow(v *cdf.Variable) []string {
	kind := v.Type.String()
	if v.Type.IsText() {
		kind += "*" + strconv.Itoa(v.Elements)
	}
	records := strconv.Itoa(v.Records)
	if !v.RecordVary {
		records = "once"
	}
	description := v.Text("CATDESC")
	if description == "" {
		description = v.Text("FIELDNAM")
	}
	return []string{v.Name, kind, Dimensions(v.Dims), records, v.Text("UNITS"), description}
}

// Dimensions is a shape as in "20 × 30"; a single value has none.
func Dimensions(dims []int) string {
	list := make([]string, len(dims))
	for i, n := range dims {
		list[i] = strconv.Itoa(n)
	}
	return strings.Join(list, " × ")
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Lines prints rows, the first of which is a header, in columns.
func Lines(rows [][]string) string {
	t := table.NewWriter()
	t.SetStyle(PlainStyle())
	t.SuppressTrailingSpaces()
	for i, cells := range rows {
		row := make(table.Row, len(cells))
		for j, cell := range cells {
			row[j] = termtext.EscapeLine(cell)
		}
		if i == 0 {
			t.AppendHeader(row)
		} else {
			t.AppendRow(row)
		}
	}
	return t.Render() + "\n"
}
