package inspect

import (
	"fmt"
	"math"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// writer is one call of Format.
type writer struct {
	Printer
	vm     *goja.Runtime
	read   *Reader // made when the first object turns up
	within []*goja.Object
	refs   map[*goja.Object]int // objects that something inside them refers back to
	spent  int
}

// place is where a value is written.
type place struct {
	depth  int  // objects around it
	indent int  // columns that its further lines start with
	column int  // columns before it on its first line
	cause  bool // it is the cause of an error that is written with its stack
}

// inside is the place of an entry that starts with so many columns of its own.
func (p place) inside(key int) place {
	return place{depth: p.depth + 1, indent: p.indent + 2, column: p.indent + 2 + key}
}

// value writes any value.
func (w *writer) value(v goja.Value, at place) string {
	switch x := v.(type) {
	case nil:
		return w.paint("undefined", "undefined")
	case *goja.Object:
		if x == nil {
			return w.paint("null", "null")
		}
		return w.object(x, at)
	case *goja.Symbol:
		return w.paint("symbol", symbol(x))
	case goja.String:
		text, more := quoted(x, w.Chars)
		if more != "" {
			w.cut()
		}
		w.spent += len(text) / 100
		return w.paint("string", text) + more
	}
	switch {
	case goja.IsUndefined(v):
		return w.paint("undefined", "undefined")
	case goja.IsNull(v):
		return w.paint("null", "null")
	case goja.IsBigInt(v):
		return w.paint("number", v.String()+"n")
	case goja.IsNumber(v):
		if f := v.ToFloat(); f == 0 && math.Signbit(f) {
			return w.paint("number", "-0")
		}
		return w.paint("number", v.String())
	}
	return w.paint("boolean", termtext.EscapeLine(v.String()))
}

// cut notes that something is left out.
func (w *writer) cut() {
	if w.Cut != nil {
		*w.Cut = true
	}
}

func symbol(s *goja.Symbol) string { return "Symbol(" + termtext.EscapeLine(s.String()) + ")" }

// object writes an object, whatever happens on the way.
func (w *writer) object(o *goja.Object, at place) (text string) {
	if w.read == nil {
		w.read = NewReader()
	}
	depth := len(w.within)
	fault := w.recovered(func() {
		switch {
		case IsProxy(o):
			text = w.proxy(o, at)
		default:
			text = w.known(o, at)
		}
	})
	if fault != nil {
		w.within = w.within[:depth]
		return w.paint("special", "[unreadable: "+w.reason(fault)+"]")
	}
	return text
}

// known writes an object that is no proxy.
func (w *writer) known(o *goja.Object, at place) string {
	if w.Custom != nil {
		if text, ok := w.Custom(o); ok {
			return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", at.indent))
		}
	}
	for _, outer := range w.within {
		if outer == o {
			return w.paint("special", fmt.Sprintf("[Circular *%d]", w.reference(o)))
		}
	}
	w.within = append(w.within, o)
	text := w.layout(w.describe(o, at), at)
	w.within = w.within[:len(w.within)-1]
	if n := w.refs[o]; n > 0 {
		text = w.paint("special", fmt.Sprintf("<ref *%d>", n)) + " " + text
	}
	return text
}

func (w *writer) reference(o *goja.Object) int {
	if w.refs == nil {
		w.refs = map[*goja.Object]int{}
	}
	if w.refs[o] == 0 {
		w.refs[o] = len(w.refs) + 1
	}
	return w.refs[o]
}

// proxy shows what a proxy stands for, without its traps.
func (w *writer) proxy(o *goja.Object, at place) string {
	p, _ := o.Export().(goja.Proxy)
	target := p.Target()
	if target == nil {
		return w.paint("special", "<Revoked Proxy>")
	}
	if at.depth >= w.Depth {
		return w.paint("special", "[Proxy]")
	}
	at.depth++ // proxies of proxies end, too
	return "Proxy(" + w.object(target, at) + ")"
}

// recovered runs f and gives what it panics with. The runtime's own state stays sound
// when a host object throws.
func (w *writer) recovered(f func()) (fault any) {
	defer func() {
		switch x := recover().(type) {
		case *goja.InterruptedError: // the call that prints is over
			panic(x)
		default:
			fault = x
		}
	}()
	if w.vm == nil {
		f()
		return nil
	}
	if thrown := w.vm.Try(f); thrown != nil {
		return thrown
	}
	return nil
}

// reason says what went wrong, without calling toString.
func (w *writer) reason(fault any) string {
	text := fmt.Sprintf("%T", fault)
	switch x := fault.(type) {
	case *goja.Exception:
		return w.reason(x.Value())
	case *goja.Object:
		text = "an error"
		if w.recovered(func() {
			if m := w.read.Data(x, "message"); m != nil && goja.IsString(m) {
				text = m.String()
			}
		}) != nil {
			text = "an error"
		}
	case goja.Value:
		text = x.String()
	case error:
		text = x.Error()
	case string:
		text = x
	}
	const limit = 200
	if r := []rune(text); len(r) > limit {
		text = string(r[:limit]) + "…"
	}
	return termtext.EscapeLine(text)
}
