package module

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"imapsh/runtime/syntax"
)

// Reader reads the files that modules are made of. Its methods may be called by several
// goroutines at once.
type Reader interface {
	// ReadModule gives the text of the file at a path, and the name that the file is known
	// by, whichever path led to it: a path too, from which the file's own imports are
	// found. The error is fs.ErrNotExist where there is no file.
	ReadModule(path string) (name, text string, err error)
}

// Finder finds modules: beside the file that imports them, and then in the directories
// in which recipes are found.
type Finder struct {
	Reader Reader
	// Places are the directories that recipes are found in. A path that begins with
	// "imapsh:" is the Reader's own.
	Places []string
}

// File is a module that was found.
type File struct {
	Name string // what the Reader knows it by
	Text string
}

// Find looks up what a file imports under a name, its specifier. The file is named by
// its path. The error says what a specifier may be.
func (f Finder) Find(from, specifier string) (File, error) {
	relative := strings.HasPrefix(specifier, "./") || strings.HasPrefix(specifier, "../") || specifier == "." || specifier == ".."
	switch {
	case specifier == "":
		return File{}, errors.New("the name of the module is empty")
	case !relative && (strings.Contains(specifier, ":") || strings.HasPrefix(specifier, "/") || filepath.IsAbs(specifier)):
		return File{}, fmt.Errorf("%q: modules are files beside this one, such as ./lib/days.js, and recipes; no URL and no absolute path names one", specifier)
	}
	if f.Reader == nil {
		return File{}, fmt.Errorf("%q: no modules can be read here", specifier)
	}
	var places []string
	if relative {
		places = append(places, Dir(from))
	}
	for _, place := range append(places, f.Places...) {
		found, err := f.read(Join(place, specifier))
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return found, err
		}
	}
	if kind := path.Ext(specifier); kind != "" && !isCode(kind) && kind != ".json" {
		return File{}, fmt.Errorf("%q: modules are .js, .mjs, .ts and .json files; readText reads others", specifier)
	}
	where := "among the recipes"
	if len(f.Places) > 0 {
		where += " (" + strings.Join(f.Places, ", ") + ")"
	}
	if relative {
		return File{}, fmt.Errorf("%q: there is no such file beside this one, nor %s", specifier, where)
	}
	return File{}, fmt.Errorf("%q: there is no such module %s; packages of npm are not available, and a file beside this one is written ./%s", specifier, where, specifier)
}

// read reads the first file that a path may mean: the path itself, its TypeScript where
// it ends in .js, or, without an ending, with one.
func (f Finder) read(at string) (File, error) {
	var tries []string
	switch kind := path.Ext(at); {
	case kind == ".js":
		tries = []string{at, strings.TrimSuffix(at, kind) + ".ts"}
	case isCode(kind), kind == ".json":
		tries = []string{at}
	default:
		tries = []string{at + ".ts", at + ".js", at + ".mjs", at + ".json"}
	}
	for _, try := range tries {
		name, text, err := f.Reader.ReadModule(try)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return File{}, err
		default:
			return File{name, strings.TrimPrefix(text, "\ufeff")}, nil
		}
	}
	return File{}, fs.ErrNotExist
}

// own is the prefix of paths that are a Reader's own and no path of the disk.
const own = "imapsh:"

// Entry is the path of a script of a directory, by which its imports find it. A script of
// the disk is named by its path already.
func Entry(dir, script string) string {
	if strings.HasPrefix(dir, own) {
		return Join(dir, path.Base(script))
	}
	return script
}

// Dir is the directory that a module's imports are relative to.
func Dir(name string) string {
	if rest, ok := strings.CutPrefix(name, own); ok {
		return own + path.Dir("/" + rest)[1:]
	}
	return filepath.Dir(name)
}

// Join is the path of a file that a directory's module names.
func Join(dir, specifier string) string {
	if rest, ok := strings.CutPrefix(dir, own); ok {
		return own + path.Join("/", rest, specifier)[1:]
	}
	return filepath.Join(dir, filepath.FromSlash(specifier))
}

func isCode(ending string) bool { return ending == ".js" || ending == ".mjs" || ending == ".ts" }

// Needed reports whether a script has to be bundled: it is TypeScript, or it has import
// or export. Any other script is run as it is.
func Needed(name, text string) bool {
	switch path.Ext(name) {
	case ".ts", ".mjs":
		return true
	}
	return syntax.IsModule(text)
}

// check refuses a text that would take a recursive parser too deep.
func (f File) check() error {
	if path.Ext(f.Name) == ".json" {
		if syntax.JSONTooDeep(f.Text) {
			return errors.New("the JSON is too deeply nested")
		}
		return nil
	}
	if syntax.TooDeep(f.Text) {
		return errors.New("the text is too long or too deeply nested")
	}
	return nil
}
