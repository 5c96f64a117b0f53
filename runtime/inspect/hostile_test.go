package inspect

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"
)

// Nothing of a script's own may run, whatever it has put in the way.
func TestRunsNothing(t *testing.T) {
	const prelude = `
	var touched = []
	var fail = name => function () { touched[touched.length] = name; throw new Error(name) }
	var traps = new Proxy({}, {get: (_, name) => fail('trap ' + String(name))})
	`
	const spoil = `
	var define = Object.defineProperty, describe = Object.getOwnPropertyDescriptor, all = []
	for (const c of [Object, Function, Array, Map, Set, Promise, RegExp, Date, Error, String, Number, Symbol, WeakMap, Uint8Array, ArrayBuffer])
		for (const where of [c, c.prototype])
			for (const key of Reflect.ownKeys(where)) all.push([where, key, describe(where, key)])
	for (let i = 0; i < all.length; i++) {
		const where = all[i][0], key = all[i][1], d = all[i][2]
		if (d.configurable && key !== 'constructor' && (d.get || typeof d.value === 'function'))
			define(where, key, d.get ? {get: fail(key), configurable: true} : {value: fail(key), configurable: true})
	}
	define(Object.prototype, 'value', {__proto__: null, get: fail('value')})
	define(Object.prototype, 'enumerable', {__proto__: null, get: fail('enumerable')})
	touched.length = 0
	made
	`
	for name, expression := range map[string]string{
		"builtins replaced":  `[[1], {a: 1}, new Map, new Set, Promise.prototype, /x/g, new Date(0), new Error('x'), () => 1, new Uint8Array(2), new WeakMap, Object('x'), Object(1), Object(Symbol())]`,
		"proxy":              `new Proxy({a: 1}, traps)`,
		"proxy of a class":   `new Proxy(class {}, traps)`,
		"proxy of an array":  `new Proxy([1], traps)`,
		"proxy of a proxy":   `new Proxy(new Proxy({}, traps), traps)`,
		"proxy as prototype": `({__proto__: new Proxy({}, traps), a: 1})`,
		"proxy as class":     `({constructor: new Proxy(class {}, traps), __proto__: {constructor: new Proxy(class {}, traps)}})`,
		"proxy as parent":    `({__proto__: Error.prototype, x: (class A extends null {}).__proto__ = new Proxy(class {}, traps)})`,
		"proxy in an error":  `({__proto__: new Proxy(Error.prototype, traps), x: new Error('a', {cause: new Proxy({}, traps)})})`,
		"error's prototype":  `(e => (e.__proto__ = new Proxy(Error.prototype, traps), e))(new Error('x'))`,
		"error's name":       `({__proto__: null, e: Object.defineProperty(new Error('x'), 'name', {get: fail('name')})}).e`,
		"error's message":    `({__proto__: null, e: Object.defineProperty(new Error('x'), 'message', {get: fail('message')})}).e`,
		"error's cause":      `({__proto__: null, e: Object.defineProperty(new Error('x'), 'cause', {get: fail('cause')})}).e`,
		"stack of an error":  `({__proto__: null, e: Object.defineProperty(new Error('x'), 'stack', {get: fail('stack')})}).e`,
		"getters":            `({get a() { fail('a')() }, get [Symbol.toStringTag]() { fail('tag')() }, get constructor() { fail('constructor')() }})`,
		"conversions":        `({toString: fail('toString'), valueOf: fail('valueOf'), toJSON: fail('toJSON'), [Symbol.toPrimitive]: fail('toPrimitive'), inspect: fail('inspect')})`,
		"boxed":              `({__proto__: null, n: (n => (n.valueOf = fail('valueOf'), n.toString = fail('toString'), n))(new Number(1))}).n`,
		"array's length":     `({length: {valueOf: fail('valueOf')}, __proto__: Array.prototype})`,
		"arguments":          `(function () { arguments.length = {valueOf: fail('valueOf')}; return arguments })(1)`,
		"species":            `new (class extends Array { static get [Symbol.species]() { fail('species')() } })(3)`,
		"iterator":           `(m => (m[Symbol.iterator] = m.entries = m.forEach = fail('entries'), m))(new Map)`,
		"function":           `(f => (Function.prototype.defineProperty, f))(function () {})`,
	} {
		t.Run(name, func(t *testing.T) {
			vm := goja.New()
			// The value is made before the world is spoilt.
			v, err := vm.RunString(prelude + "var made = " + expression + spoil)
			if err != nil {
				t.Fatal("the script fails") // its text would run what the script has put in the way
			}
			got := Printer{}.Format(vm, v)
			if n := vm.Get("touched").ToObject(vm).Get("length").ToInteger(); n != 0 {
				t.Errorf("%d calls, first %v:\n%s", n, vm.Get("touched").ToObject(vm).Get("0"), got)
			}
			t.Log(got)
			if strings.Contains(got, "unreadable") {
				t.Error(got)
			}
		})
	}
}

func TestProxies(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`new Proxy({a: 1}, {get() { throw 1 }})`, `Proxy({ a: 1 })`},
		{`new Proxy(class A {}, {})`, `Proxy([class A])`},
		{`new Proxy(new Proxy([1], {}), {})`, `Proxy(Proxy([ 1 ]))`},
		{`(p => (p.revoke(), p.proxy))(Proxy.revocable({}, {}))`, `<Revoked Proxy>`},
		{`(p => (p.revoke(), {__proto__: p.proxy, a: 1}))(Proxy.revocable({}, {}))`, `[Object: no constructor] { a: 1 }`},
		{`(o => (o.p = new Proxy(o, {}), o))({})`, `<ref *1> { p: Proxy([Circular *1]) }`},
		{`Array.from({length: 20}).reduce(p => new Proxy(p, {}), {})`, `Proxy(Proxy(Proxy(Proxy([Proxy]))))`},
	})
}

type faulty struct{ keys []string }

func (f faulty) Get(key string) goja.Value {
	switch key {
	case "panics":
		panic("no \x1b such row")
	case "fails":
		panic(errors.New("no connection"))
	case "odd":
		panic(struct{}{})
	case "nothing":
		return nil
	}
	return goja.Undefined()
}
func (f faulty) Set(string, goja.Value) bool { return false }
func (f faulty) Has(string) bool             { return true }
func (f faulty) Delete(string) bool          { return false }
func (f faulty) Keys() []string {
	if f.keys == nil {
		panic("no keys")
	}
	return f.keys
}

type numbers int

func (n numbers) Len() int                 { return int(n) }
func (n numbers) Get(i int) goja.Value     { return goja.New().ToValue(i * i) }
func (n numbers) Set(int, goja.Value) bool { return false }
func (n numbers) SetLen(int) bool          { return false }

func TestHostObjects(t *testing.T) {
	vm := goja.New()
	thrower := vm.NewDynamicObject(faulty{[]string{"a"}})
	type record struct {
		Name string
		Size int64
		When time.Time
		Tags []string
	}
	type level int
	when := time.Date(2025, 10, 1, 2, 3, 4, 5e6, time.FixedZone("", 3600))
	prototype, err := vm.RunString("(class File {}).prototype")
	if err != nil {
		t.Fatal(err)
	}
	row := vm.NewDynamicObject(faulty{[]string{"a", "b"}})
	if err := row.SetPrototype(prototype.(*goja.Object)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		value any
		want  string
	}{
		"dynamic object":    {thrower, "{ a: undefined }"},
		"with a class":      {row, "File { a: undefined, b: undefined }"},
		"failing values":    {vm.NewDynamicObject(faulty{[]string{"panics", "fails", "odd", "nothing"}}), "{\n  panics: [unreadable: no \\x1b such row],\n  fails: [unreadable: no connection],\n  odd: [unreadable: struct {}],\n  nothing: undefined\n}"},
		"failing keys":      {vm.NewDynamicObject(faulty{}), "[unreadable: no keys]"},
		"shared":            {goja.NewSharedDynamicObject(faulty{[]string{"x"}}), "[Object: null prototype] { x: undefined }"},
		"dynamic array":     {vm.NewDynamicArray(numbers(3)), "[ 0, 1, 4 ]"},
		"long one":          {vm.NewDynamicArray(numbers(1 << 30)), "… 1073741724 more items\n]"},
		"map":               {map[string]any{"a": 1}, "{ a: 1 }"},
		"typed map":         {map[string]int{"a": 1}, "{ a: 1 }"},
		"slice":             {[]any{1, "x", nil}, "[ 1, 'x', null ]"},
		"typed slice":       {[]string{"a"}, "[ 'a' ]"},
		"pointer to slice":  {&[]string{"a"}, "[ 'a' ]"},
		"array":             {[2]int{1, 2}, "[ 1, 2 ]"},
		"struct":            {record{Name: "x", Tags: []string{"y"}, When: when}, "{ Name: 'x', Size: 0, When: 2025-10-01T01:03:04.005Z, Tags: [ 'y' ] }"},
		"nil pointer":       {(*record)(nil), "null"},
		"time":              {when, "2025-10-01T01:03:04.005Z"},
		"named number":      {level(3), "[Number: 3]"},
		"function":          {func(goja.FunctionCall) goja.Value { panic("called") }, "[Function: func2]"},
		"error":             {vm.NewGoError(errors.New("no route")), "GoError: no route"},
		"native array":      {vm.NewArray(row, row), "[ File { a: undefined, b: undefined }, File { a: undefined, b: undefined } ]"},
		"map within itself": {func() any { m := map[string]any{}; m["m"] = m; return m }(), "{ m: { m: { m: { m: { m: [Object] } } } } }"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Printer{}.Format(vm, vm.ToValue(c.value))
			if name == "long one" {
				got = got[strings.Index(got, "…"):]
			}
			if name == "function" {
				got = got[:11] + "func2]"
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCustom(t *testing.T) {
	vm := goja.New()
	v, err := vm.RunString("class P { x = 1 }; class Bad {}; ({a: [new P], bad: new Bad, p: new Proxy(new P, {}), m: new Map([[new P, 1]])})")
	if err != nil {
		t.Fatal(err)
	}
	p := Printer{Custom: func(o *goja.Object) (string, bool) {
		switch o.Prototype().Get("constructor").ToObject(vm).Get("name").String() {
		case "P":
			return "P with\n  two lines", true
		case "Bad":
			panic("custom fails")
		}
		return "", false
	}}
	want := "{\n  a: [\n    P with\n      two lines\n  ],\n  bad: [unreadable: custom fails],\n  p: Proxy(P with\n    two lines),\n  m: Map(1) {\n    P with\n      two lines => 1\n  }\n}"
	if diff := cmp.Diff(want, p.Format(vm, v)); diff != "" {
		t.Error(diff)
	}
}

// A value may be printed while a script runs, from a function that it calls.
func TestFromInside(t *testing.T) {
	vm := goja.New()
	var got []string
	_ = vm.Set("print", func(call goja.FunctionCall) goja.Value {
		got = append(got, Printer{}.Format(vm, call.Argument(0)))
		return nil
	})
	_ = vm.Set("bad", vm.NewDynamicObject(faulty{}))
	v, err := vm.RunString("let sum = 0; for (const x of [1, 2]) { try { print({x}); print(bad) } finally { sum += x } }; sum")
	if err != nil || v.ToInteger() != 3 {
		t.Fatal(v, err)
	}
	if diff := cmp.Diff([]string{"{ x: 1 }", "[unreadable: no keys]", "{ x: 2 }", "[unreadable: no keys]"}, got); diff != "" {
		t.Error(diff)
	}
}

// Nesting is cut off also where Depth and Items would allow it.
func TestBounded(t *testing.T) {
	p := Printer{Depth: 1 << 30, Items: 1 << 30}
	got := format(t, p, "(n => { let a = []; while (n--) a = [a]; return a })(200000)")
	if len(got) > 1<<27 {
		t.Errorf("%d bytes", len(got))
	}
	wide := format(t, Printer{}, "(f => f(f, 4))((f, n) => Array.from({length: 100}, () => n ? f(f, 0) : {n}))")
	if len(wide) > 1<<21 {
		t.Errorf("%d bytes", len(wide))
	}
}
