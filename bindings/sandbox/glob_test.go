package sandbox_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"imapsh/bindings/sandbox"
)

func TestGlob(t *testing.T) {
	work := t.TempDir()
	t.Chdir(work)
	for _, path := range []string{"a.csv", "b.csv", "b.txt", ".hidden.csv", "out/1/x.csv", "out/2/y.csv", "out/2/deep/z.csv", "out/.git/secret.csv", "recipe/beside/r.csv"} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", "out/up"); err != nil {
		t.Skip(err)
	}
	p := sandbox.Policy{ScriptDir: filepath.Join(work, "recipe")}
	for pattern, want := range map[string]string{
		"*.csv":            "a.csv b.csv",
		"[a-a].*":          "a.csv",
		"?.txt":            "b.txt",
		"out/*/*.csv":      "out/1/x.csv out/2/y.csv out/up/a.csv out/up/b.csv",
		"out/**/*.csv":     "out/1/x.csv out/2/deep/z.csv out/2/y.csv",
		"out/2/**":         "out/2/deep/z.csv out/2/y.csv",
		"**/z.csv":         "out/2/deep/z.csv",
		"out/1/x.csv":      "out/1/x.csv",
		"out":              "",
		"nowhere/*.csv":    "",
		"beside/*.csv":     filepath.Join(work, "recipe/beside/r.csv"),
		".hidden*":         "",
		work + "/out/1/*":  work + "/out/1/x.csv",
		"./out//1/./x.csv": "out/1/x.csv",
	} {
		got, err := p.Glob(pattern)
		if err != nil || !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %v, %v; want %s", pattern, got, err, want)
		}
	}
	for pattern, want := range map[string]string{
		"":           "listing : name files, such as *.csv",
		"out/[a":     `listing out/[a: "[a" is not a pattern: a [ has no ]`,
		"/etc/*":     "listing /etc/*: access denied",
		"../*":       "listing ../*: access denied",
		"out/.git/*": "listing out/.git/*: access denied",
	} {
		if got, err := p.Glob(pattern); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, %v; want %s", pattern, got, err, want)
		}
	}
}
