package recipes

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"imapsh/runtime/api"
)

// The files at the root of a team's project.
const (
	projectFile = "imapsh.json"
	lockFile    = "imapsh.lock.json"
)

// Project is what imapsh.json says: the recipe repositories that a team uses, and
// settings. It holds no address of an archive and no credential: whoever changes the file
// must not be able to send somebody's key elsewhere.
type Project struct {
	Dir      string            // where the file is
	Recipes  map[string]Wanted // by their name
	Settings Settings
	locked   map[string]Pin
}

// Wanted is a repository that a project uses.
type Wanted struct {
	URL string `json:"url"`
	Ref string `json:"ref,omitempty"`
}

// Settings are those that a project may make, in the words of the command line's flags.
type Settings struct {
	DataDir          string  `json:"data_dir,omitempty"` // a directory of the project
	LimitRate        string  `json:"limit_rate,omitempty"`
	MaxRequests      float64 `json:"max_requests,omitempty"`
	MaxQueryRequests uint    `json:"max_query_requests,omitempty"`
	MaxQueryBytes    string  `json:"max_query_bytes,omitempty"`
}

func (p *Project) file() string { return filepath.Join(p.Dir, projectFile) }
func (p *Project) lock() string { return filepath.Join(p.Dir, lockFile) }

// FindProject reads the project that a directory is in: imapsh.json there, or above it as
// far as the top of its git work tree. There may be none: nil.
func FindProject(dir string) (*Project, error) {
	if _, err := os.Stat(filepath.Join(dir, projectFile)); err == nil {
		return readProject(dir)
	}
	for at := dir; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err != nil {
			continue
		}
		for up := dir; ; up = filepath.Dir(up) { // it is a work tree: those between belong to it
			if _, err := os.Stat(filepath.Join(up, projectFile)); err == nil {
				return readProject(up)
			}
			if up == at {
				return nil, nil
			}
		}
	}
	return nil, nil
}

func readProject(dir string) (*Project, error) {
	p := &Project{Dir: dir}
	var text struct {
		Format   int               `json:"format"`
		Recipes  map[string]Wanted `json:"recipes"`
		Settings Settings          `json:"settings"`
	}
	if err := readFile(p.file(), &text); err != nil {
		return nil, withForbidden(err)
	}
	p.Recipes, p.Settings = text.Recipes, text.Settings
	wrong := func(err error) error { return api.Usagef("%s: %v", p.file(), err) }
	for name, wanted := range p.Recipes {
		if _, err := nameOf("", name); err != nil || name == "" {
			return nil, wrong(fmt.Errorf("recipes: %w", err))
		}
		if _, err := address(wanted.URL, dir); err != nil {
			return nil, wrong(fmt.Errorf("recipes.%s: %w", name, err))
		}
		if err := checkRef(wanted.Ref); err != nil {
			return nil, wrong(fmt.Errorf("recipes.%s: %w", name, err))
		}
	}
	if data := p.Settings.DataDir; data != "" {
		if !filepath.IsLocal(data) {
			return nil, wrong(fmt.Errorf("settings.data_dir %q: must be a directory of the project, such as \"data\"", data))
		}
		p.Settings.DataDir = filepath.Join(dir, data)
	}
	var lock struct {
		Format  int            `json:"format"`
		Recipes map[string]Pin `json:"recipes"`
	}
	if err := readFile(p.lock(), &lock); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	p.locked = lock.Recipes
	return p, nil
}

// withForbidden says why the archive's address and credentials are no keys.
func withForbidden(err error) error {
	for _, key := range []string{"url", "api_key", "access_token", "DATA_ACCESS_URL", "API_KEY", "ACCESS_TOKEN"} {
		if suffix := fmt.Sprintf("unknown key %q", key); len(err.Error()) > len(suffix) && err.Error()[len(err.Error())-len(suffix):] == suffix {
			return fmt.Errorf("%w: a project names no archive and no credential; flags and the environment do", err)
		}
	}
	return err
}

// agrees reports by its error whether what was accepted is what the project pins.
func (p *Project) agrees(name string, accepted Pin) error {
	locked, ok := p.locked[name]
	wanted := p.Recipes[name]
	address, err := address(wanted.URL, p.Dir)
	switch {
	case err != nil:
		return err
	case ok && locked.URL == wanted.URL && locked.Ref == wanted.Ref && locked.Commit == accepted.Commit && locked.SHA256 == accepted.SHA256 && address == accepted.URL:
		return nil
	}
	return api.Usagef("%s: %s wants another commit than was accepted on this machine: imapsh recipes install shows what changed", name, p.lock())
}

// ProposeInstall lists what a project wants and this machine has not accepted, as the
// lock file pins it; what is not in there yet at its newest commit.
func (s *Store) ProposeInstall(ctx context.Context) ([]*Proposal, error) {
	if s.Project == nil {
		return nil, api.Usagef("no %s here or above in the git work tree: it names a project's recipe repositories", projectFile)
	}
	r, err := s.readRecord()
	if err != nil {
		return nil, err
	}
	var proposals []*Proposal
	for _, name := range slices.Sorted(maps.Keys(s.Project.Recipes)) {
		wanted := s.Project.Recipes[name]
		accepted, had := r.Projects[s.Project.Dir][name]
		if had && s.Project.agrees(name, accepted.Pin) == nil {
			if _, _, err := s.load(ctx, name); err == nil {
				continue
			}
		}
		url, err := address(wanted.URL, s.Project.Dir)
		if err != nil {
			return nil, err
		}
		p := &Proposal{Name: name, Project: s.Project.Dir, New: Pin{URL: url, Ref: wanted.Ref}}
		if locked, ok := s.Project.locked[name]; ok && locked.URL == wanted.URL && locked.Ref == wanted.Ref {
			p.New = locked
			p.New.URL = url
		}
		if had {
			p.Old = &accepted
		}
		if p, err = s.propose(ctx, p); err != nil {
			return nil, err
		}
		proposals = append(proposals, p)
	}
	return proposals, nil
}

// Lock writes a commit that was accepted into the project's lock file, which says nothing
// of who accepted it.
func (p *Project) Lock(name string, accepted Pin) error {
	locked := map[string]Pin{}
	for other, pin := range p.locked {
		if _, wanted := p.Recipes[other]; wanted {
			locked[other] = pin
		}
	}
	accepted.URL, accepted.Ref = p.Recipes[name].URL, p.Recipes[name].Ref
	if locked[name] == accepted {
		return nil
	}
	locked[name] = accepted
	p.locked = locked
	return writeFile(p.lock(), struct {
		Format  int            `json:"format"`
		Recipes map[string]Pin `json:"recipes"`
	}{format, locked})
}
