package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"imapsh/bindings/present"
	"imapsh/naming"
	"imapsh/runtime/termtext"
)

// namesCommand checks file names in bulk.
func (c *cli) namesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "names FILE|DIRECTORY...",
		Short: "Checks file names against the archive's conventions",
		Long: `names checks each name, or each line of standard input where none is given. A
directory is walked, and a file in it must also lie in its place in the archive's
layout (imap/…). With --quiet only what is wrong is listed. The exit code is 3 when any
name is invalid or any file misplaced.`,
		Example: `  imapsh names imap_mag_l1-calibration_20260105_v001.cdf
  imapsh names data
  ls | imapsh names`,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		checked, err := checkAll(cmd.Context(), args, c.stdin)
		if err != nil {
			return err
		}
		if c.flags.json && c.flags.quiet {
			err = writeJSON(c.stdout, slices.DeleteFunc(slices.Clone(checked), func(n checkedName) bool { return n.Problem == "" }))
		} else if c.flags.json {
			err = writeJSON(c.stdout, checked)
		} else {
			err = writeNames(c.stdout, checked, c.flags.quiet)
		}
		for _, n := range checked {
			if err == nil && n.Problem != "" {
				err = silentExit(exitTransfers)
			}
		}
		return err
	}
	return cmd
}

// checkedName is what is known of one name.
type checkedName struct {
	Name     string         `json:"name"` // as it was given
	Valid    bool           `json:"valid"`
	Class    naming.Class   `json:"class,omitempty"`
	FilePath string         `json:"file_path,omitempty"` // its place in the archive
	Fields   map[string]any `json:"fields,omitempty"`
	Problem  string         `json:"problem,omitempty"` // what is wrong with the name or the place
}

func checkAll(ctx context.Context, args []string, stdin io.Reader) ([]checkedName, error) {
	checked := []checkedName{}
	if len(args) == 0 {
		text, err := readAll(ctx, stdin)
		for line := range strings.Lines(string(text)) {
			if name := strings.TrimSpace(line); name != "" {
				checked = append(checked, checkName(name))
			}
		}
		return checked, err
	}
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil && strings.HasSuffix(filepath.ToSlash(arg), "/") { // a directory is meant
			return nil, usageError{fmt.Errorf("names: %w", err)}
		}
		if err != nil || !info.IsDir() {
			checked = append(checked, checkName(arg))
			continue
		}
		inside, err := checkDirectory(ctx, arg)
		if err != nil {
			return nil, err
		}
		checked = append(checked, inside...)
	}
	return checked, nil
}

func checkName(name string) checkedName {
	n := checkedName{Name: name}
	p, err := naming.Parse(name)
	var invalid *naming.InvalidNameError
	switch {
	case errors.As(err, &invalid):
		faults := make([]string, len(invalid.Faults))
		for i, fault := range invalid.Faults {
			faults[i] = fault.String()
		}
		n.Class, n.Problem = invalid.Class, strings.Join(faults, "; ")
		return n
	case err != nil:
		n.Problem = err.Error()
		return n
	}
	n.Valid, n.Class, n.FilePath, n.Fields = true, p.Class(), p.ArchivePath(), map[string]any{}
	for _, field := range p.Fields() {
		n.Fields[field.Name] = field.Value
	}
	return n
}

// checkDirectory checks the files below a directory, except hidden ones and those of
// downloads that are not complete.
func checkDirectory(ctx context.Context, dir string) ([]checkedName, error) {
	var checked []checkedName
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			return err
		case strings.HasPrefix(entry.Name(), ".") && file != dir:
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir(), strings.HasSuffix(file, ".part"), strings.HasSuffix(file, ".part.json"): // a download that is not over
			return nil
		}
		n := checkName(file)
		if n.Valid && !liesAt(file, n.FilePath) {
			n.Problem = "wrong directory: its own is " + path.Dir(n.FilePath)
		}
		checked = append(checked, n)
		return nil
	})
	return checked, err
}

// liesAt reports whether a path ends in the file's place in the archive; the part
// of the layout above the walked directory counts.
func liesAt(file, archivePath string) bool {
	absolute, err := filepath.Abs(file)
	return err == nil && strings.HasSuffix(filepath.ToSlash(absolute), "/"+archivePath)
}

// writeNames prints a table: the names that are right with what they are, the
// others with what is wrong; of quiet lists these alone.
func writeNames(w io.Writer, checked []checkedName, quiet bool) error {
	t := table.NewWriter()
	t.SetStyle(present.PlainStyle())
	t.SuppressTrailingSpaces()
	wrong := 0
	for _, n := range checked {
		mark, what := "✓", n.FilePath
		if n.Problem != "" {
			mark, what = "✗", n.Problem
			wrong++
		} else if quiet {
			continue
		}
		t.AppendRow(table.Row{mark, termtext.EscapeLine(n.Name), n.Class, termtext.EscapeLine(what)})
	}
	if t.Length() > 0 {
		if _, err := fmt.Fprintln(w, t.Render()); err != nil {
			return err
		}
	}
	if quiet && wrong == 0 {
		return nil
	}
	names := "names"
	if len(checked) == 1 {
		names = "name"
	}
	_, err := fmt.Fprintf(w, "%d %s, %d wrong\n", len(checked), names, wrong)
	return err
}
