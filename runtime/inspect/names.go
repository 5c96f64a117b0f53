package inspect

import (
	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// names is what an object says it is through its prototypes.
type names struct {
	class string // the constructor's name; empty without one
	tag   string // Symbol.toStringTag
	null  bool   // there is no prototype at all
}

// names reads them from the prototypes, whose answers are kept: the rows of a list
// share theirs.
func (r *Reader) names(o *goja.Object) names {
	prototype := o.Prototype()
	if prototype == nil {
		return names{null: true, tag: r.tag(o)}
	}
	found, known := r.prototypes[prototype]
	if !known {
		found = r.inherited(prototype)
		r.prototypes[prototype] = found
	}
	if tag := r.tag(o); tag != "" {
		found.tag = tag
	}
	if found.tag == found.class {
		found.tag = ""
	}
	return found
}

func (r *Reader) inherited(o *goja.Object) (n names) {
	for range maxChain {
		if o == nil || IsProxy(o) {
			break
		}
		if n.class == "" {
			if p, ok := r.ownNamed(o, "constructor"); ok {
				if f, ok := p.value.(*goja.Object); ok && !IsProxy(f) {
					n.class = r.functionName(f)
				}
			}
		}
		if n.tag == "" {
			n.tag = r.tag(o)
		}
		o = o.Prototype()
	}
	return n
}

func (r *Reader) tag(o *goja.Object) string {
	if p, ok := r.own(o, goja.SymToStringTag); ok && goja.IsString(p.value) {
		return termtext.EscapeLine(p.value.String())
	}
	return ""
}

// functionName is the name of a function, unless a getter or a method hides it.
func (r *Reader) functionName(f *goja.Object) string {
	if _, ok := goja.AssertFunction(f); !ok {
		return ""
	}
	if p, ok := r.ownNamed(f, "name"); ok && goja.IsString(p.value) {
		return termtext.EscapeLine(p.value.String())
	}
	return ""
}

// without says why there is no class.
func (n names) without() string {
	if n.null {
		return "null prototype"
	}
	return "no constructor" // or one that a proxy or a getter hides
}

// prefix is what stands before the bracket: nothing for an ordinary object, Point
// for an instance, Map(2) for what has a size. fallback is the class of objects that
// goja knows by themselves, plain the class that needs no prefix.
func (n names) prefix(fallback, plain, size string) string {
	text := ""
	switch {
	case n.class == "":
		text = "[" + fallback + size + ": " + n.without() + "] "
	case n.class != plain || n.tag != "":
		text = n.class + size + " "
	default:
		return ""
	}
	if n.tag != "" {
		text += "[" + n.tag + "] "
	}
	return text
}
