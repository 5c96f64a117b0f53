package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

func (c *cli) queryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "query",
		Short: "Find files in the archive",
		Example: `  imapsh query --instrument mag --data-level l2 --version latest
  imapsh query --instrument swe,swapi --start-date 2026-01-05 --end-date 2026-01-11 --output-format csv
  imapsh query --instrument mag --data-level l2 --start-date -7d --version latest --download`,
		Args: noArguments,
	}
	read := optionFlags[queryInput](cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		q, err := read("query")
		switch {
		case err != nil:
			return err
		case q.Download && q.OutputFormat != "":
			return usageError{errors.New("query: --download prints where the files are: give it or --output-format, not both")}
		case q.OutputFormat == "" && c.flags.json:
			q.OutputFormat = "json"
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		records, err := c.ask(cmd.Context(), q.Query)
		if err != nil {
			return asUsage(err)
		}
		if q.Download {
			return c.downloadAll(cmd.Context(), records.Files(), sdc.DownloadOptions{})
		}
		return q.write(c.stdout, records)
	}
	return cmd
}

type queryInput struct {
	sdc.Query
	OutputFormat outputFormat `name:"output_format" doc:"how to print the answer (default table)"`
	Download     bool         `name:"download" doc:"fetch the files that are found"`
}

// outputFormat is a way to print an answer.
type outputFormat string

// Values lists the ways there are.
func (outputFormat) Values() []string {
	return []string{"table", "json", "jsonl", "csv", "names", "paths"}
}

func (q queryInput) write(w io.Writer, records sdc.Records) error {
	out := bufio.NewWriter(forScreen(w, q.escape()))
	var err error
	switch q.OutputFormat {
	case "json":
		err = writeRecords(out, records)
	case "jsonl":
		lines := json.NewEncoder(out)
		lines.SetEscapeHTML(false)
		for _, r := range records {
			err = errors.Join(err, lines.Encode(r))
		}
	case "csv":
		if len(records) == 0 {
			_, err = fmt.Fprintln(out, strings.Join(q.Columns(), ","))
		} else {
			err = bindings.WriteCSV(out, records)
		}
	case "names":
		for _, r := range records {
			fmt.Fprintln(out, termtext.EscapeLine(r.Filename()))
		}
	case "paths":
		for _, r := range records {
			fmt.Fprintln(out, termtext.EscapeLine(r.FilePath()))
		}
	default:
		fmt.Fprintf(out, "Found [%d] matching files in %s table\n", len(records), q.TableAsked())
		if len(records) > 0 {
			fmt.Fprintln(out, bindings.OfficialTable(records, widthOf(w)))
		}
	}
	return errors.Join(err, out.Flush())
}

// escape makes an answer of the format safe for a terminal.
func (q queryInput) escape() func(string) string {
	if strings.HasPrefix(string(q.OutputFormat), "json") {
		return termtext.EscapeJSON
	}
	return termtext.Escape
}

// writeRecords writes the records as JSON in one line, with a blank after each comma
// and colon as the official client does.
func writeRecords(w *bufio.Writer, records sdc.Records) error {
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
