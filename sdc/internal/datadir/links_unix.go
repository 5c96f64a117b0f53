//go:build unix

package datadir

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// followsOut reports whether a link that leads out of a tree is followed.
const followsOut = true

// nonBlocking opens a named pipe without waiting for its other end.
const nonBlocking = syscall.O_NONBLOCK

// trusts reports whose a link is, and whether it is the user's or root's.
func trusts(info fs.FileInfo) (owner uint32, trusted bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return stat.Uid, stat.Uid == 0 || int(stat.Uid) == os.Geteuid()
}

// sameLink reports whether a link is still the one that was looked at: its change time
// shows that it was moved away and back.
func sameLink(a, b fs.FileInfo) bool { return os.SameFile(a, b) && changeTime(a) == changeTime(b) }

// leadsTo is an error unless a path, relative to an open directory, leads to another one. The
// system resolves it from that directory itself, whatever its own path leads to by now.
func leadsTo(from *os.File, path string, to *os.Root) error {
	fd, err := unix.Openat(int(from.Fd()), path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return &fs.PathError{Op: "openat", Path: path, Err: err}
	}
	reached := os.NewFile(uintptr(fd), path)
	defer reached.Close()
	is, err := reached.Stat()
	if err != nil {
		return err
	}
	wanted, err := to.Stat(".")
	if err == nil && !os.SameFile(is, wanted) {
		err = &fs.PathError{Op: "openat", Path: path, Err: errors.New("it is another directory")}
	}
	return err
}

// shareDir gives a new directory the group bits of the one that it lies in, if the group
// may write there: then it can here, too, whatever the umask says.
func shareDir(root *os.Root, parent, name string) {
	outer, err := root.Stat(parent)
	if err != nil || outer.Mode().Perm()&0o020 == 0 {
		return
	}
	inner, err := root.Lstat(name)
	if err == nil && inner.IsDir() && group(inner) == group(outer) {
		_ = root.Chmod(name, inner.Mode()&^0o070|outer.Mode()&(0o070|fs.ModeSetgid))
	}
}

// shareFile lets the group read and write a new file in a directory where it may write.
func shareFile(file *os.File, dir fs.FileInfo) {
	info, err := file.Stat()
	if err == nil && dir.Mode().Perm()&0o020 != 0 && group(info) == group(dir) {
		_ = file.Chmod(info.Mode().Perm() | 0o060)
	}
}

func group(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int64(stat.Gid)
	}
	return -1
}
