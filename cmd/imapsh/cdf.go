package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings/present"
	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
	"imapsh/sdc/cdf"
)

// cdfCommand shows what is in a CDF.
func (c *cli) cdfCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cdf FILE [VARIABLE]",
		Short: "List the variables of a CDF file, or print the values of one",
		Long: `cdf lists the variables of a file: of this machine, or of the archive, from which it is
fetched when it is not here. With the name of a variable it prints the values.

A time is given in UTC: 2026-01-20T06:00, 2026-01-20. Records from --from to before --to
are printed; a day as --to is included, and 07:00 alone is on the day of --from. The
formats are table, csv, json, jsonl (a line for each record) and npy (NumPy's, with the
values as they are in the file). In JSON, NaN is null.`,
		Example: `  imapsh cdf imap_mag_l2_norm-dsrf_20260120_v002.cdf
  imapsh cdf imap_mag_l2_norm-dsrf_20260120_v002.cdf b_dsrf --from 2026-01-20T06:00 --to 07:00 --format csv`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usageError{errors.New("cdf: name a file, and a variable or none: imapsh cdf FILE [VARIABLE]")}
			}
			return nil
		},
	}
	var from, to, format string
	cmd.Flags().StringVar(&from, "from", "", "first time, such as 2026-01-20T06:00")
	cmd.Flags().StringVar(&to, "to", "", "end of the time, which is not included; a day is")
	cmd.Flags().StringVar(&format, "format", "table", strings.Join(present.ValueFormats, ", "))
	_ = cmd.RegisterFlagCompletionFunc("format", completeWords(present.ValueFormats, false))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if c.flags.json && !cmd.Flags().Changed("format") {
			format = "json"
		}
		if !slices.Contains(present.ValueFormats, format) {
			return usageError{fmt.Errorf("--format %q%s", format, api.SuggestFrom("formats", format, present.ValueFormats))}
		}
		span, err := cdf.ParseSpan(from, to)
		if err != nil {
			return usageError{fmt.Errorf("--%w", err)}
		}
		if len(args) == 1 && (from != "" || to != "" || format == "npy") {
			return usageError{errors.New("cdf: --from, --to and --format npy are for the values of a variable: name one")}
		}
		path, err := c.productPath(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		f, err := cdf.OpenFile(cmd.Context(), path, cdf.Options{MaxBytes: int64(c.flags.maxMemory)})
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		defer f.Close()
		if len(args) == 1 {
			return c.listVariables(f, path, format)
		}
		return c.printVariable(cmd.Context(), f, args[1], span, format)
	}
	return cmd
}

// productPath gives where a product is on this machine: at a path, or in the data
// directory, into which it is fetched from the archive when it is in neither place.
func (c *cli) productPath(ctx context.Context, name string) (string, error) {
	_, err := os.Stat(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return name, err
	}
	named, invalid := naming.Parse(filepath.ToSlash(name))
	if invalid != nil {
		return "", usageError{fmt.Errorf("%s: there is no such file, and %w", name, invalid)}
	}
	if err := c.connect(ctx); err != nil {
		return "", err
	}
	path := c.client.LocalPath(named.ArchivePath())
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	progress := c.progress("download", 1)
	report, err := c.client.DownloadFiles(ctx, sdc.FilesNamed([]string{named.ArchivePath()}), sdc.DownloadOptions{Progress: progress.Event})
	progress.Finished(report)
	if err != nil {
		return "", asUsage(err)
	}
	return report[0].Path, nil
}

// listVariables prints what is in a file.
func (c *cli) listVariables(f *cdf.File, path, format string) error {
	switch format {
	case "json", "jsonl":
		return c.listVariablesJSON(f, path, format)
	case "csv":
		out := csv.NewWriter(c.stdout)
		_ = out.Write(present.CDFFields)
		for _, v := range f.Variables {
			_ = out.Write(present.CDFRow(v))
		}
		out.Flush()
		return out.Error()
	}
	_, err := fmt.Fprintln(c.stdout, present.CDF(f, filepath.Base(path), c.width()))
	return err
}

// listedVariable is a variable in JSON.
type listedVariable struct {
	Name        string                     `json:"name"`
	Type        string                     `json:"type"`
	Elements    int                        `json:"elements"` // characters of each value; 1 for numbers
	Dims        []int                      `json:"dims"`
	Records     int                        `json:"records"`
	RecordVary  bool                       `json:"record_vary"`
	Compression string                     `json:"compression"`
	Attrs       map[string]json.RawMessage `json:"attrs"`
}

// listVariablesJSON prints what is in a file: one object, or one for each variable.
func (c *cli) listVariablesJSON(f *cdf.File, path, format string) error {
	variables := make([]listedVariable, len(f.Variables))
	for i, v := range f.Variables {
		variables[i] = listedVariable{v.Name, v.Type.String(), v.Elements, v.Dims, v.Records, v.RecordVary, v.Compression.String(), present.EntryValues(v)}
	}
	if format == "jsonl" {
		out := json.NewEncoder(c.stdout)
		for _, v := range variables {
			if err := out.Encode(v); err != nil {
				return err
			}
		}
		return nil
	}
	attrs := map[string][]json.RawMessage{}
	for _, a := range f.Attributes {
		list := []json.RawMessage{}
		for _, e := range a.Entries {
			list = append(list, present.EntryJSON(e))
		}
		attrs[a.Name] = list
	}
	return writeJSON(c.stdout, struct {
		File      string                       `json:"file"`
		Version   string                       `json:"version"`
		Encoding  string                       `json:"encoding"`
		Attrs     map[string][]json.RawMessage `json:"attrs"`
		Variables []listedVariable             `json:"variables"`
		Warnings  []string                     `json:"warnings"`
	}{path, f.VersionString(), f.Encoding.String(), attrs, variables, append([]string{}, f.Warnings...)})
}

// printVariable prints the values of a variable.
func (c *cli) printVariable(ctx context.Context, f *cdf.File, name string, span cdf.Span, format string) error {
	v, ok := f.Variable(name)
	if !ok {
		names := make([]string, len(f.Variables))
		for i, v := range f.Variables {
			names[i] = v.Name
		}
		return usageError{fmt.Errorf("unknown variable %q%s", name, api.SuggestFrom("variables", name, names))}
	}
	if _, timed := v.TimeVariable(); !timed && span != cdf.Always() {
		return usageError{fmt.Errorf("%s has no times, so that --from and --to choose nothing: DEPEND_0 names no variable of times", name)}
	}
	selection, err := v.Select(ctx, &span)
	if err != nil {
		return err
	}
	for _, w := range f.Warnings {
		fmt.Fprintln(c.stderr, "imapsh: warning:", w)
	}
	return present.WriteValues(ctx, c.stdout, selection, format)
}
