package runtime

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
)

// ToJS is the JavaScript form of a Go value: an instance for a value of a class,
// an error for an error, null for nil, and the plain thing for plain things.
func (s *Session) ToJS(value any) goja.Value {
	switch v := value.(type) {
	case nil:
		return goja.Null()
	case goja.Value:
		return v
	case api.None:
		return goja.Undefined()
	case string, bool, int, int64, float64:
		return s.vm.ToValue(v)
	case time.Time:
		date, err := s.vm.New(s.vm.Get("Date"), s.vm.ToValue(v.UnixMilli()))
		if err != nil {
			return goja.Null()
		}
		return date
	case argument:
		return v.value
	case api.JSON:
		return s.parsed(v)
	case *api.Lazy:
		return s.lazy(v)
	case api.TypedArray:
		return s.typedArray(v)
	case error:
		return s.errorValue(v)
	case []string:
		return arrayOf(s, v)
	case []any:
		return arrayOf(s, v)
	case []api.Property:
		object := s.vm.NewObject()
		for _, p := range v {
			define(object, p.Name, s.ToJS(p.Value))
		}
		return object
	case map[string]any:
		object := s.vm.NewObject()
		for _, name := range slices.Sorted(maps.Keys(v)) {
			define(object, name, s.ToJS(v[name]))
		}
		return object
	}
	if wrapped, ok := s.wrap(value); ok {
		return wrapped
	}
	return s.vm.ToValue(value)
}

// define gives an object a property of its own, whatever the name: to set __proto__
// would do something else.
func define(object *goja.Object, name string, value goja.Value) {
	_ = object.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

func arrayOf[T any](s *Session, list []T) goja.Value {
	items := make([]any, len(list))
	for i, item := range list {
		items[i] = s.ToJS(item)
	}
	return s.vm.NewArray(items...)
}

// plain is a JavaScript value in Go: nil for null and undefined, the Go value
// behind an instance, []any for an array, map[string]any for another object. It
// throws a UsageError for what has no such form.
func (s *Session) plain(value goja.Value) any {
	if value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	switch v := value.(type) {
	case *goja.Object:
		s.checkExport(v)
	case *goja.Symbol:
		s.throw(errSymbol())
	}
	plain, ok := s.unwrap(value.Export(), 0)
	if !ok {
		s.throw(api.Usagef("a value that holds itself, or is nested more than %d deep, cannot be given here", maxDepth))
	}
	return plain
}

// Value is a JavaScript value in Go, which another session can take: the Go value behind
// an instance, plain things as they are. A function is an error.
func (s *Session) Value(value goja.Value) (plain any, err error) {
	if value == nil || goja.IsUndefined(value) {
		return api.None{}, nil
	}
	_, err = caught(func() (goja.Value, error) {
		plain = s.plain(value)
		if !portable(plain) {
			return nil, api.Usagef("the recipe returns a function, which stays in its session; return a value")
		}
		items, isList := plain.([]any)
		for _, class := range s.api.Classes {
			if isList && class.List && value.(*goja.Object).Prototype() == s.prototypes[class] {
				plain, err = class.Collect(items)
			}
		}
		return nil, err
	})
	if err != nil {
		err = s.sessionError(err)
	}
	return plain, err
}

const (
	maxTaken = 5_000_000 // of a list that Go takes over: it may claim billions and hold none
	maxDepth = 100
)

// checkExport refuses what Export would make nothing or too much of.
func (s *Session) checkExport(object *goja.Object) {
	if inspect.IsProxy(object) {
		return
	}
	switch object.ClassName() {
	case "Array":
		if n := object.Get("length").ToInteger(); n > maxTaken {
			s.throw(api.Usagef("a list of %d items is too long: %d is the most", n, maxTaken))
		}
	case "Date":
		if object.Export() == nil {
			s.throw(api.Usagef("an invalid Date: new Date() could not read its text"))
		}
	case "Object":
		for _, name := range object.Keys() {
			s.checkOption(name, s.peek(object, name))
		}
	}
}

// checkOption refuses a value among options that Export would make something else of.
func (s *Session) checkOption(name string, value goja.Value) {
	switch v := value.(type) {
	case *goja.Symbol:
		s.throw(api.About(name, fmt.Errorf("%s: %w", name, errSymbol())))
	case *goja.Object:
		switch {
		case inspect.IsProxy(v):
		case v.ClassName() == "Date" && v.Export() == nil:
			s.throw(api.About(name, api.Usagef("%s: an invalid Date: new Date() could not read its text", name)))
		case v.ClassName() == "Array":
			length, _ := s.read.Length(v)
			items, _ := s.read.Items(v, 0, length)
			for _, item := range items {
				if _, isSymbol := item.(*goja.Symbol); isSymbol {
					s.checkOption(name, item)
				}
			}
		}
	}
}

func errSymbol() error {
	return api.Usagef("a Symbol is not a string; give its description, or what it stands for")
}

// unwrap puts the Go values of instances in their place; ok is false for a value
// that holds itself.
func (s *Session) unwrap(value any, depth int) (plain any, ok bool) {
	if depth > maxDepth {
		return nil, false
	}
	switch v := value.(type) {
	case *instance:
		return v.value, true
	case func(goja.FunctionCall) goja.Value:
		call, isFunction := goja.AssertFunction(s.vm.ToValue(v))
		return callback{s, call}, isFunction
	case []any:
		for i, item := range v {
			if v[i], ok = s.unwrap(item, depth+1); !ok {
				return nil, false
			}
		}
	case map[string]any:
		for key, item := range v {
			if v[key], ok = s.unwrap(item, depth+1); !ok {
				return nil, false
			}
		}
	}
	return value, true
}

func (s *Session) stringify(value goja.Value) api.JSON {
	text, err := s.prelude.stringify(goja.Undefined(), value)
	if err != nil {
		panic(err) // a toJSON of the script's threw
	}
	return api.JSON(text.String())
}

// parsed is the value that JSON text says. Text that is no JSON throws.
func (s *Session) parsed(text api.JSON) goja.Value {
	value, err := s.parseJSON(goja.Undefined(), s.vm.ToValue(string(text)))
	if err != nil {
		panic(err)
	}
	return value
}
