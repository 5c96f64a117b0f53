package recipes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
)

// Recipe is a recipe that was found.
type Recipe struct {
	Name string // as it is called: its path, or NAME/fetch_week of an added one
	Dir  string // the directory that it is in; empty: in none that a file lies in
	Text string

	Repository string            // the name that it was added under; empty: its user's own, or built in
	Path       string            // in the repository
	Files      map[string]string // all that the repository has: what it may import
	BuiltIn    bool
	Allowed    []string // permissions: those of its header, of an added one those that were accepted
}

// Place is a directory in which a recipe is found by its bare name.
type Place struct {
	Dir   string
	Files fs.FS
}

// Finder finds recipes by the names that people call them by.
type Finder struct {
	Places  []Place // the first one that has a name counts
	BuiltIn fs.FS
	Store   *Store // nil: none are added
	// Open opens the file of a path that is no bare name.
	Open func(path string) (fs.File, error)
}

// maxRecipe bounds the text of a recipe.
const maxRecipe = 4 << 20

// Find reads a recipe: a path as it is, NAME/recipe out of an added repository, a bare
// name where recipes are kept. A file wins over an added recipe only if its whole path,
// ending included, is given. The error of a recipe that is nowhere is fs.ErrNotExist.
func (f Finder) Find(ctx context.Context, name string) (Recipe, error) {
	bare := filepath.Base(name) == name
	if !bare {
		found, err := f.read(f.Open, name)
		repository, path, isAdded := f.added(name)
		switch {
		case err == nil && (IsRecipe(filepath.Base(name)) || !isAdded):
			return own(name, filepath.Dir(name), found), nil
		case isAdded:
			return f.Store.recipe(ctx, repository, path)
		case err != nil:
			return Recipe{}, fmt.Errorf("recipe %s: %w", name, err)
		}
	}
	for _, place := range f.Places {
		found, err := f.read(place.Files.Open, name)
		path := filepath.Join(place.Dir, name)
		switch {
		case err == nil:
			return own(path, place.Dir, found), nil
		case !errors.Is(err, fs.ErrNotExist):
			return Recipe{}, fmt.Errorf("recipe %s: %w", path, err)
		}
	}
	if text, err := fs.ReadFile(f.BuiltIn, name); err == nil && IsRecipe(name) {
		r := own(name, "", string(text))
		r.BuiltIn = true
		return r, nil
	}
	return Recipe{}, fmt.Errorf("recipe %s: %w", name, fs.ErrNotExist)
}

// own is a recipe of the user's: its header alone says what it may do.
func own(name, dir, text string) Recipe {
	_, allow := header(text)
	return Recipe{Name: name, Dir: dir, Text: text, Allowed: allow}
}

// added divides a name that is one in an added repository.
func (f Finder) added(name string) (repository, path string, ok bool) {
	repository, path, ok = strings.Cut(name, "/")
	if !ok || f.Store == nil || !repositoryName.MatchString(repository) || path == "" {
		return "", "", false
	}
	r, err := f.Store.readRecord()
	return repository, path, err != nil || slices.Contains(f.Store.names(r), repository)
}

// IsAdded reports whether a name is one in an added repository.
func (f Finder) IsAdded(name string) bool {
	_, _, ok := f.added(name)
	return ok
}

// recipe reads a recipe of an added repository.
func (s *Store) recipe(ctx context.Context, repository, name string) (Recipe, error) {
	snapshot, consent, err := s.load(ctx, repository)
	if err != nil {
		return Recipe{}, err
	}
	path, ok := snapshot.find(name)
	if !ok {
		if why, skipped := snapshot.Skipped[name]; skipped {
			return Recipe{}, api.Usagef("%s/%s is %s, which is not followed", repository, name, why)
		}
		return Recipe{}, api.Usagef("%s has no recipe %q%s", repository, name, api.SuggestFrom("recipes", name, snapshot.names()))
	}
	r := Recipe{Name: repository + "/" + path, Text: snapshot.Files[path], Repository: repository, Path: path, Files: snapshot.Files}
	_, asked := header(r.Text)
	for _, word := range asked { // both: what is asked for, and was accepted
		if slices.Contains(consent.Allowed[path], word) && slices.Contains(sandbox.Permissions(), word) {
			r.Allowed = append(r.Allowed, word)
		}
	}
	return r, nil
}

// read reads a regular file of bounded size; a directory of the name is not meant.
func (f Finder) read(open func(string) (fs.File, error), path string) (string, error) {
	file, err := open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "", &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	text, err := io.ReadAll(io.LimitReader(file, maxRecipe+1))
	if err == nil && len(text) > maxRecipe {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("it is larger than 4 MiB, which no recipe is")}
	}
	return string(text), err
}

// Listed is a recipe in the list of all.
type Listed struct {
	Name    string   `json:"name"`    // by which it is called
	Summary string   `json:"summary"` // the first line of its comment
	From    string   `json:"from"`    // the directory, "built in", or the repository
	Allow   []string `json:"allow,omitempty"`
	Fault   string   `json:"fault,omitempty"` // why a repository cannot be listed
}

// List lists the recipes that a name finds: those of the places, the built-in ones, and
// the added ones. Of several that share a name it has the one that is found.
func (f Finder) List(ctx context.Context) ([]Listed, error) {
	var all []Listed
	seen := map[string]bool{}
	from := func(files fs.FS, where string) {
		entries, _ := fs.ReadDir(files, ".") // a place need not exist
		for _, entry := range entries {
			name := entry.Name()
			if !IsRecipe(name) || seen[name] {
				continue
			}
			text, err := f.read(files.Open, name)
			if err != nil {
				continue
			}
			seen[name] = true
			comment, allow := header(text)
			all = append(all, Listed{Name: name, Summary: Outline{Comment: comment}.Summary(), From: where, Allow: allow})
		}
	}
	for _, place := range f.Places {
		from(place.Files, place.Dir)
	}
	from(f.BuiltIn, "built in")
	if f.Store == nil {
		return all, nil
	}
	r, err := f.Store.readRecord()
	if err != nil {
		return nil, err
	}
	for _, name := range f.Store.names(r) {
		snapshot, consent, err := f.Store.load(ctx, name)
		if ctx.Err() != nil {
			return nil, err
		}
		if err != nil {
			all = append(all, Listed{Name: name + "/", From: name, Fault: err.Error()})
			continue
		}
		for _, path := range snapshot.recipes() {
			comment, _ := header(snapshot.Files[path])
			all = append(all, Listed{Name: name + "/" + path, Summary: Outline{Comment: comment}.Summary(), From: consent.URL + " " + short(consent.Commit), Allow: consent.Allowed[path]})
		}
	}
	return all, nil
}

// short is a commit as people read it.
func short(commit string) string { return commit[:min(len(commit), 10)] }

// Names are the names of the list.
func (f Finder) Names(ctx context.Context) []string {
	all, _ := f.List(ctx)
	names := make([]string, len(all))
	for i, listed := range all {
		names[i] = listed.Name
	}
	slices.Sort(names)
	return slices.Compact(names)
}
