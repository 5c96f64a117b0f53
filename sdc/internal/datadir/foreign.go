package datadir

import (
	"errors"
	"io/fs"
	"strings"

	"imapsh/naming"
)

// Foreign describes the first thing in the directory that is not of an archive: a
// record of another one, or a file without a record. It is empty when there is none.
func (d *Dir) Foreign(archive string) (found string, err error) {
	for record, err := range d.Records() {
		switch {
		case err != nil:
			return "", d.wrap("looking for files of other archives", err)
		case record.Archive != archive:
			return "verification records of " + record.Archive, nil
		}
	}
	tree, err := d.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	err = tree.Walk(archiveTop, func(name string) error {
		if strings.HasSuffix(name, partEnding) || strings.HasSuffix(name, partNoteEnding) {
			return nil
		}
		if _, err := naming.Parse(name); err != nil {
			return nil
		}
		_, known, err := d.Record(archive, name)
		if err == nil && !known {
			found = name + ", which has no verification record"
			err = fs.SkipAll
		}
		return err
	})
	if err != nil {
		return "", d.wrap("looking for files of other archives", err)
	}
	return found, nil
}
