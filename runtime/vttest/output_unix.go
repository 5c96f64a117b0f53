//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package vttest

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// KeepOutput lets a key that sends a signal throw away nothing that was written to a
// terminal: the system does so just after the signal, perhaps after the program's
// answer to it.
func KeepOutput(terminal *os.File) error {
	raw, err := terminal.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = raw.Control(func(fd uintptr) {
		settings, err := unix.IoctlGetTermios(int(fd), getTermios)
		if err == nil {
			settings.Lflag |= unix.NOFLSH
			err = unix.IoctlSetTermios(int(fd), setTermios, settings)
		}
		failed = err
	})
	return errors.Join(err, failed)
}
