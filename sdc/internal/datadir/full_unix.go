//go:build unix

package datadir

import (
	"errors"
	"syscall"
)

// IsFull reports whether an error means that no other file can be written either.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
