package bindings

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"imapsh/naming"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// column is a column of a table of records.
type column struct {
	title, field string
	onlyWhenSet  bool // left out where no row has a value
	rank         int  // the highest go first where the terminal is narrow; 0 never goes
}

// columnsOf are the official client's columns for a kind of record.
func columnsOf(records sdc.Records) []column {
	if len(records) == 0 {
		return nil
	}
	has := func(name string) bool { return slices.Contains(records[0].Names(), name) }
	switch {
	case has("kernel_type"):
		return []column{
			{title: "Kernel Type", field: "kernel_type", rank: 1}, {title: "Min Date", field: "min_date_datetime", rank: 3},
			{title: "Max Date", field: "max_date_datetime", rank: 3}, {title: "Ingestion Date", field: "ingestion_date", rank: 4},
			{title: "Version", field: "version", rank: 2}, {title: "Filename", field: "filename"},
		}
	case has("data_level"):
		return []column{
			{title: "Instrument", field: "instrument", rank: 2}, {title: "Data Level", field: "data_level", rank: 3},
			{title: "Descriptor", field: "descriptor", rank: 4}, {title: "Start Date", field: "start_date", rank: 5},
			{title: "Repointing", field: "repointing", rank: 6, onlyWhenSet: true}, {title: "CR", field: "cr", rank: 6, onlyWhenSet: true},
			{title: "Ingestion Date", field: "ingestion_date", rank: 7},
			{title: "Version", field: "version", rank: 1}, {title: "Filename", field: "filename"},
		}
	}
	return []column{
		{title: "Instrument", field: "instrument", rank: 2}, {title: "Descriptor", field: "descriptor", rank: 4},
		{title: "Start Date", field: "start_date", rank: 5}, {title: "End Date", field: "end_date", rank: 3},
		{title: "Ingestion Date", field: "ingestion_date", rank: 7},
		{title: "Version", field: "version", rank: 1}, {title: "Filename", field: "filename"},
	}
}

// shownColumns are the columns that have something to show.
func shownColumns(records sdc.Records) []column {
	return slices.DeleteFunc(columnsOf(records), func(c column) bool {
		return c.onlyWhenSet && !slices.ContainsFunc(records, func(r *sdc.Record) bool { return r.Text(c.field) != "" }) ||
			!slices.ContainsFunc(records, func(r *sdc.Record) bool { _, has := r.Get(c.field); return has })
	})
}

// OfficialTable is the table of the official client's query command.
// It fits into the width (0: any) unless the file names alone do not.
func OfficialTable(records sdc.Records, width int) string {
	f := frame{left: "| ", between: " | ", right: " |"}
	return render(records, fitting(records, officialOrder(shownColumns(records)), width, f), f, "None")
}

// officialOrder puts the columns of the Carrington rotation and the repointing where
// the official client has them, before the name.
func officialOrder(columns []column) []column {
	last := len(columns) - 1
	for _, field := range []string{"cr", "repointing"} {
		if i := slices.IndexFunc(columns, func(c column) bool { return c.field == field }); i >= 0 {
			moved := columns[i]
			columns = slices.Insert(slices.Delete(columns, i, i+1), last-1, moved)
		}
	}
	return columns
}

// Table lists records under the names of their fields: those given, or the usual
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

// fitting drops columns until the rest fit into the width: those that say the same of
// every row first, then by their rank.
func fitting(records sdc.Records, columns []column, width int, f frame) []column {
	if width <= 0 || needed(records, columns, f) <= width {
		return columns
	}
	columns = slices.Clone(columns)
	for i, c := range columns {
		if c.rank > 0 && len(records) > 1 && !slices.ContainsFunc(records, func(r *sdc.Record) bool { return r.Text(c.field) != records[0].Text(c.field) }) {
			columns[i].rank += sameEverywhere
		}
	}
	for len(columns) > 1 && needed(records, columns, f) > width {
		next := 0
		for i, c := range columns {
			if c.rank > columns[next].rank {
				next = i
			}
		}
		if columns[next].rank == 0 {
			break
		}
		columns = slices.Delete(columns, next, next+1)
	}
	return columns
}

// sameEverywhere raises the rank of a column above all that tell rows apart.
const sameEverywhere = 100

func needed(records sdc.Records, columns []column, f frame) int {
	sum := len(f.left) + len(f.between)*(len(columns)-1) + len(f.right)
	for _, c := range columns {
		most := len(c.title)
		for _, r := range records {
			most = max(most, text.StringWidthWithoutEscSequences(cell(r, c)))
		}
		sum += most
	}
	return sum
}

// page is what the prompt prints of a result's rows.
func page(records sdc.Records, width int) string {
	if len(records) == 0 {
		return "No files. Is an option too narrow (a descriptor may hold *)? Without a key only released files are found."
	}
	return Table(records, nil, width)
}

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

// summary counts the files of each product, with the span of their days.
func summary(l FileList, width int) string {
	type product struct {
		name        []string
		files       int
		first, last string
	}
	by, first, last := productOf(sdc.Records(l))
	products := map[string]*product{}
	for _, r := range l {
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
	total := counted(len(l), "file") + ", " + counted(len(products), "product")
	if others := otherVersions(sdc.Records(l).FilePaths()); others > 0 {
		total += fmt.Sprintf("; %d of the files are other versions of one that is here: latest() keeps the newest", others)
	}
	return t.Render() + "\n" + total
}

// otherVersions counts the files of which another version came before.
func otherVersions(paths []string) (n int) {
	seen := map[string]bool{}
	for _, p := range paths {
		path, err := naming.Parse(naming.Base(p))
		if err != nil {
			continue
		}
		file := naming.Unversioned(path)
		if seen[file] {
			n++
		}
		seen[file] = true
	}
	return n
}

// widest is the width of the widest line.
func widest(lines string) (columns int) {
	for line := range strings.SplitSeq(lines, "\n") {
		columns = max(columns, text.StringWidthWithoutEscSequences(line))
	}
	return columns
}

// brief is a list in one line: FileList(160) mag l1b 20260101…20260209.
func brief(l FileList) string {
	parts := []string{fmt.Sprintf("FileList(%d)", len(l))}
	by, first, last := productOf(sdc.Records(l))
	for _, field := range by {
		seen := map[string]bool{}
		for _, r := range l {
			if value := r.Text(field); value != "" {
				seen[value] = true
			}
		}
		switch values := slices.Sorted(maps.Keys(seen)); {
		case len(values) > 3:
			parts = append(parts, counted(len(values), strings.ReplaceAll(field, "_", " ")))
		case len(values) > 0 && (field != "descriptor" || len(values) == 1):
			parts = append(parts, strings.Join(values, ","))
		}
	}
	var from, to string
	for _, r := range l {
		if day, _, _ := strings.Cut(r.Text(first), ","); day != "" && (from == "" || day < from) {
			from = day
		}
		day, _, _ := strings.Cut(r.Text(last), ",")
		to = max(to, day)
	}
	switch {
	case from != "" && from != to:
		parts = append(parts, from+"…"+to)
	case from != "":
		parts = append(parts, from)
	}
	return termtext.EscapeLine(strings.Join(parts, " "))
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
