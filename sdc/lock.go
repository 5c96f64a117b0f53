package sdc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"imapsh/sdc/internal/transport"
)

// lockPoll is how often one who waits looks whether the other is done.
const lockPoll = 100 * time.Millisecond

// lock keeps all other transfers of a file, in this process and in others, out
// of it until unlock is called. The system frees it when the process dies.
func (d *dataDir) lock(ctx context.Context, archivePath string) (unlock func(), err error) {
	for {
		unlock, locked, err := d.tryLock(lockName(archivePath))
		switch {
		case err != nil:
			return nil, fmt.Errorf("locking %s: %w", archivePath, err)
		case locked && ctx.Err() != nil:
			unlock()
			return nil, context.Cause(ctx)
		case locked:
			return unlock, nil
		}
		if err := transport.Sleep(ctx, lockPoll); err != nil {
			return nil, err
		}
	}
}

// locksDir holds the lock files of a data directory.
const locksDir = ownDir + "/locks"

func lockName(archivePath string) string {
	return path.Join(locksDir, beside(path.Base(archivePath), ".lock"))
}

// tryLock takes a lock file, unless another holds it. On a file system without locks
// it reports success.
func (d *dataDir) tryLock(name string) (unlock func(), locked bool, err error) {
	root, err := d.openFor(name)
	if err != nil {
		return nil, false, err
	}
	// Made inside the root: flock itself would follow a symbolic link out.
	if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() {
		_ = root.Remove(name)
	}
	file, err := root.OpenFile(name, os.O_RDONLY|os.O_CREATE, 0o666) // another user's may be read only
	if err != nil {
		return nil, false, err
	}
	file.Close()
	whole := filepath.Join(d.path, filepath.FromSlash(name))
	l := flock.New(whole, flock.SetPermissions(0o666))
	locked, err = l.TryLock()
	switch {
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
		d.noLocks.Store(true) // as network file systems may be
		return func() {}, true, nil
	case err != nil, !locked:
		return nil, false, err
	}
	held, heldErr := l.Stat()
	named, namedErr := os.Lstat(whole)
	if heldErr != nil || namedErr != nil || !os.SameFile(held, named) {
		return nil, false, l.Unlock() // the one before has removed it: the name is another file's now
	}
	return func() {
		_ = root.Remove(name) // before it is free: whoever has it open then finds that it is no more
		_ = l.Unlock()
	}, true, nil
}
