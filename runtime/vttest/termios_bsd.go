//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package vttest

import "golang.org/x/sys/unix"

// What asks for the settings of a terminal, and sets them.
const getTermios, setTermios = unix.TIOCGETA, unix.TIOCSETA
