package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// ownedByRecipes are flags that a recipe may have, too: behind its name nobody means
// the program's.
var ownedByRecipes = []string{"help", "version", "eval", "print"}

// recipeArgs are the arguments that a recipe sees. A flag of the program behind the
// recipe's name is refused: --demo there would be ignored, and the real archive asked.
// What follows -- is the recipe's, whatever it is.
func recipeArgs(flags *pflag.FlagSet, recipe string, args []string) ([]string, error) {
	end := slices.Index(args, "--")
	before := args
	if end >= 0 {
		before = args[:end]
		args = slices.Delete(slices.Clone(args), end, end+1)
	}
	for _, arg := range before {
		word, _, _ := strings.Cut(arg, "=")
		var flag *pflag.Flag
		switch name, long := strings.CutPrefix(word, "--"); {
		case long:
			flag = flags.Lookup(name)
		case len(word) == 2 && word[0] == '-':
			flag = flags.ShorthandLookup(word[1:])
		}
		if flag != nil && !slices.Contains(ownedByRecipes, flag.Name) {
			return nil, usageError{hintedError{
				fmt.Errorf("%s behind %s is a flag of imapsh, not of the recipe", word, recipe),
				fmt.Sprintf("put %s before the recipe; after -- it is the recipe's", word),
			}}
		}
	}
	return args, nil
}
