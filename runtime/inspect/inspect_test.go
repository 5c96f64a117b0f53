package inspect

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"

	"imapsh/runtime/termtext"
)

// format runs an expression in a fresh runtime and writes its value.
func format(t *testing.T, p Printer, expression string) string {
	t.Helper()
	vm := goja.New()
	v, err := vm.RunScript("t.js", expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return p.Format(vm, v)
}

func check(t *testing.T, p Printer, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		if diff := cmp.Diff(c[1], format(t, p, "("+c[0]+")")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c[0], diff)
		}
	}
}

func TestPrimitives(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`'abc'`, `'abc'`},
		{`"it's"`, `"it's"`},
		{`'it\'s "so"'`, "`it's \"so\"`"},
		{"'all \\' \" ` three'", "'all \\' \" ` three'"},
		{"'\\' \" ${x}'", "`' \" \\${x}`"},
		{`'a\\b'`, `'a\\b'`},
		{`'\n\t\r\b\f\v\0\x1b\x7f\x9b'`, `'\n\t\r\b\f\x0b\x00\x1b\x7f\x9b'`},
		{`'\u202e\u2028\ufeff\u200f\u{e0041}'`, `'\u202e\u2028\ufeff\u200f\u{e0041}'`},
		{`'\ud83d alone, \ude00 too, \u{1F600} not'`, `'\ud83d alone, \ude00 too, 😀 not'`},
		{`'héllo 日本'`, `'héllo 日本'`},
		{`''`, `''`},
		{`0`, `0`}, {`-0`, `-0`}, {`NaN`, `NaN`}, {`-Infinity`, `-Infinity`}, {`1e21`, `1e+21`}, {`0.1`, `0.1`},
		{`-12345678901234567890n`, `-12345678901234567890n`},
		{`undefined`, `undefined`}, {`null`, `null`}, {`true`, `true`}, {`false`, `false`},
		{`Symbol()`, `Symbol()`}, {`Symbol('x\ny')`, `Symbol(x\ny)`}, {`Symbol.iterator`, `Symbol(Symbol.iterator)`},
	})
	if got := (Printer{}).Format(nil, nil); got != "undefined" {
		t.Errorf("nil is %s", got)
	}
}

func TestLongString(t *testing.T) {
	got := format(t, Printer{}, `'x'.repeat(11234)`)
	if want := "'" + strings.Repeat("x", 10000) + "'… 1234 more characters"; got != want {
		t.Errorf("%d characters: …%s", len(got), got[len(got)-40:])
	}
	got = format(t, Printer{}, `'x'.repeat(9999) + '\u{1F600}'`)
	if want := "x'… 2 more characters"; !strings.HasSuffix(got, want) {
		t.Errorf("…%s", got[len(got)-40:])
	}
}

func TestObjects(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`{}`, `{}`},
		{`{a: 1, 'b-c': 'x', $d: null, 2: [], '': {}, 'é': 1}`, `{ '2': [], a: 1, 'b-c': 'x', $d: null, '': {}, 'é': 1 }`},
		{`{'a\x1b\n': 1, 'it\'s': 2}`, `{ 'a\x1b\n': 1, "it's": 2 }`},
		{`{[Symbol('s')]: 1, [Symbol('\x1b')]: 2}`, `{ [Symbol(s)]: 1, [Symbol(\x1b)]: 2 }`},
		{`{__proto__: null, ['__proto__']: 1}`, `[Object: null prototype] { ['__proto__']: 1 }`},
		{`Object.create(null)`, `[Object: null prototype] {}`},
		{`Object.create(Object.create(null))`, `[Object: no constructor] {}`},
		{`Object.create({a: 1})`, `{}`},
		{`new (class Point { x = 1; #y = 2; get z() { return 3 } })`, `Point { x: 1 }`},
		{`new (class {})`, `{}`},
		{`new (class A { get [Symbol.toStringTag]() { throw 1 } })`, `A {}`},
		{`{[Symbol.toStringTag]: 'T', a: 1}`, `Object [T] { a: 1, [Symbol(Symbol.toStringTag)]: 'T' }`},
		{`{get a() { throw 1 }, set a(v) {}, get b() { throw 1 }, set c(v) {}}`, `{ a: [Getter/Setter], b: [Getter], c: [Setter] }`},
		{`Object.defineProperty({a: 1}, 'hidden', {value: 2})`, `{ a: 1 }`},
		{`{constructor: 'x', toString: 1, valueOf: 2}`, `{ constructor: 'x', toString: 1, valueOf: 2 }`},
		{`{a: {b: {c: {d: {e: {f: 1}, g: {}, h: [], i: [1], j: new (class P { x = 1 })}}}}}`,
			"{\n  a: { b: { c: { d: { e: [Object], g: {}, h: [], i: [Array], j: [P] } } } }\n}"},
		{`{a: 'some rather long text here', b: 'some other rather long text here', c: 1}`,
			"{\n  a: 'some rather long text here',\n  b: 'some other rather long text here',\n  c: 1\n}"},
		{`new Number(-0)`, `[Number: -0]`}, {`new String('a\'b')`, `[String: "a'b"]`}, {`new Boolean(false)`, `[Boolean: false]`},
		{`Object(1n)`, `[BigInt: 1n]`}, {`Object(Symbol('q'))`, `[Symbol: Symbol(q)]`},
		{`Object.assign(new String('ab'), {c: 1})`, `[String: 'ab'] { c: 1 }`},
		{`Object.assign(new Number(1), {valueOf() { throw 1 }})`, `[Number: 1] { valueOf: [Function: valueOf] }`},
		{`new Date(0)`, `1970-01-01T00:00:00.000Z`}, {`new Date(NaN)`, `Invalid Date`}, {`new Date(-1e14)`, `-001199-02-15T14:13:20.000Z`},
		{`new Date(8.64e15)`, `+275760-09-13T00:00:00.000Z`}, {`new (class D extends Date {})(0)`, `D 1970-01-01T00:00:00.000Z`},
		{`/a\/\n/giy`, `/a\/\n/giy`}, {`Object.assign(/x/, {a: 1})`, `/x/ { a: 1 }`},
		{`JSON`, `Object [JSON] {}`}, {`(function* () {})()`, `Object [Generator] {}`}, {`new Map().keys()`, `Object [Map Iterator] {}`},
		{`globalThis`, `Object [global] {}`},
	})
}

func TestFunctions(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`function f() {}`, `[Function: f]`}, {`() => 1`, `[Function (anonymous)]`}, {`Math.max`, `[Function: max]`},
		{`async function f() {}`, `[AsyncFunction: f]`}, {`async () => 1`, `[AsyncFunction (anonymous)]`},
		{`function* g() {}`, `[GeneratorFunction: g]`}, {`(function f() {}).bind(null)`, `[Function: bound f]`},
		{`class X {}`, `[class X]`}, {`class {}`, `[class (anonymous)]`}, {`class X extends Array {}`, `[class X extends Array]`},
		{`Object.setPrototypeOf(class X {}, null)`, `[class X extends null]`}, {`class X { static name() {} }`, `[class (anonymous)]`},
		{`class X { static a = 1; static get b() { throw 1 } }`, `[class X] { a: 1 }`},
		{`Object.assign(function f() {}, {a: 1})`, `[Function: f] { a: 1 }`},
		{`Object.defineProperty(() => 1, 'name', {get() { throw 1 }})`, `[Function (anonymous)]`},
		{`Object.defineProperty(() => 1, 'name', {value: '\x1b['})`, `[Function: \x1b[]`},
		{`classy => 1`, `[Function (anonymous)]`},
	})
}

func TestLists(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`[]`, `[]`}, {`[1, 2, 3]`, `[ 1, 2, 3 ]`}, {`[undefined, null]`, `[ undefined, null ]`},
		{`[, 1, , , 2, ,]`, `[ <1 empty item>, 1, <2 empty items>, 2, <1 empty item> ]`},
		{`new Array(5)`, `[ <5 empty items> ]`}, {`new Array(4294967295)`, `[ <4294967295 empty items> ]`},
		{`(a => (a[1e9] = 1, a[5] = 2, a))([])`, `[ <5 empty items>, 2, <999999994 empty items>, 1 ]`},
		{`Object.assign([1, 2], {extra: 'x'})`, `[ 1, 2, extra: 'x' ]`},
		{`Object.defineProperty([1, 2], 0, {get() { throw 1 }})`, `[ [Getter], 2 ]`},
		{`new (class FileList extends Array {})(1, 2, 3)`, `FileList(3) [ 1, 2, 3 ]`},
		{`Object.setPrototypeOf([1], null)`, `[Array(1): null prototype] [ 1 ]`},
		{`(function () { return arguments })(1, 'x')`, `[Arguments] [ 1, 'x' ]`},
		{`new Uint8Array([1, 2])`, `Uint8Array(2) [ 1, 2 ]`}, {`new Float64Array([-0, NaN])`, `Float64Array(2) [ -0, NaN ]`},
		{`new BigInt64Array(1)`, `BigInt64Array(1) [ 0n ]`}, {`new Uint8Array(0)`, `Uint8Array(0) []`},
		{`new Uint8Array([1, 255]).buffer`, `ArrayBuffer { <01 ff>, byteLength: 2 }`},
		{`Array.from({length: 30}, (_, i) => i * 7)`, "[\n" +
			"    0,   7,  14,  21,  28,  35,  42,  49,\n   56,  63,  70,  77,  84,  91,  98, 105,\n" +
			"  112, 119, 126, 133, 140, 147, 154, 161,\n  168, 175, 182, 189, 196, 203\n]"},
		{`Array.from({length: 8}, (_, i) => 'name' + 'x'.repeat(i))`, "[\n" +
			"  'name',\n  'namex',\n  'namexx',\n  'namexxx',\n  'namexxxx',\n  'namexxxxx',\n  'namexxxxxx',\n  'namexxxxxxx'\n]"},
		{`new Map([['a', 1], [{b: 2}, [3]]])`, `Map(2) { 'a' => 1, { b: 2 } => [ 3 ] }`}, {`new Map`, `Map(0) {}`},
		{`new Set([1, 'x'])`, `Set(2) { 1, 'x' }`}, {`new (class M extends Map {})([[1, 2]])`, `M(1) [Map] { 1 => 2 }`},
		{`Object.assign(new Set([1]), {a: 2})`, `Set(1) { 1, a: 2 }`},
		{`new WeakMap`, `WeakMap { <items unknown> }`}, {`new WeakSet`, `WeakSet { <items unknown> }`},
		{`Object.create(Map.prototype)`, `Map {}`}, {`Map.prototype`, `Object [Map] {}`},
		{`Promise.resolve({a: 1})`, `Promise { { a: 1 } }`}, {`new Promise(() => {})`, `Promise { <pending> }`},
		{`Promise.reject(3)`, `Promise { <rejected> 3 }`},
	})
	check(t, Printer{Items: 3}, [][2]string{
		{`[1, 2, 3, 4]`, `[ 1, 2, 3, … 1 more item ]`}, {`[, 1, , 2, , 3]`, `[ <1 empty item>, 1, <1 empty item>, … 3 more items ]`},
		{`new Set([1, 2, 3, 4, 5])`, `Set(5) { 1, 2, 3, … 2 more items }`}, {`new Map([[1, 1], [2, 2], [3, 3], [4, 4]])`, `Map(4) { 1 => 1, 2 => 2, 3 => 3, … 1 more item }`},
		{`new Uint8Array(5)`, `Uint8Array(5) [ 0, 0, 0, … 2 more items ]`}, {`new ArrayBuffer(5)`, `ArrayBuffer { <00 00 00 … 2 more bytes>, byteLength: 5 }`},
		{`{a: 1, b: 2, c: 3, d: 4, e: 5}`, `{ a: 1, b: 2, c: 3, … 2 more keys }`}, {`{a: 1, b: 2, c: 3, d: 4}`, `{ a: 1, b: 2, c: 3, … 1 more key }`},
		{`Object.assign([1, 2, 3, 4], {x: 1})`, `[ 1, 2, 3, … 1 more item, x: 1 ]`},
	})
}

func TestCircular(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`(o => (o.self = o, o))({a: 1})`, `<ref *1> { a: 1, self: [Circular *1] }`},
		{`(a => (a.push(a, [a]), a))([])`, `<ref *1> [ [Circular *1], [ [Circular *1] ] ]`},
		{`(o => ({x: (o.o = o), y: o}))({})`, `{ x: <ref *1> { o: [Circular *1] }, y: <ref *1> { o: [Circular *1] } }`},
		{`(m => m.set(m, m))(new Map)`, `<ref *1> Map(1) { [Circular *1] => [Circular *1] }`},
		{`(e => (e.cause = e, e))(new Error('x'))`, "<ref *1> Error: x\n    at t.js:1:26 {\n  [cause]: [Circular *1]\n}"},
	})
}

func TestErrors(t *testing.T) {
	check(t, Printer{}, [][2]string{
		{`new Error('boom')`, "Error: boom\n    at t.js:1:2"},
		{`[1].map(function f() { return new TypeError('x\ny\x1b') })[0]`, "TypeError: x\ny\\x1b\n    at f (t.js:1:32)\n    at t.js:1:9"},
		{`Object.assign(new Error('bad'), {code: 'E1'})`, "Error: bad\n    at t.js:1:16 {\n  code: 'E1'\n}"},
		{`new Error('a', {cause: new RangeError('b')})`, "Error: a\n    at t.js:1:2 {\n  [cause]: RangeError: b\n      at t.js:1:25\n}"},
		{`new Error('a', {cause: 'why'})`, "Error: a\n    at t.js:1:2 {\n  [cause]: 'why'\n}"},
		{`{e: new Error('a\nb')}`, `{ e: [Error: a\nb] }`},
		{`[Object.assign(new Error('a'), {code: 1})]`, `[ [Error: a] { code: 1 } ]`},
		{`new (class SDCError extends Error {})('x')`, "SDCError: x\n    at t.js:1:2"},
		{`new (class E extends Error { name = 'Other' })('x')`, "Other: x\n    at t.js:1:2"},
		{`new AggregateError([new Error('a')], 'many')`, "AggregateError: many\n    at t.js:1:2 {\n  [errors]: [ [Error: a] ]\n}"},
		{`new (class E extends Error { get message() { throw 1 } })`, "E: (its message is computed)"},
		{`new (class E extends Error { get name() { throw 1 } })('x')`, "E: x"},
		{`Object.assign(new Error('x'), {message: {toString() { throw 1 }}})`, "Error: (its message is computed)"},
		{`Object.defineProperty(new Error('x'), 'stack', {get() { throw 1 }})`, "Error: x"},
		{`Object.assign(new Error('x'), {stack: 'mine'})`, "Error: x"},
		{`Object.setPrototypeOf(new Error('x'), null)`, "Error: x"},
		{`new Error('')`, "Error\n    at t.js:1:2"},
		{`Promise.reject(new Error('x'))`, `Promise { <rejected> [Error: x] }`},
		{`(function f(n) { return n ? f(n - 1) : new Error('deep') })(20)`,
			"Error: deep\n    at f (t.js:1:41)" + strings.Repeat("\n    at f (t.js:1:31)", 9) + "\n    … 12 more calls"},
	})
}

func TestWidthAndDepth(t *testing.T) {
	check(t, Printer{Width: 20}, [][2]string{
		{`{a: 1, b: 2, c: 3}`, `{ a: 1, b: 2, c: 3 }`},
		{`{a: 1, b: 2, c: 34}`, "{\n  a: 1,\n  b: 2,\n  c: 34\n}"},
		{`{a: {bcd: [1, 2, 3]}}`, "{\n  a: {\n    bcd: [ 1, 2, 3 ]\n  }\n}"},
		{`['日本日本', '日本日本']`, "[\n  '日本日本',\n  '日本日本'\n]"},
	})
	check(t, Printer{Width: 200}, [][2]string{{`['` + strings.Repeat("x", 80) + `']`, "[\n  '" + strings.Repeat("x", 80) + "'\n]"}})
	check(t, Printer{Depth: -1}, [][2]string{{`{a: {b: 1}, c: [1], d: [], e: 1}`, `{ a: [Object], c: [Array], d: [], e: 1 }`}})
	check(t, Printer{Depth: 1}, [][2]string{
		{`[[[1]]]`, `[ [ [Array] ] ]`}, {`[[new Map([[1, 2]]), new Set, Object.create(null), new Date(0), new Error('x'), Promise.resolve(1)]]`,
			"[\n  [\n    [Map],\n    Set(0) {},\n    [Object: null prototype] {},\n    1970-01-01T00:00:00.000Z,\n    [Error: x],\n    [Promise]\n  ]\n]"},
	})
}

func TestColor(t *testing.T) {
	check(t, Printer{Color: true}, [][2]string{
		{`[1, 'a', null, undefined, true, Symbol('s'), /x/, new Date(NaN), () => 1]`,
			"[\n  \x1b[33m1\x1b[39m,\n  \x1b[32m'a'\x1b[39m,\n  \x1b[1mnull\x1b[22m,\n  \x1b[90mundefined\x1b[39m,\n  \x1b[33mtrue\x1b[39m,\n" +
				"  \x1b[32mSymbol(s)\x1b[39m,\n  \x1b[31m/x/\x1b[39m,\n  \x1b[35mInvalid Date\x1b[39m,\n  \x1b[36m[Function (anonymous)]\x1b[39m\n]"},
		{`{'a-b': {get x() {}}}`, "{ \x1b[32m'a-b'\x1b[39m: { x: \x1b[36m[Getter]\x1b[39m } }"},
	})
	for _, expression := range []string{`Array.from({length: 50}, (_, i) => i)`, `[{a: 'x'.repeat(30), b: [1, 2, 'y'.repeat(40)]}]`} {
		coloured := format(t, Printer{Color: true}, expression)
		if diff := cmp.Diff(format(t, Printer{}, expression), termtext.Plain(coloured)); diff != "" {
			t.Errorf("colours change the layout of %s:\n%s", expression, diff)
		}
	}
}
