package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"imapsh/bindings/recipes"
	"imapsh/bindings/recipes/parseargs"
	"imapsh/bindings/sandbox"
	"imapsh/runtime"
	"imapsh/runtime/api"
)

// started is the recipe, with its arguments, after which the prompt stays.
type started struct {
	recipe
	args []string
}

// maxRuns is how many recipes may run one another.
const maxRuns = 20

// runFrom gives the function that runs a recipe in a session of its own, with a recipe's
// rights, whoever calls it. The files that typed code names count as named by the user;
// those that another recipe names do not.
func (c *cli) runFrom(caller rights, from sandbox.Policy) func(context.Context, string, []string) (any, error) {
	return func(ctx context.Context, name string, args []string) (any, error) {
		if c.runs >= maxRuns {
			return nil, api.Usagef("run: %d recipes run one another: is there a circle?", maxRuns)
		}
		found, err := c.findNested(ctx, name, caller, from)
		if err != nil {
			return nil, err
		}
		var named []string
		if caller.trusted {
			named = namedFiles(args)
		}
		session, err := c.sessionOf(rights{named: named, caller: &from}, found, args)
		if err != nil {
			return nil, err
		}
		c.runs++
		defer func() { c.runs-- }()
		value, err := session.Run(ctx, found.name, found.text)
		var exit *runtime.ExitError
		var wrong *parseargs.ArgumentError
		switch {
		case errors.As(err, &exit) && exit.Code == 0:
			return api.None{}, nil
		case errors.As(err, &exit):
			return nil, fmt.Errorf("%s ended with exit code %d", name, exit.Code)
		case errors.As(err, &wrong): // of the recipe's caller, not of the program's
			return nil, api.Usagef("run: %s: %v", name, wrong)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return session.Value(value)
	}
}

// findNested finds a recipe that code runs. An added recipe runs those of its own
// repository and the built-in ones.
func (c *cli) findNested(ctx context.Context, name string, caller rights, from sandbox.Policy) (recipe, error) {
	finder, err := c.finder()
	if err != nil {
		return recipe{}, err
	}
	bare := filepath.Base(name) == name
	if from.Added != "" && !caller.trusted {
		if found, err := finder.Find(ctx, from.Added+"/"+strings.TrimPrefix(name, from.Added+"/")); err == nil && found.Repository == from.Added {
			return recipeOf(found), nil
		}
		finder.Places = nil
		if found, err := finder.Find(ctx, name); bare && err == nil {
			return recipeOf(found), nil
		}
		return recipe{}, api.Usagef("run: %q: a recipe of %s runs those of its own repository and the built-in ones", name, from.Added)
	}
	if !recipes.IsRecipe(filepath.Base(name)) && (bare || !finder.IsAdded(name)) {
		return recipe{}, api.Usagef("run: %q: must be the name of a recipe, which ends in %s", name, strings.Join(recipes.Endings, ", "))
	}
	if !bare && !caller.trusted && !finder.IsAdded(name) { // a bare name is found where recipes are
		if _, err := from.ReadFile(name); err != nil {
			return recipe{}, err
		}
	}
	found, err := c.findRecipe(ctx, nil, name)
	if err != nil {
		return recipe{}, api.Usagef("run: %v", err)
	}
	return found, nil
}
