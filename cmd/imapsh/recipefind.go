package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"imapsh/bindings/recipes"
	"imapsh/runtime/api"
	"imapsh/scripts"
)

// recipe is a script that was found.
type recipe struct {
	name, dir, text string
	repository      string            // that it was added from; empty: none
	allowed         []string          // permissions
	files           map[string]string // those of its repository
	builtIn         bool              // it ships with the program
}

func recipeOf(found recipes.Recipe) recipe {
	return recipe{name: found.Name, dir: found.Dir, text: found.Text, repository: found.Repository, allowed: found.Allowed, files: found.Files, builtIn: found.BuiltIn}
}

// findRecipe reads a recipe: a path as it is; a bare name where recipes are kept;
// NAME/recipe out of an added repository. With cmd, a command may have been meant as well.
func (c *cli) findRecipe(ctx context.Context, cmd *cobra.Command, name string) (recipe, error) {
	finder, err := c.finder()
	if err != nil {
		return recipe{}, err
	}
	found, err := finder.Find(ctx, name)
	bare := filepath.Base(name) == name
	switch {
	case err == nil:
		return recipeOf(found), nil
	case !errors.Is(err, fs.ErrNotExist):
		return recipe{}, usageError{err}
	case bare && cmd != nil && !recipes.IsRecipe(name):
		return recipe{}, usageError{fmt.Errorf("no command or recipe %q%s", name, api.Suggest(name, append(commandNames(cmd), c.recipeNames(ctx)...)))}
	case bare:
		return recipe{}, usageError{fmt.Errorf("no recipe %s: looked in the working directory, %s and among the built-in ones%s", name, strings.Join(c.recipeDirs(), ", "), api.Suggest(name, c.recipeNames(ctx)))}
	}
	return recipe{}, usageError{fmt.Errorf("no recipe %s", name)}
}

// finder finds recipes on this machine.
func (c *cli) finder() (recipes.Finder, error) {
	store, err := c.recipeStore()
	if err != nil {
		return recipes.Finder{}, err
	}
	f := recipes.Finder{BuiltIn: scripts.FS, Store: store, Open: func(path string) (fs.File, error) { return os.Open(path) }}
	for _, dir := range append([]string{"."}, c.recipeDirs()...) {
		f.Places = append(f.Places, recipes.Place{Dir: dir, Files: os.DirFS(dir)})
	}
	return f, nil
}

// recipeStore is where the recipes of others are kept.
func (c *cli) recipeStore() (*recipes.Store, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	project, err := recipes.FindProject(dir)
	if err != nil {
		return nil, usageError{err}
	}
	return &recipes.Store{
		Config: filepath.Join(xdg.ConfigHome, "imapsh"), Cache: filepath.Join(xdg.CacheHome, "imapsh", "recipes"), Dir: dir,
		Project: project, Git: recipes.NewGit(os.Environ(), isTerminal(c.stdin)),
	}, nil
}

// recipeDirs are the directories that a bare recipe name is looked up in.
func (c *cli) recipeDirs() []string {
	dirs := []string{"scripts"}
	if path := c.env("IMAPSH_PATH"); path != "" {
		dirs = append(dirs, filepath.SplitList(path)...)
	}
	return append(dirs, filepath.Join(xdg.ConfigHome, "imapsh", "scripts"))
}

// recipeNames are the names that a recipe is found by, the added ones included.
func (c *cli) recipeNames(ctx context.Context) []string {
	finder, err := c.finder()
	if err != nil {
		return nil
	}
	return slices.Clone(finder.Names(ctx))
}
