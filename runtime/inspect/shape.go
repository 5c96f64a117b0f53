package inspect

import (
	"reflect"
	"strconv"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// shape is an object as it will be written: base, then entries between brackets.
type shape struct {
	base        string // what the object is by itself: a date, a function, an error
	open, close string
	entries     []string
	more        string // says how many entries were left out
	list        bool   // its entries may go into columns
	numbers     bool   // all of them numbers, set flush right
	brief       string // instead of all that, where there is no room
}

// add puts an entry in.
func (w *writer) add(s *shape, entry string) {
	s.entries = append(s.entries, entry)
	w.spent++
}

// full reports whether only the name of an object with entries is to be written.
func (w *writer) full(at place) bool {
	return at.depth > w.Depth || !w.Whole && w.spent > maxEntries
}

// properties adds those with string keys from key i on, and those with symbols.
func (w *writer) properties(s *shape, o *goja.Object, k keys, from int, at place) {
	last := min(k.n, from+w.Items)
	methods := goStruct(o)
	for i := from; i < last; i++ {
		name := k.at(i)
		if methods && w.callable(o, name) {
			continue
		}
		w.add(s, w.property(o, name, w.key(name), at))
	}
	if left := k.n - last; left > 0 {
		s.more = "… " + strconv.Itoa(left) + " more " + Plural(left, "key")
	}
	for i, sym := range o.Symbols() {
		if i == w.Items {
			break
		}
		w.add(s, w.property(o, sym, "["+w.paint("symbol", symbol(sym))+"]", at))
	}
}

// property writes one of the object's own.
func (w *writer) property(o *goja.Object, key goja.Value, label string, at place) string {
	label += ": "
	var text string
	fault := w.recovered(func() {
		p, _ := w.read.own(o, key)
		text = w.content(p, at.inside(termtext.Width(label)))
	})
	if fault != nil {
		text = w.paint("special", "[unreadable: "+w.reason(fault)+"]")
	}
	return label + text
}

// goStruct reports whether an object is a Go struct, whose methods are properties
// that only clutter.
func goStruct(o *goja.Object) bool {
	t := o.ExportType()
	if t == nil || t.Implements(reflect.TypeFor[goja.DynamicObject]()) || t == reflect.TypeFor[*goja.Promise]() {
		return false
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}

func (w *writer) callable(o *goja.Object, name goja.Value) (is bool) {
	_ = w.recovered(func() {
		p, _ := w.read.own(o, name)
		_, is = goja.AssertFunction(p.value)
	})
	return is
}

// content writes the value of a property, or that it is computed.
func (w *writer) content(p property, at place) string {
	switch {
	case p.getter && p.setter:
		return w.paint("special", "[Getter/Setter]")
	case p.getter:
		return w.paint("special", "[Getter]")
	case p.setter:
		return w.paint("special", "[Setter]")
	}
	return w.value(p.value, at)
}

// key writes a property's name, quoted unless it is a plain one.
func (w *writer) key(name goja.Value) string {
	s, ok := name.(goja.String)
	if !ok {
		return termtext.EscapeLine(name.String())
	}
	if s.Length() < 100 && plainName(name.String()) {
		if name.String() == "__proto__" {
			return "['__proto__']" // which in braces would mean something else
		}
		return name.String()
	}
	text, more := quoted(s, w.Chars)
	return w.paint("string", text) + more
}

func plainName(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '$'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
