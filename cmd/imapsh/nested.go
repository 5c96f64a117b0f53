package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

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
		if !strings.HasSuffix(name, ".js") {
			return nil, api.Usagef("run: %q: must be the name of a recipe, which ends in .js", name)
		}
		if c.runs >= maxRuns {
			return nil, api.Usagef("run: %d recipes run one another: is there a circle?", maxRuns)
		}
		if filepath.Base(name) != name && !caller.trusted { // a bare name is found where recipes are
			if _, err := from.ReadFile(name); err != nil {
				return nil, err
			}
		}
		found, err := c.findRecipe(nil, name)
		if err != nil {
			return nil, api.Usagef("run: %v", err)
		}
		var named []string
		if caller.trusted {
			named = namedFiles(args)
		}
		session, err := c.sessionOf(rights{named: named}, found.dir, args)
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
