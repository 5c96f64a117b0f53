package archive

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"
)

// MemFile is an object of a store in memory.
type MemFile struct {
	Path    string        // archive path, imap/…
	ModTime time.Time     // the ingestion date
	Bytes   func() []byte // makes the content, the same at each call; the result is not changed
}

// memStore is a Store in memory.
type memStore struct {
	mu    sync.RWMutex
	files map[string]MemFile
}

// NewMemStore is a Store of the given files, of which the last holds for a
// path. Their content is made each time it is read; uploads are kept in memory.
// A file at what is no archive path is never found.
func NewMemStore(files iter.Seq[MemFile]) Store {
	m := &memStore{files: map[string]MemFile{}}
	if files != nil {
		for file := range files {
			m.files[file.Path] = file
		}
	}
	return m
}

func (m *memStore) Walk(ctx context.Context, visit func(string, func() (State, error)) error) error {
	m.mu.RLock()
	files := maps.Clone(m.files)
	m.mu.RUnlock()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if checkPath("walk", name) != nil {
			continue
		}
		err := visit(name, func() (State, error) { return State{Size: -1, ModTime: files[name].ModTime}, nil })
		if err != nil {
			return err
		}
	}
	return nil
}

// memObject is content that is being read.
type memObject struct {
	*bytes.Reader // its Size is the object's
	modTime       time.Time
}

func (o memObject) ModTime() time.Time { return o.modTime }
func (o memObject) Close() error       { return nil }

func (m *memStore) Open(name string) (Object, error) {
	m.mu.RLock()
	file, found := m.files[name]
	m.mu.RUnlock()
	if !found {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return memObject{bytes.NewReader(file.Bytes()), file.ModTime}, nil
}

func (m *memStore) Create(name string, modTime time.Time, body io.Reader) error {
	if err := checkPath("create", name); err != nil {
		return err
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, taken := m.files[name]; taken {
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	m.files[name] = MemFile{Path: name, ModTime: modTime, Bytes: func() []byte { return content }}
	return nil
}
