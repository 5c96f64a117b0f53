package api

import (
	"context"
	"reflect"
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
	Doc      string
	Parent   string // a class declared before; empty: none
	Methods  []*Func
	Statics  []*Func
	Getters  []*Func
	Examples []string
	Props    []Prop                   // fields of the instances
	Others   []string                 // fields that an instance may have besides Props
	New      *Func                    // nil: not to be made with new
	List     bool                     // instances are arrays
	Held     reflect.Type             // what an instance holds
	Item     reflect.Type             // of a list
	Owns     func(value any) bool     // reports whether a Go value belongs to the class
	Text     func(value any) string   // String(x); nil: JSON of the fields
	Show     func(value any) string   // how the prompt prints an instance; nil: by its fields
	Brief    func(value any) string   // one line, where an instance stands inside another value; nil: as by itself
	Paged    bool                     // Show is for a page of a list, not the whole
	Items    func(value any) []any    // a list's items
	Collect  func([]any) (any, error) // a list from its items

	types map[string]string // of TypeScript, by the name of a field or getter
}

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
	c.List = true
	c.Item = reflect.TypeFor[E]()
	c.Items = func(value any) []any {
		list := value.(T)
		items := make([]any, len(list))
		for i, item := range list {
			items[i] = item
		}
		return items
	}
	c.Collect = func(items []any) (any, error) {
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
	c := &Class{Name: name, Doc: doc, Held: reflect.TypeFor[T]()}
	c.Owns = func(value any) bool { _, ok := value.(T); return ok }
	for _, add := range details {
		add(c)
	}
	return c
}

// Ctor lets a class be made with new.
func Ctor[T, In any](call func(context.Context, In) (T, error)) ClassDetail[T] {
	return func(c *Class) { c.New = Define(c.Name, c.Doc, call) }
}

// Extends makes a class the child of one declared before it.
func Extends[T any](parent string) ClassDetail[T] {
	return func(c *Class) { c.Parent = parent }
}

// Describe documents the fields of a class's instances.
func Describe[T any](props ...Prop) ClassDetail[T] {
	return func(c *Class) { c.Props = append(c.Props, props...) }
}

// MayHave names fields that only some instances have, besides those that Describe
// documents: reading one that an instance lacks gives undefined. To read any other name
// is an error.
func MayHave[T any](names ...string) ClassDetail[T] {
	return func(c *Class) { c.Others = append(c.Others, names...) }
}

// Shown is an example for a class's help; a test runs it.
func Shown[T any](code string) ClassDetail[T] {
	return func(c *Class) { c.Examples = append(c.Examples, code) }
}

// Method declares a method. It is also found under its other spelling.
func Method[T, In, Out any](name, doc string, call func(context.Context, T, In) (Out, error), details ...FuncDetail) ClassDetail[T] {
	return func(c *Class) {
		f := declare(name, doc, func(ctx context.Context, this Value, in In) (Out, error) {
			value, err := receiver[T](c, this)
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
		f := declare(name, doc, func(_ context.Context, this Value, _ None) (any, error) {
			value, err := receiver[T](c, this)
			if err != nil {
				return nil, err
			}
			return get(value), nil
		}, nil)
		c.Getters = append(c.Getters, f)
	}
}

// Text is what String(x) gives.
func Text[T any](text func(T) string) ClassDetail[T] {
	return func(c *Class) { c.Text = func(value any) string { return text(value.(T)) } }
}

// Inspected is how the prompt prints an instance.
func Inspected[T any](show func(T) string) ClassDetail[T] {
	return func(c *Class) {
		c.Show = func(value any) string { return show(value.(T)) }
	}
}

// Brief is how the prompt prints an instance inside of another value: one line.
func Brief[T any](brief func(T) string) ClassDetail[T] {
	return func(c *Class) { c.Brief = func(value any) string { return brief(value.(T)) } }
}

// Paged is how the prompt prints a list that may be long: it is given the entries of
// one page.
func Paged[T any](show func(page T) string) ClassDetail[T] {
	return func(c *Class) {
		c.Show, c.Paged = func(value any) string { return show(value.(T)) }, true
	}
}

// receiver is the Go value behind a method's this.
func receiver[T any](c *Class, this Value) (T, error) {
	plain := this.Plain()
	if items, ok := plain.([]any); ok && c.List {
		list, err := c.Collect(items)
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
