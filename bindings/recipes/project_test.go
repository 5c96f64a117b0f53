package recipes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/bindings/recipes"
)

func (b *bench) project(text string) {
	b.Helper()
	if err := os.WriteFile(filepath.Join(b.work, "imapsh.json"), []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	b.reread()
}

func (b *bench) reread() {
	b.Helper()
	p, err := recipes.FindProject(b.work)
	if err != nil {
		b.Fatal(err)
	}
	b.store.Project = p
}

func (b *bench) install() []*recipes.Proposal {
	b.Helper()
	proposals, err := b.store.ProposeInstall(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range proposals {
		if err := b.store.Accept(b.Context(), p, day); err != nil {
			b.Fatal(err)
		}
	}
	b.reread()
	return proposals
}

func (b *bench) lock() string {
	text, _ := os.ReadFile(filepath.Join(b.work, "imapsh.lock.json"))
	return string(text)
}

// TestInstall is a project that two people work on: one pins, the other installs what is
// pinned and is asked as well.
func TestInstall(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello, "send.js": sender})
	first := b.git("rev-parse", "HEAD")
	b.project(`{"format": 1, "recipes": {"swapi": {"url": "../swapi-recipes", "ref": "main"}}}`)
	if _, err := b.find("swapi/hello"); err == nil || !strings.Contains(err.Error(), "imapsh recipes install") {
		t.Errorf("before it was installed: %v", err)
	}
	if got := b.install(); len(got) != 1 || got[0].New.Commit != first || len(got[0].Asks()) != 1 {
		t.Errorf("%+v", got)
	}
	if lock := b.lock(); !strings.Contains(lock, first) || !strings.Contains(lock, `"url": "../swapi-recipes"`) || strings.Contains(lock, "allowed") || strings.Contains(lock, "accepted") {
		t.Error(lock)
	}
	if r, err := b.find("swapi/send"); err != nil || strings.Join(r.Allowed, "") != "upload" {
		t.Errorf("%+v, %v", r, err)
	}
	if got := b.install(); len(got) != 0 {
		t.Errorf("installed again: %+v", got[0])
	}

	// A newer commit changes nothing for the other, who installs what the lock file pins.
	second := b.commit("second", map[string]string{"hello.js": hello + "//\n"})
	other := *b.store
	other.Config, other.Cache = t.TempDir(), t.TempDir()
	mine := b.store
	b.store = &other
	if got := b.install(); len(got) != 1 || got[0].New.Commit != first || got[0].Old != nil {
		t.Errorf("%+v", got)
	}

	// The other updates; the first one's consent is not for that commit.
	p, err := b.store.ProposeUpdate(t.Context(), "swapi")
	if err != nil || p.New.Commit != second {
		t.Fatalf("%+v, %v", p, err)
	}
	if err := b.store.Accept(t.Context(), p, day); err != nil {
		t.Fatal(err)
	}
	if lock := b.lock(); !strings.Contains(lock, second) || strings.Contains(lock, first) {
		t.Error(lock)
	}
	b.store = mine
	b.reread()
	if _, err := b.find("swapi/hello"); err == nil || !strings.Contains(err.Error(), "wants another commit than was accepted on this machine") {
		t.Errorf("%v", err)
	}
	if got := b.install(); len(got) != 1 || got[0].New.Commit != second || got[0].Old == nil {
		t.Errorf("%+v", got)
	}
	if r, err := b.find("swapi/hello"); err != nil || r.Text != hello+"//\n" {
		t.Errorf("%q, %v", r.Text, err)
	}

	// Without the repository it runs from the copy.
	if err := os.Rename(b.repo, b.repo+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.find("swapi/hello"); err != nil {
		t.Errorf("offline: %v", err)
	}
	if got := b.install(); len(got) != 0 {
		t.Errorf("offline: %+v", got)
	}
}

// TestProjectsApart: two projects use a name for two things.
func TestProjectsApart(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.git("tag", "v1")
	b.commit("second", map[string]string{"hello.js": hello + "//\n"})
	b.add()
	b.project(`{"format": 1, "recipes": {"swapi-recipes": {"url": "../swapi-recipes", "ref": "v1"}}}`)
	b.install()
	if r, err := b.find("swapi-recipes/hello"); err != nil || r.Text != hello {
		t.Errorf("in the project: %q, %v", r.Text, err)
	}
	b.store.Project = nil
	if r, err := b.find("swapi-recipes/hello"); err != nil || r.Text != hello+"//\n" {
		t.Errorf("elsewhere: %q, %v", r.Text, err)
	}
	if err := b.store.Remove("swapi-recipes"); err != nil {
		t.Fatal(err)
	}
	b.reread()
	if r, err := b.find("swapi-recipes/hello"); err != nil || r.Text != hello {
		t.Errorf("after it was removed elsewhere: %q, %v", r.Text, err)
	}
}

// TestLockedBytes: a lock file that names other bytes installs nothing.
func TestLockedBytes(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.project(`{"format": 1, "recipes": {"swapi": {"url": "../swapi-recipes"}}}`)
	p := b.install()[0]
	path := filepath.Join(b.work, "imapsh.lock.json")
	changed := strings.Replace(b.lock(), p.New.SHA256, strings.Repeat("0", 64), 1)
	if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	b.reread()
	if _, err := b.find("swapi/hello"); err == nil {
		t.Error("it runs")
	}
	if _, err := b.store.ProposeInstall(t.Context()); err == nil || !strings.Contains(err.Error(), "is not what the project's lock file says") {
		t.Error(err)
	}
}

func TestProjectFile(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"an address of the archive", `{"format": 1, "settings": {"url": "https://evil.example"}}`, "a project names no archive and no credential"},
		{"a credential", `{"format": 1, "api_key": "x"}`, "a project names no archive and no credential"},
		{"a misspelt key", `{"format": 1, "recipe": {}}`, `unknown key "recipe"`},
		{"a newer format", `{"format": 2}`, "format 2 is newer than this program knows (1): update imapsh"},
		{"no format", `{}`, `"format": 1 belongs into it`},
		{"no JSON", `x`, "it is not what it should be"},
		{"a directory outside", `{"format": 1, "settings": {"data_dir": "../x"}}`, "must be a directory of the project"},
		{"an absolute directory", `{"format": 1, "settings": {"data_dir": "/etc"}}`, "must be a directory of the project"},
		{"a name", `{"format": 1, "recipes": {"../x": {"url": "https://example.org/x"}}}`, "must be lower-case letters"},
		{"an address that runs a program", `{"format": 1, "recipes": {"x": {"url": "ext::sh"}}}`, "recipes.x: repository"},
		{"a ref", `{"format": 1, "recipes": {"x": {"url": "https://example.org/x", "ref": "--x"}}}`, "recipes.x: ref"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "imapsh.json"), []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			if p, err := recipes.FindProject(dir); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
}

// TestWhereTheProjectIs looks above the directory within a work tree of git's only.
func TestWhereTheProjectIs(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"outer/tree/.git", "outer/tree/a/b", "outer/plain/c"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"outer", "outer/tree/a"} {
		if err := os.WriteFile(filepath.Join(top, dir, "imapsh.json"), []byte(`{"format": 1, "settings": {"data_dir": "data"}}`), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for dir, want := range map[string]string{"outer": "outer", "outer/tree/a/b": "outer/tree/a", "outer/tree/a": "outer/tree/a", "outer/tree": "", "outer/plain/c": "", "outer/plain": ""} {
		p, err := recipes.FindProject(filepath.Join(top, dir))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if p != nil {
			got, _ = filepath.Rel(top, p.Dir)
			if p.Settings.DataDir != filepath.Join(p.Dir, "data") {
				t.Errorf("data directory %s", p.Settings.DataDir)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}
