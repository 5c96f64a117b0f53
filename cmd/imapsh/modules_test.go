package main

import (
	"strings"
	"testing"

	"imapsh/bindings/recipes"
	"imapsh/bindings/sandbox"
	"imapsh/runtime/module"
)

// TestModulesOfAnAddedRecipe checks that it imports what its repository had when it was
// accepted, and nothing else: no file of the directory, no recipe of another's.
func TestModulesOfAnAddedRecipe(t *testing.T) {
	c := &cli{}
	for text, want := range map[string]string{
		"import './lib/x.js'":          "",
		"import '../other/lib/x.js'":   "",
		"import 'fetch/lib/x.js'":      "",
		"import './missing.js'":        "there is no such file",
		"import './modules_test.js'":   "there is no such file",
		"import '../../fetch_week.js'": "there is no such file",
		"import 'fetch_week.js'":       "there is no such module",
		"import '../../b/theirs/y.js'": "there is no such file",
		"import '../../../../x.js'":    "there is no such file",
		"require('./lib/x.js')":        "",
		"export {}; require('b/y.js')": "there is no such module",
	} {
		files := map[string]string{"fetch/week.js": text, "fetch/lib/x.js": "export const x = 1", "other/lib/x.js": "export const x = 2"}
		of := recipeOf(recipes.Recipe{Name: "team/fetch/week.js", Repository: "team", Path: "fetch/week.js", Text: text, Files: files})
		finder := c.modules(of, sandbox.Policy{Trusted: true})
		_, err := module.Bundle(t.Context(), finder, module.File{Name: module.Entry(of.moduleDir(), of.name), Text: text})
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
