package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// docsCommand writes what a package of the program installs beside it.
func (c *cli) docsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "docs DIRECTORY",
		Short: "Writes man pages and completions of bash, zsh and fish",
		Long: `Writes what is installed beside the program: man pages under man/man1, completions of
bash, zsh and fish under completions, and the reference of the API as api.md.`,
		Example: `  imapsh docs share
  man -l share/man/man1/imapsh-query.1
  . share/completions/imapsh.bash`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			written, err := writeDocs(cmd.Root(), args[0])
			if err != nil {
				return usageError{fmt.Errorf("docs: %w", err)}
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d files in %s\n", written, args[0])
			return err
		},
	}
}

func writeDocs(root *cobra.Command, dir string) (written int, err error) {
	man, completions := filepath.Join(dir, "man", "man1"), filepath.Join(dir, "completions")
	for _, dir := range []string{man, completions} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return 0, err
		}
	}
	header := &doc.GenManHeader{Section: "1", Source: "imapsh " + thisBuild().name(), Manual: "imapsh"}
	if committed, err := time.Parse(time.DateOnly, thisBuild().date); err == nil {
		header.Date = &committed
	}
	root.DisableAutoGenTag = true // the pages of a release are the same wherever they are made
	if err := doc.GenManTree(root, header, man); err != nil {
		return 0, err
	}
	pages, err := os.ReadDir(man)
	if err != nil {
		return 0, err
	}
	reference, err := apiHelp(nil)
	if err != nil {
		return 0, err
	}
	for _, file := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{filepath.Join(completions, "imapsh.bash"), func(w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
		{filepath.Join(completions, "_imapsh"), root.GenZshCompletion},
		{filepath.Join(completions, "imapsh.fish"), func(w io.Writer) error { return root.GenFishCompletion(w, true) }},
		{filepath.Join(dir, "api.md"), func(w io.Writer) error { _, err := io.WriteString(w, reference); return err }},
	} {
		if err := writeFile(file.path, file.write); err != nil {
			return 0, err
		}
		written++
	}
	return written + len(pages), nil
}

func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	err = write(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}
