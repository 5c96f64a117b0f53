package runtime

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/dop251/goja"

	"imapsh/runtime/syntax"
)

// Variable is a global variable that the user declared.
type Variable struct {
	Name  string
	Type  string     // as typeof says, or the class of an object, with the length of a list
	Value goja.Value // undefined where only the script's own code could tell it
	List  bool       // it is a list of a class of the API
}

// Variables are the variables that the user declared, sorted by name. No code of the
// script runs for them.
func (s *Session) Variables() []Variable {
	global := s.vm.GlobalObject()
	names := slices.DeleteFunc(s.read.Names(global), func(name string) bool {
		return s.given[name] || name == "_" || name == "_error" || !syntax.IsIdentifier(name)
	})
	slices.Sort(names)
	var variables []Variable
	for _, name := range slices.Compact(names) {
		v := Variable{Name: name, Value: s.peek(global, name)}
		v.Type = s.typeOf(v.Value)
		if object, ok := v.Value.(*goja.Object); ok {
			c := s.classOf(object)
			v.List = c != nil && c.List
		} else if v.Value == nil {
			v.Value = goja.Undefined()
		}
		variables = append(variables, v)
	}
	return variables
}

// typeOf names the type of a value: as typeof does, or the class of an object, with the
// length of a list. No code of the script runs for it.
func (s *Session) typeOf(value goja.Value) string {
	object, ok := value.(*goja.Object)
	switch {
	case value == nil || goja.IsUndefined(value):
		return "undefined"
	case goja.IsNull(value):
		return "null"
	case !ok:
		switch value.(type) {
		case goja.String:
			return "string"
		case *goja.Symbol:
			return "symbol"
		}
		if t := value.ExportType(); t != nil {
			switch t.Kind() {
			case reflect.Bool:
				return "boolean"
			case reflect.Pointer:
				return "bigint"
			}
		}
		return "number"
	}
	name := object.ClassName()
	list := name == "Array"
	if constructor, ok := s.peek(object, "constructor").(*goja.Object); ok && name == "Object" {
		if own, ok := stringOf(s.peek(constructor, "name")); ok && own != "" {
			name = own
		}
	}
	if c := s.classOf(object); c != nil {
		name, list = c.Name, c.List
	}
	if name == "Function" {
		return "function"
	}
	if length, ok := s.read.Length(object); ok && list {
		return fmt.Sprintf("%s(%d)", name, length)
	}
	return name
}

// Declares reports whether there is a global of the name.
func (s *Session) Declares(name string) bool {
	return slices.Contains(s.read.Names(s.vm.GlobalObject()), name)
}

// IsFunction reports whether there is a global function of the name.
func (s *Session) IsFunction(name string) bool {
	return s.typeOf(s.peek(s.vm.GlobalObject(), name)) == "function"
}

// Set defines a global, such as the prompt's _.
func (s *Session) Set(name string, value goja.Value) {
	delete(s.constants, name)
	s.hide(s.vm.GlobalObject(), name, value)
}

// Restore gives the built-in names that a script has lost, by assigning to them, their
// values back, and says which; the variables stay.
func (s *Session) Restore() (restored []string) {
	global := s.vm.GlobalObject()
	for name, value := range s.initial {
		if now := s.peek(global, name); now == nil || !now.SameAs(value) {
			s.Set(name, value)
			restored = append(restored, name)
		}
	}
	slices.Sort(restored)
	return restored
}
