//go:build linux || darwin

package archive

import (
	"os"
	"syscall"
)

// locksUploads reports whether lockUpload does something.
const locksUploads = true

// lockUpload marks the temporary file of an upload as one that is being written; the mark
// ends with the file's closing, at the latest with the process.
func lockUpload(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
}

// abandoned reports whether nobody writes to an upload's temporary file any more.
func abandoned(file *os.File) bool {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
