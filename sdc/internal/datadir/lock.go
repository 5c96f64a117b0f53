package datadir

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// lockPoll is the interval at which a lock that another holds is tried again.
const lockPoll = 100 * time.Millisecond

// Lock keeps all other transfers of a file, in this process and in others, out
// of it until unlock is called. The system frees it when the process dies.
func (d *Dir) Lock(ctx context.Context, archivePath string) (unlock func(), err error) {
	for {
		held, err := d.tryLock(lockName(archivePath))
		switch {
		case isDenied(err): // of a group's directory that another user made, perhaps
			d.noLocks.Store(true)
			return func() {}, nil
		case err != nil:
			return nil, d.wrap("locking "+archivePath, err)
		case held != nil && ctx.Err() != nil:
			held.release()
			return nil, context.Cause(ctx)
		case held != nil:
			return held.release, nil
		}
		select {
		case <-time.After(lockPoll):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// locksDir holds the lock files of a data directory.
const locksDir = ownDir + "/locks"

// lockEnding ends the name of a lock file.
const lockEnding = ".lock"

func lockName(archivePath string) string {
	return path.Join(locksDir, beside(path.Base(archivePath), lockEnding))
}

// heldLock is a lock file that this process holds.
type heldLock struct {
	tree  *Tree
	name  string
	flock *flock.Flock // nil on a file system without locks
	made  bool         // the file was not there before
}

// release removes the lock file and frees the lock. The name goes first: whoever has the
// file open then finds that it is no more.
func (h *heldLock) release() {
	if h.flock != nil {
		_ = h.tree.Remove(h.name)
		_ = h.flock.Unlock()
	}
}

// restore frees the lock and leaves the directory as it was before.
func (h *heldLock) restore() {
	if h.made || h.flock == nil {
		h.release()
		return
	}
	_ = h.flock.Unlock()
}

// tryLock takes a lock file; it gives nil when another holds it. On a file system without
// locks nobody is kept out.
func (d *Dir) tryLock(name string) (*heldLock, error) {
	tree, err := d.openFor(name)
	if err != nil {
		return nil, err
	}
	info, err := tree.Lstat(name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 { // flock would follow it
		_ = tree.Remove(name)
	}
	file, openErr := tree.OpenShared(name, os.O_RDONLY|os.O_CREATE) // another user's may be read only
	if openErr != nil {
		return nil, openErr
	}
	file.Close()
	held := &heldLock{tree: tree, name: name, made: errors.Is(err, fs.ErrNotExist)}
	whole, err := tree.Path(name)
	if err != nil {
		return nil, err
	}
	l := flock.New(whole, flock.SetPermissions(0o666))
	locked, err := l.TryLock()
	switch {
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
		d.noLocks.Store(true) // as network file systems may be
		return held, nil
	case err != nil, !locked:
		return nil, err
	}
	opened, openedErr := l.Stat()
	named, namedErr := os.Lstat(whole)
	if openedErr != nil || namedErr != nil || !os.SameFile(opened, named) {
		return nil, l.Unlock() // the one before has removed it: the name is another file's now
	}
	held.flock = l
	return held, nil
}

// SweepLocks removes the lock files of processes that were killed. What cannot be
// removed harms nobody.
func (d *Dir) SweepLocks() {
	tree, err := d.open(false)
	if err != nil {
		return
	}
	entries, err := tree.ReadDir(locksDir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), lockEnding) {
			continue
		}
		if held, err := d.tryLock(path.Join(locksDir, entry.Name())); err == nil && held != nil {
			held.release()
		}
	}
}
