package home

import (
	"path/filepath"
	"testing"
)

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	for path, want := range map[string]string{
		"":        "",
		"~":       dir,
		"~/":      dir,
		"~/a/b":   filepath.Join(dir, "a", "b"),
		"~a":      "~a",
		"a/~":     "a/~",
		"./~/b":   "./~/b",
		"/~":      "/~",
		"a ~/b":   "a ~/b",
		"~/../up": filepath.Join(filepath.Dir(dir), "up"),
	} {
		if got := Expand(path); got != want {
			t.Errorf("%q becomes %q, not %q", path, got, want)
		}
	}
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	t.Setenv("home", "") // of Plan 9
	if got := Expand("~/a"); got != "~/a" {
		t.Errorf("without a home it becomes %q", got)
	}
}
