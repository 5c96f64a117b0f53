package archive

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"imapsh/naming"
)

// spiceFile is a kernel, or one of the files of spins, repointings and thruster firings.
type spiceFile struct {
	naming.SPICEFilePath
	path     string // such as imap/spice/lsk/naif0012.tls
	ingested time.Time
	spans    []span // what it covers, sorted; never empty
}

// The coverage of a kernel without dates in its name.
var (
	spiceStart = time.Date(2010, time.January, 1, 0, 0, 0, 0, time.UTC)
	spiceEnd   = time.Date(2145, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// spiceTimeLayout is how a time stands in the rows of SPICE files, in UTC.
const spiceTimeLayout = "2006-01-02, 15:04:05"

// spiceEndpoint answers from the SPICE files that the caller may see. Its errors are a
// badQuery or a spiceError.
type spiceEndpoint func(files []spiceFile, list []parameter) (any, error)

// spiceEndpoints are the endpoints by their names; nothing changes them.
var spiceEndpoints = map[string]spiceEndpoint{
	"spice-query":        answerKernels,
	"spin-table":         spiceTable("spin").answer,
	"repoint-table":      spiceTable("repoint").answer,
	"small-forces-table": spiceTable("thruster").answer,
	"metakernel":         answerMetakernel,
}

// spiceError is an answer other than 200 and 400.
type spiceError struct {
	status int
	answer any // JSON, or text if it is a plainText
}

func (e *spiceError) Error() string { return fmt.Sprint(e.answer) }

// plainText is an answer that is no JSON.
type plainText string

// serveSPICE answers a request for SPICE files.
func (a *Archive) serveSPICE(w http.ResponseWriter, r *http.Request, answer spiceEndpoint, anonymous bool) {
	list, err := parseParameters(r.URL.RawQuery)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, err.Error())
		return
	}
	files, err := a.catalog.spice(r.Context(), anonymous)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	a.cover(files)
	result, err := answer(files, list)
	status := http.StatusOK
	var refused *spiceError
	switch {
	case errors.As(err, &refused):
		status, result = refused.status, refused.answer
	case err != nil:
		status, result = http.StatusBadRequest, err.Error()
	}
	if text, ok := result.(plainText); ok {
		writeText(w, status, string(text))
		return
	}
	writeJSON(w, status, result)
}

// spice lists the SPICE files in the order of their paths, for the anonymous the released
// ones alone. There are a few thousand in the archive.
func (c *catalog) spice(ctx context.Context, anonymous bool) ([]spiceFile, error) {
	query := "SELECT file_path, ingestion_date FROM spice"
	if anonymous {
		query += " WHERE released"
	}
	rows, err := c.db.QueryContext(ctx, query+" ORDER BY file_path")
	if err != nil {
		return nil, fmt.Errorf("reading the SPICE files: %w", err)
	}
	defer rows.Close()
	var files []spiceFile
	for rows.Next() {
		var path, ingested string
		if err := rows.Scan(&path, &ingested); err != nil {
			return nil, fmt.Errorf("reading the SPICE files: %w", err)
		}
		file, err := newSPICEFile(path, ingested)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, rows.Err()
}

func newSPICEFile(path, ingested string) (spiceFile, error) {
	name, err := naming.ParseSPICE(path)
	if err != nil {
		return spiceFile{}, fmt.Errorf("reading the SPICE files: %w", err)
	}
	f := spiceFile{SPICEFilePath: name, path: path}
	covered := span{spiceStart, spiceEnd}
	if f.ingested, err = time.Parse(instantLayout, ingested); err != nil {
		return spiceFile{}, fmt.Errorf("reading the SPICE files: %w", err)
	}
	if day, err := time.Parse("20060102", name.StartDate); err == nil {
		covered.start = day
	}
	if day, err := time.Parse("20060102", name.EndDate); err == nil {
		covered.end = day.AddDate(0, 0, 1)
	}
	f.spans = []span{covered}
	return f, nil
}

// start and end are the limits of what the file covers.
func (f spiceFile) start() time.Time { return f.spans[0].start }
func (f spiceFile) end() time.Time   { return f.spans[len(f.spans)-1].end }

// isKernel reports whether a type of SPICE file is one of kernels.
func isKernel(kind naming.KernelType) bool {
	return !slices.Contains([]naming.KernelType{"spin", "repoint", "thruster"}, kind)
}

// ingestion reads a limit of the ingestion: the beginning of a day.
func ingestion(p parameter) (time.Time, error) {
	day, err := time.Parse("20060102", p.value)
	if err != nil {
		return day, badQuery(fmt.Sprintf("Invalid '%s' value %q. Use a day as YYYYMMDD, such as 20260131.", p.name, p.value))
	}
	return day, nil
}

// unknownParameter is the error of a parameter that an endpoint does not take.
func unknownParameter(name, endpoint string, valid []string) error {
	return badQuery(fmt.Sprintf("%s is not a valid query parameter for %s. Valid query parameters are: %s", name, endpoint, quoteList(valid)))
}

// below is the path of a SPICE file below the directory of all of them.
func (f spiceFile) below() string { return strings.TrimPrefix(f.path, spiceFiles.directory) }
