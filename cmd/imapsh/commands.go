package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/naming"
	"imapsh/runtime"
	"imapsh/sdc"
)

// optionFlags declares a flag for each option of In, and gives the function that
// reads those that were set. Names, help, checks and completion are those of the shell.
func optionFlags[In any](cmd *cobra.Command) func(name string) (In, error) {
	flags := cmd.Flags()
	for _, option := range runtime.OptionsOf[In]() {
		doc := option.Doc
		if takes := slices.Concat(option.Values, option.Forms, option.Words); len(takes) > 0 {
			doc += ": " + strings.Join(takes, " ")
		}
		if option.Type == "boolean" {
			flags.Bool(flagName(option.Name), false, doc)
			continue
		}
		flags.Var(&words{kind: option.Type}, flagName(option.Name), doc)
		if words := slices.Concat(option.Values, option.Words); len(words) > 0 {
			_ = cmd.RegisterFlagCompletionFunc(flagName(option.Name), cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
		}
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
	read := optionFlags[queryInput](cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		q, err := read("query")
		if err != nil {
			return err
		}
		if q.OutputFormat == "" && c.flags.json {
			q.OutputFormat = "json"
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		records, err := c.client.Query(cmd.Context(), q.Query)
		if err != nil {
			return asUsage(err)
		}
		return q.write(c.stdout, records)
	}
	return cmd
}

type queryInput struct {
	sdc.Query
	OutputFormat outputFormat `name:"output_format" doc:"how to print the answer (default table)"`
}

// outputFormat is a way to print an answer.
type outputFormat string

// Values lists the ways there are.
func (outputFormat) Values() []string { return []string{"table", "json", "jsonl", "csv"} }

func (q queryInput) write(w io.Writer, records sdc.Records) error {
	switch q.OutputFormat {
	case "json":
		return writeJSON(w, records)
	case "jsonl":
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		for _, r := range records {
			if err := out.Encode(r); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		return bindings.WriteCSV(w, records)
	}
	_, err := fmt.Fprintf(w, "Found [%d] matching files in %s table\n", len(records), cmp.Or(q.Table, naming.TableScience))
	if err == nil && len(records) > 0 {
		_, err = fmt.Fprintln(w, bindings.OfficialTable(records))
	}
	return err
}

func (c *cli) downloadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "download FILE...",
		Short:   "Fetch files into the data directory",
		Example: `  imapsh download imap_swe_l0_raw_20260105_v001.0001.pkts`,
		Args:    someFiles,
	}
	read := optionFlags[sdc.DownloadOptions](cmd)
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
	read := optionFlags[sdc.UploadOptions](cmd)
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
	var out strings.Builder
	for _, t := range report {
		switch t.Status {
		case sdc.Downloaded:
			fmt.Fprintf(&out, "Successfully downloaded the file to: %s\n", t.Path)
		case sdc.Skipped:
			fmt.Fprintf(&out, "The file is already present: %s\n", t.Path)
		case sdc.Uploaded:
			fmt.Fprintf(&out, "Successfully uploaded the file to the IMAP SDC: %s\n", t.FilePath)
		case sdc.Planned:
			fmt.Fprintf(&out, "Would transfer: %s\n", t.FilePath)
		}
	}
	if _, printErr := io.WriteString(c.stdout, out.String()); printErr != nil {
		return printErr
	}
	var failed *sdc.TransferError
	if len(report) > 1 && errors.As(err, &failed) {
		if _, live := progress.(*liveProgress); !live { // which has told each
			for _, t := range report.With(sdc.Failed) {
				fmt.Fprintln(c.stderr, bindings.FailureLine(t))
			}
		}
		return asUsage(toldError{failed})
	}
	return asUsage(err)
}

// toldError is a TransferError whose failures have been told one by one.
type toldError struct{ *sdc.TransferError }

// Error is how many there were.
func (e toldError) Error() string {
	return fmt.Sprintf("%d of %d files failed", len(e.Report.With(sdc.Failed)), len(e.Report))
}

// Unwrap is the error with all of them.
func (e toldError) Unwrap() error { return e.TransferError }

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// asUsage marks an error that lies in how the command was called: in the name of each
// of its files, when it names several.
func asUsage(err error) error {
	wrong := func(err error) bool {
		var invalid *naming.InvalidNameError
		return bindings.IsUsage(err) || errors.As(err, &invalid)
	}
	var failed *sdc.TransferError
	switch {
	case !errors.As(err, &failed):
		if !wrong(err) {
			return err
		}
	case slices.ContainsFunc(failed.Report, func(t sdc.Transfer) bool { return t.Err == nil || !wrong(t.Err) }):
		return err
	}
	return usageError{err}
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
