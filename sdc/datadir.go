package sdc

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"
	"sync/atomic"
	"syscall"

	"imapsh/sdc/internal/datadir"
)

// ownDir is where this package keeps what it knows of a data directory, inside it.
const ownDir = ".imapsh"

// dataDir is a data directory during one call.
type dataDir struct {
	path string

	mu   sync.Mutex
	tree *datadir.Tree // nil until it is needed

	noLocks atomic.Bool // the file system has none: others may be at the same file

	records    verificationRecords
	letterCase *letterCase
}

func (c *Client) openDataDir() *dataDir { return newDataDir(c.DataDir()) }

func newDataDir(path string) *dataDir {
	d := &dataDir{path: path}
	d.letterCase = newLetterCase(d)
	d.records.dir = d
	return d
}

func (d *dataDir) close() {
	if d.tree != nil {
		d.tree.Close()
	}
}

// open gives the tree; fs.ErrNotExist if there is no directory yet and it is
// not to be made.
func (d *dataDir) open(create bool) (*datadir.Tree, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tree != nil {
		return d.tree, nil
	}
	open := datadir.Open
	if create {
		open = datadir.Make
	}
	tree, err := open(d.path)
	if err != nil {
		return nil, denied(fmt.Errorf("opening the data directory: %w", err))
	}
	d.tree = tree
	return tree, nil
}

// openFor gives the tree with the directory of a file in it made.
func (d *dataDir) openFor(name string) (*datadir.Tree, error) {
	tree, err := d.open(true)
	if err != nil {
		return nil, err
	}
	if err := tree.MkdirAll(path.Dir(name)); err != nil {
		return nil, d.explain("making the directory of "+name, err)
	}
	return tree, nil
}

// explain names the data directory in an error about something in it.
func (d *dataDir) explain(doing string, err error) error {
	return denied(fmt.Errorf("%s in %s: %w", doing, d.path, err))
}

// denied gives its reason to the error of a directory that may not be written.
func denied(err error) error {
	if isDenied(err) {
		return withReason(DataDirDenied, err)
	}
	return err
}

func isDenied(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// stat describes a file in the directory; nil when there is none.
func (d *dataDir) stat(name string) (fs.FileInfo, error) {
	tree, err := d.open(false)
	if err == nil {
		var info fs.FileInfo
		if info, err = tree.Stat(name); err == nil {
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
	tree, err := d.open(false)
	if err != nil {
		return nil, err
	}
	file, err := tree.Open(name)
	if err != nil {
		return nil, d.explain("reading "+name, err)
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
