package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// InvalidFileError is a file of this machine that is not what it should be.
type InvalidFileError struct{ Message string }

func (e *InvalidFileError) Error() string { return e.Message }

func invalidf(format string, args ...any) error {
	return &InvalidFileError{fmt.Sprintf(format, args...)}
}

// DeniedError is the error of a data directory that may not be read or written.
type DeniedError struct{ Err error }

func (e *DeniedError) Error() string { return e.Err.Error() }
func (e *DeniedError) Unwrap() error { return e.Err }

// denied makes a *DeniedError of an error about permissions.
func denied(err error) error {
	if isDenied(err) {
		return &DeniedError{err}
	}
	return err
}

func isDenied(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}
