package datadir

import (
	"errors"
	"io/fs"
	"path"
)

// maxDepth is how deep files lie at most: links that lead in a circle end there.
const maxDepth = 12

// Walk calls visit with each file below a directory, which need not be there, until it
// returns an error, which may be fs.SkipAll. Links are followed as everywhere.
func (t *Tree) Walk(dir string, visit func(name string) error) error {
	err := t.walk(dir, maxDepth, visit)
	if errors.Is(err, fs.SkipAll) {
		return nil
	}
	return err
}

func (t *Tree) walk(dir string, depth int, visit func(name string) error) error {
	entries, err := t.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		isDir := entry.IsDir()
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := t.Stat(name)
			isDir = err == nil && info.IsDir()
		}
		switch {
		case !isDir:
			err = visit(name)
		case depth > 0:
			err = t.walk(name, depth-1, visit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ReadDir lists a directory.
func (t *Tree) ReadDir(dir string) ([]fs.DirEntry, error) {
	p, err := t.place(dir)
	if err != nil {
		return nil, err
	}
	return fs.ReadDir(p.root.FS(), p.dir)
}
