package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"imapsh/bindings/present"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// cleanCommand removes what interrupted transfers left.
func (c *cli) cleanCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "clean",
		Short: "Removes what interrupted transfers left in the data directory",
		Long: `clean removes partial files, their notes, lock files of processes that were killed, and
unfinished uploads to an archive that is served from the directory, and lists each.
Complete files stay, and so does what a transfer that is under way needs. A download
of a file whose partial file is removed starts again from its beginning.`,
		Example: "  imapsh clean --dry-run\n  imapsh clean",
		Args:    cobra.NoArgs,
	}
	dryRun := cmd.Flags().Bool("dry-run", false, "only list what would be removed")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		found, err := c.client.Clean(cmd.Context(), *dryRun)
		var written error
		if c.flags.json {
			written = writeJSON(c.stdout, append([]sdc.Leftover{}, found...))
		} else {
			written = writeLeftovers(c.stdout, found, *dryRun)
		}
		if err != nil {
			return err
		}
		return written
	}
	return cmd
}

// writeLeftovers prints a line for each left-over and their sum.
func writeLeftovers(w io.Writer, found []sdc.Leftover, dryRun bool) error {
	var bytes int64
	for _, left := range found {
		bytes += left.Size
		if _, err := fmt.Fprintf(w, "%s  %s  %s\n", termtext.EscapeLine(left.Path), left.Kind, present.Size(left.Size)); err != nil {
			return err
		}
	}
	done := "removed"
	if dryRun {
		done = "would be removed"
	}
	_, err := fmt.Fprintf(w, "%d left-over files %s (%s)\n", len(found), done, present.Size(bytes))
	return err
}
