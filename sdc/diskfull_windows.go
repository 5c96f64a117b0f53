package sdc

import (
	"errors"
	"syscall"
)

// isRefused tells that nobody listens at an address.
func isRefused(err error) bool {
	const connectionRefused = syscall.Errno(10061) // WSAECONNREFUSED, which the package's ECONNREFUSED is not
	return errors.Is(err, connectionRefused)
}

// diskFull tells that no other file can be written either.
func diskFull(err error) bool {
	const (
		handleDiskFull = syscall.Errno(39)  // ERROR_HANDLE_DISK_FULL
		noSpace        = syscall.Errno(112) // ERROR_DISK_FULL
	)
	return errors.Is(err, noSpace) || errors.Is(err, handleDiskFull)
}
