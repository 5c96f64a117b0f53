package bindings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"imapsh/naming"
	"imapsh/runtime/home"
	"imapsh/sdc"
)

// openFile opens a file of this machine, or of the archive, from which it is fetched when it is not here. A record of a query
// is compared with the file that is here, as download does; a name alone is not.
func (h Host) openFile(ctx context.Context, file sdc.File) (*os.File, string, error) {
	name := home.Expand(file.Name)
	if file.IngestionDate == "" {
		opened, err := h.Sandbox.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return opened, name, err
		}
	}
	named, err := naming.Parse(filepath.ToSlash(file.Name))
	if err != nil {
		return nil, "", fmt.Errorf("%s: there is no such file, and %w", file.Name, err)
	}
	path := h.Client.LocalPath(named.ArchivePath())
	if _, missing := os.Stat(path); missing == nil && file.IngestionDate == "" {
		opened, err := h.Sandbox.Open(path)
		return opened, path, err
	}
	report, err := h.fetch(ctx, []sdc.File{file}, downloadOptions{})
	if _, err := onlyPath(report, err, func(t sdc.Transfer) string { return t.Path }); err != nil {
		return nil, "", err
	}
	opened, err := h.Sandbox.Open(report[0].Path)
	return opened, report[0].Path, err
}
