package present

import (
	"encoding/csv"
	"io"
	"slices"

	"imapsh/sdc"
)

// WriteCSV writes records as CSV with a line of names; null is empty.
func WriteCSV(w io.Writer, records sdc.Records) error {
	names := Fields(records)
	if len(names) == 0 {
		return nil
	}
	out := csv.NewWriter(w)
	_ = out.Write(names)
	for _, r := range records {
		row := make([]string, len(names))
		for i, name := range names {
			row[i] = r.Text(name)
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// Fields lists the names that the records have, in their order.
func Fields(records sdc.Records) []string {
	var names []string
	var before *sdc.Record
	for _, r := range records {
		if before != nil && &r.Names()[0] == &before.Names()[0] {
			continue // rows of one answer share their names
		}
		before = r
		for _, name := range r.Names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
