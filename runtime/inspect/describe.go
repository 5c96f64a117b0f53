package inspect

import (
	"reflect"
	"strconv"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// describe finds out what an object is. Nothing here may ask the object in a way
// that runs code of a script.
func (w *writer) describe(o *goja.Object, at place) shape {
	if _, ok := goja.AssertFunction(o); ok {
		return w.function(o, at)
	}
	switch o.ClassName() {
	case "Array":
		return w.array(o, at)
	case "Arguments":
		s := w.array(o, at)
		s.open = "[Arguments] ["
		return s
	case "Error":
		return w.error(o, at)
	case "RegExp":
		return w.leaf(o, w.paint("regexp", w.read.regexp(o)), "RegExp", at)
	case "Number", "Boolean", "String":
		return w.boxed(o, o.ClassName(), at)
	}
	switch t := o.ExportType(); {
	case t == reflect.TypeFor[time.Time](), t == reflect.TypeFor[*time.Time]():
		return w.leaf(o, w.paint("date", date(o)), "Date", at)
	case t == reflect.TypeFor[*goja.Promise]():
		return w.promise(o, at)
	case t == reflect.TypeFor[goja.ArrayBuffer]():
		return w.buffer(o, at)
	case t == reflect.TypeFor[[][2]any]():
		if size, err := w.read.call("Map", "size", o); err == nil {
			return w.mapped(o, int(size.ToInteger()), at)
		}
	case t == reflect.TypeFor[[]any]():
		if size, err := w.read.call("Set", "size", o); err == nil {
			return w.set(o, int(size.ToInteger()), at)
		}
	case t != nil && t.Kind() == reflect.String && w.read.is("Symbol", "valueOf", o):
		return w.boxed(o, "Symbol", at)
	case t != nil && t.Kind() == reflect.Pointer && w.read.is("BigInt", "valueOf", o):
		return w.boxed(o, "BigInt", at)
	}
	if class := w.read.typedArray(o); class != "" {
		return w.typedArray(o, class, at)
	}
	return w.plain(o, at)
}

// is reports whether a built-in method accepts the object.
func (r *Reader) is(class, method string, o *goja.Object) bool {
	_, err := r.call(class, method, o, goja.Undefined())
	return err == nil
}

// plain describes an object without more to it than its properties.
func (w *writer) plain(o *goja.Object, at place) shape {
	n := w.read.names(o)
	s := shape{open: n.prefix("Object", "Object", "") + "{", close: "}"}
	for _, class := range []string{"WeakMap", "WeakSet"} {
		if (n.class == class || n.tag == class) && w.read.is(class, "has", o) {
			w.add(&s, w.paint("special", "<items unknown>"))
		}
	}
	k := w.read.keys(o)
	if w.collapse(&s, n, "Object", k.n+len(o.Symbols()), at) {
		return s
	}
	w.properties(&s, o, k, 0, at)
	return s
}

// collapse writes only the name of an object with so many entries, if there is no
// room for them.
func (w *writer) collapse(s *shape, n names, fallback string, entries int, at place) bool {
	if !w.full(at) || entries == 0 {
		return false
	}
	w.cut()
	name := n.class
	switch {
	case name == "":
		name = fallback + ": " + n.without()
	case n.tag != "" && n.tag != name:
		name += " [" + n.tag + "]"
	}
	s.brief = w.paint("special", "["+name+"]")
	return true
}

// leaf describes an object that has a string of its own, and seldom properties too.
func (w *writer) leaf(o *goja.Object, text, class string, at place) shape {
	s := shape{base: text, open: "{", close: "}"}
	n := w.read.names(o)
	if n.class != class && n.class != "" && n.class != "Object" {
		s.base = n.class + " " + text
	}
	if !w.full(at) && o.ClassName() == class { // and is no Go value, with methods
		w.properties(&s, o, w.read.keys(o), 0, at)
	}
	return s
}

// boxed describes new Number(1) and its like.
func (w *writer) boxed(o *goja.Object, class string, at place) shape {
	value, err := w.read.call(class, "valueOf", o)
	if err != nil {
		if value = w.hosted(reflect.ValueOf(o.Export())); value == nil {
			return w.plain(o, at)
		}
	}
	bare := *w
	bare.Color = false
	kind := map[string]string{"Number": "number", "BigInt": "number", "Boolean": "boolean", "Symbol": "symbol"}[class]
	if class == "String" {
		kind = "string"
	}
	s := shape{base: w.paint(kind, "["+class+": "+bare.value(value, at)+"]"), open: "{", close: "}"}
	k := w.read.keys(o)
	from := 0
	if text, ok := value.(goja.String); ok && class == "String" {
		from = min(text.Length(), k.n) // its characters come first
	}
	if !w.full(at) {
		w.properties(&s, o, k, from, at)
	}
	return s
}

// hosted is a Go value of a type of its own as the primitive that it amounts to.
func (w *writer) hosted(v reflect.Value) goja.Value {
	switch {
	case v.CanInt():
		return w.read.vm.ToValue(v.Int())
	case v.CanUint():
		return w.read.vm.ToValue(v.Uint())
	case v.CanFloat():
		return w.read.vm.ToValue(v.Float())
	case v.Kind() == reflect.Bool:
		return w.read.vm.ToValue(v.Bool())
	case v.Kind() == reflect.String:
		return w.read.vm.ToValue(v.String())
	}
	return nil
}

func date(o *goja.Object) string {
	var t time.Time
	switch x := o.Export().(type) {
	case time.Time:
		t = x.UTC()
	case *time.Time:
		t = x.UTC()
	default:
		return "Invalid Date"
	}
	year := strconv.Itoa(t.Year())
	switch y := t.Year(); {
	case y < 0:
		year = "-" + pad(strconv.Itoa(-y), 6)
	case y > 9999:
		year = "+" + pad(year, 6)
	default:
		year = pad(year, 4)
	}
	return year + t.Format("-01-02T15:04:05.000Z")
}

func pad(digits string, n int) string {
	for len(digits) < n {
		digits = "0" + digits
	}
	return digits
}

// regexp is the literal of a regular expression.
func (r *Reader) regexp(o *goja.Object) string {
	source, err := r.call("RegExp", "source", o)
	if err != nil {
		return "/(?:)/"
	}
	text := "/" + termtext.EscapeLine(source.String()) + "/"
	for _, flag := range []struct{ letter, name string }{
		{"d", "hasIndices"}, {"g", "global"}, {"i", "ignoreCase"}, {"m", "multiline"},
		{"s", "dotAll"}, {"u", "unicode"}, {"v", "unicodeSets"}, {"y", "sticky"},
	} {
		if set, err := r.call("RegExp", flag.name, o); err == nil && set.ToBoolean() {
			text += flag.letter
		}
	}
	return text
}
