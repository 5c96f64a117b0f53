package inspect

import (
	"fmt"
	"strconv"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// mapped describes a Map.
func (w *writer) mapped(o *goja.Object, size int, at place) shape {
	n := w.read.names(o)
	s := shape{open: n.prefix("Map", "", "("+strconv.Itoa(size)+")") + "{", close: "}"}
	if w.collapse(&s, n, "Map", size, at) {
		return s
	}
	w.iterate("Map", o, size, &s, func(entry goja.Value) {
		pair, ok := entry.(*goja.Object)
		if !ok {
			return
		}
		key := w.value(pair.Get("0"), at.inside(0))
		w.add(&s, key+" => "+w.value(pair.Get("1"), at.inside(termtext.Width(key)+4)))
	})
	w.extra(&s, o, at)
	return s
}

// set describes a Set.
func (w *writer) set(o *goja.Object, size int, at place) shape {
	n := w.read.names(o)
	s := shape{open: n.prefix("Set", "", "("+strconv.Itoa(size)+")") + "{", close: "}"}
	if w.collapse(&s, n, "Set", size, at) {
		return s
	}
	w.iterate("Set", o, size, &s, func(entry goja.Value) {
		if pair, ok := entry.(*goja.Object); ok {
			w.add(&s, w.value(pair.Get("0"), at.inside(0)))
		}
	})
	w.extra(&s, o, at)
	return s
}

// iterate visits the first entries of a Map or a Set, with the reader's own iterator.
func (w *writer) iterate(class string, o *goja.Object, size int, s *shape, visit func(goja.Value)) {
	iterator, err := w.read.call(class, "entries", o)
	if err != nil {
		panic(err)
	}
	next, _ := goja.AssertFunction(iterator.(*goja.Object).Get("next"))
	shown := min(size, w.Items)
	for range shown {
		step, err := next(iterator)
		if err != nil {
			panic(err)
		}
		visit(step.(*goja.Object).Get("value"))
	}
	if left := size - shown; left > 0 {
		s.more = "… " + strconv.Itoa(left) + " more " + Plural(left, "item")
	}
}

// extra adds properties that were set on an object of a built-in class.
func (w *writer) extra(s *shape, o *goja.Object, at place) {
	k := w.read.keys(o)
	if k.n == 0 && len(o.Symbols()) == 0 {
		return
	}
	if s.more != "" {
		s.entries = append(s.entries, s.more)
		s.more = ""
	}
	w.properties(s, o, k, 0, at)
}

// promise describes a promise by its state.
func (w *writer) promise(o *goja.Object, at place) shape {
	n := w.read.names(o)
	s := shape{open: n.prefix("Promise", "", "") + "{", close: "}"}
	p, ok := o.Export().(*goja.Promise)
	if !ok || w.collapse(&s, n, "Promise", 1, at) {
		return s
	}
	switch p.State() {
	case goja.PromiseStatePending:
		w.add(&s, w.paint("special", "<pending>"))
	case goja.PromiseStateRejected:
		w.add(&s, w.paint("special", "<rejected>")+" "+w.value(p.Result(), at.inside(len("<rejected> "))))
	default:
		w.add(&s, w.value(p.Result(), at.inside(0)))
	}
	w.extra(&s, o, at)
	return s
}

// buffer describes an ArrayBuffer by its first bytes.
func (w *writer) buffer(o *goja.Object, at place) shape {
	n := w.read.names(o)
	s := shape{open: n.prefix("ArrayBuffer", "", "") + "{", close: "}"}
	b, ok := o.Export().(goja.ArrayBuffer)
	if !ok || w.collapse(&s, n, "ArrayBuffer", 1, at) {
		return s
	}
	if b.Detached() {
		w.add(&s, w.paint("special", "<detached>"))
		return s
	}
	data := b.Bytes()
	shown := fmt.Sprintf("% x", data[:min(len(data), w.Items)])
	if left := len(data) - w.Items; left > 0 {
		shown += " … " + strconv.Itoa(left) + " more " + Plural(left, "byte")
	}
	w.add(&s, w.paint("special", "<"+shown+">"))
	w.add(&s, "byteLength: "+w.paint("number", strconv.Itoa(len(data))))
	w.extra(&s, o, at)
	return s
}
