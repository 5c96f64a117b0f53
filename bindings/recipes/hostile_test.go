package recipes_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"imapsh/bindings/recipes"
)

// TestLinksAndSubmodules: neither is followed, and the user is told of them.
func TestLinksAndSubmodules(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	for link, target := range map[string]string{"passwd.js": "/etc/passwd", "up.js": "../../secret.js", "lib": "/etc", "mine.js": "hello.js"} {
		if err := os.Symlink(target, filepath.Join(b.repo, link)); err != nil {
			t.Skip(err)
		}
	}
	b.git("add", "--all", ".")
	b.git("update-index", "--add", "--cacheinfo", "160000,"+strings.Repeat("1", 40)+",sub")
	b.git("commit", "--quiet", "-m", "links")
	p := b.add()
	if len(p.Recipes) != 1 || len(p.Skipped) != 5 || p.Skipped["sub"] != "a submodule" || p.Skipped["up.js"] != "a symbolic link" {
		t.Errorf("%+v, skipped %q", p.Recipes, p.Skipped)
	}
	if !strings.Contains(p.Text(), "passwd.js is a symbolic link, which is not followed") {
		t.Error(p.Text())
	}
	for _, name := range []string{"passwd.js", "up.js", "mine.js", "lib/passwd", "sub/x"} {
		if r, err := b.find("swapi-recipes/" + name); err == nil {
			t.Errorf("%s: %q", name, r.Text)
		}
	}
	r, err := b.find("swapi-recipes/hello")
	if err != nil || len(r.Files) != 1 {
		t.Errorf("%q, %v", r.Files, err)
	}
}

// TestNamesInTrees: git refuses such trees when it fetches them, and where it does not,
// they are refused when they are read.
func TestNamesInTrees(t *testing.T) {
	for _, name := range []string{"..", ".", ".git", ".GIT", "a/b.js", "a\\b.js", "C:x.js", "a\x1b[2J.js", "a\u202ejs.exe"} {
		t.Run(fmt.Sprintf("%q", name), func(t *testing.T) {
			b := newBench(t, map[string]string{"hello.js": hello})
			blob, err := hex.DecodeString(b.git("rev-parse", "HEAD:hello.js"))
			if err != nil {
				t.Fatal(err)
			}
			tree := b.gitWith("100644 "+name+"\x00"+string(blob), "hash-object", "-t", "tree", "-w", "--literally", "--stdin")
			b.git("update-ref", "refs/heads/main", b.git("commit-tree", "-m", "names", tree))
			git := b.store.Git
			b.store.Git = func(ctx context.Context, stdin string, args ...string) ([]byte, error) {
				return git(ctx, stdin, append([]string{"-c", "fetch.fsckObjects=false"}, args...)...)
			}
			p, err := b.store.Propose(t.Context(), b.repo, "", "")
			if err == nil || !strings.Contains(err.Error(), "a name that is refused") {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
}

// TestHooks: nothing that lies ready for git to run is run.
func TestHooks(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	dir, marker := t.TempDir(), filepath.Join(t.TempDir(), "ran")
	hook := "#!/bin/sh\necho ran >> '" + marker + "'\n"
	for _, name := range []string{"post-checkout", "post-merge", "post-update", "pre-receive", "post-receive", "update", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman", "post-index-change"} {
		for _, place := range []string{filepath.Join(b.repo, ".git", "hooks"), dir, filepath.Join(dir, "hooks")} {
			if err := os.MkdirAll(place, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(place, name), []byte(hook), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	settings := filepath.Join(dir, "gitconfig")
	text := "[core]\n\thooksPath = " + dir + "\n\tfsmonitor = " + filepath.Join(dir, "fsmonitor-watchman") + "\n[init]\n\ttemplateDir = " + dir + "\n"
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_CONFIG_GLOBAL", settings)
	b.store.Git = recipes.NewGit(os.Environ(), false)
	b.add()
	if _, err := b.find("swapi-recipes/hello"); err != nil {
		t.Error(err)
	}
	if _, err := b.store.ProposeUpdate(t.Context(), "swapi-recipes"); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(marker); err == nil {
		t.Errorf("hooks ran:\n%s", text)
	}
}

// TestChangedCache: a byte that is not as it was accepted, and nothing runs.
func TestChangedCache(t *testing.T) {
	loosen := func(t *testing.T, b *bench) { // each object a file of its own
		t.Helper()
		packs, err := filepath.Glob(filepath.Join(b.store.Cache, "*.git", "objects", "pack", "*.pack"))
		if err != nil {
			t.Fatal(err)
		}
		for _, pack := range packs {
			text, err := os.ReadFile(pack)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(filepath.Dir(pack)); err != nil {
				t.Fatal(err)
			}
			b.gitWith(string(text), "--git-dir="+filepath.Dir(filepath.Dir(filepath.Dir(pack))), "unpack-objects", "-q")
		}
	}
	object := func(t *testing.T, b *bench, p *recipes.Proposal, rev string) string {
		t.Helper()
		loosen(t, b)
		id := b.git("rev-parse", rev)
		found, err := filepath.Glob(filepath.Join(b.store.Cache, "*.git", "objects", id[:2], id[2:]))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %q, %v", rev, found, err)
		}
		return found[0]
	}
	replace := func(t *testing.T, path, kind, text string) {
		t.Helper()
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		fmt.Fprintf(w, "%s %d\x00%s", kind, len(text), text)
		w.Close()
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, packed.Bytes(), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name   string
		change func(t *testing.T, b *bench, p *recipes.Proposal)
	}{
		{"another recipe under the same hash", func(t *testing.T, b *bench, p *recipes.Proposal) {
			replace(t, object(t, b, p, "HEAD:hello.js"), "blob", "// Says hello.\nupload('/etc/passwd');\n")
		}},
		{"a file beside it", func(t *testing.T, b *bench, p *recipes.Proposal) {
			replace(t, object(t, b, p, "HEAD:lib/days.js"), "blob", "export const days = 8;")
		}},
		{"another tree under the same hash", func(t *testing.T, b *bench, p *recipes.Proposal) {
			replace(t, object(t, b, p, "HEAD^{tree}"), "tree", "")
		}},
		{"another commit under the same hash", func(t *testing.T, b *bench, p *recipes.Proposal) {
			replace(t, object(t, b, p, "HEAD"), "commit", "tree "+b.git("rev-parse", "HEAD:lib")+"\n\nx")
		}},
		{"no object at all", func(t *testing.T, b *bench, p *recipes.Proposal) {
			if err := os.Remove(object(t, b, p, "HEAD:hello.js")); err != nil {
				t.Fatal(err)
			}
		}},
		{"one byte of an object", func(t *testing.T, b *bench, p *recipes.Proposal) {
			path := object(t, b, p, "HEAD:hello.js")
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text[len(text)/2] ^= 1
			if err := os.Chmod(path, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}},
		{"no copy at all", func(t *testing.T, b *bench, p *recipes.Proposal) {
			if err := os.RemoveAll(b.store.Cache); err != nil {
				t.Fatal(err)
			}
		}},
		{"another commit in the record", func(t *testing.T, b *bench, p *recipes.Proposal) {
			path := filepath.Join(b.store.Config, "recipes.json")
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text = bytes.ReplaceAll(text, []byte(p.New.SHA256), []byte(strings.Repeat("0", 64)))
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t, map[string]string{"hello.js": hello, "lib/days.js": "export const days = 7;"})
			p := b.add()
			test.change(t, b, p)
			r, err := b.find("swapi-recipes/hello")
			if err == nil || r.Text != "" || !strings.Contains(err.Error(), "nothing of it runs") {
				t.Errorf("%+v, %v", r, err)
			}
			list, err := b.finder().List(t.Context())
			if i := slices.IndexFunc(list, func(l recipes.Listed) bool { return l.Fault != "" }); err != nil || i < 0 {
				t.Errorf("the list says nothing: %+v, %v", list, err)
			}
		})
	}
}

// TestAddresses refuses what would start a program, leak a password or be an option.
func TestAddresses(t *testing.T) {
	b := newBench(t, nil)
	for _, url := range []string{
		"", "-x", "--upload-pack=touch /tmp/x", "ext::sh -c 'touch /tmp/x'", "fd::7", "http://example.org/x.git", "git://example.org/x.git",
		"file:///tmp/x", "ftp://example.org/x", "ssh://-oProxyCommand=touch/x", "https://user:secret@example.org/x.git", "https://secret@example.org/x.git",
		"ssh://git:secret@example.org/x.git", "https:///x.git", "a\nb", "-oProxyCommand=x:y", "transport::https://example.org",
	} {
		p, err := b.store.Propose(t.Context(), url, "", "x")
		if err == nil || !strings.Contains(err.Error(), "must") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %+v, %v", url, p, err)
		}
	}
	for _, as := range []string{"..", "a/b", "A", "-x", "a b", "x.js"} {
		if _, err := b.store.Propose(t.Context(), b.repo, "", as); err == nil || !strings.Contains(err.Error(), "must be lower-case letters") {
			t.Errorf("--as %q: %v", as, err)
		}
	}
}

// TestGitEnvironment: git is given no credential of the archive's.
func TestGitEnvironment(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello})
	git := recipes.NewGit(append(os.Environ(), "IMAP_API_KEY=secret", "GIT_DIR=/nowhere"), false)
	out, err := git(t.Context(), "", "-c", "alias.show-env=!env", "show-env")
	if err != nil || strings.Contains(string(out), "secret") || strings.Contains(string(out), "/nowhere") {
		t.Errorf("%s, %v", out, err)
	}
	b.store.Git = git
	b.add()
}

func TestTooLarge(t *testing.T) {
	b := newBench(t, map[string]string{"hello.js": hello, "big.bin": strings.Repeat("x", 21<<20)})
	if _, err := b.store.Propose(t.Context(), b.repo, "", ""); err == nil || !strings.Contains(err.Error(), "too large for recipes") {
		t.Error(err)
	}
}

// TestPermissionsOfTheRecipe: what the header asks for and was not accepted is refused,
// and what nothing is called grants nothing.
func TestPermissionsOfTheRecipe(t *testing.T) {
	b := newBench(t, map[string]string{"send.js": sender, "odd.js": "// Odd.\n// @allow everything\n"})
	b.add()
	if r, err := b.find("swapi-recipes/odd"); err != nil || len(r.Allowed) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	path := filepath.Join(b.store.Config, "recipes.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte(`"upload"`), []byte(`"release"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := b.find("swapi-recipes/send"); err != nil || len(r.Allowed) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
