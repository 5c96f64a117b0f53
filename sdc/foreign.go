package sdc

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"imapsh/naming"
)

// refuseForeign keeps the files of a named archive, which may have the names of real
// ones, out of a data directory that holds another archive's.
func (c *Client) refuseForeign(dir *dataDir) error {
	name, named := c.name(c.transport.Origin())
	if !named {
		return nil
	}
	found, err := dir.foreign(name)
	switch {
	case err != nil:
		return dir.explain("looking for files of other archives", err)
	case found != "":
		return usagef("data directory %s: it holds %s; the %s archive needs a directory of its own, since its files would take the place of real ones", dir.path, found, name)
	}
	return nil
}

// foreign describes the first thing in the directory that is not of an archive: a
// record of another one, or a file without a record. It is empty when there is none.
func (d *dataDir) foreign(archive string) (found string, err error) {
	tree, err := d.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	err = tree.Walk(path.Join(ownDir, "verified"), func(name string) error {
		file := d.records.read(name)
		for key := range file.records {
			if key.archive != archive {
				found = "verification records of " + key.archive
				return fs.SkipAll
			}
		}
		return file.err
	})
	if err != nil || found != "" {
		return found, err
	}
	err = tree.Walk(archiveTop, func(name string) error {
		if strings.HasSuffix(name, partEnding) || strings.HasSuffix(name, partNoteEnding) {
			return nil
		}
		if _, err := naming.Parse(name); err != nil {
			return nil
		}
		_, known, err := d.records.find(archive, name)
		if err == nil && !known {
			found = name + ", which has no verification record"
			err = fs.SkipAll
		}
		return err
	})
	return found, err
}
