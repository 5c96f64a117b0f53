package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// unreleasedList is the file, in each directory that holds such files, of the names
// that are not released, one a line.
const unreleasedList = ".unreleased"

// List appends a name to its directory's list, which is synced to the disk.
func (d *dirStore) List(name string) error {
	local, err := localPath("create", name)
	if err != nil {
		return err
	}
	d.commit.Lock()
	defer d.commit.Unlock()
	dir := filepath.Dir(local)
	listed, err := d.Listed(path.Dir(name))
	if err != nil || listed[path.Base(name)] {
		return err
	}
	if err := d.root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file, err := d.root.OpenFile(filepath.Join(dir, unreleasedList), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	// The first newline ends a line that a crash or an editor left without one.
	_, err = file.WriteString("\n" + path.Base(name) + "\n")
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("marking %s as not released: %w", name, err)
	}
	d.syncDir(dir)
	return nil
}

// Unlist takes a name out of its directory's list. The other lines, comments too, stay.
func (d *dirStore) Unlist(name string) error {
	local, err := localPath("open", name)
	if err != nil {
		return err
	}
	d.commit.Lock()
	defer d.commit.Unlock()
	dir := filepath.Dir(local)
	listed, err := d.Listed(path.Dir(name))
	if err != nil || !listed[path.Base(name)] {
		return err
	}
	list := filepath.Join(dir, unreleasedList)
	text, err := d.root.ReadFile(list)
	if err != nil {
		return err
	}
	var left strings.Builder
	for line := range strings.Lines(string(text)) {
		if strings.TrimSpace(line) != path.Base(name) {
			left.WriteString(line)
		}
	}
	// A crash leaves the old list or the new one, and never a part of it.
	temporary := list + ".new"
	file, err := d.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("releasing %s: %w", name, err)
	}
	_, err = file.WriteString(left.String())
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = d.root.Rename(temporary, list)
	}
	if err != nil {
		return fmt.Errorf("releasing %s: %w", name, err)
	}
	d.syncDir(dir)
	return nil
}

// Listed reads a directory's list. A directory without one has nothing that is hidden; a
// list that cannot be read is an error.
func (d *dirStore) Listed(dir string) (map[string]bool, error) {
	local, err := localPath("open", dir+"/"+"x")
	if err != nil {
		return nil, err
	}
	local = filepath.Join(filepath.Dir(local), unreleasedList)
	if info, err := d.root.Lstat(local); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: it is not a file", local)
	}
	text, err := d.root.ReadFile(local)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading the list of what is not released: %w", err)
	}
	names := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			names[line] = true
		}
	}
	return names, nil
}
