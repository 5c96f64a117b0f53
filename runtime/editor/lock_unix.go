//go:build !windows

package editor

import (
	"os"
	"syscall"
)

// lock waits for a file's lock and returns what releases it. A file system without locks
// goes without: an append is one write, and a compaction is rare.
func lock(path string) (unlock func()) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return func() {}
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			break
		}
	}
	return func() { _ = file.Close() }
}
