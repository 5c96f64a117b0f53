package runtime

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
)

// subject is what a path in a string stands for, as far as it is known without
// running anything.
type subject struct {
	value    *goja.Object   // an object of the session
	declared api.Documented // what is declared of it: a *api.Func, a *api.Class, a Prop, …
	instance *api.Class     // some instance of this class
}

// resolve follows a path such as files, config, query().latest() or list[].
func (s *Session) resolve(path string) subject {
	path = strings.TrimPrefix(path, "new ")
	var at subject
	for i, step := range strings.Split(path, ".") {
		name := strings.TrimRight(step, "()[]")
		calls := step[len(name):]
		switch {
		case name == `""`:
			at = s.subjectOf(s.prototypeOf("String"))
			calls = ""
		case name == "" && i == 0 && strings.HasPrefix(calls, "[]"):
			at = s.subjectOf(s.prototypeOf("Array"))
			calls = ""
		case i == 0:
			at = s.subjectOf(s.peek(s.vm.GlobalObject(), name))
		default:
			at = s.member(at, name)
		}
		for ; calls != ""; calls = calls[2:] {
			at = s.after(at, calls[:2])
		}
	}
	return at
}

// after is what a call or an index of a subject gives.
func (s *Session) after(at subject, step string) subject {
	switch d := at.declared.(type) {
	case *api.Func:
		if step == "()" {
			return s.subjectOfType(d.Result)
		}
	case *api.Class:
		if step == "()" {
			return subject{instance: d}
		}
	}
	if step == "[]" {
		if c := at.instance; c != nil && c.List {
			return s.subjectOfType(c.Item)
		}
		if at.value != nil {
			if first := s.peek(at.value, "0"); first != nil {
				return s.subjectOf(first)
			}
			if c := s.classOf(at.value); c != nil && c.List { // an empty one
				return s.subjectOfType(c.Item)
			}
		}
	}
	return subject{}
}

func (s *Session) subjectOf(value goja.Value) subject {
	object, ok := value.(*goja.Object)
	if !ok {
		switch {
		case value == nil:
		case goja.IsString(value):
			return s.subjectOf(s.prototypeOf("String"))
		case goja.IsNumber(value):
			return s.subjectOf(s.prototypeOf("Number"))
		}
		return subject{}
	}
	return subject{value: object, declared: s.documented[object]}
}

func (s *Session) subjectOfType(t reflect.Type) subject {
	return subject{instance: s.api.ClassOf(t)}
}

// member is what a subject has under a name.
func (s *Session) member(at subject, name string) subject {
	if o, ok := at.declared.(*api.Object); ok {
		if prop, ok := o.Prop(name); ok {
			return subject{declared: api.Prop{Name: o.Name + "." + prop.Name, Doc: prop.Doc}}
		}
		return subject{}
	}
	class := at.instance
	if class == nil && at.value != nil {
		class = s.classOf(at.value)
	}
	var found subject
	if at.value != nil {
		found = s.subjectOf(s.peek(at.value, name))
	}
	if class == nil && found == (subject{}) {
		class, _ = at.declared.(*api.Class) // help is asked of a class's methods by its name
	}
	if class == nil || found.declared != nil {
		return found
	}
	return s.memberOf(class, name, found)
}

// memberOf is a member of a class's instances: a method, a getter or a field, or one
// of the array that a list is. found is what an instance has there, if that is known.
func (s *Session) memberOf(c *api.Class, name string, found subject) subject {
	for _, getter := range c.Getters {
		if getter.Name == name {
			return subject{instance: c, declared: api.Prop{Name: c.Name + "." + name, Doc: getter.Doc}}
		}
	}
	for _, p := range c.Props {
		if p.Name == api.Snake(name) {
			found.declared = api.Prop{Name: c.Name + "." + p.Name, Doc: p.Doc}
			return found
		}
	}
	if found.value == nil {
		found = s.subjectOf(s.peek(s.prototypes[c], name))
	}
	if found.declared == nil && c.List && slices.Contains([]string{"filter", "slice", "concat", "toSorted", "toReversed", "sort", "reverse"}, name) {
		found.declared = &api.Func{Name: name, Doc: "As of any array; gives a " + c.Name + ".", Result: c.Held} // these keep the class
	}
	return found
}

// classOf is the class that an object is an instance of, or nil.
func (s *Session) classOf(object *goja.Object) *api.Class {
	if inspect.IsProxy(object) {
		return nil
	}
	prototype := object.Prototype()
	for c, known := range s.prototypes {
		if prototype == known {
			return c
		}
	}
	return nil
}

func (s *Session) prototypeOf(class string) goja.Value {
	constructor, ok := s.peek(s.vm.GlobalObject(), class).(*goja.Object)
	if !ok {
		return nil
	}
	return s.peek(constructor, "prototype")
}

// peek reads a data property, of the object or inherited, never a getter and never
// through a proxy; nil when there is none.
func (s *Session) peek(object *goja.Object, name string) goja.Value {
	if value, ok := s.constants[name]; ok && object == s.vm.GlobalObject() {
		return value
	}
	value := s.read.Data(object, name)
	if c := s.classOf(object); value == nil && c != nil && c.List {
		value = s.read.Data(s.parentOf(s.prototypes[c]), name)
	}
	if value == nil || goja.IsUndefined(value) {
		return nil
	}
	return value
}

// namesOf lists the properties of an object and its prototypes. The items of an array
// are not worth naming.
func (s *Session) namesOf(object *goja.Object) []string {
	var names []string
	for ; object != nil && !inspect.IsProxy(object); object = s.parentOf(object) {
		length, _ := s.read.Length(object)
		typed := object.ClassName() != "Array" && object.ExportType().Kind() == reflect.Slice
		if typed || object.ClassName() == "Array" && length > 0 { // Array.prototype is an empty one
			names = append(names, "length")
			continue
		}
		names = append(names, s.read.Names(object)...)
	}
	return names
}

func (s *Session) documentedObject(object *goja.Object) (*api.Object, bool) {
	o, ok := s.documented[object].(*api.Object)
	return o, ok
}
