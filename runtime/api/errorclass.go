package api

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ErrorClass is a class of JavaScript errors for some of Go's.
type ErrorClass struct {
	Name, Parent string // Parent: a class declared before, or Error
	Doc          string
	Props        []Prop // what an error of the class has, for help; besides those of Parent
	// Match gives the properties of an error of this class. The first class that
	// matches an error takes it.
	Match func(error) (properties []Property, ok bool)
}

// thrown is a class of errors with what its parents say of it.
type thrown struct {
	ErrorClass
	inherited []Prop
}

// Thrown is what help says of a class of errors of the API.
func (a *API) Thrown(class ErrorClass) Documented {
	t := thrown{ErrorClass: class}
	for parent := class.Parent; parent != ""; {
		i := slices.IndexFunc(a.Errors, func(e ErrorClass) bool { return e.Name == parent })
		if i < 0 {
			break
		}
		t.inherited = append(t.inherited, a.Errors[i].Props...)
		parent = a.Errors[i].Parent
	}
	return t
}

// Help is how the class is made up.
func (e thrown) Help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s extends %s\n", e.Name, cmp.Or(e.Parent, "Error"))
	if e.Doc != "" {
		out.WriteString(e.Doc + "\n")
	}
	out.WriteString("\n")
	for _, p := range slices.Concat(e.Props, e.inherited, []Prop{
		{"message", "what went wrong"}, {"hint", "what to do next, where there is something"}, {"stack", "the calls that led to it"},
	}) {
		fmt.Fprintf(&out, "  .%-21s %s\n", p.Name, p.Doc)
	}
	return out.String()
}
