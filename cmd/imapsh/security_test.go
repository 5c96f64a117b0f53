package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPromisesAreHeld: each promise of SECURITY.md names tests, and they exist.
func TestPromisesAreHeld(t *testing.T) {
	t.Parallel()
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	exists := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range declared.FindAllSubmatch(text, -1) {
			exists[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../.github/SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, promises, found := strings.Cut(string(text), "## What is promised")
	promises, _, ends := strings.Cut(promises, "## What is not promised")
	if !found || !ends {
		t.Fatal("SECURITY.md promises nothing")
	}
	named := regexp.MustCompile("`(Test\\w+)`")
	for line := range strings.Lines(promises) {
		if !strings.HasPrefix(line, "- ") {
			continue
		}
		tests := named.FindAllStringSubmatch(line, -1)
		if len(tests) == 0 {
			t.Errorf("no test holds the promise %s", line)
		}
		for _, match := range tests {
			if !exists[match[1]] {
				t.Errorf("there is no %s, which is to hold the promise %s", match[1], line)
			}
		}
	}
}
