// Package statefile reads and writes the small files of a user's settings and state.
package statefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Check refuses what stands in the place of a regular file and is none, such as a named
// pipe, which would be waited for. A file that is not there is in order.
func Check(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("it is not a regular file")}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Read reads a regular file.
func Read(path string) ([]byte, error) {
	if err := Check(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// CheckFormat refuses the contents of a file whose format is newer than the newest one
// that the program reads. It is the number of the field "format" in the JSON object with
// which the contents begin; it is 0 where there is none.
func CheckFormat(path string, contents []byte, newest int) error {
	var head struct {
		Format int `json:"format"` // read by itself: other fields may be of other types
	}
	_ = json.NewDecoder(bytes.NewReader(contents)).Decode(&head)
	if head.Format <= newest {
		return nil
	}
	return fmt.Errorf("%s: its format is %d, written by a newer version of this program; this one reads formats up to %d; it is left as it is",
		path, head.Format, newest)
}

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
