package sdc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"imapsh/naming"
)

// catalog is one list of the archive: a table of /query, the kernels, or one of the
// three lists that share table spice with the kernels. Each takes parameters of its own.
type catalog struct {
	name     string // in errors
	table    Table
	spice    SPICEType // the type that has this list to itself
	endpoint string
	alone    bool // it is short enough to be asked for without an option
}

// The catalogs; nothing changes them.
var (
	science   = &catalog{name: "table science", table: TableScience, endpoint: "/query"}
	ancillary = &catalog{name: "table ancillary", table: TableAncillary, endpoint: "/query"}
	quicklook = &catalog{name: "table quicklook", table: TableQuicklook, endpoint: "/query"}
	kernels   = &catalog{name: "table spice", table: TableSPICE, endpoint: "/spice-query", alone: true}
	spin      = &catalog{name: "table spice, type spin", table: TableSPICE, spice: "spin", endpoint: "/spin-table", alone: true}
	repoint   = &catalog{name: "table spice, type repoint", table: TableSPICE, spice: "repoint", endpoint: "/repoint-table", alone: true}
	thruster  = &catalog{name: "table spice, type thruster", table: TableSPICE, spice: "thruster", endpoint: "/small-forces-table", alone: true}

	apiTables   = []*catalog{science, ancillary, quicklook}
	products    = []*catalog{science, quicklook}
	spiceTables = []*catalog{spin, repoint, thruster}
	spiceLists  = append([]*catalog{kernels}, spiceTables...)
	allCatalogs = slices.Concat(apiTables, spiceLists)
)

// TableAsked is the table that the query asks: the given one, that of the file name,
// or science.
func (q Query) TableAsked() Table {
	if c, _, err := q.catalog(); err == nil {
		return c.table
	}
	return q.Table
}

// catalog finds the list that the query asks, and the file that it names: nil when
// it names none.
func (q Query) catalog() (*catalog, naming.FilePath, error) {
	if q.Table != "" && !slices.Contains(q.Table.Values(), string(q.Table)) {
		return nil, nil, usagef("query: table %q: must be one of %s", q.Table, strings.Join(q.Table.Values(), ", "))
	}
	file, err := q.file()
	if err != nil {
		return nil, nil, err
	}
	table, kind := q.Table, q.Type
	if file != nil {
		table = Table(file.Class())
		if kernel, ok := file.(naming.SPICEFilePath); ok {
			if kind != "" && kind != SPICEType(kernel.Type) && (kind != allKernels || catalogOf(table, SPICEType(kernel.Type)) != kernels) {
				return nil, nil, usagef("query: filename %q: its type is %s, not %s; leave type out", file.Filename(), kernel.Type, kind)
			}
			kind = SPICEType(kernel.Type)
		}
	}
	if table == "" {
		table = TableScience
	}
	return catalogOf(table, kind), file, nil
}

func catalogOf(table Table, kind SPICEType) *catalog {
	catalogs := slices.Clone(allCatalogs)
	slices.Reverse(catalogs) // a type's own list comes before the kernels'
	i := slices.IndexFunc(catalogs, func(c *catalog) bool { return c.table == table && (c.spice == "" || c.spice == kind) })
	return catalogs[i]
}

// file reads the file name as one of the table's class. Without a table it may be of
// any class that a table lists.
func (q Query) file() (naming.FilePath, error) {
	if q.Filename == "" {
		return nil, nil
	}
	file, err := naming.Parse(q.Filename)
	if q.Table == "" || err == nil && file.Class() == naming.Class(q.Table) {
		switch {
		case err != nil:
			return nil, fmt.Errorf("query: filename: %w", err)
		case !slices.Contains(Table("").Values(), string(file.Class())):
			return nil, usagef("query: filename %q: it names a %s file, and no table lists those; they can be downloaded by name", file.Filename(), file.Class())
		}
		return file, nil
	}
	// A name may be of two classes: the table decides.
	read, errRead := naming.ParseAs(naming.Class(q.Table), q.Filename)
	var invalid *naming.InvalidNameError
	if err == nil && errors.As(errRead, &invalid) {
		return nil, usagef("query: filename %q: it names a %s file, but the table is %s", file.Filename(), file.Class(), q.Table)
	}
	if errRead != nil {
		return nil, fmt.Errorf("query: filename: %w", errRead)
	}
	return read, nil
}
