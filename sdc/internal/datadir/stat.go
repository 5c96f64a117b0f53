package datadir

import (
	"io/fs"
	"os"
	"path"
)

// file finds a file for reading: where it is a link, what it leads to. The description is
// that of the file, nil of what a link leads to.
func (t *Tree) file(name string) (place, fs.FileInfo, error) {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return place{}, nil, err
	}
	p := place{dir.root, dir.of(path.Base(name))}
	info, err := p.root.Lstat(p.dir)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		t.mu.Lock()
		p, err = t.follow(p, info)
		t.mu.Unlock()
		info = nil
	}
	return p, info, named(name, err)
}

// Stat describes a file; of a link, what it leads to.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	p, info, err := t.file(name)
	if err != nil || info != nil {
		return info, err
	}
	info, err = p.root.Stat(p.dir)
	return info, named(name, err)
}

// subtree is a directory of the tree that is open.
type subtree struct {
	dir  string
	root *os.Root // nil: none is
}

// StatNext is Stat for those who look at one file of a directory after the other: it keeps
// the directory open until it is asked about another one, which takes a fifth of the time.
func (t *Tree) StatNext(name string) (fs.FileInfo, error) {
	dir := path.Dir(name)
	p, err := t.place(dir)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last.root == nil || t.last.dir != dir {
		root, err := p.root.OpenRoot(p.dir)
		if err != nil {
			return nil, named(dir, err)
		}
		if t.last.root != nil {
			t.last.root.Close()
		}
		t.last = subtree{dir, root}
	}
	info, err := t.last.root.Lstat(path.Base(name))
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		t.mu.Unlock()
		info, err = t.Stat(name)
		t.mu.Lock()
	}
	return info, named(name, err)
}

// Lstat describes a file, and a link as such.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return nil, err
	}
	info, err := dir.root.Lstat(dir.of(path.Base(name)))
	return info, named(name, err)
}
