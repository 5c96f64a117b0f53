// Package datadir opens the files of a data directory that several people may write to:
// it follows the symbolic links of those who may be trusted and no others, opens regular
// files only, and shares what it makes with the group that the directory belongs to.
package datadir

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
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

// errLink is a symbolic link that is not followed.
type errLink struct{ why string }

func (e errLink) Error() string { return "it is a symbolic link that is not followed: " + e.why }

// IsRefusedLink reports whether an error is of a symbolic link that is not followed.
func IsRefusedLink(err error) bool {
	var link errLink
	return errors.As(err, &link)
}

// follow gives the place that a link leads to: its own name where that is in the same
// root, which then follows it, else a root of its own.
func (t *Tree) follow(p place, info fs.FileInfo) (place, error) {
	if owner, trusted := trusts(info); !trusted {
		return place{}, &fs.PathError{Op: "open", Path: p.dir, Err: errLink{fmt.Sprintf("it belongs to user %d, and only your own and root's are", owner)}}
	}
	target, err := p.root.Readlink(p.dir)
	if err != nil {
		return place{}, err
	}
	if now, err := p.root.Lstat(p.dir); err != nil || !sameLink(info, now) { // somebody put another one there
		return place{}, &fs.PathError{Op: "open", Path: p.dir, Err: errLink{"it was changed"}}
	}
	if _, err := p.root.Stat(p.dir); err == nil || errors.Is(err, fs.ErrNotExist) && filepath.IsLocal(filepath.Join(filepath.FromSlash(path.Dir(p.dir)), target)) {
		return p, nil
	}
	if !followsOut {
		return place{}, &fs.PathError{Op: "open", Path: p.dir, Err: errLink{"it leads out of the directory"}}
	}
	if filepath.IsAbs(target) {
		return t.outside(target, nil)
	}
	// Not cleaned: what ".." means is for the system to say.
	beside, err := p.root.Open(path.Dir(p.dir))
	if err != nil {
		return place{}, err
	}
	defer beside.Close()
	return t.outside(p.root.Name()+"/"+path.Dir(p.dir)+"/"+target, func(opened *os.Root, base string) error {
		if err := leadsTo(beside, strings.TrimSuffix(target, base), opened); err != nil {
			return &fs.PathError{Op: "open", Path: p.dir, Err: errLink{"it was changed"}} // or a directory on the way was
		}
		return nil
	})
}

// outside gives the place of a path that is not in the tree: the base in a directory, which
// check, unless it is nil, looks at when it is opened.
func (t *Tree) outside(target string, check func(opened *os.Root, base string) error) (place, error) {
	base := ""
	if info, err := os.Stat(target); err != nil {
		return place{}, err
	} else if !info.IsDir() {
		target, base = path.Split(target)
	}
	if t.roots[target] == nil {
		root, err := os.OpenRoot(target)
		if err != nil {
			return place{}, err
		}
		if check != nil {
			if err := check(root, base); err != nil {
				return place{}, errors.Join(err, root.Close())
			}
		}
		t.roots[target] = root
	}
	return place{t.roots[target], cmp.Or(base, ".")}, nil
}

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

// Path is where a file lies on this machine.
func (t *Tree) Path(name string) (string, error) {
	dir, err := t.place(path.Dir(name))
	if err != nil {
		return "", err
	}
	return filepath.Join(dir.root.Name(), filepath.FromSlash(dir.of(path.Base(name)))), nil
}
