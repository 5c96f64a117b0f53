package runtime

import (
	"fmt"
	"imapsh/runtime/api"

	"github.com/dop251/goja"
)

// buildClass makes a class's constructor and prototype.
func (s *Session) buildClass(c *api.Class) error {
	var constructor *goja.Object
	if c.List {
		made, err := s.prelude.listClass(goja.Undefined(), s.vm.ToValue(c.Name))
		if err != nil {
			return fmt.Errorf("class %s: %w", c.Name, err)
		}
		constructor = made.ToObject(s.vm)
	} else {
		constructor = s.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
			if c.New == nil {
				s.throw(api.Usagef("%s: it cannot be made with new", c.Name))
			}
			return s.invoke(c.New, nil, call.Arguments).ToObject(s.vm)
		}).ToObject(s.vm)
		s.hide(constructor, "name", s.vm.ToValue(c.Name))
	}
	prototype := constructor.Get("prototype").ToObject(s.vm)
	s.hide(prototype, "constructor", constructor)
	if c.Parent != "" {
		parent := s.vm.Get(c.Parent).ToObject(s.vm)
		_ = constructor.SetPrototype(parent)
		_ = prototype.SetPrototype(parent.Get("prototype").ToObject(s.vm))
	} else if c.List {
		_ = prototype.SetPrototype(s.strictList(c, prototype.Prototype()))
	} else {
		_ = prototype.SetPrototype(s.strict(c))
	}
	for _, method := range c.Methods {
		s.hideBoth(prototype, method.Name, s.bind(method))
	}
	for _, getter := range c.Getters {
		_ = prototype.DefineAccessorProperty(getter.Name, s.bind(getter), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	for _, static := range c.Statics {
		s.hideBoth(constructor, static.Name, s.bind(static))
	}
	if !c.List {
		s.hide(prototype, "toString", s.native("toString", func(this goja.Value, _ []goja.Value) (any, error) {
			return s.textOf(c, this)
		}))
		s.hide(prototype, "toJSON", s.native("toJSON", func(this goja.Value, _ []goja.Value) (any, error) {
			i := instanceOf(this)
			if i == nil {
				return nil, api.Usagef("toJSON of %s was called on something else", c.Name)
			}
			return i.properties(), nil
		}))
	}
	if c.List && c.Text != nil {
		s.hide(prototype, "toString", s.native("toString", func(this goja.Value, _ []goja.Value) (any, error) {
			items, _ := s.plain(this).([]any)
			list, err := c.Collect(items)
			if err != nil {
				return nil, err
			}
			return c.Text(list), nil
		}))
	}
	s.prototypes[c] = prototype
	s.documented[constructor] = c
	s.hide(s.vm.GlobalObject(), c.Name, constructor)
	return nil
}

func (s *Session) textOf(c *api.Class, this goja.Value) (any, error) {
	value, ok := s.plain(this).(api.Fields)
	switch {
	case !ok || !c.Owns(value) || c.Text == nil:
		return "[object " + c.Name + "]", nil
	}
	return c.Text(value), nil
}

// wrap is the JavaScript form of a Go value that belongs to a class.
func (s *Session) wrap(value any) (goja.Value, bool) {
	for _, c := range s.api.Classes {
		if !c.Owns(value) {
			continue
		}
		if c.List {
			items := c.Items(value)
			for i, item := range items {
				items[i] = s.ToJS(item)
			}
			array := s.vm.NewArray(items...)
			_ = array.SetPrototype(s.prototypes[c])
			return array, true
		}
		object := s.vm.NewDynamicObject(&instance{s: s, class: c, value: value.(api.Fields)})
		_ = object.SetPrototype(s.prototypes[c])
		return object, true
	}
	return nil, false
}
