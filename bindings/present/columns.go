package present

import (
	"slices"

	"github.com/jedib0t/go-pretty/v6/text"

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
