package datadir

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"imapsh/naming"
)

// LeftoverKind is what a left-over file was for.
type LeftoverKind string

// The kinds of left-over files.
const (
	LeftPart   LeftoverKind = "partial file"           // the bytes of a download that is not complete
	LeftNote   LeftoverKind = "note of a partial file" // which object those bytes are of
	LeftLock   LeftoverKind = "lock file"              // of a process that was killed
	LeftUpload LeftoverKind = "unfinished upload"      // to an archive that is served from the directory
)

// Leftover is a file that an interrupted transfer left in a data directory.
type Leftover struct {
	Path string       `json:"path"` // below the data directory, with slashes
	Kind LeftoverKind `json:"kind"`
	Size int64        `json:"size"` // bytes
}

// strayAge is the age from which a left-over counts as one whose owner holds no lock:
// a part on a file system without locks, or an unfinished upload.
const strayAge = 24 * time.Hour

// Clean finds what interrupted transfers left, and removes it unless dryRun. Parts that a
// later download would go on with are among them. What a transfer that is under way needs
// is left alone: its lock is held, or, where there is no lock, it changed within a day. The
// error joins what could not be looked at or removed.
func (d *Dir) Clean(ctx context.Context, dryRun bool) ([]Leftover, error) {
	tree, err := d.open(false)
	if err != nil {
		return nil, err
	}
	cleaning := &cleaning{dir: d, tree: tree, dryRun: dryRun}
	for _, walk := range []struct {
		below string
		look  func(name string, info fs.FileInfo) error
	}{{locksDir, cleaning.lock}, {archiveTop, cleaning.file}} {
		err := tree.Walk(walk.below, func(name string) error {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			info, err := tree.Lstat(name)
			if err == nil && info.Mode().IsRegular() {
				err = walk.look(name, info)
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) { // another one removed it
				cleaning.failures = append(cleaning.failures, d.wrap("cleaning "+name, err))
			}
			return nil
		})
		if err != nil {
			return cleaning.found, err
		}
	}
	slices.SortFunc(cleaning.found, func(a, b Leftover) int { return strings.Compare(a.Path, b.Path) })
	return cleaning.found, errors.Join(cleaning.failures...)
}

// uploadPrefix begins the names of uploads on their way into a directory that is served.
const uploadPrefix = ".upload-"

// cleaning is one walk over a data directory.
type cleaning struct {
	dir      *Dir
	tree     *Tree
	dryRun   bool
	found    []Leftover
	failures []error
}

// lock removes a lock file that nobody holds.
func (c *cleaning) lock(name string, info fs.FileInfo) error {
	if !strings.HasSuffix(name, lockEnding) {
		return nil
	}
	held, err := c.dir.tryLock(name)
	if err != nil || held == nil {
		return err
	}
	c.found = append(c.found, Leftover{Path: name, Kind: LeftLock, Size: info.Size()})
	if c.dryRun {
		held.restore()
	} else {
		held.release()
	}
	return nil
}

// file removes a file in the archive's layout that a transfer left.
func (c *cleaning) file(name string, info fs.FileInfo) error {
	left := Leftover{Path: name, Size: info.Size()}
	final, stray := name, time.Since(info.ModTime()) > strayAge
	switch base := path.Base(name); {
	case strings.HasPrefix(base, uploadPrefix):
		left.Kind = LeftUpload
		return c.remove(left, stray)
	case strings.HasSuffix(base, partNoteEnding):
		left.Kind, final = LeftNote, strings.TrimSuffix(name, partNoteEnding)
	case strings.HasSuffix(base, partEnding):
		left.Kind, final = LeftPart, strings.TrimSuffix(name, partEnding)
	default:
		return nil
	}
	held, err := c.dir.tryLock(lockName(final))
	if err != nil || held == nil {
		return err
	}
	defer held.restore()
	_, err = naming.Parse(path.Base(final)) // a name with a mark is a part that no lock keeps
	return c.remove(left, stray || err == nil && !c.dir.noLocks.Load())
}

func (c *cleaning) remove(left Leftover, abandoned bool) error {
	if !abandoned {
		return nil
	}
	if !c.dryRun {
		if err := c.tree.Remove(left.Path); err != nil {
			return err
		}
	}
	c.found = append(c.found, left)
	return nil
}

// SweepParts removes the parts of files that are complete, in some of the archive's
// directories: those of a process that was killed while it fetched a file anew. What cannot
// be removed harms nobody.
func (d *Dir) SweepParts(dirs iter.Seq[string]) {
	tree, err := d.open(false)
	if err != nil {
		return
	}
	cleaning := &cleaning{dir: d, tree: tree}
	for dir := range dirs {
		entries, _ := tree.ReadDir(dir)
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			final := strings.TrimSuffix(strings.TrimSuffix(name, partNoteEnding), partEnding)
			if final == name || !entry.Type().IsRegular() {
				continue
			}
			if info, err := tree.Lstat(final); err != nil || !info.Mode().IsRegular() {
				continue // a later run goes on with the part
			}
			if info, err := entry.Info(); err == nil {
				_ = cleaning.file(name, info)
			}
		}
	}
}
