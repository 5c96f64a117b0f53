package datadir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// Open opens a regular file for reading.
func (t *Tree) Open(name string) (*os.File, error) {
	p, _, err := t.file(name)
	if err != nil {
		return nil, err
	}
	file, _, err := openRegular(p, os.O_RDONLY)
	return file, named(name, err)
}

// OpenInside is Open, but no link to a file out of its directory's tree is followed.
func (t *Tree) OpenInside(name string) (*os.File, error) { return t.OpenFile(name, os.O_RDONLY) }

// ReadFile reads a regular file of at most max bytes.
func (t *Tree) ReadFile(name string, max int64) ([]byte, error) {
	file, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, max+1))
	if err == nil && int64(len(text)) > max {
		err = &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it is longer than %d bytes", max)}
	}
	return text, err
}

// OpenFile opens a regular file to write it, which a link in its place prevents.
func (t *Tree) OpenFile(name string, flag int) (*os.File, error) {
	file, _, err := t.openFile(name, flag)
	return file, err
}

func (t *Tree) openFile(name string, flag int) (file *os.File, made bool, err error) {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return nil, false, err
	}
	file, made, err = openRegular(place{dir.root, dir.of(path.Base(name))}, flag)
	return file, made, named(name, err)
}

// OpenShared is OpenFile for what all who share the directory write: what it makes can be
// written by the group if the directory can.
func (t *Tree) OpenShared(name string, flag int) (*os.File, error) {
	file, made, err := t.openFile(name, flag)
	if made {
		if dir, err := t.Stat(path.Dir(name)); err == nil {
			shareFile(file, dir)
		}
	}
	return file, err
}

// errNotRegular is something in the place of a file.
type errNotRegular struct{ mode fs.FileMode }

func (e errNotRegular) Error() string {
	kind := "no file"
	switch {
	case e.mode&fs.ModeSymlink != 0:
		kind = "a symbolic link"
	case e.mode&fs.ModeNamedPipe != 0:
		kind = "a named pipe"
	case e.mode&fs.ModeSocket != 0:
		kind = "a socket"
	case e.mode&fs.ModeDevice != 0:
		kind = "a device"
	case e.mode&fs.ModeDir != 0:
		kind = "a directory"
	}
	return "it is " + kind + ", not a regular file"
}

// IsNotRegular reports whether an error is of something in the place of a file.
func IsNotRegular(err error) bool {
	var other errNotRegular
	return errors.As(err, &other)
}

// openRegular opens a regular file and nothing else. It looks before it opens, since
// opening a device may have effects, and afterwards, since it may be another one by then:
// opening a named pipe so does not wait for its other end.
func openRegular(p place, flag int) (file *os.File, made bool, err error) {
	info, err := p.root.Lstat(p.dir)
	made = errors.Is(err, fs.ErrNotExist)
	if err == nil && flag == os.O_RDONLY { // a link within the root may be read through
		info, err = p.root.Stat(p.dir)
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, false, &fs.PathError{Op: "open", Path: p.dir, Err: errNotRegular{info.Mode()}}
	}
	file, err = p.root.OpenFile(p.dir, flag|nonBlocking, 0o666)
	if err != nil {
		return nil, false, err
	}
	if info, err = file.Stat(); err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: p.dir, Err: errNotRegular{info.Mode()}}
	}
	if err != nil {
		file.Close()
		return nil, false, err
	}
	return file, made, nil
}
