package vttest

import "golang.org/x/sys/unix"

// What asks for the settings of a terminal, and sets them.
const getTermios, setTermios = unix.TCGETS, unix.TCSETS
