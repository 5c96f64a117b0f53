package present

import (
	"bytes"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// OfficialTable is the table of the official client's query command.
// It fits into the width (0: any) unless the file names alone do not.
func OfficialTable(records sdc.Records, width int) string {
	f := frame{left: "| ", between: " | ", right: " |"}
	return render(records, fitting(records, officialOrder(shownColumns(records)), width, f), f, "None")
}

// Table lists records under the names of their fields: those given, or the default
// ones that fit into the width (0: any width). A file name is never cut.
func Table(records sdc.Records, fields []string, width int) string {
	var columns []column
	for _, field := range fields {
		columns = append(columns, column{title: field, field: field})
	}
	if len(fields) == 0 {
		columns = shownColumns(records)
		for i := range columns {
			columns[i].title = columns[i].field // the name by which a script has it
		}
		columns = fitting(records, columns, width, plainFrame)
	}
	return render(records, columns, plainFrame, "")
}

// PlainStyle has no lines: two blanks divide the columns.
func PlainStyle() table.Style {
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	return style
}

// frame is what a table's lines have besides the cells. One with a left side has rules
// around its header and its rows.
type frame struct{ left, between, right string }

var plainFrame = frame{between: "  "}

// render lists records; null is what stands for a field that is null. It is written for
// answers of 100,000 rows: each cell is made and measured once.
func render(records sdc.Records, columns []column, f frame, null string) string {
	n := len(columns)
	cells := make([]string, 0, (len(records)+1)*n)
	for _, c := range columns {
		cells = append(cells, c.title)
	}
	for _, r := range records {
		for _, c := range columns {
			text := cell(r, c)
			if value, has := r.Get(c.field); has && value == nil {
				text = null
			}
			cells = append(cells, text)
		}
	}
	taken, widths := make([]int, len(cells)), make([]int, n)
	for i, text := range cells {
		taken[i] = termtext.Width(text)
		widths[i%n] = max(widths[i%n], taken[i])
	}
	total := len(f.left) + len(f.between)*(n-1) + len(f.right)
	for _, width := range widths {
		total += width
	}
	out := make([]byte, 0, (total+1)*(len(records)+4))
	rule := ""
	if f.left != "" {
		rule = "|" + strings.Repeat("-", total-2) + "|\n"
	}
	blanks := strings.Repeat(" ", total)
	out = append(out, rule...)
	for at := 0; at < len(cells); at += n {
		out = append(out, f.left...)
		for i := range n {
			out = append(out, cells[at+i]...)
			out = append(out, blanks[:widths[i]-taken[at+i]]...)
			if i < n-1 {
				out = append(out, f.between...)
			}
		}
		if f.right == "" {
			out = bytes.TrimRight(out, " ")
		}
		out = append(out, f.right...)
		out = append(out, '\n')
		if at == 0 {
			out = append(out, rule...)
		}
	}
	out = append(out, rule...)
	return strings.TrimSuffix(string(out), "\n")
}

func cell(r *sdc.Record, c column) string { return termtext.EscapeLine(r.Text(c.field)) }
