package datadir

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

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
