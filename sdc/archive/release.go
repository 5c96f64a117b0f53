package archive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"imapsh/naming"
)

// serveRelease answers /release: it releases what a manifest names, which was uploaded
// before.
func (a *Archive) serveRelease(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	switch kind := values.Get("release_type"); kind {
	case "release":
	case "early-release", "unrelease":
		writeJSON(w, http.StatusNotImplemented, "Early release operation not supported yet.")
		return
	default:
		writeJSON(w, http.StatusBadRequest, fmt.Sprintf("Invalid release_type %q.", kind))
		return
	}
	file := values.Get("manifest_file")
	if file == "" {
		writeJSON(w, http.StatusBadRequest, "Missing required query parameter 'manifest_file' for release operation.")
		return
	}
	m, err := a.manifest(file)
	var invalid badQuery
	switch {
	case errors.As(err, &invalid):
		writeJSON(w, http.StatusBadRequest, err.Error())
		return
	case err != nil:
		a.fail(w, r, err)
		return
	}
	if err := a.release(r.Context(), m); err != nil {
		a.fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, "Successfully released data per specification in "+file)
}

// manifest is what is to be released: the lines of a file, and its days.
type manifest struct {
	start, end string // YYYYMMDD, inclusive
	lines      []manifestLine
}

// manifestLine releases products of an instrument. all stands for every type, and for every
// descriptor.
type manifestLine struct{ instrument, dataType, descriptor string }

// manifest reads a manifest of the store. What is wrong with it is a badQuery.
func (a *Archive) manifest(file string) (manifest, error) {
	name, err := naming.ParseRelease(file)
	if err != nil || name.Filename() != file {
		return manifest{}, badQuery(fmt.Sprintf("%q is not the name of a release manifest.", file))
	}
	if !strings.HasPrefix(name.Descriptor, "data-release-") || name.EndDate == "" {
		return manifest{}, badQuery(fmt.Sprintf("%q is not the name of a release manifest: it must be imap_<instrument>_data-release-<NNN>_<start>_<end>_vNNN.txt.", file))
	}
	object, err := a.store.Open(name.ArchivePath())
	if errors.Is(err, fs.ErrNotExist) {
		return manifest{}, badQuery(fmt.Sprintf("The manifest %s is not in the archive.", file))
	} else if err != nil {
		return manifest{}, err
	}
	defer object.Close()
	m := manifest{start: name.StartDate, end: name.EndDate}
	scanner := bufio.NewScanner(object)
	for number := 1; scanner.Scan(); number++ {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "instrument,") {
			continue
		}
		fields := strings.Split(line, ",")
		if len(fields) != 4 {
			return manifest{}, badQuery(fmt.Sprintf("Line %d of %s has %d fields, not 4: instrument, data_type, descriptor, flag.", number, file, len(fields)))
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if strings.EqualFold(fields[3], "true") {
			m.lines = append(m.lines, manifestLine{fields[0], fields[1], fields[2]})
		}
	}
	return m, scanner.Err()
}

// release releases the newest version of each file that a manifest names.
func (a *Archive) release(ctx context.Context, m manifest) error {
	var paths []string
	for _, line := range m.lines {
		found, err := a.catalog.toRelease(ctx, m, line)
		if err != nil {
			return err
		}
		paths = append(paths, found...)
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	// The lists come first: what they no longer name and the catalog still hides stays hidden.
	if lists, ok := a.store.(unreleasedLists); ok {
		for _, path := range paths {
			if err := lists.Unlist(path); err != nil {
				return err
			}
		}
	}
	return a.catalog.change(ctx, func(w *change) error {
		for _, path := range paths {
			if err := w.release(path); err != nil {
				return err
			}
			a.log.Info("released", "path", path)
		}
		return nil
	})
}

// toRelease finds the newest version of each file that a line of a manifest names.
func (c *catalog) toRelease(ctx context.Context, m manifest, line manifestLine) ([]string, error) {
	newest := map[string]naming.FilePath{}
	add := func(query string, args ...any) error {
		if line.descriptor != "all" {
			query, args = query+" AND descriptor = ?", append(args, line.descriptor)
		}
		rows, err := c.db.QueryContext(ctx, query, args...)
		if err != nil {
			return fmt.Errorf("finding what is to be released: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var path string
			if err := rows.Scan(&path); err != nil {
				return fmt.Errorf("finding what is to be released: %w", err)
			}
			name, err := naming.Parse(path)
			if err != nil {
				return err
			}
			root := naming.Unversioned(name)
			if best := newest[root]; best == nil || naming.VersionOf(best).Compare(naming.VersionOf(name)) < 0 {
				newest[root] = name
			}
		}
		return rows.Err()
	}
	if line.dataType != "ancillary" {
		query, args := "SELECT file_path FROM science WHERE instrument = ? AND start_date BETWEEN ? AND ?", []any{line.instrument, m.start, m.end}
		if line.dataType != "all" {
			query, args = query+" AND data_level = ?", append(args, line.dataType)
		}
		if err := add(query, args...); err != nil {
			return nil, err
		}
	}
	if line.dataType == "ancillary" || line.dataType == "all" {
		err := add("SELECT file_path FROM ancillary WHERE instrument = ? AND start_date <= ? AND (end_date IS NULL OR end_date >= ?)",
			line.instrument, m.end, m.start)
		if err != nil {
			return nil, err
		}
	}
	var paths []string
	for _, name := range newest {
		paths = append(paths, name.ArchivePath())
	}
	return paths, nil
}

// release takes the mark of a path away. A row that a table has for it follows.
func (w *change) release(path string) error {
	if err := w.exec("DELETE FROM hidden WHERE path = ?", path); err != nil {
		return err
	}
	for _, t := range listings() {
		err := w.exec("UPDATE "+t.name+" SET released = 1, row = json_set(row, '$.released', json('true')) WHERE file_path = ? AND NOT released", path)
		if err != nil {
			return err
		}
	}
	return nil
}
