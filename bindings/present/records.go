package present

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// Format is a way to print records.
type Format string

// The formats: Lines is JSON, a record a line.
const (
	FormatTable Format = "table" // the official client's, below a line that counts
	FormatJSON  Format = "json"  // one line
	FormatLines Format = "jsonl" // a record a line
	FormatCSV   Format = "csv"
	FormatNames Format = "names" // a file name a line
	FormatPaths Format = "paths" // an archive path a line
)

// Values lists the formats.
func (Format) Values() []string {
	return []string{string(FormatTable), string(FormatJSON), string(FormatLines), string(FormatCSV), string(FormatNames), string(FormatPaths)}
}

// Found is the line that counts the records of an answer, as the official client writes
// it.
func Found(records sdc.Records, table sdc.Table) string {
	return fmt.Sprintf("Found [%d] matching files in %s table", len(records), table)
}

// Records prints the answer to a query as the official client's query command does, and
// in the formats that it lacks. No table is wider than width (0: any) unless file names are.
func Records(w io.Writer, records sdc.Records, q sdc.Query, format Format, width int) error {
	out := bufio.NewWriter(w)
	var err error
	switch format {
	case FormatJSON:
		err = writeJSON(out, records)
	case FormatLines:
		lines := json.NewEncoder(out)
		lines.SetEscapeHTML(false)
		for _, r := range records {
			err = errors.Join(err, lines.Encode(r))
		}
	case FormatCSV:
		if len(records) == 0 {
			_, err = fmt.Fprintln(out, strings.Join(q.Columns(), ","))
		} else {
			err = WriteCSV(out, records)
		}
	case FormatNames:
		for _, r := range records {
			fmt.Fprintln(out, termtext.EscapeLine(r.Filename()))
		}
	case FormatPaths:
		for _, r := range records {
			fmt.Fprintln(out, termtext.EscapeLine(r.FilePath()))
		}
	default:
		fmt.Fprintln(out, Found(records, q.TableAsked()))
		if len(records) > 0 {
			fmt.Fprintln(out, OfficialTable(records, width))
		}
	}
	return errors.Join(err, out.Flush())
}

// Escape makes an answer of the format safe for a terminal.
func (f Format) Escape() func(string) string {
	if f == FormatJSON || f == FormatLines {
		return termtext.EscapeJSON
	}
	return termtext.Escape
}

// writeJSON writes the records as JSON in one line, with a blank after each comma
// and colon as the official client does.
func writeJSON(w *bufio.Writer, records sdc.Records) error {
	w.WriteByte('[')
	for i, r := range records {
		if i > 0 {
			w.WriteString(", ")
		}
		text, err := r.MarshalJSON()
		if err != nil {
			return err
		}
		if text, err = jsontext.AppendFormat(nil, text, jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true)); err != nil {
			return err
		}
		w.Write(text)
	}
	_, err := w.WriteString("]\n")
	return err
}
