package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"imapsh/bindings"
	"imapsh/naming"
	"imapsh/runtime"
	"imapsh/sdc"
)

// optionFlags declares a flag for each option of In, and gives the function that
// reads those that were set. Names, help and checks are those of the shell.
func optionFlags[In any](flags *pflag.FlagSet) func(name string) (In, error) {
	for _, option := range runtime.OptionsOf[In]() {
		doc := option.Doc
		if len(option.Values) > 0 {
			doc += ": " + strings.Join(option.Values, " ")
		}
		if option.Type == "boolean" {
			flags.Bool(flagName(option.Name), false, doc)
			continue
		}
		flags.Var(&words{kind: option.Type}, flagName(option.Name), doc)
	}
	return func(name string) (In, error) {
		values := map[string]any{}
		for _, option := range runtime.OptionsOf[In]() {
			flag := flags.Lookup(flagName(option.Name))
			if !flag.Changed {
				continue
			}
			if option.Type == "boolean" {
				values[option.Name] = flag.Value.String() == "true"
				continue
			}
			var list []any
			for _, text := range flag.Value.(*words).given {
				if text == "" { // an unset variable of the caller's must not widen what is asked
					return *new(In), usageError{fmt.Errorf("%s: --%s has an empty value", name, flag.Name)}
				}
				list = append(list, text)
			}
			switch {
			case option.List:
				values[option.Name] = list
			case len(list) > 1:
				return *new(In), usageError{fmt.Errorf("%s: %s takes one value, not %d", name, option.Name, len(list))}
			default:
				values[option.Name] = list[0]
			}
		}
		var in In
		if err := runtime.Decode(name, &in, values); err != nil {
			return in, usageError{err}
		}
		return in, nil
	}
}

// words are the values of a flag: given again, or divided by commas.
type words struct {
	kind  string // as the help shows it
	given []string
}

func (w *words) Set(text string) error {
	w.given = append(w.given, strings.Split(text, ",")...)
	return nil
}

func (w *words) Type() string { return w.kind }

func (w *words) String() string { return strings.Join(w.given, ",") }

func flagName(option string) string { return strings.ReplaceAll(option, "_", "-") }

func (c *cli) queryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "query",
		Short: "Find files in the archive",
		Example: `  imapsh query --instrument mag --data-level l2 --version latest
  imapsh query --instrument swe,swapi --start-date 2026-01-05 --end-date 2026-01-11 --output-format csv`,
		Args: noArguments,
	}
	read := optionFlags[sdc.Query](cmd.Flags())
	format := cmd.Flags().String("output-format", "", "table (default), json, jsonl or csv")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		q, err := read("query")
		if err != nil {
			return err
		}
		if *format == "" && c.flags.json {
			*format = "json"
		}
		write, ok := queryFormats()[*format]
		if !ok {
			return usageError{fmt.Errorf("query: output-format %q: must be one of table, json, jsonl, csv", *format)}
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		records, err := c.client.Query(cmd.Context(), q)
		if err != nil {
			return asUsage(err)
		}
		return write(c.stdout, q, records)
	}
	return cmd
}

// queryFormats are the ways to print an answer.
func queryFormats() map[string]func(io.Writer, sdc.Query, sdc.Records) error {
	asTable := func(w io.Writer, q sdc.Query, records sdc.Records) error {
		table := q.Table
		if table == "" {
			table = naming.TableScience
		}
		_, err := fmt.Fprintf(w, "Found [%d] matching files in %s table\n", len(records), table)
		if err == nil && len(records) > 0 {
			_, err = fmt.Fprintln(w, bindings.OfficialTable(records))
		}
		return err
	}
	return map[string]func(io.Writer, sdc.Query, sdc.Records) error{
		"": asTable, "table": asTable,
		"json": func(w io.Writer, _ sdc.Query, records sdc.Records) error { return writeJSON(w, records) },
		"jsonl": func(w io.Writer, _ sdc.Query, records sdc.Records) error {
			out := json.NewEncoder(w)
			out.SetEscapeHTML(false)
			for _, r := range records {
				if err := out.Encode(r); err != nil {
					return err
				}
			}
			return nil
		},
		"csv": func(w io.Writer, _ sdc.Query, records sdc.Records) error { return bindings.WriteCSV(w, records) },
	}
}

func (c *cli) downloadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "download FILE...",
		Short:   "Fetch files into the data directory",
		Example: `  imapsh download imap_swe_l0_raw_20260105_v001.0001.pkts`,
		Args:    someFiles,
	}
	read := optionFlags[sdc.DownloadOptions](cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		options, err := read("download")
		if err != nil {
			return err
		}
		return c.transfer(cmd.Context(), "download", files, func(ctx context.Context, progress func(sdc.Event)) (sdc.Report, error) {
			options.Progress = progress
			return c.client.DownloadAll(ctx, files, options)
		})
	}
	return cmd
}

func (c *cli) uploadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "upload FILE...",
		Short:   "Send files to the archive",
		Example: `  imapsh upload imap_mag_l1b-calibration_20260105_v002.cdf`,
		Args:    someFiles,
	}
	read := optionFlags[sdc.UploadOptions](cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		options, err := read("upload")
		if err != nil {
			return err
		}
		return c.transfer(cmd.Context(), "upload", files, func(ctx context.Context, progress func(sdc.Event)) (sdc.Report, error) {
			options.Progress = progress
			return c.client.UploadAll(ctx, files, options)
		})
	}
	return cmd
}

// transfer carries out a download or an upload and prints what became of each file.
func (c *cli) transfer(ctx context.Context, verb string, files []string, carryOut func(context.Context, func(sdc.Event)) (sdc.Report, error)) error {
	if err := c.connect(ctx); err != nil {
		return err
	}
	progress := c.progress(verb, len(files))
	report, err := carryOut(ctx, progress.Event)
	progress.Finished(report)
	if c.flags.json {
		if jsonErr := writeJSON(c.stdout, bindings.ReportOf(report)); jsonErr != nil {
			return jsonErr
		}
		return asUsage(err)
	}
	for _, t := range report {
		switch t.Status {
		case sdc.Downloaded:
			fmt.Fprintf(c.stdout, "Successfully downloaded the file to: %s\n", t.Path)
		case sdc.Skipped:
			fmt.Fprintf(c.stdout, "The file is already present: %s\n", t.Path)
		case sdc.Uploaded:
			fmt.Fprintf(c.stdout, "Successfully uploaded the file to the IMAP SDC: %s\n", t.FilePath)
		case sdc.Planned:
			fmt.Fprintf(c.stdout, "Would transfer: %s\n", t.FilePath)
		}
	}
	if len(report) > 1 {
		for _, t := range report.With(sdc.Failed) {
			fmt.Fprintf(c.stderr, "%s: %v\n", t.FilePath, t.Err)
		}
	}
	return asUsage(err)
}

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// asUsage marks an error that lies in how the command was called.
func asUsage(err error) error {
	if bindings.IsUsage(err) {
		return usageError{err}
	}
	return err
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes options only, not %q; see imapsh %s --help", cmd.Name(), args[0], cmd.Name())}
	}
	return nil
}

func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError{fmt.Errorf("%s: name one file or more, such as imapsh %s", cmd.Name(), strings.TrimPrefix(strings.TrimSpace(cmd.Example), "imapsh "))}
	}
	return nil
}
