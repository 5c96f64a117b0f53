package inspect

import (
	"strconv"

	"github.com/dop251/goja"
)

// maxScan is how long a list may be for its keys to be looked through for names:
// goja makes a string of each index on the way.
const maxScan = 100_000

// array describes an array, or what passes for one: Go slices, dynamic arrays.
func (w *writer) array(o *goja.Object, at place) shape {
	length := 0
	if p, ok := w.read.ownNamed(o, "length"); ok && !p.getter {
		if n, ok := p.value.(*goja.Object); !ok || n == nil { // of arguments it can be anything
			length = int(max(min(p.value.ToInteger(), 1<<32-1), 0))
		}
	}
	n := w.read.names(o)
	s := shape{open: n.prefix("Array", "Array", "("+strconv.Itoa(length)+")") + "[", close: "]", list: true, numbers: true}
	if w.collapse(&s, n, "Array", length, at) {
		return s
	}
	var k *keys
	all := func() keys {
		if k == nil {
			found := w.read.keys(o)
			k = &found
		}
		return *k
	}
	i := 0
	for shown := 0; i < length && shown < w.Items; shown++ {
		p, ok := w.read.own(o, w.read.vm.ToValue(i))
		if ok {
			w.element(&s, p, at)
			i++
			continue
		}
		next := afterHoles(all(), i, length)
		w.add(&s, w.paint("undefined", "<"+strconv.Itoa(next-i)+" empty "+Plural(next-i, "item")+">"))
		s.numbers = false
		i = next
	}
	if left := length - i; left > 0 {
		s.more = "… " + strconv.Itoa(left) + " more " + Plural(left, "item")
	}
	if length > maxScan && k == nil {
		return s
	}
	w.named(&s, o, all(), at)
	return s
}

// afterHoles is the next index after i that there is an element at.
func afterHoles(k keys, i, length int) int {
	names := k.names()
	if at := k.from(i, names); at < names {
		if n, ok := k.index(at); ok && n > i && n < length {
			return n
		}
	}
	return length
}

// named adds the properties of a list that are no elements of it.
func (w *writer) named(s *shape, o *goja.Object, k keys, at place) {
	from := k.names()
	if from == k.n && len(o.Symbols()) == 0 {
		return
	}
	more := s.more
	s.more = ""
	if more != "" {
		s.entries = append(s.entries, more)
	}
	s.list = false
	w.properties(s, o, k, from, at)
}

// element adds one of a list.
func (w *writer) element(s *shape, p property, at place) {
	if !goja.IsNumber(p.value) && !goja.IsBigInt(p.value) {
		s.numbers = false
	}
	w.add(s, w.content(p, at.inside(0)))
}

// typedArray describes one of class Uint8Array and its like.
func (w *writer) typedArray(o *goja.Object, class string, at place) shape {
	length := 0
	if v, err := w.read.apply(w.read.typedArrayPrototype(), w.read.vm.ToValue("length"), o); err == nil {
		length = int(v.ToInteger())
	}
	n := w.read.names(o)
	n.tag = ""
	s := shape{open: n.prefix(class, "", "("+strconv.Itoa(length)+")") + "[", close: "]", list: true, numbers: true}
	if w.collapse(&s, n, class, length, at) {
		return s
	}
	shown := min(length, w.Items)
	for i := range shown {
		p, _ := w.read.own(o, w.read.vm.ToValue(i))
		w.element(&s, p, at)
	}
	if left := length - shown; left > 0 {
		s.more = "… " + strconv.Itoa(left) + " more " + Plural(left, "item")
	}
	if length <= maxScan {
		w.named(&s, o, w.read.keys(o), at)
	}
	return s
}
