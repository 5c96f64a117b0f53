package archive

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"time"
)

// Store holds the archive's bytes under their archive paths, such as
// imap/swe/l0/2024/01/imap_swe_l0_raw_20240101_v001.pkts. Its methods may be
// called at the same time. A Store that is an io.Closer is closed with its
// Archive.
type Store interface {
	// Walk calls visit with the path of every object and a function that gives its
	// state. An error of visit ends the walk.
	Walk(ctx context.Context, visit func(path string, state func() (State, error)) error) error

	// Open opens an object for reading. A path that holds none is an
	// fs.ErrNotExist.
	Open(path string) (Object, error)

	// Create reads body to its end and keeps it as a new object with the given
	// modification time. The object appears complete or, after any error,
	// an error of body included, not at all. A path that is taken is an fs.ErrExist, and
	// the object there does not change.
	Create(path string, modTime time.Time, body io.Reader) error
}

// State shows whether an object is still the one that it was.
type State struct {
	Size    int64 // bytes; -1: not known before the object is read
	ModTime time.Time
}

func (s State) equal(t State) bool { return s.Size == t.Size && s.ModTime.Equal(t.ModTime) }

// unreleasedLists is a Store that keeps which of its objects are not released beside
// them, so that the loss of the catalog releases nothing.
type unreleasedLists interface {
	// List makes the mark at a path durable. There need be no object there.
	List(path string) error
	// Unlist takes the mark away.
	Unlist(path string) error
	// Listed reads the names that are marked in a directory, given as an archive path.
	Listed(dir string) (map[string]bool, error)
}

// Object is an object of a store, open for reading.
type Object interface {
	io.ReadSeekCloser
	// Size is the length in bytes.
	Size() int64
	// ModTime is when the object was last modified.
	ModTime() time.Time
}

// top is the directory that all archive paths begin with.
const top = "imap"

// checkPath refuses what is no archive path: absolute, with a dot or an empty
// element, with an element that begins with a dot, or outside imap/.
func checkPath(op, name string) error {
	if !fs.ValidPath(name) || !strings.HasPrefix(name, top+"/") || strings.Contains(name, "/.") {
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return nil
}
