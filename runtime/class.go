package runtime

import (
	"context"
	"fmt"
	"reflect"

	"github.com/dop251/goja"
)

// Fields is a Go value with named fields: what an instance of a class holds. Its
// fields are the instance's own properties, in the order of Names.
type Fields interface {
	Names() []string
	Get(name string) (any, bool)
}

// Class is a class of an API, which NewClass and NewList make. Its instances hold a Go
// value, which the functions that they are given to get back as it was.
type Class struct {
	Name     string
	Methods  []*Func
	Statics  []*Func
	Examples []string

	doc       string
	parent    string // a class declared before; empty: none
	props     []Prop
	others    []string // fields that an instance may have besides props
	getters   []*Func
	list      bool                     // instances are arrays
	held      reflect.Type             // what an instance holds
	item      reflect.Type             // of a list
	owns      func(value any) bool     // whether a Go value belongs to the class
	construct *Func                    // nil: not to be made with new
	text      func(value any) string   // String(x); nil: JSON of the fields
	show      func(value any) string   // how the prompt prints an instance; nil: by its fields
	brief     func(value any) string   // one line, where an instance stands inside another value; nil: as by itself
	paged     bool                     // show is for a page of a list, not the whole
	items     func(value any) []any    // a list's items
	collect   func([]any) (any, error) // a list from its items
}

// Prop documents a field of a class's instances.
type Prop struct{ Name, Doc string }

// ClassDetail adds to the declaration of a class whose instances hold a T.
type ClassDetail[T any] func(*Class)

// NewClass declares a class whose instances hold a T.
func NewClass[T Fields](name, doc string, details ...ClassDetail[T]) *Class {
	return newClass(name, doc, details)
}

// NewList declares a class of arrays. Its instances are real arrays of E's
// JavaScript forms; in Go they are slices of E.
func NewList[T ~[]E, E any](name, doc string, details ...ClassDetail[T]) *Class {
	c := newClass(name, doc, details)
	c.list = true
	c.item = reflect.TypeFor[E]()
	c.items = func(value any) []any {
		list := value.(T)
		items := make([]any, len(list))
		for i, item := range list {
			items[i] = item
		}
		return items
	}
	c.collect = func(items []any) (any, error) {
		list := make(T, len(items))
		for i, item := range items {
			e, ok := item.(E)
			if !ok {
				return nil, Usagef("item %d of the %s is not what it holds; use a plain array for other things", i, name)
			}
			list[i] = e
		}
		return list, nil
	}
	return c
}

func newClass[T any](name, doc string, details []ClassDetail[T]) *Class {
	c := &Class{Name: name, doc: doc, held: reflect.TypeFor[T]()}
	c.owns = func(value any) bool { _, ok := value.(T); return ok }
	for _, add := range details {
		add(c)
	}
	return c
}

// Ctor lets a class be made with new.
func Ctor[T, In any](call func(context.Context, In) (T, error)) ClassDetail[T] {
	return func(c *Class) { c.construct = Define(c.Name, c.doc, call) }
}

// Extends makes a class the child of one declared before it.
func Extends[T any](parent string) ClassDetail[T] {
	return func(c *Class) { c.parent = parent }
}

// Describe documents the fields of a class's instances.
func Describe[T any](props ...Prop) ClassDetail[T] {
	return func(c *Class) { c.props = append(c.props, props...) }
}

// MayHave names fields that only some instances have, besides those that Describe
// documents: reading one that an instance lacks gives undefined. To read any other name
// is an error.
func MayHave[T any](names ...string) ClassDetail[T] {
	return func(c *Class) { c.others = append(c.others, names...) }
}

// Shown is an example for a class's help; a test runs it.
func Shown[T any](code string) ClassDetail[T] {
	return func(c *Class) { c.Examples = append(c.Examples, code) }
}

// Method declares a method. It is also found under its other spelling.
func Method[T, In, Out any](name, doc string, call func(context.Context, T, In) (Out, error), details ...FuncDetail) ClassDetail[T] {
	return func(c *Class) {
		f := declare(name, doc, func(ctx context.Context, s *Session, this goja.Value, in In) (Out, error) {
			value, err := receiver[T](s, c, this)
			if err != nil {
				var none Out
				return none, err
			}
			return call(ctx, value, in)
		}, details)
		c.Methods = append(c.Methods, f)
	}
}

// Static declares a function of the class itself.
func Static[T any](f *Func) ClassDetail[T] {
	return func(c *Class) { c.Statics = append(c.Statics, f) }
}

// Getter declares a property that is computed from the instance.
func Getter[T any](name, doc string, get func(T) any) ClassDetail[T] {
	return func(c *Class) {
		f := declare(name, doc, func(_ context.Context, s *Session, this goja.Value, _ None) (any, error) {
			value, err := receiver[T](s, c, this)
			if err != nil {
				return nil, err
			}
			return get(value), nil
		}, nil)
		c.getters = append(c.getters, f)
	}
}

// Text is what String(x) gives.
func Text[T any](text func(T) string) ClassDetail[T] {
	return func(c *Class) { c.text = func(value any) string { return text(value.(T)) } }
}

// Inspected is how the prompt prints an instance.
func Inspected[T any](show func(T) string) ClassDetail[T] {
	return func(c *Class) {
		c.show = func(value any) string { return show(value.(T)) }
	}
}

// Brief is how the prompt prints an instance inside of another value: one line.
func Brief[T any](brief func(T) string) ClassDetail[T] {
	return func(c *Class) { c.brief = func(value any) string { return brief(value.(T)) } }
}

// Paged is how the prompt prints a list that may be long: it is given the entries of
// one page.
func Paged[T any](show func(page T) string) ClassDetail[T] {
	return func(c *Class) {
		c.show, c.paged = func(value any) string { return show(value.(T)) }, true
	}
}

// receiver is the Go value behind a method's this.
func receiver[T any](s *Session, c *Class, this goja.Value) (T, error) {
	plain := s.plain(this)
	if items, ok := plain.([]any); ok && c.list {
		list, err := c.collect(items)
		if err != nil {
			var none T
			return none, err
		}
		return list.(T), nil
	}
	value, ok := plain.(T)
	if !ok {
		return value, Usagef("a method of %s was called on something else", c.Name)
	}
	return value, nil
}

// buildClass makes a class's constructor and prototype.
func (s *Session) buildClass(c *Class) error {
	var constructor *goja.Object
	if c.list {
		made, err := s.prelude.listClass(goja.Undefined(), s.vm.ToValue(c.Name))
		if err != nil {
			return fmt.Errorf("class %s: %w", c.Name, err)
		}
		constructor = made.ToObject(s.vm)
	} else {
		constructor = s.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
			if c.construct == nil {
				s.throw(Usagef("%s: it cannot be made with new", c.Name))
			}
			return s.invoke(c.construct, nil, call.Arguments).ToObject(s.vm)
		}).ToObject(s.vm)
		s.hide(constructor, "name", s.vm.ToValue(c.Name))
	}
	prototype := constructor.Get("prototype").ToObject(s.vm)
	s.hide(prototype, "constructor", constructor)
	if c.parent != "" {
		parent := s.vm.Get(c.parent).ToObject(s.vm)
		_ = constructor.SetPrototype(parent)
		_ = prototype.SetPrototype(parent.Get("prototype").ToObject(s.vm))
	} else if !c.list {
		_ = prototype.SetPrototype(s.strict(c))
	}
	for _, method := range c.Methods {
		s.hideBoth(prototype, method.Name, s.bind(method))
	}
	for _, getter := range c.getters {
		_ = prototype.DefineAccessorProperty(getter.Name, s.bind(getter), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	for _, static := range c.Statics {
		s.hideBoth(constructor, static.Name, s.bind(static))
	}
	if !c.list {
		s.hide(prototype, "toString", s.native("toString", func(this goja.Value, _ []goja.Value) (any, error) {
			return s.textOf(c, this)
		}))
		s.hide(prototype, "toJSON", s.native("toJSON", func(this goja.Value, _ []goja.Value) (any, error) {
			i := instanceOf(this)
			if i == nil {
				return nil, Usagef("toJSON of %s was called on something else", c.Name)
			}
			return i.properties(), nil
		}))
	}
	if c.list && c.text != nil {
		s.hide(prototype, "toString", s.native("toString", func(this goja.Value, _ []goja.Value) (any, error) {
			items, _ := s.plain(this).([]any)
			list, err := c.collect(items)
			if err != nil {
				return nil, err
			}
			return c.text(list), nil
		}))
	}
	s.prototypes[c] = prototype
	s.documented[constructor] = c
	s.hide(s.vm.GlobalObject(), c.Name, constructor)
	return nil
}

func (s *Session) textOf(c *Class, this goja.Value) (any, error) {
	value, ok := s.plain(this).(Fields)
	switch {
	case !ok || !c.owns(value) || c.text == nil:
		return "[object " + c.Name + "]", nil
	}
	return c.text(value), nil
}

// wrap is the JavaScript form of a Go value that belongs to a class.
func (s *Session) wrap(value any) (goja.Value, bool) {
	for _, c := range s.api.Classes {
		if !c.owns(value) {
			continue
		}
		if c.list {
			items := c.items(value)
			for i, item := range items {
				items[i] = s.ToJS(item)
			}
			array := s.vm.NewArray(items...)
			_ = array.SetPrototype(s.prototypes[c])
			return array, true
		}
		object := s.vm.NewDynamicObject(&instance{s: s, class: c, value: value.(Fields)})
		_ = object.SetPrototype(s.prototypes[c])
		return object, true
	}
	return nil, false
}
