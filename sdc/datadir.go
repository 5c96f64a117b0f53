package sdc

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// ownDir is where this package keeps what it knows of a data directory, inside it.
const ownDir = ".imapsh"

// dataDir is a data directory during one call. Whatever symbolic links lie in
// it, nothing outside it is read or written.
type dataDir struct {
	path string

	mu   sync.Mutex
	root *os.Root // nil until it is needed

	noLocks atomic.Bool // the file system has none: others may be at the same file

	records verificationRecords
}

func (c *Client) openDataDir() *dataDir { return newDataDir(c.DataDir()) }

func newDataDir(path string) *dataDir {
	d := &dataDir{path: path}
	d.records.dir = d
	return d
}

func (d *dataDir) close() {
	if d.root != nil {
		d.root.Close()
	}
}

// open gives the root; fs.ErrNotExist if there is no directory yet and it is
// not to be made.
func (d *dataDir) open(create bool) (*os.Root, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.root != nil {
		return d.root, nil
	}
	if create {
		if err := os.MkdirAll(d.path, 0o777); err != nil {
			return nil, fmt.Errorf("making the data directory: %w", err)
		}
	}
	root, err := os.OpenRoot(d.path)
	if err != nil {
		return nil, fmt.Errorf("opening the data directory: %w", err)
	}
	d.root = root
	return root, nil
}

// openFor gives the root with the directory of a file in it made.
func (d *dataDir) openFor(name string) (*os.Root, error) {
	root, err := d.open(true)
	if err != nil {
		return nil, err
	}
	if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return nil, d.explain("making the directory of "+name, err)
	}
	return root, nil
}

// explain says what to do about trouble in the data directory.
func (d *dataDir) explain(doing string, err error) error {
	err = fmt.Errorf("%s in %s: %w", doing, d.path, err)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return withReason(DataDirDenied, err)
	case strings.Contains(err.Error(), "path escapes from parent"): // os.Root's, which has no name
		return fmt.Errorf("%w: a symbolic link that leads out of the data directory is not followed; the directory itself may be one", err)
	}
	return err
}

// stat tells of a file in the directory; nil when there is none.
func (d *dataDir) stat(name string) (fs.FileInfo, error) {
	root, err := d.open(false)
	if err == nil {
		var info fs.FileInfo
		if info, err = root.Stat(name); err == nil {
			if !info.Mode().IsRegular() {
				return nil, invalidf("%s in %s is in the way: it is not a file", name, d.path)
			}
			return info, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return nil, d.explain("looking for "+name, err)
}

// digests are the digests of a file in the directory.
func (d *dataDir) digests(ctx context.Context, name string) (*digests, error) {
	root, err := d.open(false)
	if err != nil {
		return nil, err
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sums := newDigests()
	if _, err := io.Copy(sums, &interruptible{ctx, file}); err != nil {
		return nil, fmt.Errorf("reading %s in %s: %w", name, d.path, err)
	}
	return sums, nil
}

// interruptible is a reader that ends with its context: hashing a large file
// takes seconds.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if i.ctx.Err() != nil {
		return 0, context.Cause(i.ctx)
	}
	return i.r.Read(p)
}

// syncDirectory makes a new name in a directory last through a power cut.
func syncDirectory(root *os.Root, name string) error {
	if runtime.GOOS == "windows" { // a directory cannot be synced there
		return nil
	}
	dir, err := root.Open(name)
	if err == nil {
		defer dir.Close()
		err = dir.Sync()
	}
	// Network and FUSE file systems may not offer it, and a directory that one may
	// write but not read cannot be opened for it: the name is there all the same.
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

// mostName is the longest name that usual file systems hold, in bytes.
const mostName = 255

// beside is the name of what belongs to a file of the archive: the file's own with
// an ending, or a hash of it where that would be too long.
func beside(name, ending string) string {
	if dir, base := path.Split(name); len(base)+len(ending) > mostName {
		return fmt.Sprintf("%s%x%s", dir, sha256.Sum256([]byte(base)), ending)
	}
	return name + ending
}
