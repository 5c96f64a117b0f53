package scripts_test

import (
	"io/fs"
	"strings"
	"testing"

	"imapsh/bindings/recipes"
	"imapsh/scripts"
)

// TestShippedRecipes: what a team reads first is short, says what it is for, declares its
// arguments so that --help knows them, and is tested.
func TestShippedRecipes(t *testing.T) {
	const limit = 40
	names, err := fs.Glob(scripts.FS, "*.js")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, name := range names {
		if !recipes.IsRecipe(name) {
			continue
		}
		count++
		t.Run(name, func(t *testing.T) {
			text, err := fs.ReadFile(scripts.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			if lines := strings.Count(string(text), "\n"); lines >= limit {
				t.Errorf("%d lines: under %d is the promise", lines, limit)
			}
			for i, line := range strings.Split(string(text), "\n") {
				if len([]rune(line)) > 120 {
					t.Errorf("line %d is %d characters wide", i+1, len([]rune(line)))
				}
			}
			outline, err := recipes.Read(name, string(text))
			if err != nil || outline.Args == nil || outline.Summary() == "" {
				t.Fatalf("%+v, %v", outline, err)
			}
			if !strings.HasSuffix(outline.Summary(), ".") {
				t.Errorf("no sentence: %q", outline.Summary())
			}
			for _, option := range outline.Args.Options {
				if option.Description == "" {
					t.Errorf("%s is not explained", option.Flag())
				}
			}
			if _, err := fs.Stat(scripts.FS, strings.TrimSuffix(name, ".js")+".test.js"); err != nil {
				t.Errorf("no test: %v", err)
			}
		})
	}
	if count < 10 {
		t.Errorf("%d recipes", count)
	}
}
