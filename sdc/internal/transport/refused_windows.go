package transport

import (
	"errors"
	"syscall"
)

// IsConnectionRefused reports whether nobody listens at an address.
func IsConnectionRefused(err error) bool {
	const connectionRefused = syscall.Errno(10061) // WSAECONNREFUSED, which the package's ECONNREFUSED is not
	return errors.Is(err, connectionRefused)
}
