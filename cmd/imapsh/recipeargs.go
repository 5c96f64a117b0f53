package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"imapsh/bindings/recipes"
	"imapsh/bindings/recipes/parseargs"
	"imapsh/runtime/termtext"
)

// ownedByRecipes are flags that a recipe may have, too: behind its name nobody means
// the program's.
var ownedByRecipes = []string{"help", "version", "eval", "print"}

// recipeArgs are the arguments that a recipe sees. A flag of the program behind the
// recipe's name is refused, unless the recipe declares an option of that name: --demo
// there would be ignored, and the real archive asked. What follows -- is the recipe's,
// whatever it is; parseArgs is given the -- as well.
func recipeArgs(flags *pflag.FlagSet, r recipe, args []string) ([]string, error) {
	if !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "-") }) {
		return args, nil // the recipe need not be read
	}
	declared, _ := recipes.Read(r.name, r.text) // an error in it shows when it runs
	end := slices.Index(args, "--")
	before := args
	if end >= 0 {
		before = args[:end]
		if declared.Args == nil || r.name == theCode && end == 0 { // there the -- ends the flags of imapsh
			args = slices.Delete(slices.Clone(args), end, end+1)
		}
	}
	for _, arg := range before {
		flag := programFlag(flags, declared.Args, arg)
		if flag == "" {
			continue
		}
		what, first := "recipe", "the recipe"
		switch r.name {
		case theCode:
			what, first = "code", before[0] // where the arguments of -e begin
		case standardInput:
			first = "-"
		}
		if word, _, _ := strings.Cut(arg, "="); word != flag {
			flag += " in " + word
		}
		return nil, usageError{hintedError{
			fmt.Errorf("%s behind %s is a flag of imapsh, not of the %s", flag, r.name, what),
			fmt.Sprintf("put %s before %s; after -- it is the %s's", strings.Split(flag, " ")[0], first, what),
		}}
	}
	return args, nil
}

// declares reports whether a recipe has an option of a name or of a letter.
func declares(c *parseargs.Config, name, letter string) bool {
	if c == nil {
		return false
	}
	_, byName := c.Find(name)
	_, byLetter := c.FindShort(letter)
	return byName || byLetter
}

// call is how the recipe is called, without its arguments.
func (r recipe) call() string {
	switch {
	case r.name == standardInput:
		return "imapsh -"
	case strings.ContainsAny(r.name, " '\"$\\"):
		return "imapsh '" + strings.ReplaceAll(r.name, "'", `'\''`) + "'"
	}
	return "imapsh " + r.name
}

// helpOf prints what a recipe says of itself if its arguments ask for that: --help, or
// -h where it declares its options. A recipe that has such an option itself gets it.
func helpOf(w io.Writer, r recipe, args []string, always bool) (asked bool, err error) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	long, short := slices.Contains(args, "--help"), slices.Contains(args, "-h")
	if !long && !short {
		return false, nil
	}
	outline, fault := recipes.Read(r.name, r.text)
	parses := outline.Args != nil || outline.Computed
	if declares(outline.Args, "help", "") || !parses && !(long && always) || !long && declares(outline.Args, "", "h") {
		return false, nil
	}
	if fault != nil {
		return true, fmt.Errorf("%s: %w", r.name, fault)
	}
	_, err = io.WriteString(forScreen(w, termtext.Escape), outline.Help(r.call()))
	return true, err
}

// wrongArgument is the error of a recipe's run, and where it lies in the arguments, that
// alone: the place in the recipe's text is of no use to who called it.
func wrongArgument(r recipe, err error) error {
	var wrong *parseargs.ArgumentError
	if !errors.As(err, &wrong) {
		return err
	}
	return usageError{hintedError{fmt.Errorf("%s: %w", filepath.Base(r.name), wrong), r.call() + " --help explains its arguments"}}
}

// programFlag is the flag of the program that an argument holds and that the recipe does
// not declare: --demo of --demo=today, -v of -vj8. It is empty where there is none.
func programFlag(flags *pflag.FlagSet, declared *parseargs.Config, arg string) string {
	word, _, _ := strings.Cut(arg, "=")
	if name, long := strings.CutPrefix(word, "--"); long {
		if flag := flags.Lookup(name); flag != nil && !declares(declared, name, "") && !slices.Contains(ownedByRecipes, flag.Name) {
			return word
		}
		return ""
	}
	letters, short := strings.CutPrefix(word, "-")
	for i := 0; short && i < len(letters); i++ {
		letter := letters[i : i+1]
		if declares(declared, "", letter) {
			if option, _ := declared.FindShort(letter); option.Type != parseargs.Boolean { // the rest of the word is its value
				return ""
			}
			continue
		}
		flag := flags.ShorthandLookup(letter)
		switch {
		case flag == nil:
			return ""
		case !slices.Contains(ownedByRecipes, flag.Name):
			return "-" + letter
		case flag.NoOptDefVal == "": // it takes a value: the rest of the word
			return ""
		}
	}
	return ""
}
