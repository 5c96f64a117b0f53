package archive

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// dirStore is a Store in a directory. The os.Root keeps every path and every
// symbolic link inside.
type dirStore struct {
	root   *os.Root
	commit sync.Mutex // held while a finished upload takes its name
}

// temporary begins the names of uploads that are not complete.
const temporary = ".upload-"

// NewDirStore is the Store of a directory, which holds the folder imap or will
// once something is uploaded. Files and folders whose names begin with a dot do
// not belong to it. A symbolic link to a file inside the directory counts as a
// file; every other symbolic link is passed over. Walking it, as [Open] does,
// removes what uploads left that a crash ended.
func NewDirStore(dir string) (Store, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the data directory: %w", err)
	}
	return &dirStore{root: root}, nil
}

// Close releases the directory.
func (d *dirStore) Close() error { return d.root.Close() }

func (d *dirStore) Walk(ctx context.Context, visit func(string, func() (State, error)) error) error {
	err := fs.WalkDir(d.root.FS(), top, func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			// Gone since its directory was read, or there is no imap folder yet.
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".")
		if entry.IsDir() {
			if hidden {
				return fs.SkipDir
			}
			return nil
		}
		if hidden {
			d.clearAway(name, entry)
			return nil
		}
		info := entry.Info
		if entry.Type()&fs.ModeSymlink != 0 {
			info = func() (fs.FileInfo, error) { return d.root.Stat(filepath.FromSlash(name)) }
			if target, err := info(); err != nil || !target.Mode().IsRegular() {
				return nil // dangling, out of the directory, or not a file
			}
		} else if !entry.Type().IsRegular() {
			return nil
		}
		return visit(name, func() (State, error) {
			i, err := info()
			if err != nil {
				return State{}, err
			}
			return State{Size: i.Size(), ModTime: i.ModTime()}, nil
		})
	})
	if err != nil {
		return fmt.Errorf("walking the data directory: %w", err)
	}
	return nil
}

// clearAway removes what an upload left in a crash. Where that cannot be done, as
// in a read-only directory, it harms nobody.
func (d *dirStore) clearAway(name string, entry fs.DirEntry) {
	if !strings.HasPrefix(entry.Name(), temporary) || !entry.Type().IsRegular() {
		return
	}
	local := filepath.FromSlash(name)
	file, err := d.root.OpenFile(local, os.O_RDWR, 0)
	if err != nil {
		return
	}
	left := abandoned(file)
	if left {
		_ = d.root.Remove(local) // while it is locked: who is about to write sees that it is gone
	}
	_ = file.Close()
	if left {
		_ = d.root.Remove(local) // where an open file cannot be removed
	}
}

// dirObject is an open file with what was known of it when it was opened.
type dirObject struct {
	*os.File
	info fs.FileInfo
}

func (o dirObject) Size() int64        { return o.info.Size() }
func (o dirObject) ModTime() time.Time { return o.info.ModTime() }

func (d *dirStore) Open(name string) (Object, error) {
	local, err := localPath("open", name)
	if err != nil {
		return nil, err
	}
	// Asked before opening, because opening a pipe would wait for its writer.
	info, err := d.root.Lstat(local)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if info, err = d.root.Stat(local); err != nil { // it leads nowhere, or out
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file, err := d.root.Open(local)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return dirObject{file, info}, nil
}

func (d *dirStore) Create(name string, modTime time.Time, body io.Reader) (err error) {
	local, err := localPath("create", name)
	if err != nil {
		return err
	}
	dir := filepath.Dir(local)
	if err := d.root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	// The temporary file lies beside its goal, on the same file system; its dot
	// hides it from Walk.
	file, temp, err := d.createTemp(dir)
	if err != nil {
		return err
	}
	defer func() {
		if errRemove := d.root.Remove(temp); !errors.Is(errRemove, fs.ErrNotExist) {
			err = errors.Join(err, errRemove)
		}
	}()
	_, err = io.Copy(file, body)
	if err == nil {
		err = file.Sync()
	}
	if locksUploads {
		defer file.Close() // the lock must outlive the temporary name
	} else {
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return err
	}
	if err := d.root.Chtimes(temp, modTime, modTime); err != nil {
		return err
	}
	if err := d.claim(temp, local); err != nil {
		return err
	}
	d.syncDir(dir)
	return nil
}

// createTemp creates a temporary file that no other process takes for abandoned.
func (d *dirStore) createTemp(dir string) (*os.File, string, error) {
	for {
		temp := filepath.Join(dir, temporary+rand.Text())
		file, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return nil, "", err
		}
		if err := lockUpload(file); err != nil {
			return nil, "", errors.Join(err, file.Close(), d.root.Remove(temp))
		}
		// A server that started meanwhile may have removed it before it was locked.
		if _, err := d.root.Lstat(temp); err == nil {
			return file, temp, nil
		} else if err := file.Close(); err != nil {
			return nil, "", err
		}
	}
}

// claim gives the finished file its name, unless the name is taken.
func (d *dirStore) claim(temp, local string) error {
	d.commit.Lock()
	defer d.commit.Unlock()
	// A link never replaces what is there, whoever put it there.
	err := d.root.Link(temp, local)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// Some file systems have no links (FAT). A rename replaces, so look first:
	// the lock keeps this server from racing itself.
	if _, errStat := d.root.Lstat(local); errStat == nil {
		return &fs.PathError{Op: "create", Path: local, Err: fs.ErrExist}
	} else if !errors.Is(errStat, fs.ErrNotExist) {
		return errStat
	}
	return d.root.Rename(temp, local)
}

// syncDir makes a new name in a directory last, where the file system can. The name
// is taken by now: an error would say that it is not.
func (d *dirStore) syncDir(dir string) {
	if file, err := d.root.Open(dir); err == nil {
		_ = file.Sync()
		_ = file.Close()
	}
}

// localPath is an archive path in the form of this system. A path that this
// system cannot hold, such as one with a colon on Windows, is an
// fs.ErrNotExist to open and an fs.ErrInvalid to create.
func localPath(op, name string) (string, error) {
	if err := checkPath(op, name); err != nil {
		return "", err
	}
	local, err := filepath.Localize(path.Clean(name))
	if err != nil {
		reason := fs.ErrNotExist
		if op == "create" {
			reason = fs.ErrInvalid
		}
		return "", &fs.PathError{Op: op, Path: name, Err: reason}
	}
	return local, nil
}
