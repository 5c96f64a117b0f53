package inspect

import (
	"reflect"

	"github.com/dop251/goja"
)

// Reader looks at objects with the built-in functions of a runtime of its own, which
// no script has had the chance to replace. None of what it calls runs code of the
// object's, as long as the object is not a proxy.
type Reader struct {
	vm         *goja.Runtime
	descriptor goja.Callable
	keyList    goja.Callable
	nameList   goja.Callable
	prototypes map[*goja.Object]names
}

func NewReader() *Reader {
	vm := goja.New()
	object := vm.Get("Object").(*goja.Object)
	descriptor, _ := goja.AssertFunction(object.Get("getOwnPropertyDescriptor"))
	keys, _ := goja.AssertFunction(object.Get("keys"))
	allNames, _ := goja.AssertFunction(object.Get("getOwnPropertyNames"))
	return &Reader{vm, descriptor, keys, allNames, map[*goja.Object]names{}}
}

// property is what an object has under a key.
type property struct {
	value          goja.Value // of a data property
	getter, setter bool
	enumerable     bool
}

// own reads a property of the object itself.
func (r *Reader) own(o *goja.Object, key goja.Value) (property, bool) {
	if goja.IsString(key) && key.String() == "stack" && o.ClassName() == "Error" && !r.plainError(o) {
		return property{value: goja.Undefined(), getter: true}, true
	}
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

// plainError reports whether the name and message of an error run no code. goja composes the stack
// of an error when it is first asked for, and reads both in the ordinary way.
func (r *Reader) plainError(o *goja.Object) bool {
	_, named := word(r.Data(o, "name"), "")
	_, told := word(r.Data(o, "message"), "")
	return named && told
}

func missing(v goja.Value) bool { return v == nil || goja.IsUndefined(v) }

func (r *Reader) ownNamed(o *goja.Object, name string) (property, bool) {
	return r.own(o, r.vm.ToValue(name))
}

// Data is the value of a data property of the object or of what it inherits from;
// nil if there is none, or a getter, or a proxy in between.
func (r *Reader) Data(o *goja.Object, name string) goja.Value {
	for range maxChain {
		if o == nil || IsProxy(o) {
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

// Length is how many elements a list claims to have.
func (r *Reader) Length(list *goja.Object) (int, bool) {
	length, ok := r.ownNamed(list, "length")
	if !ok || !goja.IsNumber(length.value) {
		return 0, false
	}
	return int(length.value.ToInteger()), true
}

// Items are the elements of a list from one to before another, unless there are holes
// or getters among them.
func (r *Reader) Items(list *goja.Object, from, to int) ([]goja.Value, bool) {
	items := make([]goja.Value, 0, min(to-from, 1_000_000)) // it may claim billions and hold none
	for i := from; i < to; i++ {
		found, err := r.descriptor(goja.Undefined(), list, r.vm.ToValue(i))
		d, ok := found.(*goja.Object)
		if err != nil || !ok {
			return nil, false
		}
		value := d.Get("value")
		if value == nil {
			return nil, false
		}
		items = append(items, value)
	}
	return items, true
}

// Names are the names of the object's own properties, hidden ones too; none of a proxy's.
func (r *Reader) Names(o *goja.Object) []string {
	if IsProxy(o) {
		return nil
	}
	found, err := r.nameList(goja.Undefined(), o)
	if err != nil {
		return nil
	}
	list, _ := found.Export().([]any)
	names := make([]string, 0, len(list))
	for _, name := range list {
		if text, ok := name.(string); ok {
			names = append(names, text)
		}
	}
	return names
}

// keys are the enumerable string keys.
func (r *Reader) keys(o *goja.Object) keys {
	found, err := r.keyList(goja.Undefined(), o)
	if err != nil {
		panic(err)
	}
	list := found.(*goja.Object)
	return keys{list, int(list.Get("length").ToInteger())}
}

// call applies a built-in method, or the getter of a built-in property, to an
// object. It fails where the object is not of that class.
func (r *Reader) call(class, name string, this goja.Value, args ...goja.Value) (goja.Value, error) {
	prototype := r.vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object)
	return r.apply(prototype, r.vm.ToValue(name), this, args...)
}

func (r *Reader) apply(prototype *goja.Object, name, this goja.Value, args ...goja.Value) (goja.Value, error) {
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
func (r *Reader) typedArray(o *goja.Object) string {
	if t := o.ExportType(); t == nil || t.Kind() != reflect.Slice {
		return ""
	}
	tag, err := r.apply(r.typedArrayPrototype(), goja.SymToStringTag, o)
	if err != nil || !goja.IsString(tag) {
		return ""
	}
	return tag.String()
}

func (r *Reader) typedArrayPrototype() *goja.Object {
	return r.vm.Get("Uint8Array").(*goja.Object).Get("prototype").(*goja.Object).Prototype()
}

// IsProxy reports whether an object is a proxy, of which nothing else may be asked: every access may run a
// script's code.
func IsProxy(o *goja.Object) bool {
	return o.ExportType() == reflect.TypeFor[goja.Proxy]()
}
