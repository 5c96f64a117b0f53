//go:build !windows

package sdc

import (
	"errors"
	"syscall"
)

// isRefused tells that nobody listens at an address.
func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// diskFull tells that no other file can be written either.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
