package inspect

import (
	"github.com/dop251/goja"
)

// function describes a function or a class, with the properties it may have.
func (w *writer) function(o *goja.Object, at place) shape {
	name := w.read.functionName(o)
	n := w.read.names(o)
	var text string
	if w.read.startsWith(o, "class") {
		if text = "class " + name; name == "" {
			text = "class (anonymous)"
		}
		if parent := o.Prototype(); parent == nil {
			text += " extends null"
		} else if !IsProxy(parent) {
			if name := w.read.functionName(parent); name != "" {
				text += " extends " + name
			}
		}
	} else {
		kind := "Function"
		switch n.tag {
		case "AsyncFunction", "GeneratorFunction":
			kind = n.tag
		}
		switch n.class {
		case "AsyncFunction", "GeneratorFunction":
			kind = n.class
		}
		if text = kind + ": " + name; name == "" {
			text = kind + " (anonymous)"
		}
	}
	s := shape{base: w.paint("special", "["+text+"]"), open: "{", close: "}"}
	if !w.full(at) {
		w.properties(&s, o, w.read.keys(o), 0, at)
	}
	return s
}

// startsWith reports whether the source of a function does.
func (r *Reader) startsWith(f *goja.Object, word string) bool {
	source, err := r.call("Function", "toString", f)
	text, ok := source.(goja.String)
	if err != nil || !ok || text.Length() <= len(word) {
		return false
	}
	for i := range word {
		if text.CharAt(i) != uint16(word[i]) {
			return false
		}
	}
	c := text.CharAt(len(word))
	return c == ' ' || c == '{' || c == '\n' || c == '\t' || c == '\r' || c == '/'
}
