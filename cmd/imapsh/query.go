package main

import (
	"errors"

	"github.com/spf13/cobra"

	"imapsh/bindings/present"
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
			q.OutputFormat = present.FormatJSON
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
		return present.Records(forScreen(c.stdout, q.OutputFormat.Escape()), records, q.Query, q.OutputFormat, c.width())
	}
	return cmd
}

type queryInput struct {
	sdc.Query
	OutputFormat present.Format `name:"output_format" doc:"how to print the answer (default table)"`
	Download     bool           `name:"download" doc:"fetch the files that are found"`
}
