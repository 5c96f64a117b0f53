package recipes

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"imapsh/runtime/api"
	"imapsh/runtime/statefile"
)

// format is that of the files that the package writes.
const format = 1

// Pin is a repository of recipes at one commit.
type Pin struct {
	URL    string `json:"url"`
	Ref    string `json:"ref,omitempty"` // the branch, tag or commit that update follows; empty: the repository's default branch
	Commit string `json:"commit"`
	Tree   string `json:"tree"`
	SHA256 string `json:"sha256"` // of all names and bytes
}

// Consent is what a user of this machine accepted: a commit, and what its recipes may do.
type Consent struct {
	Pin
	Accepted time.Time           `json:"accepted"`
	Allowed  map[string][]string `json:"allowed,omitempty"` // permissions, by the path of the recipe
}

// record is recipes.json: what was accepted, for every directory and for single projects.
type record struct {
	Format   int                           `json:"format"`
	Recipes  map[string]Consent            `json:"recipes,omitempty"`
	Projects map[string]map[string]Consent `json:"projects,omitempty"` // by the project's directory
}

// of are the consents of a project, or those for every directory.
func (r *record) of(project string) map[string]Consent {
	if project == "" {
		if r.Recipes == nil {
			r.Recipes = map[string]Consent{}
		}
		return r.Recipes
	}
	if r.Projects == nil {
		r.Projects = map[string]map[string]Consent{}
	}
	if r.Projects[project] == nil {
		r.Projects[project] = map[string]Consent{}
	}
	return r.Projects[project]
}

// readRecord reads recipes.json; one that is not there is empty.
func (s *Store) readRecord() (*record, error) {
	r := &record{Format: format}
	err := readFile(s.recordPath(), r)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return r, err
}

func (s *Store) recordPath() string { return filepath.Join(s.Config, "recipes.json") }

// change reads recipes.json, changes it and writes it, while no other process does.
func (s *Store) change(change func(*record)) error {
	lock := flock.New(filepath.Join(s.Cache, "recipes.lock"))
	if err := makeDir(s.Cache); err != nil {
		return err
	}
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	r, err := s.readRecord()
	if err != nil {
		return err
	}
	change(r)
	return writeFile(s.recordPath(), r)
}

// readFile reads a file that the package wrote, or that has its form. A newer format and
// a key that nothing has are refused.
func readFile(path string, to any) error {
	text, err := statefile.Read(path)
	if err != nil {
		return err
	}
	var head struct {
		Format *int `json:"format"`
	}
	wrong := func(err error) error { return fmt.Errorf("%s: it is not what it should be: %w", path, err) }
	if err := json.Unmarshal(text, &head); err != nil {
		return wrong(err)
	}
	switch {
	case head.Format == nil:
		return fmt.Errorf("%s: it has no format: \"format\": %d belongs into it", path, format)
	case *head.Format > format:
		return fmt.Errorf("%s: format %d is newer than this program knows (%d): update imapsh", path, *head.Format, format)
	case *head.Format < 1:
		return fmt.Errorf("%s: format %d: must be %d", path, *head.Format, format)
	}
	in := json.NewDecoder(strings.NewReader(string(text)))
	in.DisallowUnknownFields()
	if err := in.Decode(to); err != nil {
		if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
			return fmt.Errorf("%s: unknown key %s", path, field)
		}
		return wrong(err)
	}
	return nil
}

// writeFile writes a file whole or not at all.
func writeFile(path string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return statefile.Replace(path, append(text, '\n'))
}

// unknownName is the error of a repository that nobody added.
func unknownName(name string, known []string) error {
	if len(known) == 0 {
		return api.Usagef("no recipes are added as %q: imapsh recipes add URL adds some", name)
	}
	return api.Usagef("no recipes are added as %q%s", name, api.SuggestFrom("names", name, known))
}
