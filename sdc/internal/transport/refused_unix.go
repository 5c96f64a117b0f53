//go:build unix

package transport

import (
	"errors"
	"syscall"
)

// IsConnectionRefused reports whether nobody listens at an address.
func IsConnectionRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }
