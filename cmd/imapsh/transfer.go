package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/bindings/present"
	"imapsh/sdc"
)

const readsNames = `

A name that is - stands for the lines of standard input, @FILE for those of a file;
blank lines and those that begin with # are left out.`

func (c *cli) downloadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "download FILE...",
		Short: "Fetch files into the data directory",
		Long:  "download fetches files of the archive, given by name or archive path, into the\ndata directory." + readsNames,
		Example: `  imapsh download imap_swe_l0_raw_20260105_v001.0001.pkts
  imapsh query --instrument swe --start-date -7d --output-format names | imapsh download -`,
		Args: someFiles,
	}
	read := optionFlags[sdc.DownloadOptions](cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		options, err := read("download")
		if err != nil {
			return err
		}
		names, err := c.namesOf(cmd.Context(), "download", args)
		if err != nil {
			return err
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		return c.downloadAll(cmd.Context(), sdc.FilesNamed(names), options)
	}
	return cmd
}

// downloadAll fetches files and prints the result of each.
func (c *cli) downloadAll(ctx context.Context, files []sdc.File, options sdc.DownloadOptions) error {
	return c.transfer("download", len(files), func(progress func(sdc.Event)) (sdc.Report, error) {
		options.Progress = progress
		return c.client.DownloadFiles(ctx, files, options)
	})
}

func (c *cli) uploadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "upload FILE...",
		Short:   "Send files to the archive",
		Long:    "upload sends files of this machine to the archive. It takes an API key." + readsNames,
		Example: `  imapsh upload imap_mag_l1b-calibration_20260105_v002.cdf`,
		Args:    someFiles,
	}
	read := optionFlags[sdc.UploadOptions](cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		options, err := read("upload")
		if err != nil {
			return err
		}
		files, err := c.namesOf(cmd.Context(), "upload", args)
		if err != nil {
			return err
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		return c.transfer("upload", len(files), func(progress func(sdc.Event)) (sdc.Report, error) {
			options.Progress = progress
			return c.client.UploadAll(cmd.Context(), files, options)
		})
	}
	return cmd
}

// namesOf are the names that a command's arguments give: as they are, in the lines of
// standard input (-), or in those of a file (@FILE).
func (c *cli) namesOf(ctx context.Context, command string, args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		list, listed := strings.CutPrefix(arg, "@")
		var text []byte
		var err error
		switch {
		case arg == "-":
			text, err = readAll(ctx, c.stdin)
		case listed:
			if text, err = os.ReadFile(list); err != nil {
				err = usageError{fmt.Errorf("%s: list of names: %w", command, err)}
			}
		default:
			names = append(names, arg)
		}
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				names = append(names, line)
			}
		}
	}
	if len(names) == 0 {
		fmt.Fprintf(c.stderr, "imapsh: %s: no names were given: nothing to do\n", command)
	}
	return names, nil
}

// transfer carries out a download or an upload and prints the result of each file.
func (c *cli) transfer(verb string, total int, carryOut func(func(sdc.Event)) (sdc.Report, error)) error {
	began := time.Now()
	progress := c.progress(verb, total)
	report, err := bindings.Shown(progress, carryOut)
	if c.flags.json {
		if jsonErr := writeJSON(c.stdout, present.Transfers(report)); jsonErr != nil {
			return jsonErr
		}
		return asUsage(err)
	}
	var out strings.Builder
	for _, t := range report {
		switch {
		case t.Status == sdc.Failed:
		case t.Status == sdc.Planned:
			fmt.Fprintf(&out, "Would transfer: %s\n", t.FilePath)
		case verb == "upload" && t.Status == sdc.Skipped:
			fmt.Fprintf(&out, "The file is already present: %s\n", t.Path)
		case verb == "upload":
			fmt.Fprintf(&out, "Successfully uploaded the file to the IMAP SDC: %s\n", t.FilePath)
		default: // as the official client says of a file that is there already, too
			fmt.Fprintf(&out, "Successfully downloaded the file to: %s\n", t.Path)
			if t.Status == sdc.Replaced && !c.flags.quiet {
				fmt.Fprintf(c.stderr, "imapsh: replaced, since the archive's differs: %s\n", t.Path)
			}
		}
	}
	if _, printErr := io.WriteString(c.stdout, out.String()); printErr != nil {
		return printErr
	}
	var failed *sdc.TransferError
	several := len(report) > 1 && errors.As(err, &failed)
	if _, quiet := progress.(quietProgress); !quiet {
		failed := len(report.With(sdc.Failed)) == len(report) // which the error says
		if !failed && len(report) > 1 || len(report.With(sdc.Skipped))+len(report.With(sdc.Planned)) > 0 {
			fmt.Fprintln(c.stderr, present.Outcome(report, time.Since(began), interrupted))
		}
		if verb == "download" {
			remarks := present.Remarks(report, "query --version latest finds the newest alone")
			fmt.Fprint(c.stderr, strings.TrimPrefix(remarks+"\n", "\n"))
		}
	} else if several { // nobody has shown each of them
		for _, t := range failed.Report.With(sdc.Failed) {
			if !stopped(t) {
				fmt.Fprintln(c.stderr, present.FailureLine(t))
			}
		}
	}
	if several {
		return asUsage(listError{failed})
	}
	return asUsage(err)
}

// listError is a TransferError whose failures have been shown one by one.
type listError struct{ *sdc.TransferError }

// Error is how many there were, and what stopped the others.
func (e listError) Error() string {
	failed := e.Report.With(sdc.Failed)
	var cancelled *sdc.CancelledError
	n := 0
	for _, t := range failed {
		if errors.As(t.Err, &cancelled) {
			n++
		}
	}
	text := fmt.Sprintf("%d of %d files failed", len(failed)-n, len(e.Report))
	if n > 0 {
		text += fmt.Sprintf(" and %d were cancelled, since the error affects every file: %s", n, sdc.Brief(cancelled.Cause))
	}
	return text
}

// Unwrap is the error with all of them.
func (e listError) Unwrap() error { return e.TransferError }
