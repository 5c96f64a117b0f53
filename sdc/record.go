package sdc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"imapsh/naming"
)

// Record is one row of an answer: the server's fields in the server's order,
// and filename, the last element of its path, after them.
//
// A value is a string, an int64, a float64, a bool, nil, or what encoding/json
// makes of a list or an object.
type Record struct {
	names  []string // shared by the rows of one answer
	values []any
}

// fieldFilename is the one field that the server does not send.
const fieldFilename = "filename"

// Names lists the record's fields; the caller must not change the slice.
func (r *Record) Names() []string { return r.names }

// Get is the value of a field, and whether the record has it.
func (r *Record) Get(name string) (any, bool) {
	i := slices.Index(r.names, name)
	switch {
	case i < 0:
		return nil, false
	case i >= len(r.values):
		return naming.Base(r.FilePath()), true
	}
	return r.values[i], true
}

// Text is a field as text: empty when it is null or not there.
func (r *Record) Text(name string) string {
	value, _ := r.Get(name)
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, _ := json.Marshal(value)
	return string(text)
}

// FilePath is the archive path, imap/…; kernels give theirs without imap/spice/.
func (r *Record) FilePath() string {
	if i := slices.Index(r.names, "file_path"); i >= 0 && i < len(r.values) {
		path, _ := r.values[i].(string)
		return path
	}
	if i := slices.Index(r.names, "file_name"); i >= 0 && i < len(r.values) {
		if name, _ := r.values[i].(string); name != "" {
			return "imap/spice/" + name
		}
	}
	return ""
}

// Filename is the last element of the path.
func (r *Record) Filename() string { return naming.Base(r.FilePath()) }

// String is the archive path.
func (r *Record) String() string { return r.FilePath() }

// MarshalJSON writes the fields in their order.
func (r *Record) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range r.names {
		if i > 0 {
			out.WriteByte(',')
		}
		value, _ := r.Get(name)
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", name, err)
		}
		out.WriteString(strconv.Quote(name)) // a field's name is a plain word: readRecords sees to it
		out.WriteByte(':')
		out.Write(text)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// File is a file to download.
type File struct {
	Name string // file name or archive path
	// IngestionDate is that of the file's catalog record, as the archive gave it. A file
	// that was verified at another ingestion date is compared with the archive's again.
	// Empty: not known, and a file that was verified is not compared.
	IngestionDate string
}

// FilesNamed lists files of which no more than the name is known.
func FilesNamed(names []string) []File {
	files := make([]File, len(names))
	for i, name := range names {
		files[i].Name = name
	}
	return files
}

// File is the file of the record, for [Client.DownloadFiles].
func (r *Record) File() File {
	return File{Name: r.FilePath(), IngestionDate: r.Text("ingestion_date")}
}

// Records is an answer, ordered by path.
type Records []*Record

// Files lists the files of the records, for [Client.DownloadFiles].
func (rs Records) Files() []File {
	files := make([]File, len(rs))
	for i, r := range rs {
		files[i] = r.File()
	}
	return files
}

// FilePaths lists the archive paths of the records.
func (rs Records) FilePaths() []string {
	paths := make([]string, len(rs))
	for i, r := range rs {
		paths[i] = r.FilePath()
	}
	return paths
}

// sort orders records by path.
func (rs Records) sort() {
	slices.SortStableFunc(rs, func(a, b *Record) int { return strings.Compare(a.FilePath(), b.FilePath()) })
}
