package datadir

import (
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
	for name, err := range d.Files() {
		if err != nil {
			return "", d.wrap("looking for files of other archives", err)
		}
		if _, err := naming.Parse(name); err != nil {
			continue
		}
		_, known, err := d.Record(archive, name)
		switch {
		case err != nil:
			return "", err
		case !known:
			return name + ", which has no verification record", nil
		}
	}
	return "", nil
}
