package runtime

import (
	"github.com/dop251/goja"
)

// Native is a Go value that makes its own JavaScript form.
type Native interface{ JS(*Session) goja.Value }

// ToJS is the JavaScript form of a Go value: an instance for a value of a class,
// an error for an error, null for nil, and the plain thing for plain things.
func (s *Session) ToJS(value any) goja.Value {
	switch v := value.(type) {
	case nil:
		return goja.Null()
	case goja.Value:
		return v
	case None:
		return goja.Undefined()
	case string, bool, int, int64, float64:
		return s.vm.ToValue(v)
	case Native:
		return v.JS(s)
	case error:
		return s.errorValue(v)
	case []string:
		return arrayOf(s, v)
	case []any:
		return arrayOf(s, v)
	case []Property:
		object := s.vm.NewObject()
		for _, p := range v {
			_ = object.Set(p.Name, s.ToJS(p.Value))
		}
		return object
	case map[string]any:
		object := s.vm.NewObject()
		for _, name := range sortedKeys(v) {
			_ = object.Set(name, s.ToJS(v[name]))
		}
		return object
	}
	if wrapped, ok := s.wrap(value); ok {
		return wrapped
	}
	return s.vm.ToValue(value)
}

func arrayOf[T any](s *Session, list []T) goja.Value {
	items := make([]any, len(list))
	for i, item := range list {
		items[i] = s.ToJS(item)
	}
	return s.vm.NewArray(items...)
}

// plain is a JavaScript value in Go: nil for null and undefined, the Go value
// behind an instance, []any for an array, map[string]any for another object.
func (s *Session) plain(value goja.Value) any {
	if value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	return unwrap(value.Export())
}

func unwrap(value any) any {
	switch v := value.(type) {
	case *instance:
		return v.value
	case []any:
		for i, item := range v {
			v[i] = unwrap(item)
		}
	case map[string]any:
		for key, item := range v {
			v[key] = unwrap(item)
		}
	}
	return value
}
