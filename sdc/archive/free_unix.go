//go:build linux || darwin

package archive

import "syscall"

// Free is the space in bytes that the directory's disk has for this user.
func (d *dirStore) Free() (int64, bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(d.root.Name(), &disk); err != nil {
		return 0, false
	}
	return int64(disk.Bavail) * int64(disk.Bsize), true
}
