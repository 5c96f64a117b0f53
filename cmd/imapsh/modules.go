package main

import (
	"io/fs"
	"path"
	"strings"

	"imapsh/bindings/sandbox"
	"imapsh/runtime/module"
	"imapsh/scripts"
)

// builtIn is the directory of the recipes that ship with the program, in the paths of
// modules; below it are those of added repositories, by their names.
const builtIn = "imapsh:"

// moduleDir is the directory that what a recipe imports is relative to.
func (r recipe) moduleDir() string {
	switch {
	case r.repository != "":
		return module.Join(builtIn, path.Dir(r.name))
	case r.builtIn:
		return builtIn
	}
	return r.dir
}

// modules finds what a recipe imports: files that the sandbox allows, in the directories
// of recipes too, and those of the recipes that ship with the program. A recipe that was
// added has those of its repository alone.
func (c *cli) modules(of recipe, policy sandbox.Policy) module.Finder {
	reader := moduleReader{policy: policy, of: of}
	if of.repository != "" {
		return module.Finder{Reader: reader, Places: []string{module.Join(builtIn, of.repository)}}
	}
	return module.Finder{Reader: reader, Places: append(c.recipeDirs(), builtIn)}
}

// moduleReader reads modules for one recipe.
type moduleReader struct {
	policy sandbox.Policy
	of     recipe
}

// ReadModule reads a file for package module.
func (r moduleReader) ReadModule(path string) (name, text string, err error) {
	inside, isOwn := strings.CutPrefix(path, builtIn)
	switch {
	case r.of.repository != "":
		file, within := strings.CutPrefix(inside, r.of.repository+"/")
		text, ok := r.of.files[file]
		if !isOwn || !within || !ok {
			return "", "", fs.ErrNotExist
		}
		return path, text, nil
	case isOwn:
		data, err := fs.ReadFile(scripts.FS, inside)
		return path, string(data), err
	}
	return r.policy.ReadModule(path)
}
