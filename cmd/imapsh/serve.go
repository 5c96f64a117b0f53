package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/naming"
	"imapsh/runtime"
	"imapsh/sdc/archive"
)

func (c *cli) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the SDC's API over a local data directory",
		Long: `serve answers the SDC's API (query, download, upload) over the files of a data
directory in the archive's layout. Its catalog is kept in DIR/.imapsh. The
objects are served from a second port, as the real archive's are from S3.`,
		Example: `  imapsh serve --data-dir data --addr 127.0.0.1:8123 --accept-key secret
  imapsh --url http://127.0.0.1:8123 query --instrument mag`,
		Args: noArguments,
	}
	addr := cmd.Flags().String("addr", "127.0.0.1:8123", "where to listen; port 0 picks a free one")
	keys := cmd.Flags().StringArray("accept-key", nil, "an API key to accept; may be given again")
	unreleased := cmd.Flags().String("unreleased", "", "file of names or archive paths, one a line, that anonymous callers do not see; # begins a comment")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		for _, client := range []string{"url", "api-key", "api-key-file", "demo", "read-only"} {
			if cmd.Flags().Changed(client) {
				return usageError{fmt.Errorf("serve: --%s is for those who ask an archive; serve takes --data-dir, --addr, --accept-key and --unreleased", client)}
			}
		}
		if slices.Contains(*keys, "") {
			return usageError{errors.New("serve: --accept-key has an empty value; without the flag nobody may upload")}
		}
		hidden, err := readPaths(*unreleased)
		if err != nil {
			return usageError{fmt.Errorf("serve: --unreleased: %w", err)}
		}
		server, err := archive.Listen(cmd.Context(), *addr)
		if err != nil {
			return usageError{err}
		}
		defer server.Close()
		a, err := c.openArchive(cmd.Context(), *keys, hidden)
		if cmd.Context().Err() != nil {
			return context.Cause(cmd.Context())
		}
		if err != nil {
			return err
		}
		defer a.Close()
		fmt.Fprintf(c.stderr, "imapsh: serving %s at %s (^C stops)\n", c.serveDir(), server.URL())
		if err := server.Serve(cmd.Context(), a); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, runtime.ErrInterrupted) {
			return err
		}
		fmt.Fprintln(c.stderr, "imapsh: stopped")
		return nil
	}
	return cmd
}

func (c *cli) serveDir() string {
	return cmp.Or(c.flags.dataDir, c.env("IMAP_DATA_DIR"), "data")
}

// openArchive opens the data directory, with the catalog in it, or in memory
// where the directory cannot be written.
func (c *cli) openArchive(ctx context.Context, keys, unreleased []string) (*archive.Archive, error) {
	dir := c.serveDir()
	store, err := archive.NewDirStore(dir)
	if err != nil {
		return nil, usageError{err}
	}
	options := archive.Options{Store: store, Catalog: filepath.Join(dir, ".imapsh", "catalog.sqlite"), Keys: keys, Unreleased: unreleased, Log: c.logger()}
	a, err := archive.Open(ctx, options)
	if err != nil && ctx.Err() == nil && !writable(dir) {
		fmt.Fprintf(c.stderr, "imapsh: %s cannot be written: the catalog is kept in memory, and nothing can be uploaded\n", dir)
		options.Catalog = ""
		return archive.Open(ctx, options)
	}
	return a, err
}

// writable tells whether files can be made in a directory.
func writable(dir string) bool {
	file, err := os.CreateTemp(dir, ".imapsh-*")
	if err != nil {
		return false
	}
	file.Close()
	return os.Remove(file.Name()) == nil
}

// readPaths reads a list of files of the archive, names or paths; blank lines and #
// comments do not count. A line that is none is an error: what it was to keep from
// sight would be seen.
func readPaths(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var paths []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		path, err := naming.Parse(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		paths = append(paths, path.ArchivePath())
	}
	return paths, nil
}
