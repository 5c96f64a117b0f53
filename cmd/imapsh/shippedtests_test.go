//go:build !windows

package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestShippedRecipes runs the tests of the recipes that ship, as imapsh test does.
func TestShippedRecipes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../scripts/*.test.js")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files of tests, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), "imapsh", "test", file)
			cmd.Env = worldOf(t.TempDir(), nil)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
