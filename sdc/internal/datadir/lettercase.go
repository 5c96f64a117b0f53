package datadir

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// letterCase finds files that have taken the place of others whose names differ by the
// case of letters alone, on a file system that takes such names for the same.
type letterCase struct {
	folds    func() bool // whether the file system is one
	mu       sync.Mutex
	listings map[string][]string // of directories
}

func newLetterCase(d *Dir) *letterCase {
	return &letterCase{listings: map[string][]string{}, folds: sync.OnceValue(func() bool {
		tree, err := d.open(false)
		if err != nil {
			return false
		}
		lower, lowerErr := tree.Lstat(archiveTop)
		upper, upperErr := tree.Lstat(strings.ToUpper(archiveTop))
		return lowerErr == nil && upperErr == nil && os.SameFile(lower, upper)
	})}
}

// CheckLetterCase is an error when the file that is found under a name has that name in
// another case only: it is another file of the archive.
func (d *Dir) CheckLetterCase(archivePath string) error {
	l := d.letterCase
	if !l.folds() {
		return nil
	}
	tree, err := d.open(false)
	if err != nil {
		return err
	}
	dir, base := path.Dir(archivePath), path.Base(archivePath)
	l.mu.Lock()
	defer l.mu.Unlock()
	other := inOtherCase(l.listings[dir], base)
	if other == "" && !slices.Contains(l.listings[dir], base) { // it is new, or nothing was listed yet
		entries, err := tree.ReadDir(dir)
		if err != nil {
			return d.wrap("listing "+dir, err)
		}
		l.listings[dir] = namesOf(entries)
		other = inOtherCase(l.listings[dir], base)
	}
	if other == "" {
		return nil
	}
	return invalidf("%s cannot be kept beside %s in %s: the file system does not tell upper from lower case, and this is another file of the archive; keep it in another data directory",
		base, other, path.Join(d.path, dir))
}

func namesOf(entries []fs.DirEntry) []string {
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names
}

// inOtherCase is the name among others that differs from one by case alone: empty when
// there is none, or that one is there itself.
func inOtherCase(names []string, name string) string {
	other := ""
	for _, there := range names {
		switch {
		case there == name:
			return ""
		case strings.EqualFold(there, name):
			other = there
		}
	}
	return other
}
