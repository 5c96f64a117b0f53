package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/runtime/api"
)

// optionFlags declares a flag for each option, and gives the function that reads those
// that were set. Names, help and completion are those of the shell.
func optionFlags(cmd *cobra.Command, options []api.Param) func() (map[string]any, error) {
	flags := cmd.Flags()
	for _, option := range options {
		name := api.FlagName(option.Name)
		if option.Type == "boolean" {
			flags.Bool(name, false, option.FlagDoc())
			continue
		}
		flags.Var(&words{kind: option.Type}, name, option.FlagDoc())
		if words := option.Allowed(); len(words) > 0 {
			_ = cmd.RegisterFlagCompletionFunc(name, completeWords(words, option.List))
		}
	}
	return func() (map[string]any, error) {
		values := map[string]any{}
		for _, option := range options {
			flag := flags.Lookup(api.FlagName(option.Name))
			if !flag.Changed {
				continue
			}
			if option.Type == "boolean" {
				values[option.Name] = flag.Value.String() == "true"
				continue
			}
			var list []any
			for _, text := range flag.Value.(*words).given {
				if text == "" { // an unset variable of the caller's must not widen what is asked
					return nil, usageError{fmt.Errorf("%s: --%s has an empty value", cmd.Name(), flag.Name)}
				}
				list = append(list, text)
			}
			switch {
			case option.List:
				values[option.Name] = list
			case len(list) > 1:
				return nil, usageError{fmt.Errorf("%s: %s takes one value, not %d", cmd.Name(), option.Name, len(list))}
			default:
				values[option.Name] = list[0]
			}
		}
		return values, nil
	}
}

// completeWords completes a flag's value, of a list the word behind the last comma.
func completeWords(words []string, list bool) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		last := strings.LastIndexByte(typed, ',')
		if !list || last < 0 {
			return words, cobra.ShellCompDirectiveNoFileComp
		}
		given := strings.Split(typed[:last], ",")
		var lists []string
		for _, word := range words {
			if !slices.Contains(given, word) {
				lists = append(lists, typed[:last+1]+word)
			}
		}
		return lists, cobra.ShellCompDirectiveNoFileComp
	}
}

// words are the values of a flag: given again, or separated by commas.
type words struct {
	kind  string // as the help shows it
	given []string
}

func (w *words) Set(text string) error {
	w.given = append(w.given, strings.Split(text, ",")...)
	return nil
}

func (w *words) Type() string { return w.kind }

func (w *words) String() string { return strings.Join(w.given, ",") }
