package archive

import (
	"fmt"
	"slices"
	"strings"
)

// kind is what the values of a column are, which decides how a filter on it
// is read.
type kind int

const (
	text    kind = iota // days as well: YYYYMMDD
	instant             // YYYYMMDD HH:MM:SS, UTC
	integer
	boolean
)

// column is a field of a table's rows.
type column struct {
	name string
	kind kind
}

// table is one of the lists that /query answers from. Its columns have the
// order of the fields in an answer.
type table struct {
	name      string
	directory string // of all its files, with a slash at the end
	levels    []string
	columns   []column
}

// productColumns are the columns of files named by naming.Product.
var productColumns = []column{
	{"file_path", text}, {"instrument", text}, {"data_level", text}, {"descriptor", text},
	{"start_date", text}, {"repointing", integer}, {"major_version", integer}, {"minor_version", integer},
	{"ingestion_date", instant}, {"cr", integer}, {"crid", text}, {"released", boolean}, {"extension", text},
}

// The tables of this server; nothing changes them. The columns in levels are,
// in this order, the directories below the table's own.
var (
	science   = table{"science", "imap/", []string{"instrument", "data_level"}, productColumns}
	quicklook = table{"quicklook", "imap/quicklook/", []string{"instrument", "data_level"}, productColumns}
	ancillary = table{"ancillary", "imap/ancillary/", []string{"instrument"}, []column{
		{"file_path", text}, {"instrument", text}, {"descriptor", text}, {"start_date", text}, {"end_date", text},
		{"version", text}, {"extension", text}, {"ingestion_date", instant}, {"released", boolean},
	}}
)

// spiceFiles are the SPICE files, which have lists of their own.
var spiceFiles = table{"spice", "imap/spice/", nil, []column{
	{"file_path", text}, {"kernel_type", text}, {"ingestion_date", instant}, {"released", boolean},
}}

// tables are those of /query, the default first.
func tables() []table { return []table{science, ancillary, quicklook} }

// listings are all tables of files.
func listings() []table { return append(tables(), spiceFiles) }

// findTable is the table of a name.
func findTable(name string) (table, bool) {
	all := tables()
	if i := slices.IndexFunc(all, func(t table) bool { return t.name == name }); i >= 0 {
		return all[i], true
	}
	return table{}, false
}

// column is the column of a name.
func (t table) column(name string) (column, bool) {
	if i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name }); i >= 0 {
		return t.columns[i], true
	}
	return column{}, false
}

// parameters are the names that a query of the table may filter by, in the
// order in which the real server lists them.
func (t table) parameters() []string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	if !slices.Contains(names, "end_date") {
		names = append(names, "end_date")
	}
	return append(names, "ingestion_start_date", "ingestion_end_date")
}

// create is the SQL that makes the table. The row's text, as it stands in an
// answer, is kept beside the columns: so an answer reads one column a row. The
// paths are the key, so rows lie in the order of an answer, those of an
// instrument and level together.
func (t table) create() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (", t.name)
	for _, c := range t.columns {
		kind := "TEXT"
		if c.kind == integer || c.kind == boolean {
			kind = "INTEGER"
		}
		fmt.Fprintf(&b, "%s %s, ", c.name, kind)
	}
	b.WriteString("row TEXT NOT NULL, PRIMARY KEY (file_path)) WITHOUT ROWID")
	return b.String()
}

// insert is the SQL that adds a row, or puts it in the place of the one with
// its path.
func (t table) insert() string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return fmt.Sprintf("INSERT OR REPLACE INTO %s (%s, row) VALUES (?%s)",
		t.name, strings.Join(names, ", "), strings.Repeat(", ?", len(names)))
}

// quoteList is a list as Python prints it: ['a', 'b'].
func quoteList(names []string) string {
	return "['" + strings.Join(names, "', '") + "']"
}
