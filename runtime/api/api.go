package api

import (
	"reflect"
	"slices"
)

// API is everything that a session offers beside the language itself.
type API struct {
	Funcs   []*Func
	Classes []*Class
	Objects []*Object
	Errors  []ErrorClass
	Remarks []Prop // names of the session that are none of these
	Topics  []Topic

	RemarkTypes map[string]string // of TypeScript, by the name of a remark; one without has no declaration
	Aliases     []Alias           // types that declarations name
}

// Prop documents a name: a field of a class's instances, a setting.
type Prop struct{ Name, Doc string }

// Property is a named value, in the order it is shown.
type Property struct {
	Name  string
	Value any
}

// Names lists all that is declared.
func (a *API) Names() []string {
	var names []string
	for _, f := range a.Funcs {
		names = append(names, f.Name)
	}
	for _, c := range a.Classes {
		names = append(names, c.Name)
	}
	for _, o := range a.Objects {
		names = append(names, o.Name)
	}
	for _, e := range a.Errors {
		names = append(names, e.Name)
	}
	return names
}

// ClassOf is the class whose instances hold a type; nil without one.
func (a *API) ClassOf(t reflect.Type) *Class {
	for _, c := range a.Classes {
		if c.Held == t {
			return c
		}
	}
	return nil
}

// MayHave reports whether some instance of a class or of its children may have a field.
func (a *API) MayHave(c *Class, field string) bool {
	field = Snake(field)
	return slices.ContainsFunc(a.Classes, func(k *Class) bool {
		return (k == c || k.Parent == c.Name) && (slices.Contains(k.Others, field) ||
			slices.ContainsFunc(k.Props, func(p Prop) bool { return p.Name == field }))
	})
}

// SuggestMember is the hint for a name that an instance of a class lacks: the field or
// method that was most likely meant, else its fields.
func (a *API) SuggestMember(c *Class, fields []string, name string) string {
	var methods []string
	for _, k := range a.Classes {
		if k == c || k.Name == c.Parent {
			for _, f := range slices.Concat(k.Methods, k.Getters) {
				methods = append(methods, f.Name)
			}
		}
	}
	if hint := Suggest(name, methods); hint != "" {
		return hint
	}
	return SuggestFrom("fields", Snake(name), fields)
}

// ListWith is the first class of lists that has a method; nil without one.
func (a *API) ListWith(method string) *Class {
	for _, c := range a.Classes {
		if c.List && slices.ContainsFunc(c.Methods, func(f *Func) bool { return f.Name == method || Snake(f.Name) == method }) {
			return c
		}
	}
	return nil
}

// Members are the names of all methods, getters and functions of the classes.
func (a *API) Members() []string {
	var names []string
	for _, c := range a.Classes {
		for _, f := range slices.Concat(c.Methods, c.Getters, c.Statics) {
			names = append(names, f.Name)
		}
	}
	return names
}

// Takes reports whether a word is among those that some function allows.
func (a *API) Takes(word string) bool {
	takes := func(p Param) bool { return slices.Contains(p.Values, word) }
	return slices.ContainsFunc(a.Funcs, func(f *Func) bool {
		return slices.ContainsFunc(f.Options, takes) || slices.ContainsFunc(f.Params, takes)
	})
}
