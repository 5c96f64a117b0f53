package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"imapsh/bindings/recipes"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
)

// recipesCommand lists recipes, and keeps those of others.
func (c *cli) recipesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recipes",
		Short: "List recipes, start, check and share them",
		Long: `recipes lists what imapsh RECIPE runs: in the working directory, in scripts/, in the
directories of IMAPSH_PATH, in ~/.config/imapsh/scripts, the built-in recipes, and
those that were added from other people's git repositories.

An added recipe reads and writes files under the working directory and the data
directory, and downloads. To upload, its header needs the line // @allow upload, and
you accept that when you add it. It is pinned to one commit: nothing of it changes
before you accept an update.`,
		Example: `  imapsh recipes
  imapsh recipes add https://github.com/example/swapi-recipes.git
  imapsh swapi-recipes/fetch_orbit --help`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			var names []string
			for _, child := range cmd.Commands() {
				names = append(names, child.Name())
			}
			return usageError{fmt.Errorf("recipes: no command %q%s", args[0], api.SuggestFrom("commands", args[0], names))}
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listRecipes(cmd.Context()) },
	}
	cmd.AddCommand(c.listCommand(), c.showCommand(), c.newCommand(), c.editCommand(), c.checkCommand(), c.addCommand(), c.updateCommand(), c.removeCommand(), c.installCommand())
	return cmd
}

// oneName takes exactly one argument.
func oneName(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{fmt.Errorf("recipes %s: it takes one %s, not %d", cmd.Name(), what, len(args))}
		}
		return nil
	}
}

func (c *cli) listCommand() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List recipes with what they do and where they are from", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listRecipes(cmd.Context()) }}
}

func (c *cli) listRecipes(ctx context.Context) error {
	finder, err := c.finder()
	if err != nil {
		return err
	}
	all, err := finder.List(ctx)
	if err != nil {
		return err
	}
	if c.flags.json {
		return writeJSON(c.stdout, all)
	}
	out := tabwriter.NewWriter(c.stdout, 0, 8, 2, ' ', 0)
	for _, r := range all {
		about := r.Summary
		if r.Fault != "" {
			about = "cannot run: " + r.Fault
		}
		if len(r.Allow) > 0 {
			about += " [" + strings.Join(r.Allow, ", ") + "]"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", termtext.EscapeLine(r.Name), termtext.EscapeLine(about), termtext.EscapeLine(r.From))
	}
	return out.Flush()
}

// nameOfRecipe completes the name of one recipe.
func (c *cli) nameOfRecipe(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return c.recipeNames(cmd.Context()), cobra.ShellCompDirectiveDefault
}

func (c *cli) showCommand() *cobra.Command {
	return &cobra.Command{Use: "show NAME", Short: "Print a recipe", Args: oneName("recipe"), ValidArgsFunction: c.nameOfRecipe,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := c.findRecipe(cmd.Context(), nil, args[0])
			if err != nil {
				return err
			}
			_, err = io.WriteString(forScreen(c.stdout, termtext.Escape), found.text)
			return err
		}}
}

func (c *cli) newCommand() *cobra.Command {
	return &cobra.Command{Use: "new NAME", Short: "Start a recipe from a template", Args: oneName("name"),
		Long: `new writes a recipe that says how one is written: its first comment, its arguments, a
query. NAME is a path; without an ending it is a .js file. A file that is there is
left as it is.`,
		RunE: func(_ *cobra.Command, args []string) error {
			path, text, err := recipes.New(args[0])
			if err != nil {
				return usageError{err}
			}
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
			if errors.Is(err, os.ErrExist) {
				return usageError{hintedError{fmt.Errorf("recipes new: %s is there already", path), "imapsh recipes edit " + path + " opens it"}}
			}
			if err != nil {
				return err
			}
			_, err = io.WriteString(file, text)
			if err = errors.Join(err, file.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "%s: try it with imapsh --demo %[1]s --help\n", path)
			return err
		}}
}

func (c *cli) editCommand() *cobra.Command {
	return &cobra.Command{Use: "edit NAME", Short: "Open a recipe of yours in the editor (VISUAL, EDITOR)", Args: oneName("recipe"), ValidArgsFunction: c.nameOfRecipe,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := c.findRecipe(cmd.Context(), nil, args[0])
			if err != nil {
				return err
			}
			switch {
			case found.repository != "":
				return usageError{hintedError{fmt.Errorf("recipes edit: %s was added from a repository and is not edited here", found.name), "imapsh recipes show " + found.name + " > FILE makes a copy of yours"}}
			case found.dir == "":
				return usageError{hintedError{fmt.Errorf("recipes edit: %s is built in", found.name), "imapsh recipes show " + found.name + " > " + found.name + " makes a copy of yours, which then runs in its place"}}
			}
			return c.openEditor(found.name)
		}}
}

func (c *cli) addCommand() *cobra.Command {
	var ref, as string
	var yes bool
	cmd := &cobra.Command{Use: "add URL", Short: "Add the recipes of a git repository", Args: oneName("repository"),
		Long: `add fetches a git repository with the git of this machine: over https, ssh, or from a
path. It shows the recipes, what they do and what they may do, and asks. Off a terminal
--yes accepts. The files are never checked out, and nothing of the repository runs
before it is accepted. A byte that changes afterwards refuses to run.`,
		Example: `  imapsh recipes add https://github.com/example/swapi-recipes.git
  imapsh recipes add git@github.com:example/swapi-recipes.git --ref v2 --as swapi`,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := c.recipeStore()
			if err != nil {
				return err
			}
			proposal, err := store.Propose(cmd.Context(), args[0], ref, as)
			if err != nil {
				return asUsage(err)
			}
			return c.accept(cmd.Context(), store, proposal, yes)
		}}
	cmd.Flags().StringVar(&ref, "ref", "", "branch, tag or commit (default: the repository's default branch)")
	cmd.Flags().StringVar(&as, "as", "", "name that its recipes are called by (default: that of the repository)")
	cmd.Flags().BoolVar(&yes, "yes", false, "accept without being asked")
	return cmd
}

func (c *cli) updateCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{Use: "update NAME", Short: "Show what is new in an added repository, and accept it", Args: oneName("name"), ValidArgsFunction: c.addedNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := c.recipeStore()
			if err != nil {
				return err
			}
			proposal, err := store.ProposeUpdate(cmd.Context(), args[0])
			if err != nil {
				return asUsage(err)
			}
			if proposal.Same() {
				_, err := fmt.Fprintf(c.stdout, "%s is up to date\n", proposal.Name)
				return err
			}
			return c.accept(cmd.Context(), store, proposal, yes)
		}}
	cmd.Flags().BoolVar(&yes, "yes", false, "accept without being asked")
	return cmd
}

func (c *cli) removeCommand() *cobra.Command {
	return &cobra.Command{Use: "remove NAME", Short: "Remove an added repository from this machine", Args: oneName("name"), ValidArgsFunction: c.addedNames,
		RunE: func(_ *cobra.Command, args []string) error {
			store, err := c.recipeStore()
			if err != nil {
				return err
			}
			if err := store.Remove(args[0]); err != nil {
				return asUsage(err)
			}
			_, err = fmt.Fprintf(c.stdout, "removed %s\n", args[0])
			return err
		}}
}

func (c *cli) installCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{Use: "install", Short: "Bring the recipes that a project's imapsh.json names", Args: noArguments,
		Long: `install brings the recipe repositories that imapsh.json names, at the commits that
imapsh.lock.json pins, and pins those that it does not. What they may do is shown and
accepted on each machine.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := c.recipeStore()
			if err != nil {
				return err
			}
			proposals, err := store.ProposeInstall(cmd.Context())
			if err != nil {
				return asUsage(err)
			}
			for _, proposal := range proposals {
				if err := c.accept(cmd.Context(), store, proposal, yes); err != nil {
					return err
				}
			}
			if len(proposals) == 0 {
				_, err = fmt.Fprintln(c.stdout, "all recipes of the project are here")
			}
			return err
		}}
	cmd.Flags().BoolVar(&yes, "yes", false, "accept without being asked")
	return cmd
}

// addedNames completes the name of an added repository.
func (c *cli) addedNames(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	store, err := c.recipeStore()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	names, _ := store.Names()
	return names, cobra.ShellCompDirectiveNoFileComp
}

// accept shows a proposal, asks, and records the answer yes.
func (c *cli) accept(ctx context.Context, store *recipes.Store, proposal *recipes.Proposal, yes bool) error {
	if _, err := io.WriteString(c.stdout, proposal.Text()); err != nil {
		return err
	}
	if !yes {
		if err := c.confirm(ctx, "Accept "+proposal.Name+"?"); err != nil {
			return err
		}
	}
	if err := store.Accept(ctx, proposal, time.Now()); err != nil {
		return err
	}
	if len(proposal.Recipes) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(c.stdout, "accepted: imapsh %s/%s runs the first of them\n", proposal.Name, proposal.Recipes[0].Path)
	return err
}

// confirm asks a question on the terminal. Any answer but yes is an error, and so is a
// question that nobody can answer.
func (c *cli) confirm(ctx context.Context, question string) error {
	if !isTerminal(c.stdin) {
		return usageError{errors.New("nobody can be asked off a terminal: --yes accepts")}
	}
	fmt.Fprintf(c.stderr, "%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(c.stdin).ReadString('\n')
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case word := <-answer:
		if word == "y" || word == "yes" {
			return nil
		}
		return errors.New("not accepted: nothing was changed")
	}
}
