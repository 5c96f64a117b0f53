package datadir

import (
	"errors"
	"syscall"
)

// IsFull reports whether an error means that no other file can be written either.
func IsFull(err error) bool {
	const (
		handleDiskFull = syscall.Errno(39)  // ERROR_HANDLE_DISK_FULL
		noSpace        = syscall.Errno(112) // ERROR_DISK_FULL
	)
	return errors.Is(err, noSpace) || errors.Is(err, handleDiskFull)
}
