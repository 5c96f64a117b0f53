package sandbox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/runtime/api"
)

// maxLinks bounds the symbolic links on the way to a file, as operating systems do.
const maxLinks = 40

// system are directories that no recipe reaches, wherever it runs: what the operating
// system says of the program, its environment and its arguments.
var system = []string{"/proc", "/sys", "/dev"}

// location is where a path leads: a directory that is open, and the names below it that
// do not exist yet. The last name may be that of a file.
type location struct {
	dirs []*os.Root // from the place down to the innermost directory
	way  []string   // the names of dirs below the place, and then of what was looked for
	base string     // the place's own path, without symbolic links
	info fs.FileInfo
}

func (l *location) close() {
	for _, dir := range l.dirs {
		dir.Close()
	}
}

// dir is the innermost directory that exists.
func (l *location) dir() *os.Root { return l.dirs[len(l.dirs)-1] }

// name is what was looked for, from dir: "." when it is the directory itself.
func (l *location) name() string {
	return filepath.Join(append([]string{"."}, l.way[len(l.dirs)-1:]...)...)
}

func (l *location) absolute() string { return filepath.Join(append([]string{l.base}, l.way...)...) }

// place is a directory below which a recipe has files.
type place struct {
	path   string
	info   fs.FileInfo
	closed bool // it lies in a directory that nobody reaches
}

// why a place does not have a file, from the weakest reason to the strongest
var (
	errOutside = errors.New("it leads out of the directory")
	errHidden  = errors.New("what begins with a dot is somebody's settings")
	errClosed  = errors.New("the directory is closed to them")
)

// resolve finds a path in one of some directories, or else in the default ones. Each
// beginning of the path that is such a directory is tried, as the operating system
// reads it: nothing of the path is simplified before, since a/.. is another directory
// than the one that a is in, where a is a link.
func (p Policy) resolve(doing, path string, given []string) (*location, error) {
	absolute := path
	if !filepath.IsAbs(path) {
		working, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		absolute = working + string(filepath.Separator) + path
	}
	places, err := p.places(given)
	if err != nil {
		return nil, err
	}
	var reason error
	for beginning, rest := range beginnings(absolute) {
		info, err := os.Stat(beginning)
		if err != nil {
			break // no further one exists
		}
		for _, place := range places {
			if !os.SameFile(place.info, info) {
				continue
			}
			found, err := p.walk(place, rest)
			if err == nil {
				return found, nil
			}
			if reason == nil || reason == errOutside || err == errClosed || reason == fs.ErrNotExist {
				reason = err
			}
		}
	}
	switch reason {
	case nil, errOutside:
		return nil, api.Usagef("%s: access denied: recipes reach files under %s only", doing, p.placesInWords(given))
	case errHidden, errClosed:
		return nil, api.Usagef("%s: access denied to recipes: %v", doing, reason)
	}
	return nil, reason
}

// beginnings gives each directory that a path names on its way, and what follows it.
func beginnings(path string) func(yield func(beginning, rest string) bool) {
	return func(yield func(beginning, rest string) bool) {
		for i := len(filepath.VolumeName(path)); i < len(path); i++ {
			if !os.IsPathSeparator(path[i]) {
				continue
			}
			if !yield(path[:i+1], path[i+1:]) {
				return
			}
		}
		yield(path, "")
	}
}

// walk follows a path from a place, component by component, each directory opened
// through the one before.
func (p Policy) walk(from place, path string) (_ *location, err error) {
	root, err := os.OpenRoot(from.path)
	if err != nil {
		return nil, err
	}
	l := &location{dirs: []*os.Root{root}, base: resolved(from.path)}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	closed := []bool{from.closed} // for each of dirs
	todo := components(path)
	for links := 0; len(todo) > 0; {
		name := todo[0]
		todo = todo[1:]
		if name == ".." {
			if len(l.dirs) == 1 {
				return nil, errOutside
			}
			l.dir().Close()
			l.dirs, closed = l.dirs[:len(l.dirs)-1], closed[:len(closed)-1]
			l.way = l.way[:len(l.dirs)-1]
			continue
		}
		info, err := l.dir().Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return l, l.missing(p, append([]string{name}, todo...), closed[len(closed)-1])
		}
		if err != nil {
			return nil, err
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			if links++; links > maxLinks {
				return nil, api.Usagef("%s: too many symbolic links", path)
			}
			target, err := l.dir().Readlink(name)
			if err != nil {
				return nil, err
			}
			if filepath.IsAbs(target) || filepath.VolumeName(target) != "" || strings.HasPrefix(target, string(filepath.Separator)) {
				return nil, p.leaving(target)
			}
			todo = append(components(target), todo...)
			continue
		}
		if !p.Trusted && strings.HasPrefix(name, ".") {
			return nil, errHidden
		}
		if !info.IsDir() {
			if len(todo) > 0 {
				return nil, api.Usagef("%s: %s is not a directory", path, name)
			}
			if p.closes(info, closed[len(closed)-1]) {
				return nil, errClosed
			}
			l.way, l.info = append(l.way, name), info
			return l, nil
		}
		dir, err := l.dir().OpenRoot(name)
		if err != nil {
			return nil, err
		}
		opened, err := dir.Stat(".")
		if err != nil || !os.SameFile(opened, info) {
			dir.Close()
			return nil, errors.Join(err, errOutside) // somebody replaced it in between
		}
		l.dirs, l.way = append(l.dirs, dir), append(l.way, name)
		closed = append(closed, p.closes(opened, closed[len(closed)-1]))
	}
	if closed[len(closed)-1] {
		return nil, errClosed
	}
	l.info, err = l.dir().Stat(".")
	return l, err
}

// leaving is why a link that leads to an absolute path is not followed.
func (p Policy) leaving(target string) error {
	closed := p.isClosed(resolved(target))
	switch {
	case closed:
		return errClosed
	case !p.Trusted && slices.ContainsFunc(components(target), func(name string) bool { return strings.HasPrefix(name, ".") }):
		return errHidden
	}
	return errOutside
}

// missing completes a location whose rest does not exist.
func (l *location) missing(p Policy, rest []string, closed bool) error {
	for _, name := range rest {
		switch {
		case name == "..": // the operating system does not find it either
			return fs.ErrNotExist
		case !p.Trusted && strings.HasPrefix(name, "."):
			return errHidden
		}
	}
	absolute := filepath.Join(append([]string{l.base}, append(slices.Clone(l.way), rest...)...)...)
	if closed || p.isPrivate(absolute) {
		return errClosed
	}
	l.way = append(l.way, rest...)
	return nil
}

func components(path string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(path, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) }),
		func(name string) bool { return name == "." })
}

// closes reports whether a directory, or a file of the program's settings, is closed to
// recipes, given whether its parent is.
func (p Policy) closes(dir fs.FileInfo, parent bool) bool {
	for _, path := range slices.Concat(system, p.Private) {
		if info, err := os.Stat(path); err == nil && os.SameFile(info, dir) {
			return true
		}
	}
	if info, err := os.Stat(p.ScriptDir); p.ScriptDir != "" && err == nil && os.SameFile(info, dir) {
		return false // a recipe that is kept among the settings reads what lies beside it
	}
	return parent
}

// isClosed reports whether a directory lies in one that is closed to recipes.
func (p Policy) isClosed(dir string) bool {
	closed := false
	for beginning := range beginnings(dir) {
		if info, err := os.Stat(beginning); err == nil {
			closed = p.closes(info, closed)
		}
	}
	return closed || p.isPrivate(dir)
}

// isPrivate reports whether a path, which need not exist, is in a directory of the
// program's settings that need not exist either.
func (p Policy) isPrivate(path string) bool {
	return slices.ContainsFunc(p.Private, func(dir string) bool {
		if _, err := os.Stat(dir); err == nil {
			return false // then it is compared by what it is
		}
		name, err := filepath.Rel(resolved(dir), resolved(path))
		return err == nil && filepath.IsLocal(name)
	})
}

// resolved is a path with the links in as much of it as exists followed.
func resolved(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	for there := path; ; there = filepath.Dir(there) {
		if real, err := filepath.EvalSymlinks(there); err == nil {
			rest, _ := filepath.Rel(there, path)
			return filepath.Join(real, rest)
		}
		if there == filepath.Dir(there) {
			return path
		}
	}
}
