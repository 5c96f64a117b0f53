package present

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// productOf names the fields that tell a product, and those of the first and last day
// of a file.
func productOf(records sdc.Records) (by []string, first, last string) {
	if len(records) > 0 && slices.Contains(records[0].Names(), "kernel_type") {
		return []string{"kernel_type"}, "min_date_datetime", "max_date_datetime"
	}
	for _, field := range []string{"instrument", "data_level", "descriptor"} {
		if len(records) == 0 || slices.Contains(records[0].Names(), field) {
			by = append(by, field)
		}
	}
	return by, "start_date", "start_date"
}

// Summary is a table of how many files there are of each product, with the span of their
// days, and the sums; newest says how to have the newest version of each file alone.
func Summary(records sdc.Records, width int, newest string) string {
	type product struct {
		name        []string
		files       int
		first, last string
	}
	by, first, last := productOf(records)
	products := map[string]*product{}
	for _, r := range records {
		name := make([]string, len(by))
		for i, field := range by {
			name[i] = r.Text(field)
		}
		key := strings.Join(name, "\x00")
		p := products[key]
		if p == nil {
			p = &product{name: name, first: r.Text(first)}
			products[key] = p
		}
		p.files++
		if day := r.Text(first); day != "" && (p.first == "" || day < p.first) {
			p.first = day
		}
		p.last = max(p.last, r.Text(last))
	}
	t := table.NewWriter()
	t.SetStyle(PlainStyle())
	t.SuppressTrailingSpaces()
	t.SetColumnConfigs([]table.ColumnConfig{{Number: len(by) + 1, Align: text.AlignRight}})
	row := func(name []string, rest ...any) table.Row {
		var row table.Row
		for _, part := range name {
			row = append(row, termtext.EscapeLine(part))
		}
		return append(row, rest...)
	}
	t.AppendHeader(row(by, "files", "first", "last"))
	for _, key := range slices.Sorted(maps.Keys(products)) {
		p := products[key]
		t.AppendRow(row(p.name, p.files, termtext.EscapeLine(p.first), termtext.EscapeLine(p.last)))
	}
	if width > 0 { // the days go first: the counts are what was asked for
		for _, columns := range [][]int{{len(by) + 2}, {len(by) + 2, len(by) + 3}} {
			if widest(t.Render()) <= width {
				break
			}
			configs := []table.ColumnConfig{{Number: len(by) + 1, Align: text.AlignRight}}
			for _, number := range columns {
				configs = append(configs, table.ColumnConfig{Number: number, Hidden: true})
			}
			t.SetColumnConfigs(configs)
		}
	}
	total := Counted(len(records), "file") + ", " + Counted(len(products), "product")
	if others := otherVersions(records.FilePaths()); others > 0 {
		total += fmt.Sprintf("; %d of the files are other versions of one that is here: %s", others, newest)
	}
	return t.Render() + "\n" + total
}

// widest is the width of the widest line.
func widest(lines string) (columns int) {
	for line := range strings.SplitSeq(lines, "\n") {
		columns = max(columns, text.StringWidthWithoutEscSequences(line))
	}
	return columns
}
