package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"imapsh/naming"
	"imapsh/runtime"
	"imapsh/runtime/home"
	"imapsh/sdc/archive"
)

func (c *cli) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serves the SDC's API over a local data directory",
		Long: `serve answers the SDC's API (query, download, upload) over the files of a data
directory in the archive's layout. Its catalog is kept in DIR/.imapsh; the list
.unreleased in a file's own directory says whether it is hidden from the anonymous. The
objects are served from a second port, as the real archive's are from S3.`,
		Example: `  imapsh serve --data-dir data --addr 127.0.0.1:8123 --accept-key secret
  imapsh --url http://127.0.0.1:8123 query --instrument mag
  imapsh serve --data-dir data --addr :443 --objects-addr :8443 --tls-cert cert.pem --tls-key key.pem --accept-keys-file keys`,
		Args: noArguments,
	}
	var f serveFlags
	flags := cmd.Flags()
	flags.StringVar(&f.listen.Addr, "addr", "127.0.0.1:8123", "where to listen; port 0 picks a free one")
	flags.StringVar(&f.listen.ObjectsAddr, "objects-addr", "", "where the object store listens (default: the host of --addr, a free port)")
	flags.StringVar(&f.listen.ObjectsURL, "objects-url", "", "URL under which callers reach the object store, through a proxy or a container's port")
	flags.StringVar(&f.cert, "tls-cert", "", "file of the certificate, PEM; with --tls-key both ports speak https")
	flags.StringVar(&f.key, "tls-key", "", "file of the certificate's key, PEM")
	flags.StringArrayVar(&f.keys, "accept-key", nil, "an API key to accept, KEY or KEY:read; may be given again")
	flags.StringVar(&f.keysFile, "accept-keys-file", "", "file of keys to accept, one a line, its owner's alone; IMAPSH_ACCEPT_KEYS gives them in the environment")
	flags.StringVar(&f.unreleased, "unreleased", "", "file of names or archive paths, one a line, that anonymous callers do not see; # begins a comment")
	flags.StringVar(&f.maxUpload, "max-upload", "", "maximum size of an upload, such as 500M or 2G (default no limit)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		for _, client := range []string{"url", "api-key", "api-key-file", "demo", "read-only"} {
			if flags.Changed(client) {
				return usageError{fmt.Errorf("serve: --%s is for those who ask an archive; serve takes --data-dir and what imapsh help serve lists", client)}
			}
		}
		return c.serve(cmd.Context(), f)
	}
	return cmd
}

// serveFlags are the flags of serve.
type serveFlags struct {
	listen                archive.ListenOptions
	cert, key             string
	keys                  []string
	keysFile              string
	unreleased, maxUpload string
}

// serveOptions are what the flags and the environment say of the archive.
func (c *cli) serveOptions(f *serveFlags) (archive.Options, error) {
	options := archive.Options{Log: c.logger()}
	if slices.Contains(f.keys, "") {
		return options, errors.New("--accept-key has an empty value; without the flag nobody may upload")
	}
	keys := append(slices.Clone(f.keys), strings.FieldsFunc(c.env("IMAPSH_ACCEPT_KEYS"), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })...)
	if f.keysFile != "" {
		text, err := readKey(f.keysFile)
		if err != nil {
			return options, fmt.Errorf("--accept-keys-file: %w", err)
		}
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				keys = append(keys, line)
			}
		}
	}
	for _, key := range keys {
		switch name, scope, scoped := strings.Cut(key, ":"); {
		case !scoped:
			options.Keys = append(options.Keys, key)
		case scope == "read" && name != "":
			options.ReadKeys = append(options.ReadKeys, name)
		default:
			return options, errors.New("a key to accept is KEY or KEY:read, and KEY has no colon")
		}
	}
	var err error
	if options.Unreleased, err = readPaths(f.unreleased); err != nil {
		return options, fmt.Errorf("--unreleased: %w", err)
	}
	if options.MaxUpload, err = parseSize(f.maxUpload); err != nil {
		return options, fmt.Errorf("--max-upload: %w", err)
	}
	if u, err := url.Parse(f.listen.ObjectsURL); f.listen.ObjectsURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "") {
		return options, fmt.Errorf("--objects-url: %q: must be an http or https URL such as https://objects.example.org", f.listen.ObjectsURL)
	}
	if (f.cert == "") != (f.key == "") {
		return options, errors.New("--tls-cert and --tls-key belong together: give both")
	}
	if f.cert != "" {
		certificate, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return options, fmt.Errorf("--tls-cert, --tls-key: %w", err)
		}
		f.listen.Certificate = &certificate
	}
	return options, nil
}

// parseSize reads a number of bytes, which K, M or G may follow; empty is 0.
func parseSize(text string) (int64, error) {
	digits := strings.TrimRight(text, "KMG")
	n, err := strconv.ParseInt(digits, 10, 40)
	shift, known := map[string]int{"": 0, "K": 10, "M": 20, "G": 30}[text[len(digits):]]
	switch {
	case text == "":
		return 0, nil
	case err != nil || !known || n <= 0 || n > math.MaxInt64>>shift:
		return 0, fmt.Errorf("%q: must be a number of bytes, such as 1000000, 500M or 2G", text)
	}
	return n << shift, nil
}

// serve serves until ctx is done.
func (c *cli) serve(ctx context.Context, f serveFlags) error {
	options, err := c.serveOptions(&f)
	if err != nil {
		return usageError{fmt.Errorf("serve: %w", err)}
	}
	server, err := archive.ListenWith(ctx, f.listen)
	if err != nil {
		return usageError{err}
	}
	defer server.Close()
	a, err := c.openArchive(ctx, options)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	defer a.Close()
	if beyond := server.Beyond(); len(beyond) > 0 {
		fmt.Fprintf(c.stderr, "imapsh: other machines reach it at %s\n", strings.Join(beyond, ", "))
		if f.cert == "" && len(options.Keys)+len(options.ReadKeys) > 0 {
			fmt.Fprintln(c.stderr, "imapsh: warning: keys travel in clear; use --tls-cert and --tls-key, or listen on 127.0.0.1 behind a proxy that has a certificate")
		}
	}
	fmt.Fprintf(c.stderr, "imapsh: serving %s at %s (^C stops)\n", c.serveDir(), server.URL())
	if err := server.Serve(ctx, a); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, runtime.ErrInterrupted) {
		return err
	}
	fmt.Fprintln(c.stderr, "imapsh: stopped")
	return nil
}

func (c *cli) serveDir() string {
	return home.Expand(cmp.Or(c.flags.dataDir, c.env("IMAP_DATA_DIR"), "data"))
}

// openArchive opens the data directory with the catalog in it. Where the directory
// cannot be written it works on a copy of the catalog: what is hidden must stay hidden.
func (c *cli) openArchive(ctx context.Context, options archive.Options) (*archive.Archive, error) {
	dir := c.serveDir()
	store, err := archive.NewDirStore(dir)
	if err != nil {
		return nil, usageError{err}
	}
	options.Store, options.Catalog = store, filepath.Join(dir, ".imapsh", "catalog.sqlite")
	a, err := archive.Open(ctx, options)
	if err == nil || ctx.Err() != nil || writable(dir) {
		return a, err
	}
	temp, err := os.MkdirTemp("", "imapsh-catalog-")
	if err != nil {
		return nil, err
	}
	c.close = append(c.close, func() { _ = os.RemoveAll(temp) })
	if options.Catalog, err = copyCatalog(options.Catalog, temp); err != nil {
		return nil, fmt.Errorf("%s cannot be written, and its catalog, which says what is not released, cannot be read: %w", dir, err)
	}
	fmt.Fprintf(c.stderr, "imapsh: %s cannot be written: the catalog is a copy for this run, and nothing can be uploaded\n", dir)
	return archive.Open(ctx, options)
}

// copyCatalog copies a catalog and its write-ahead log into a directory and gives the
// path of the copy. A directory that never had a catalog gets a new one.
func copyCatalog(catalog, dir string) (string, error) {
	copied := filepath.Join(dir, filepath.Base(catalog))
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(catalog + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(copied+suffix, content, 0o600)
		}
		if err != nil {
			return "", err
		}
	}
	return copied, nil
}

// writable reports whether files can be made in a directory.
func writable(dir string) bool {
	file, err := os.CreateTemp(dir, ".imapsh-*")
	if err != nil {
		return false
	}
	file.Close()
	return os.Remove(file.Name()) == nil
}

// readPaths reads a list of files of the archive, names or paths; blank lines and #
// comments do not count. A line that is neither is an error: the file
// that it should hide would be visible.
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
