package inspect

import (
	"math"

	"github.com/dop251/goja"
)

// Printer says how values are written; its zero value is ready to use. It is safe
// for concurrent use as far as the runtimes of the values are.
type Printer struct {
	Width int   // columns of the screen; 0: 80
	Depth int   // levels of nesting inside the value, at most 100; 0: 4, negative: none
	Items int   // entries of a list, an object, a Map or a Set shown; 0: 100
	Chars int   // characters of a string shown; 0: 10,000
	Color bool  // SGR colours, those of node
	Whole bool  // nothing is left out; Depth, Items and Chars count for nothing
	Cut   *bool // set when something is left out; may be nil

	// Custom is asked first about each object, but not about proxies: looking at one
	// may run its traps. Its text stands as it is, and may have several lines; those
	// after the first are indented with the object. If it panics, the object is
	// written as unreadable.
	Custom func(*goja.Object) (text string, ok bool)
}

const (
	defaultWidth = 80
	defaultDepth = 4
	defaultItems = 100
	defaultChars = 10_000
	maxDepth     = 100

	// oneLine is how wide a list or an object may be to stay on one line, even on a
	// wider screen.
	oneLine = 76

	// maxEntries bounds what one call writes in all, however things are nested:
	// beyond it, objects inside are written like those beyond Depth.
	maxEntries = 10_000
)

// Format writes a value of vm, or one that belongs to no runtime. Control characters
// in it are escaped; only a Custom text, and colours, can hold an ESC. What cannot be
// read, because a host object fails, is written as [unreadable: …].
func (p Printer) Format(vm *goja.Runtime, v goja.Value) string {
	if p.Width <= 0 {
		p.Width = defaultWidth
	}
	if p.Items <= 0 {
		p.Items = defaultItems
	}
	if p.Depth == 0 {
		p.Depth = defaultDepth
	}
	if p.Chars <= 0 {
		p.Chars = defaultChars
	}
	p.Depth = min(max(p.Depth, 0), maxDepth)
	if p.Whole {
		p.Depth, p.Items, p.Chars = maxDepth, math.MaxInt, math.MaxInt
	}
	w := &writer{Printer: p, vm: vm}
	return w.value(v, place{})
}
