package recipes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"imapsh/runtime/api"
)

// Store keeps the recipes that were added from other people's repositories.
type Store struct {
	Config  string   // the directory of recipes.json
	Cache   string   // the directory of the bare repositories
	Dir     string   // the working directory: relative paths of repositories start there
	Project *Project // nil: no project
	Git     Git
}

// Proposal is what is to be accepted: a commit of a repository, and what its recipes may
// do.
type Proposal struct {
	Name    string
	Project string   // the directory of the project that asks for it; empty: none
	New     Pin      // what is accepted
	Old     *Consent // what was accepted before; nil: nothing
	Recipes []Offered
	Gone    []string          // recipes that the old commit had
	Skipped map[string]string // what is not followed, and why
	Log     []string          // the commits between, newest first; a line each
	Rewrote bool              // the new commit does not follow the old one
}

// Offered is a recipe of a proposal.
type Offered struct {
	Path    string
	Summary string
	Allow   []string // the permissions that it asks for
	Granted []string // those that were accepted before
	Change  string   // new or changed; empty: as it was
	Fault   string   // why it cannot be read; empty: it can
}

// makeDir makes a directory of the user's own.
func makeDir(dir string) error { return os.MkdirAll(dir, 0o700) }

// repository is the bare repository of an address.
func (s *Store) repository(address string) string {
	sum := sha256.Sum256([]byte(address))
	return filepath.Join(s.Cache, hex.EncodeToString(sum[:8])+".git")
}

// pinned names the commit that is kept, whatever becomes of branches and tags.
func pinned(commit string) string { return "refs/imapsh/" + commit }

// fetch brings a repository's branches and tags into its bare copy.
func (s *Store) fetch(ctx context.Context, address string) (dir string, err error) {
	dir = s.repository(address)
	if err := makeDir(s.Cache); err != nil {
		return "", err
	}
	if _, err := os.Stat(dir); err != nil {
		if _, err := s.Git(ctx, "", "init", "--quiet", "--bare", "--template=", "--", dir); err != nil {
			return "", err
		}
	}
	_, err = s.Git(ctx, "", "--git-dir="+dir, "fetch", "--quiet", "--force", "--prune", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
		"--", address, "+HEAD:refs/default", "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
	return dir, err
}

// resolve finds the commit that a ref means.
func (s *Store) resolve(ctx context.Context, dir, ref string) (string, error) {
	commitOf := func(name string) string {
		out, err := s.Git(ctx, "", "--git-dir="+dir, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	if ref == "" {
		if commit := commitOf("refs/default"); commit != "" {
			return commit, nil
		}
		return "", errors.New("the repository is empty")
	}
	branch, tag := commitOf("refs/heads/"+ref), commitOf("refs/tags/"+ref)
	switch {
	case branch != "" && tag != "" && branch != tag:
		return "", api.Usagef("ref %q: the repository has a branch and a tag of that name; give the commit", ref)
	case branch != "":
		return branch, nil
	case tag != "":
		return tag, nil
	}
	if _, err := hex.DecodeString(ref + strings.Repeat("0", len(ref)%2)); err == nil && len(ref) >= 7 {
		if commit := commitOf(ref); strings.HasPrefix(commit, ref) {
			return commit, nil
		}
	}
	return "", api.Usagef("ref %q: the repository has no such branch, tag or commit", ref)
}

// Propose fetches a repository and reads what it offers. Nothing of it can run before the
// proposal is accepted.
func (s *Store) Propose(ctx context.Context, url, ref, as string) (*Proposal, error) {
	url, err := address(url, s.Dir)
	if err != nil {
		return nil, err
	}
	name, err := nameOf(url, as)
	if err != nil {
		return nil, err
	}
	if err := checkRef(ref); err != nil {
		return nil, err
	}
	r, err := s.readRecord()
	if err != nil {
		return nil, err
	}
	if known, ok := r.Recipes[name]; ok {
		return nil, api.Usagef("%s is added already, from %s; imapsh recipes update %[1]s brings what is new there, and --as NAME gives these another name", name, known.URL)
	}
	return s.propose(ctx, &Proposal{Name: name, New: Pin{URL: url, Ref: ref}})
}

// ProposeUpdate fetches what is new in an added repository. Without anything new the
// proposal's commits are the same.
func (s *Store) ProposeUpdate(ctx context.Context, name string) (*Proposal, error) {
	consent, project, err := s.consent(name)
	if err != nil {
		return nil, err
	}
	p := &Proposal{Name: name, Project: project, Old: &consent, New: Pin{URL: consent.URL, Ref: consent.Ref}}
	if project != "" {
		wanted := s.Project.Recipes[name]
		p.New.URL, p.New.Ref = wanted.URL, wanted.Ref
		if p.New.URL, err = address(wanted.URL, project); err != nil {
			return nil, err
		}
	}
	return s.propose(ctx, p)
}

// propose completes a proposal: it fetches, resolves the ref unless a commit is given,
// and reads the recipes.
func (s *Store) propose(ctx context.Context, p *Proposal) (*Proposal, error) {
	dir, err := s.fetch(ctx, p.New.URL)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.New.URL, err)
	}
	commit := p.New.Commit
	if commit == "" {
		if commit, err = s.resolve(ctx, dir, p.New.Ref); err != nil {
			return nil, fmt.Errorf("%s: %w", p.New.URL, err)
		}
	}
	now, err := readSnapshot(ctx, s.Git, dir, commit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.New.URL, err)
	}
	locked := p.New
	p.New.Commit, p.New.Tree, p.New.SHA256 = now.Commit, now.Tree, now.SHA256
	if locked.Commit != "" && p.New != locked {
		return nil, fmt.Errorf("%s: commit %s is not what the project's lock file says: its tree or its bytes differ", p.Name, locked.Commit)
	}
	var before *snapshot
	if p.Old != nil && p.Old.URL == p.New.URL {
		before, _ = readSnapshot(ctx, s.Git, dir, p.Old.Commit) // damaged: everything counts as new
	}
	p.compare(before, now)
	if before != nil && before.Commit != now.Commit {
		err = s.history(ctx, dir, p)
	}
	return p, err
}

// compare lists the recipes of a commit, and how they differ from those before.
func (p *Proposal) compare(before, now *snapshot) {
	p.Skipped = now.Skipped
	for _, path := range now.recipes() {
		outline, err := Read(path, now.Files[path])
		offered := Offered{Path: path, Summary: outline.Summary(), Allow: outline.Allow, Change: "new"}
		if err != nil {
			offered.Fault = err.Error()
		}
		if p.Old != nil {
			offered.Granted = p.Old.Allowed[path]
		}
		if before != nil {
			if old, had := before.Files[path]; had {
				offered.Change = ""
				if old != now.Files[path] {
					offered.Change = "changed"
				}
			}
		}
		p.Recipes = append(p.Recipes, offered)
	}
	if before == nil {
		return
	}
	for _, path := range before.recipes() {
		if _, has := now.Files[path]; !has {
			p.Gone = append(p.Gone, path)
		}
	}
}

// history reads the commits between the old and the new one.
func (s *Store) history(ctx context.Context, dir string, p *Proposal) error {
	const shown = "50"
	log, err := s.Git(ctx, "", "--git-dir="+dir, "log", "--no-color", "--no-decorate", "--no-show-signature", "--max-count="+shown, "--date=short", "--format=%h %ad %an: %s",
		"--end-of-options", p.Old.Commit+".."+p.New.Commit)
	if err != nil {
		return err
	}
	p.Log = strings.FieldsFunc(string(log), func(r rune) bool { return r == '\n' })
	base, err := s.Git(ctx, "", "--git-dir="+dir, "rev-list", "--max-count=1", "--end-of-options", p.New.Commit+".."+p.Old.Commit)
	p.Rewrote = err == nil && len(base) > 0
	return err
}

// Accept records a proposal: from now on its recipes run, with the permissions that they
// ask for. What a project asked for is pinned in its lock file.
func (s *Store) Accept(ctx context.Context, p *Proposal, now time.Time) error {
	if _, err := s.Git(ctx, "", "--git-dir="+s.repository(p.New.URL), "update-ref", pinned(p.New.Commit), p.New.Commit); err != nil {
		return err
	}
	consent := Consent{Pin: p.New, Accepted: now.UTC().Truncate(time.Second), Allowed: map[string][]string{}}
	for _, recipe := range p.Recipes {
		if len(recipe.Allow) > 0 && recipe.Fault == "" {
			consent.Allowed[recipe.Path] = recipe.Allow
		}
	}
	if err := s.change(func(r *record) { r.of(p.Project)[p.Name] = consent }); err != nil || p.Project == "" {
		return err
	}
	return s.Project.Lock(p.Name, p.New)
}

// Remove forgets an added repository, and its copy where nothing else uses it.
func (s *Store) Remove(name string) error {
	consent, project, err := s.consent(name)
	if err != nil {
		return err
	}
	used := false
	err = s.change(func(r *record) {
		delete(r.of(project), name)
		if project != "" && len(r.Projects[project]) == 0 {
			delete(r.Projects, project)
		}
		all := slices.Collect(maps.Values(r.Projects))
		for _, consents := range append(all, r.Recipes) {
			for _, other := range consents {
				used = used || other.URL == consent.URL
			}
		}
	})
	if err == nil && !used {
		err = os.RemoveAll(s.repository(consent.URL))
	}
	return err
}

// consent is what was accepted under a name: in the project, else for every directory.
func (s *Store) consent(name string) (consent Consent, project string, err error) {
	r, err := s.readRecord()
	if err != nil {
		return Consent{}, "", err
	}
	if s.Project != nil {
		if _, wanted := s.Project.Recipes[name]; wanted {
			project = s.Project.Dir
			if consent, ok := r.Projects[project][name]; ok {
				return consent, project, nil
			}
			return Consent{}, project, api.Usagef("%s of %s is not accepted on this machine: imapsh recipes install shows what its recipes may do", name, s.Project.file())
		}
	}
	if consent, ok := r.Recipes[name]; ok {
		return consent, "", nil
	}
	return Consent{}, "", unknownName(name, s.names(r))
}

// Names are those under which recipes are added.
func (s *Store) Names() ([]string, error) {
	r, err := s.readRecord()
	if err != nil {
		return nil, err
	}
	return s.names(r), nil
}

// names are those under which recipes are added.
func (s *Store) names(r *record) []string {
	names := slices.Collect(maps.Keys(r.Recipes))
	if s.Project != nil {
		names = slices.AppendSeq(names, maps.Keys(s.Project.Recipes))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// load reads an added repository out of its copy, and refuses any byte that is not as it
// was accepted.
func (s *Store) load(ctx context.Context, name string) (*snapshot, Consent, error) {
	consent, project, err := s.consent(name)
	if err != nil {
		return nil, Consent{}, err
	}
	if project != "" {
		if err := s.Project.agrees(name, consent.Pin); err != nil {
			return nil, Consent{}, err
		}
	}
	dir := s.repository(consent.URL)
	if _, err := os.Stat(dir); err != nil {
		return nil, Consent{}, damaged(name, consent, errors.New("the copy of the repository is gone"))
	}
	found, err := readSnapshot(ctx, s.Git, dir, consent.Commit)
	if ctx.Err() != nil {
		return nil, Consent{}, context.Cause(ctx)
	}
	if err == nil && (found.Tree != consent.Tree || found.SHA256 != consent.SHA256) {
		err = errors.New("its bytes are not those that were accepted")
	}
	if err != nil {
		return nil, Consent{}, damaged(name, consent, err)
	}
	return found, consent, nil
}

// damagedError refuses a copy that was changed.
type damagedError struct {
	error
	hint string
}

// Hint is what to do next.
func (e damagedError) Hint() string { return e.hint }

// Unwrap is what is wrong with the copy.
func (e damagedError) Unwrap() error { return e.error }

func damaged(name string, consent Consent, err error) error {
	hint := fmt.Sprintf("imapsh recipes remove %s, then imapsh recipes add %s --as %[1]s fetches it anew", name, consent.URL)
	if consent.Ref != "" {
		hint += " (with --ref " + consent.Ref + ")"
	}
	return damagedError{fmt.Errorf("%s: nothing of it runs: %w", name, err), hint}
}
