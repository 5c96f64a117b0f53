package recipes

import (
	"reflect"
	"slices"

	"imapsh/runtime/api"
)

// ShellOf is what the declarations of a shell say that a recipe may call. globals are all
// global names, the language's own included; arrays are the names of an array's members.
func ShellOf(declared *api.API, globals, arrays []string) Shell {
	s := Shell{
		Functions: map[string]Function{}, Statics: map[string]map[string]Function{}, Methods: map[string]map[string]Function{},
		Members: map[string][]string{}, Lists: map[string]bool{}, Globals: globals,
	}
	result := func(t reflect.Type) string {
		for _, class := range declared.Classes {
			if class.Held == t && t != nil {
				return class.Name
			}
		}
		return ""
	}
	add := func(to map[string]Function, f *api.Func) {
		function := functionOf(f, result(f.Result))
		to[f.Name], to[api.Snake(f.Name)] = function, function
	}
	for _, f := range declared.Funcs {
		add(s.Functions, f)
	}
	byName := map[string]*api.Class{}
	for _, class := range declared.Classes {
		byName[class.Name] = class
		statics, methods := map[string]Function{}, map[string]Function{}
		members := []string{"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf", "toJSON"}
		for c := class; c != nil; c = byName[c.Parent] {
			for _, f := range c.Statics {
				add(statics, f)
			}
			for _, f := range c.Methods {
				add(methods, f)
			}
			for _, f := range c.Getters {
				members = append(members, f.Name, api.Snake(f.Name))
			}
			for _, prop := range c.Props {
				members = append(members, prop.Name)
			}
			members = append(members, c.Others...)
		}
		if class.List {
			members = append(members, arrays...)
		}
		s.Statics[class.Name], s.Methods[class.Name], s.Members[class.Name], s.Lists[class.Name] = statics, methods, members, class.List
	}
	return s
}

func functionOf(f *api.Func, result string) Function {
	function := Function{Params: len(f.Params), Signature: f.Signature(), Result: result}
	if slices.ContainsFunc(f.Params, func(p api.Param) bool { return p.Variadic }) {
		function.Params = -1
	}
	if len(f.Options) > 0 {
		function.Options = f.CheckOptions
	}
	return function
}
