package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dop251/goja"
	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/bindings/recipes"
	"imapsh/bindings/sandbox"
	"imapsh/runtime"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

func (c *cli) checkCommand() *cobra.Command {
	return &cobra.Command{Use: "check FILE...", Short: "Find mistakes in recipes without running them", ValidArgsFunction: c.nameOfRecipe,
		Long: `check parses recipes, looks for what they import, and compares their calls with what
help('query') says: unknown options, wrong values, functions that there are not. It runs
nothing. The exit code is 3 when it finds something.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("recipes check: name one recipe or more")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.checkRecipes(cmd.Context(), args) }}
}

func (c *cli) checkRecipes(ctx context.Context, names []string) error {
	shell, err := c.declaredShell(ctx)
	if err != nil {
		return err
	}
	problems := []recipes.Problem{}
	for _, name := range names {
		found, err := c.recipeToCheck(ctx, name)
		if err != nil {
			return err
		}
		policy := sandbox.Policy{Modules: c.recipeDirs(), Private: c.private(), ScriptDir: found.dir, Added: found.repository}
		problems = append(problems, recipes.Check(ctx, found.name, found.text, found.moduleDir(), shell, c.modules(found, policy))...)
	}
	if c.flags.json {
		err = writeJSON(c.stdout, problems)
	} else {
		for _, problem := range problems {
			if err == nil {
				_, err = io.WriteString(c.stdout, problem.Text())
			}
		}
	}
	if err == nil && len(problems) > 0 {
		err = silentExit(exitTransfers)
	}
	return err
}

// recipeToCheck finds a recipe, or reads a file of any name, such as a module or a test.
func (c *cli) recipeToCheck(ctx context.Context, name string) (recipe, error) {
	found, err := c.findRecipe(ctx, nil, name)
	if err == nil {
		return found, nil
	}
	text, failed := os.ReadFile(name)
	if failed != nil {
		return recipe{}, err
	}
	return recipe{name: name, dir: filepath.Dir(name), text: string(text)}, nil
}

// declaredShell is what recipes may call. Nothing of it is called.
func (c *cli) declaredShell(ctx context.Context) (recipes.Shell, error) {
	client, err := sdc.New(sdc.Options{})
	if err != nil {
		return recipes.Shell{}, err
	}
	declared := bindings.New(bindings.Host{
		Client: client, Stdout: io.Discard,
		Run: func(context.Context, string, []string) (any, error) { return nil, errors.New("nothing runs") },
	})
	session, err := runtime.New(runtime.Options{API: declared})
	if err != nil {
		return recipes.Shell{}, err
	}
	names := func(of string) (list []string, err error) {
		value, err := session.Eval(ctx, "check", "Object.getOwnPropertyNames("+of+")")
		if err != nil {
			return nil, err
		}
		return list, exportStrings(value, &list)
	}
	globals, err := names("globalThis")
	if err != nil {
		return recipes.Shell{}, err
	}
	arrays, err := names("Array.prototype")
	return recipes.ShellOf(declared, append(globals, "require", "eval", "arguments"), arrays), err
}

// exportStrings reads an array of strings.
func exportStrings(value goja.Value, to *[]string) error {
	items, ok := value.Export().([]any)
	for _, item := range items {
		text, isText := item.(string)
		ok = ok && isText
		*to = append(*to, text)
	}
	if !ok {
		return fmt.Errorf("no array of strings: %s", termtext.EscapeLine(value.String()))
	}
	return nil
}
