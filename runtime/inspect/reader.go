package inspect

import (
	"reflect"

	"github.com/dop251/goja"
)

// reader looks at objects with the built-in functions of a runtime of its own, which
// no script has had the chance to replace. None of what it calls runs code of the
// object's, as long as the object is not a proxy.
type reader struct {
	vm         *goja.Runtime
	descriptor goja.Callable
	keyList    goja.Callable
	prototypes map[*goja.Object]names
}

func newReader() *reader {
	vm := goja.New()
	object := vm.Get("Object").(*goja.Object)
	descriptor, _ := goja.AssertFunction(object.Get("getOwnPropertyDescriptor"))
	keys, _ := goja.AssertFunction(object.Get("keys"))
	return &reader{vm, descriptor, keys, map[*goja.Object]names{}}
}

// property is what an object has under a key.
type property struct {
	value          goja.Value // of a data property
	getter, setter bool
	enumerable     bool
}

// own reads a property of the object itself. Asking an error for its stack makes
// goja read the name and the message in the ordinary way: see stackOf.
func (r *reader) own(o *goja.Object, key goja.Value) (property, bool) {
	found, err := r.descriptor(goja.Undefined(), o, key)
	if err != nil {
		panic(err)
	}
	d, ok := found.(*goja.Object)
	if !ok {
		return property{}, false
	}
	p := property{value: d.Get("value"), enumerable: d.Get("enumerable").ToBoolean()}
	p.getter = !missing(d.Get("get"))
	p.setter = !missing(d.Get("set"))
	if p.value == nil {
		p.value = goja.Undefined()
	}
	return p, true
}

func missing(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

func (r *reader) ownNamed(o *goja.Object, name string) (property, bool) {
	return r.own(o, r.vm.ToValue(name))
}

// data is the value of a data property of the object or of what it inherits from;
// nil if there is none, or a getter, or a proxy in between.
func (r *reader) data(o *goja.Object, name string) goja.Value {
	for range maxChain {
		if o == nil || isProxy(o) {
			return nil
		}
		if p, ok := r.ownNamed(o, name); ok {
			if p.getter || p.setter {
				return nil
			}
			return p.value
		}
		o = o.Prototype()
	}
	return nil
}

// maxChain is how far prototypes are followed.
const maxChain = 50

// keys are the enumerable string keys.
func (r *reader) keys(o *goja.Object) keys {
	found, err := r.keyList(goja.Undefined(), o)
	if err != nil {
		panic(err)
	}
	list := found.(*goja.Object)
	return keys{list, int(list.Get("length").ToInteger())}
}

// call applies a built-in method, or the getter of a built-in property, to an
// object. It fails where the object is not of that class.
func (r *reader) call(class, name string, this goja.Value, args ...goja.Value) (goja.Value, error) {
	prototype := r.vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object)
	return r.apply(prototype, r.vm.ToValue(name), this, args...)
}

func (r *reader) apply(prototype *goja.Object, name, this goja.Value, args ...goja.Value) (goja.Value, error) {
	found, _ := r.descriptor(goja.Undefined(), prototype, name)
	d, ok := found.(*goja.Object)
	if !ok {
		return nil, errNoMethod
	}
	method, ok := goja.AssertFunction(d.Get("get"))
	if !ok {
		method, ok = goja.AssertFunction(d.Get("value"))
	}
	if !ok {
		return nil, errNoMethod
	}
	return method(this, args...)
}

// typedArray is the class of a typed array, or empty.
func (r *reader) typedArray(o *goja.Object) string {
	if t := o.ExportType(); t == nil || t.Kind() != reflect.Slice {
		return ""
	}
	tag, err := r.apply(r.typedArrayPrototype(), goja.SymToStringTag, o)
	if err != nil || !goja.IsString(tag) {
		return ""
	}
	return tag.String()
}

func (r *reader) typedArrayPrototype() *goja.Object {
	return r.vm.Get("Uint8Array").(*goja.Object).Get("prototype").(*goja.Object).Prototype()
}

// isProxy tells proxies, which nothing else may be asked of.
func isProxy(o *goja.Object) bool {
	return o.ExportType() == reflect.TypeFor[goja.Proxy]()
}
