package datadir

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
)

// Tree is a directory with all that lies below it. Names are relative to it, separated
// by slashes, without "..".
//
// A symbolic link below it is followed when it belongs to the user or to root, out of the
// tree, too: an instrument's directory may lie on another disk. The link of somebody else
// is an error. On Windows, which does not say whose a link is, none is followed out.
type Tree struct {
	root *os.Root

	mu     sync.Mutex
	last   subtree             // the directory that StatNext looked into last
	places map[string]place    // directories that were found, by name
	roots  map[string]*os.Root // targets of links that lead out of the tree, by path
}

// place is a directory: its root and its name in it.
type place struct {
	root *os.Root
	dir  string
}

func (p place) of(base string) string { return path.Join(p.dir, base) }

// Open opens a directory, which may itself be a link.
func Open(dir string) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Tree{root: root, places: map[string]place{".": {root, "."}}, roots: map[string]*os.Root{}}, nil
}

// Close closes what was opened to find files; files stay open.
func (t *Tree) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.root.Close()
	if t.last.root != nil {
		err = errors.Join(err, t.last.root.Close())
	}
	for _, root := range t.roots {
		err = errors.Join(err, root.Close())
	}
	return err
}

// place finds a directory, one component after the other.
func (t *Tree) place(dir string) (place, error) {
	if !filepath.IsLocal(filepath.FromSlash(dir)) {
		return place{}, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrInvalid}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.find(path.Clean(dir))
}

func (t *Tree) find(dir string) (place, error) {
	if p, known := t.places[dir]; known {
		return p, nil
	}
	parent, err := t.find(path.Dir(dir))
	if err != nil {
		return place{}, err
	}
	p := place{parent.root, parent.of(path.Base(dir))}
	info, err := p.root.Lstat(p.dir)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		p, err = t.follow(p, info)
	}
	if err == nil {
		info, err = p.root.Stat(p.dir)
	}
	switch {
	case err != nil:
		return place{}, named(dir, err)
	case !info.IsDir():
		return place{}, &fs.PathError{Op: "open", Path: dir, Err: errors.New("it is not a directory")}
	}
	t.places[dir] = p
	return p, nil
}

// named gives an error of a root, which speaks of one component, the whole name.
func named(name string, err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return &fs.PathError{Op: of.Op, Path: name, Err: of.Err}
	}
	return err
}

// MkdirAll makes a directory and those that it lies in.
func (t *Tree) MkdirAll(dir string) error {
	_, err := t.place(dir)
	if !errors.Is(err, fs.ErrNotExist) || dir == "." {
		return err
	}
	if err := t.MkdirAll(path.Dir(dir)); err != nil {
		return err
	}
	parent, err := t.place(path.Dir(dir))
	if err != nil {
		return err
	}
	name := parent.of(path.Base(dir))
	switch err := parent.root.Mkdir(name, 0o777); {
	case err == nil:
		shareDir(parent.root, parent.dir, name)
	case !errors.Is(err, fs.ErrExist):
		return named(dir, err)
	}
	_, err = t.place(dir)
	return err
}

// Make makes the directory of a tree, in one that is there, and opens it.
func Make(dir string) (*Tree, error) {
	err := os.Mkdir(dir, 0o777)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err == nil {
		if parent, err := os.OpenRoot(filepath.Dir(dir)); err == nil {
			shareDir(parent, ".", filepath.Base(dir))
			parent.Close()
		}
	}
	return Open(dir)
}

// Rename gives a file another name in the same directory.
func (t *Tree) Rename(from, to string) error {
	dir, err := t.place(path.Dir(from))
	if err != nil {
		return err
	}
	return dir.root.Rename(dir.of(path.Base(from)), dir.of(path.Base(to)))
}

// Remove removes a file; of a link, the link.
func (t *Tree) Remove(name string) error {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return err
	}
	return named(name, dir.root.Remove(dir.of(path.Base(name))))
}

// SyncDir makes new names in a directory last through a power cut.
func (t *Tree) SyncDir(dir string) error {
	if runtime.GOOS == "windows" { // a directory cannot be synced there
		return nil
	}
	p, err := t.place(dir)
	if err != nil {
		return err
	}
	opened, err := p.root.Open(p.dir)
	if err == nil {
		defer opened.Close()
		err = opened.Sync()
	}
	// Network and FUSE file systems may not offer it, and a directory that one may
	// write but not read cannot be opened for it: the name is there all the same.
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

// Path is where a file lies on this machine.
func (t *Tree) Path(name string) (string, error) {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return "", err
	}
	return filepath.Join(dir.root.Name(), filepath.FromSlash(dir.of(path.Base(name)))), nil
}
