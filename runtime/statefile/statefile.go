// Package statefile keeps the small files of a user's state directory.
package statefile

import (
	"errors"
	"os"
	"path/filepath"
)

// Replace gives a file, mode 0600, new contents: all of them, or it stays as it is.
// The directory is made, for the user alone.
func Replace(path string, contents []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600
	if err != nil {
		return err
	}
	_, err = part.Write(contents)
	err = errors.Join(err, part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		_ = os.Remove(part.Name())
	}
	return err
}
