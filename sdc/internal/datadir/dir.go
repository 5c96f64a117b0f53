package datadir

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"sync/atomic"
)

// A data directory holds the archive's files in archiveTop, and in ownDir what this package
// knows of them.
const (
	archiveTop = "imap"
	ownDir     = ".imapsh"
)

// Dir is a data directory during one call. Names are relative to it, separated by slashes:
// those of files of the archive are their archive paths. Several goroutines may use a Dir.
type Dir struct {
	path string

	mu   sync.Mutex
	tree *Tree // nil until it is needed

	noLocks atomic.Bool // the file system has no locks: another process may write the same file

	records    recordFiles
	letterCase *letterCase
}

// New is the data directory at a path, which need not be there. Nothing is opened yet.
func New(path string) *Dir {
	d := &Dir{path: path}
	d.letterCase = newLetterCase(d)
	d.records.dir = d
	return d
}

// Close closes what was opened.
func (d *Dir) Close() {
	if d.tree != nil {
		d.tree.Close()
	}
}

// Path is where the directory lies.
func (d *Dir) Path() string { return d.path }

// open gives the tree; fs.ErrNotExist if there is no directory yet and it is not to be made.
func (d *Dir) open(create bool) (*Tree, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tree != nil {
		return d.tree, nil
	}
	open := Open
	if create {
		open = Make
	}
	tree, err := open(d.path)
	if err != nil {
		return nil, denied(fmt.Errorf("opening the data directory: %w", err))
	}
	d.tree = tree
	return tree, nil
}

// openFor gives the tree with the directory of a file in it made.
func (d *Dir) openFor(name string) (*Tree, error) {
	tree, err := d.open(true)
	if err != nil {
		return nil, err
	}
	if err := tree.MkdirAll(path.Dir(name)); err != nil {
		return nil, d.wrap("making the directory of "+name, err)
	}
	return tree, nil
}

// wrap names the data directory in an error about something in it.
func (d *Dir) wrap(doing string, err error) error {
	return denied(fmt.Errorf("%s in %s: %w", doing, d.path, err))
}

// Stat describes a file; nil when there is none.
func (d *Dir) Stat(name string) (fs.FileInfo, error) { return d.stat(name, (*Tree).Stat) }

func (d *Dir) stat(name string, stat func(*Tree, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	tree, err := d.open(false)
	if err == nil {
		var info fs.FileInfo
		if info, err = stat(tree, name); err == nil {
			if !info.Mode().IsRegular() {
				return nil, invalidf("%s in %s is in the way: it is not a file", name, d.path)
			}
			return info, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return nil, d.wrap("looking for "+name, err)
}

// OpenInside opens a regular file for reading; a link to a file out of its directory's tree
// is an error.
func (d *Dir) OpenInside(name string) (*os.File, error) {
	tree, err := d.open(false)
	if err != nil {
		return nil, err
	}
	return tree.OpenInside(name)
}

// Digest reads a file for its digests.
func (d *Dir) Digest(ctx context.Context, name string) (*Digests, error) {
	tree, err := d.open(false)
	if err != nil {
		return nil, err
	}
	file, err := tree.Open(name)
	if err != nil {
		return nil, d.wrap("reading "+name, err)
	}
	defer file.Close()
	digests := newDigests()
	if _, err := io.Copy(digests, ReaderUntil(ctx, file)); err != nil {
		return nil, fmt.Errorf("reading %s in %s: %w", name, d.path, err)
	}
	return digests, nil
}

// ReaderUntil is a reader that fails when its context is done: to hash a large file takes
// seconds.
func ReaderUntil(ctx context.Context, r io.Reader) io.Reader { return &readerUntil{ctx, r} }

type readerUntil struct {
	ctx context.Context
	r   io.Reader
}

func (r *readerUntil) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.r.Read(p)
}

// maxName is the length of the longest name that usual file systems hold, in bytes.
const maxName = 255

// beside is the name of what belongs to a file of the archive: the file's own with
// an ending, or a hash of it where that would be too long.
func beside(name, ending string) string {
	if dir, base := path.Split(name); len(base)+len(ending) > maxName {
		return fmt.Sprintf("%s%x%s", dir, sha256.Sum256([]byte(base)), ending)
	}
	return name + ending
}
