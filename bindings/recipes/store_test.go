package recipes_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"imapsh/bindings/recipes"
)

// day is when proposals are accepted.
var day = time.Date(2026, 2, 11, 12, 0, 0, 0, time.UTC)

// bench is a machine with git, a colleague's repository and a store.
type bench struct {
	*testing.T
	repo  string // the colleague's work tree
	store *recipes.Store
	work  string // the working directory
}

func newBench(t *testing.T, files map[string]string) *bench {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	top := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	b := &bench{T: t, repo: filepath.Join(top, "swapi-recipes"), work: filepath.Join(top, "work")}
	b.store = &recipes.Store{
		Config: filepath.Join(top, "config"), Cache: filepath.Join(top, "cache"), Dir: b.work,
		Git: recipes.NewGit(os.Environ(), false),
	}
	for _, dir := range []string{b.repo, b.work} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	b.git("init", "--quiet", "--initial-branch=main", ".")
	b.commit("first", files)
	return b
}

// git runs git in the colleague's work tree.
func (b *bench) git(args ...string) string {
	b.Helper()
	return b.gitWith("", args...)
}

func (b *bench) gitWith(stdin string, args ...string) string {
	b.Helper()
	cmd := exec.Command("git", append([]string{"-C", b.repo, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// commit writes files and commits them; an empty text removes one.
func (b *bench) commit(message string, files map[string]string) string {
	b.Helper()
	for name, text := range files {
		path := filepath.Join(b.repo, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if text == "" {
			if err := os.Remove(path); err != nil {
				b.Fatal(err)
			}
		} else if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.git("add", "--all", ".")
	b.git("commit", "--quiet", "--allow-empty", "-m", message)
	return b.git("rev-parse", "HEAD")
}

// add proposes and accepts.
func (b *bench) add() *recipes.Proposal {
	b.Helper()
	p, err := b.store.Propose(b.Context(), b.repo, "", "")
	if err != nil {
		b.Fatal(err)
	}
	if err := b.store.Accept(b.Context(), p, day); err != nil {
		b.Fatal(err)
	}
	return p
}

func (b *bench) find(name string) (recipes.Recipe, error) {
	return b.finder().Find(b.Context(), name)
}

func (b *bench) finder() recipes.Finder {
	return recipes.Finder{
		BuiltIn: fstest.MapFS{"fetch_week.js": {Data: []byte("// Built in.")}}, Store: b.store,
		Places: []recipes.Place{{Dir: ".", Files: os.DirFS(b.work)}},
		Open:   func(path string) (fs.File, error) { return os.Open(filepath.Join(b.work, path)) },
	}
}

const (
	hello  = "// Says hello.\nprint('hello');\n"
	sender = "// Sends a file.\n// @allow upload\nupload(args[0]);\n"
)

func TestAdd(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello, "scripts/send.ts": sender, "lib/days.js": "export const days = 7;", "hello.test.js": "test()", "README.md": "x"})
	p := b.add()
	if p.Name != "swapi-recipes" || p.New.URL != b.repo || p.New.Commit != b.git("rev-parse", "HEAD") || p.New.Tree != b.git("rev-parse", "HEAD^{tree}") || len(p.New.SHA256) != 64 {
		t.Errorf("%+v", p)
	}
	want := []recipes.Offered{
		{Path: "hello.js", Summary: "Says hello.", Change: "new"},
		{Path: "scripts/send.ts", Summary: "Sends a file.", Allow: []string{"upload"}, Change: "new"},
	}
	if diff := cmp.Diff(want, p.Recipes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, word := range []string{"Says hello.", "They may change the archive: upload: scripts/send.ts", "commit " + p.New.Commit[:10]} {
		if !strings.Contains(p.Text(), word) {
			t.Errorf("%q is not in\n%s", word, p.Text())
		}
	}
	for _, name := range []string{"hello", "hello.js"} {
		if r, err := b.find("swapi-recipes/" + name); err != nil || r.Text != hello || r.Dir != "" || r.Repository != "swapi-recipes" || len(r.Allowed) > 0 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	for _, name := range []string{"send", "scripts/send", "scripts/send.ts"} {
		if r, err := b.find("swapi-recipes/" + name); err != nil || r.Path != "scripts/send.ts" || strings.Join(r.Allowed, " ") != "upload" || r.Files["lib/days.js"] == "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if _, err := b.find("swapi-recipes/helo"); err == nil || !strings.Contains(err.Error(), `did you mean "hello"?`) {
		t.Error(err)
	}
	if _, err := b.store.Propose(t.Context(), b.repo, "", ""); err == nil || !strings.Contains(err.Error(), "is added already") {
		t.Errorf("added twice: %v", err)
	}
	info, err := os.Stat(filepath.Join(b.store.Config, "recipes.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("recipes.json: %v, %v", info.Mode(), err)
	}
	entries, err := filepath.Glob(b.store.Cache + "/*.git/*")
	if err != nil || len(entries) == 0 {
		t.Errorf("no bare repository: %v", err)
	}
	for _, path := range entries {
		if base := filepath.Base(path); base == "hooks" || strings.HasSuffix(base, ".js") {
			t.Errorf("%s is there", path)
		}
	}
	if err := b.store.Remove("swapi-recipes"); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(b.store.Cache + "/*.git"); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if _, err := b.find("swapi-recipes/hello"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after it was removed: %v", err)
	}
}

// TestNothingRunsBeforeConsent: a proposal alone makes nothing runnable.
func TestNothingRunsBeforeConsent(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	if _, err := b.store.Propose(t.Context(), b.repo, "", "swapi"); err != nil {
		t.Fatal(err)
	}
	if r, err := b.find("swapi/hello"); err == nil {
		t.Errorf("found %+v", r)
	}
}

// TestFilesAgainstAdded: a file wins only when its whole path is given.
func TestFilesAgainstAdded(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.add()
	for name, text := range map[string]string{"swapi-recipes/hello.js": "// mine", "swapi-recipes/hello": "// mine"} {
		path := filepath.Join(b.work, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"swapi-recipes/hello.js": "// mine", "swapi-recipes/hello": hello, "./swapi-recipes/hello": "// mine"} {
		if r, err := b.find(name); err != nil || r.Text != want {
			t.Errorf("%s: %q, %v", name, r.Text, err)
		}
	}
}

func TestUpdate(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello, "send.js": sender, "old.js": sender})
	first := b.add()
	p, err := b.store.ProposeUpdate(t.Context(), "swapi-recipes")
	if err != nil || !p.Same() {
		t.Fatalf("%+v, %v", p, err)
	}
	b.commit("Greet \x1b[31mall", map[string]string{"hello.js": hello + "// more\n"})
	second := b.commit("Send more", map[string]string{"old.js": "", "new.js": "// Releases.\n// @allow release\n", "send.js": "// Sends.\n"})
	if r, err := b.find("swapi-recipes/hello"); err != nil || r.Text != hello {
		t.Errorf("it changed by itself: %q, %v", r.Text, err)
	}
	p, err = b.store.ProposeUpdate(t.Context(), "swapi-recipes")
	if err != nil || p.Same() || p.New.Commit != second || p.Rewrote {
		t.Fatalf("%+v, %v", p, err)
	}
	for _, word := range []string{
		"commit " + second[:10] + ", in place of " + first.New.Commit[:10],
		"Ada: Send more", `Ada: Greet \x1b[31mall`, "hello.js  (changed) Says hello.", "new.js    (new) Releases.", "old.js    (gone)",
		"NEW: they may change the archive: release: new.js", "No longer: upload: send.js, old.js",
	} {
		if !strings.Contains(p.Text(), word) {
			t.Errorf("%q is not in\n%s", word, p.Text())
		}
	}
	if r, err := b.find("swapi-recipes/hello"); err != nil || r.Text != hello {
		t.Errorf("before it was accepted: %q, %v", r.Text, err)
	}
	if err := b.store.Accept(t.Context(), p, day); err != nil {
		t.Fatal(err)
	}
	if r, err := b.find("swapi-recipes/new"); err != nil || strings.Join(r.Allowed, " ") != "release" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRefs(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	one := b.git("rev-parse", "HEAD")
	b.git("tag", "v1")
	b.git("tag", "-a", "-m", "annotated", "v1a")
	b.git("branch", "next")
	two := b.commit("second", map[string]string{"hello.js": hello + "//\n"})
	b.git("tag", "both")
	b.git("branch", "both", one)
	for _, test := range []struct{ ref, want, fault string }{
		{"", two, ""},
		{"main", two, ""},
		{"v1", one, ""},
		{"v1a", one, ""},
		{"next", one, ""},
		{one, one, ""},
		{one[:12], one, ""},
		{"both", "", "a branch and a tag of that name"},
		{"v9", "", "no such branch, tag or commit"},
		{"--upload-pack=touch x", "", "must be a branch, a tag or a commit"},
		{"-x", "", "must be a branch"},
		{"a..b", "", "must be a branch"},
		{"main@{1}", "", "must be a branch"},
		{"main^", "", "must be a branch"},
		{"main:hello.js", "", "must be a branch"},
	} {
		t.Run(test.ref, func(t *testing.T) {
			p, err := b.store.Propose(t.Context(), b.repo, test.ref, "swapi")
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil || p.New.Commit != test.want {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
}

// TestMovedTag: what a tag means later changes nothing; update says that it was moved.
func TestMovedTag(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.git("tag", "v1")
	p, err := b.store.Propose(t.Context(), b.repo, "v1", "swapi")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.store.Accept(t.Context(), p, day); err != nil {
		t.Fatal(err)
	}
	b.git("checkout", "--quiet", "--orphan", "other")
	b.commit("rewritten", map[string]string{"hello.js": "// Something else.\n// @allow upload\n"})
	b.git("tag", "--force", "v1")
	b.git("branch", "--force", "main", "other")
	if r, err := b.find("swapi/hello"); err != nil || r.Text != hello {
		t.Errorf("%q, %v", r.Text, err)
	}
	p, err = b.store.ProposeUpdate(t.Context(), "swapi")
	if err != nil || !p.Rewrote || !strings.Contains(p.Text(), "WARNING: the new commit does not follow the old one: the history was rewritten, or v1 was moved") {
		t.Errorf("%+v, %v", p, err)
	}
	if r, err := b.find("swapi/hello"); err != nil || r.Text != hello {
		t.Errorf("after fetching: %q, %v", r.Text, err)
	}
}

func TestUnknownFormat(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.add()
	path := filepath.Join(b.store.Config, "recipes.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil || fields["format"] != 1.0 {
		t.Fatalf("%v, %v", fields["format"], err)
	}
	for _, test := range []struct{ from, to, want string }{
		{`"format": 1`, `"format": 2`, "format 2 is newer than this program knows (1)"},
		{`"format": 1,`, ``, "it has no format"},
		{`"commit"`, `"comit"`, `unknown key "comit"`},
		{`{`, `[`, "it is not what it should be"},
	} {
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), test.from, test.to, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := b.find("swapi-recipes/hello"); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.to, err)
		}
		if _, err := b.store.Propose(t.Context(), b.repo, "", "other"); err == nil {
			t.Errorf("%s: written over", test.to)
		}
	}
}

func TestCancelled(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	b.add()
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	if _, err := b.finder().Find(ctx, "swapi-recipes/hello"); !errors.Is(err, stop) {
		t.Error(err)
	}
}
