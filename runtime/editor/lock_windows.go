package editor

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock waits for a file's lock and returns what releases it. A file system without locks
// goes without: an append is one write, and a compaction is rare.
func lock(path string) (unlock func()) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return func() {}
	}
	_ = windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0,
		new(windows.Overlapped))
	return func() { _ = file.Close() }
}
