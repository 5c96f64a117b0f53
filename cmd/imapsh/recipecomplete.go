package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"imapsh/bindings"
	"imapsh/bindings/recipes"
	"imapsh/runtime/termtext"
)

// completeRecipe answers the shell's question for the words behind a recipe's name, from
// what the recipe declares; it runs none of it. The question is that of cobra's scripts
// for bash, zsh, fish and PowerShell; cobra takes every word with a dash for a flag of
// the program. It reports whether the question was about a recipe.
func (c *cli) completeRecipe(ctx context.Context, root *cobra.Command, w io.Writer, args []string) bool {
	if len(args) < 2 || args[0] != cobra.ShellCompRequestCmd && args[0] != cobra.ShellCompNoDescRequestCmd {
		return false
	}
	before, typed := args[1:len(args)-1], args[len(args)-1]
	words, ok := behindFlags(root, before)
	if !ok || len(words) == 0 || slices.Contains(commandNames(root), words[0]) {
		return false
	}
	found, err := c.findRecipe(ctx, nil, words[0])
	if err != nil {
		return false
	}
	directive := cobra.ShellCompDirectiveDefault
	if outline, err := recipes.Read(found.name, found.text); err == nil && outline.Args != nil {
		candidates, files := outline.Args.Complete(words[1:], typed, bindings.KnownDescriptors())
		for _, candidate := range candidates {
			line := candidate.Word
			if candidate.Doc != "" && args[0] == cobra.ShellCompRequestCmd {
				line += "\t" + candidate.Doc
			}
			fmt.Fprintln(w, termtext.Escape(line))
		}
		if !files {
			directive = cobra.ShellCompDirectiveNoFileComp
		}
	}
	fmt.Fprintf(w, ":%d\n", directive)
	return true
}

// behindFlags are the words that follow the program's own flags. The flags are read into
// a copy that nothing looks at.
func behindFlags(root *cobra.Command, args []string) ([]string, bool) {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SetInterspersed(false)
	copied := func(flag *pflag.Flag) {
		other := *flag
		other.Value = unread(flag.Value.Type())
		flags.AddFlag(&other)
	}
	root.Flags().VisitAll(copied)
	root.PersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if flags.Lookup(flag.Name) == nil {
			copied(flag)
		}
	})
	if flags.Parse(args) != nil {
		return nil, false
	}
	return flags.Args(), true
}

// unread is the value of a flag that is read over.
type unread string

// Set takes any value.
func (unread) Set(string) error { return nil }

// String has none.
func (unread) String() string { return "" }

// Type is that of the flag.
func (u unread) Type() string { return string(u) }
