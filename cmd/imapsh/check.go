package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings/present"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/istp"
)

// checkContentCommand checks the content of CDFs.
func (c *cli) checkContentCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "Check CDF files against the ISTP guidelines, and their content against their names",
		Long: `check reads each file and looks for what the guidelines of ISTP want: global attributes,
and of each variable CATDESC, FIELDNAM, FILLVAL, VALIDMIN and VALIDMAX, UNITS, FORMAT,
VAR_TYPE, DISPLAY_TYPE, the variables that DEPEND_i and LABL_PTR_i name, times that
increase. Instrument, level, descriptor, day and version have to be those of the name.
Of a SPICE kernel it looks whether the content is of the kind that the name says.

The exit code is 3 when there is an error, or a file cannot be read; warnings alone are
0. A file that is not here is fetched from the archive.`,
		Example: `  imapsh check imap_mag_l2_norm-dsrf_20260120_v002.cdf
  imapsh check --json *.cdf`,
		Args: someFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			checked := make([]checkedFile, 0, len(args))
			wrong := false
			for _, name := range args {
				path, err := c.productPath(cmd.Context(), name)
				if err != nil {
					return err
				}
				f := checkedFile{File: path, Findings: []istp.Finding{}}
				step, finished := c.readProgress(filepath.Base(path))
				findings, err := sdc.CheckProduct(cmd.Context(), path, cdf.Options{MaxBytes: int64(c.flags.maxMemory), Progress: step})
				finished()
				if cmd.Context().Err() != nil {
					return err
				}
				if err != nil {
					f.Problem = err.Error()
				}
				f.Findings = append(f.Findings, findings...)
				wrong = wrong || err != nil || istp.HasErrors(findings)
				if checked = append(checked, f); !c.flags.json {
					if err := writeChecked(c.stdout, f, c.flags.quiet); err != nil {
						return err
					}
				}
			}
			if c.flags.json {
				if err := writeJSON(c.stdout, checked); err != nil {
					return err
				}
			}
			if wrong {
				return silentExit(exitTransfers)
			}
			return nil
		},
	}
}

// checkedFile is what was found in a file.
type checkedFile struct {
	File     string         `json:"file"`
	Findings []istp.Finding `json:"findings"`
	Problem  string         `json:"problem,omitempty"` // why the file cannot be read
}

// writeChecked prints what was found in a file; of quiet only what is wrong.
func writeChecked(w io.Writer, f checkedFile, quiet bool) error {
	var out strings.Builder
	name := termtext.EscapeLine(filepath.Base(f.File))
	switch {
	case f.Problem != "":
		fmt.Fprintf(&out, "✗ %s: %s\n", name, termtext.EscapeLine(f.Problem))
	case len(f.Findings) == 0 && !quiet:
		fmt.Fprintf(&out, "✓ %s\n", name)
	case len(f.Findings) > 0:
		mark := "✓"
		if istp.HasErrors(f.Findings) {
			mark = "✗"
		}
		fmt.Fprintf(&out, "%s %s: %s\n%s", mark, name, present.FindingCount(f.Findings), present.Findings(f.Findings))
	}
	_, err := io.WriteString(w, out.String())
	return err
}
