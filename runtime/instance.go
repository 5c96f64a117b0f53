package runtime

import (
	"imapsh/runtime/api"
	"reflect"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// instance is the JavaScript object of a class: its properties are the fields of
// a Go value, under either spelling. The fields are read only, so that what a script
// hands on is what the archive said; a script may add properties of its own.
type instance struct {
	s     *Session
	class *api.Class
	value api.Fields
	own   *[]api.Property // what the script added, in its order; nil: nothing
}

// instanceOf is the instance that a value is; nil for all else.
func instanceOf(value goja.Value) *instance {
	object, ok := value.(*goja.Object)
	if !ok || object.ExportType() != reflect.TypeFor[*instance]() {
		return nil
	}
	return object.Export().(*instance)
}

// field is a field of the Go value, under either spelling.
func (i *instance) field(key string) (any, bool) {
	value, ok := i.value.Get(key)
	if !ok {
		value, ok = i.value.Get(api.Snake(key))
	}
	return value, ok
}

// added is the place among the script's own properties; -1 without one.
func (i *instance) added(key string) int {
	if i.own == nil {
		return -1
	}
	return slices.IndexFunc(*i.own, func(p api.Property) bool { return p.Name == key })
}

// Get is a property; nil when the instance has none of the name.
func (i *instance) Get(key string) goja.Value {
	if value, ok := i.field(key); ok {
		return i.s.ToJS(value)
	}
	if at := i.added(key); at >= 0 {
		return (*i.own)[at].Value.(goja.Value)
	}
	return nil
}

// Has reports whether there is a property of the name.
func (i *instance) Has(key string) bool {
	_, ok := i.field(key)
	return ok || i.added(key) >= 0
}

// Set adds a property, or changes one that was added.
func (i *instance) Set(key string, value goja.Value) bool {
	if _, ok := i.field(key); ok {
		i.s.throw(api.Usagef("%s: a field of a %s cannot be changed; copy it first: {...x, %s: …}", key, i.class.Name, key))
	}
	if at := i.added(key); at >= 0 {
		(*i.own)[at].Value = value
		return true
	}
	if i.own == nil {
		i.own = &[]api.Property{}
	}
	*i.own = append(*i.own, api.Property{Name: key, Value: value})
	return true
}

// Delete takes away a property that was added.
func (i *instance) Delete(key string) bool {
	if _, ok := i.field(key); ok {
		i.s.throw(api.Usagef("%s: a field of a %s cannot be deleted; copy it first: {...x}", key, i.class.Name))
	}
	if at := i.added(key); at >= 0 {
		*i.own = slices.Delete(*i.own, at, at+1)
	}
	return true
}

// Keys are the names of all properties: the fields, then what was added.
func (i *instance) Keys() []string {
	names := i.value.Names()
	if i.own == nil {
		return names
	}
	names = slices.Clone(names)
	for _, p := range *i.own {
		names = append(names, p.Name)
	}
	return names
}

// properties are the names and values of all properties.
func (i *instance) properties() []api.Property {
	properties := propertiesOf(i.value)
	if i.own != nil {
		properties = append(properties, *i.own...)
	}
	return properties
}

// propertiesOf copies the fields of a value.
func propertiesOf(value api.Fields) []api.Property {
	properties := make([]api.Property, 0, len(value.Names()))
	for _, name := range value.Names() {
		field, _ := value.Get(name)
		properties = append(properties, api.Property{Name: name, Value: field})
	}
	return properties
}

// strictList is the object from which a list class's prototype inherits, before that of
// arrays. It refuses to be asked by a list for a name that neither has: a mistyped one
// would else be undefined.
func (s *Session) strictList(c *api.Class, arrays *goja.Object) *goja.Object {
	target := s.vm.NewObject()
	_ = target.SetPrototype(arrays)
	proxy := s.vm.ToValue(s.vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, receiver goja.Value) goja.Value {
			value := target.Get(property)
			list, ok := receiver.(*goja.Object)
			_, notIndex := strconv.ParseUint(property, 10, 64)
			if value != nil || notIndex == nil || !ok || s.classOf(list) != c || property == "then" || property == "toJSON" {
				return value
			}
			names := []string{"length"}
			for _, f := range slices.Concat(c.Methods, c.Getters) {
				names = append(names, f.Name)
			}
			s.throw(api.About(property, api.Usagef("a %s has no field or method %q%s", c.Name, property, api.Suggest(property, append(names, s.read.Names(arrays)...)))))
			return nil
		},
	})).ToObject(s.vm)
	s.strictLists[proxy] = arrays
	return proxy
}

// parentOf is what an object inherits from; behind a class of lists, the arrays.
func (s *Session) parentOf(object *goja.Object) *goja.Object {
	parent := object.Prototype()
	if arrays, ok := s.strictLists[parent]; ok {
		return arrays
	}
	return parent
}

// strict is the object from which a class's prototype inherits. It stands at the end of
// the chain, before Object.prototype, and refuses to be asked for a name that no
// instance of the class or its children can have: a mistyped field would else be
// undefined, and a filter that compares it would quietly find nothing.
func (s *Session) strict(c *api.Class) *goja.Object {
	target := s.vm.NewObject()
	return s.vm.ToValue(s.vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, receiver goja.Value) goja.Value {
			asked := instanceOf(receiver)
			switch value := target.Get(property); {
			case property == "__proto__" && asked != nil:
				return receiver.(*goja.Object).Prototype()
			case value != nil || asked == nil || property == "then": // await asks for it
				return value
			case s.api.MayHave(c, property):
				return nil
			}
			s.throw(api.About(property, api.Usagef("a %s has no field or method %q%s", asked.class.Name, property, s.api.SuggestMember(asked.class, asked.Keys(), property))))
			return nil
		},
	})).ToObject(s.vm)
}
