package api

import (
	"encoding"
	"reflect"
	"strings"
)

// Kinds is a type of an input that reads values of several kinds, which it names by types
// of TypeScript: string, number, Date, or an Alias of the API.
type Kinds interface{ Kinds() []string }

// paramType is the type of what a parameter or an option takes.
func (d *declarations) paramType(p Param) string {
	if p.List {
		return "OneOrMore<" + d.elementType(p) + ">"
	}
	return d.elementType(p)
}

// elementType is the type of one value of a parameter.
func (d *declarations) elementType(p Param) string {
	t := p.goType
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	zero := reflect.New(t).Interface()
	if kinds, ok := zero.(Kinds); ok {
		return strings.Join(kinds.Kinds(), " | ")
	}
	if len(p.Values) > 0 {
		return d.union(t, p.Values)
	}
	_, reads := zero.(encoding.TextUnmarshaler)
	_, decodes := zero.(Decoder)
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		switch {
		case t == reflect.TypeFor[JSON]():
			return "any"
		case decodes:
			return "any"
		}
		return "string"
	case reflect.Int, reflect.Int64, reflect.Float64:
		if reads || decodes {
			return "number | string"
		}
		return "number"
	}
	switch {
	case t == reflect.TypeFor[Callback]():
		return "(...args: any[]) => any"
	case reads:
		return "string"
	}
	return "any"
}

// union is the type of some words, by the name of their type where it has one of its own.
func (d *declarations) union(t reflect.Type, words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(word) + "'"
	}
	union := strings.Join(quoted, " | ")
	name := upperFirst(t.Name())
	if known, ok := d.named[name]; ok && known != union || d.api.ClassNamed(name) != nil {
		return union
	}
	d.named[name] = union
	return name
}

// results are the types that a function gives, more than one where it has several forms.
func (d *declarations) results(f *Func) []string {
	if len(f.returns) > 0 {
		return f.returns
	}
	return []string{d.resultType(f.Result)}
}

func (d *declarations) resultType(t reflect.Type) string {
	if name := d.className(t); name != "" {
		return name
	}
	switch t {
	case reflect.TypeFor[None]():
		return "void"
	case reflect.TypeFor[JSON]():
		return "any"
	case reflect.TypeFor[[]Property]():
		return "{[name: string]: any}"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	case reflect.Slice:
		return d.resultType(t.Elem()) + "[]"
	}
	return "any"
}

// className is the name of the class whose instances hold a type; empty without one.
func (d *declarations) className(t reflect.Type) string {
	if c := d.api.ClassOf(t); c != nil {
		return c.Name
	}
	return ""
}

// ClassNamed is the class of a name; nil without one.
func (a *API) ClassNamed(name string) *Class {
	for _, c := range a.Classes {
		if c.Name == name {
			return c
		}
	}
	return nil
}
