package parseargs

import (
	"slices"
	"strings"
)

// Candidate is a word that completes an argument.
type Candidate struct {
	Word string
	Doc  string // what it is; may be empty
}

// Complete lists what may stand in the place of a word that is typed in part, behind
// other arguments: an option, or a value of the option before it. files says that a path
// may stand there. descriptors are the names of products that are known.
func (c *Config) Complete(before []string, typed string, descriptors []string) (candidates []Candidate, files bool) {
	if slices.Contains(before, "--") {
		return nil, c.AllowPositionals
	}
	if len(before) > 0 {
		if o, ok := c.awaits(before[len(before)-1]); ok {
			return o.complete("", typed, descriptors)
		}
	}
	if name, value, attached := strings.Cut(typed, "="); attached && strings.HasPrefix(name, "--") {
		if o, ok := c.Find(name[2:]); ok && o.Type != Boolean {
			return o.complete(name+"=", value, descriptors)
		}
		return nil, false
	}
	if !strings.HasPrefix(typed, "-") {
		return nil, c.AllowPositionals
	}
	for _, o := range c.Options {
		if strings.HasPrefix(o.Flag(), typed) && (o.Multiple || !c.given(before, o)) {
			candidates = append(candidates, Candidate{o.Flag(), o.Description})
		}
	}
	if _, own := c.Find("help"); !own && strings.HasPrefix("--help", typed) {
		candidates = append(candidates, Candidate{"--help", "explain the recipe"})
	}
	return candidates, false
}

// awaits is the option whose value comes behind an argument.
func (c *Config) awaits(arg string) (Option, bool) {
	var o Option
	var ok bool
	switch name, long := strings.CutPrefix(arg, "--"); {
	case long:
		o, ok = c.Find(name)
	case len(arg) > 1 && arg[0] == '-':
		for i := 1; i < len(arg); i++ { // the first that takes a value takes what is left
			if o, ok = c.FindShort(arg[i : i+1]); !ok || o.Type != Boolean {
				ok = ok && i == len(arg)-1
				break
			}
		}
	}
	return o, ok && o.Type != Boolean
}

// given reports whether an option stands among arguments.
func (c *Config) given(args []string, o Option) bool {
	return slices.ContainsFunc(args, func(arg string) bool {
		name, long := strings.CutPrefix(arg, "--")
		name, _, _ = strings.Cut(name, "=")
		other, ok := c.Find(name)
		if !long {
			return o.Short != "" && arg == "-"+o.Short
		}
		return ok && other.Name == o.Name
	})
}

func (o Option) complete(head, typed string, descriptors []string) (candidates []Candidate, files bool) {
	words := o.Words()
	switch {
	case words != nil:
	case o.Type == Date:
		words = []string{"today", "yesterday", "-7d"}
	case o.Type == Descriptor:
		words = descriptors
	case o.Type == File:
		return nil, true
	}
	for _, word := range words {
		if strings.HasPrefix(word, typed) {
			candidates = append(candidates, Candidate{Word: head + word})
		}
	}
	return candidates, false
}
