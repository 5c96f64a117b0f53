package runtime

import (
	"strings"
	"testing"
	"time"
)

// TestNothingEndsTheProgram tries what made the engine ask for memory that there is not,
// or call itself without end: each is a RangeError that a script can catch.
func TestNothingEndsTheProgram(t *testing.T) {
	tests := []struct{ name, code string }{
		{"generators that yield from others", "function* g() { yield* g() } [...g()]"},
		{"flat of nested lists", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a.flat(Infinity)"},
		{"text of nested lists", "let a = []; for (let i = 0; i < 1e4; i++) a = [a]; String(a)"},
		{"JSON of nested lists", "let a = []; for (let i = 0; i < 1e4; i++) a = [a]; JSON.stringify(a)"},
		{"JSON of nested objects", "let a = {}; for (let i = 0; i < 1e4; i++) a = {a}; JSON.stringify(a)"},
		{"JSON of one list many times", "let a = 'x'.repeat(1000); for (let i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)"},
		{"JSON with a wide indent", "let a = 1; for (let i = 0; i < 900; i++) a = Array(100).fill(0).concat([a]); JSON.stringify(a, null, 10)"},
		{"bound functions", "let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(); f()"},
		{"bound calls", "let f = () => 1; for (let i = 0; i < 1e5; i++) f = Function.prototype.call.bind(f); f()"},
		{"prototypes", "let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); o.x = 1"},
		{"prototypes that are set", "let o = {}; for (let i = 0; i < 1e5; i++) o = Object.setPrototypeOf({}, o); o.x = 1"},
		{"prototypes by __proto__", "let o = {}; for (let i = 0; i < 1e5; i++) { const p = {}; p.__proto__ = o; o = p } o.x = 1"},
		{"shift of a BigInt", "1n << (2n ** 40n)"},
		{"shift of a BigInt to the right, by less than nothing", "1n >> -(2n ** 40n)"},
		{"shift by a variable", "let by = 2n ** 40n; (() => 1n << by)()"},
		{"shift by an object", "1n << Object(2n ** 40n)"},
		{"shift in an assignment", "let x = 1n; x <<= 2n ** 40n"},
		{"power of a BigInt", "2n ** (2n ** 40n)"},
		{"power in an assignment", "let x = 3n; x **= 2n ** 40n"},
		{"power of a property", "const o = {p: 3n}; o.p **= 2n ** 40n"},
		{"power of a power", "((2n ** 60000n) ** 60000n)"},
		{"ArrayBuffer", "new ArrayBuffer(2**45)"},
		{"typed array", "new Uint8Array(2**40)"},
		{"typed array of a list", "new Float64Array({length: 2**36})"},
		{"subclass of a typed array", "class A extends Float32Array {} new A(2**40)"},
		{"Uint8Array.from", "Uint8Array.from({length: 2**40})"},
		{"padEnd", "'x'.padEnd(2**46)"},
		{"padStart", "'x'.padStart(2**40, 'é')"},
		{"repeat", "'x'.repeat(2**40)"},
		{"repeat with a text for a number", "'x'.repeat('1e12')"},
		{"Array.from", "Array.from({length: 2**31})"},
		{"fill", "const a = []; a.length = 2**32 - 1; a.fill(0)"},
		{"join", "const a = []; a.length = 2**31; a.join('xx')"},
		{"join of a few with a long text", "Array(1e5).join('x'.repeat(1e6))"},
		{"join of what looks like a list", "Array.prototype.join.call({length: 2**40})"},
		{"map", "Array.prototype.map.call({length: 2**31}, x => x)"},
		{"slice", "Array.prototype.slice.call({length: 2**31})"},
		{"splice", "Array.prototype.splice.call({length: 2**31}, 0, 2**31)"},
		{"concat", "const a = []; a.length = 2**31; a.concat(a)"},
		{"concat of large lists", "[].concat(...Array(100).fill(Array(1e6)))"},
		{"toSorted", "Array.prototype.toSorted.call({length: 2**31})"},
		{"sort", "Array.prototype.sort.call({length: 2**40})"},
		{"sort without a function", "Array(2e6).fill(0).sort()"},
		{"unshift", "Array.prototype.unshift.call({length: 2**40}, 1)"},
		{"indexOf", "Array.prototype.indexOf.call({length: 2**53 - 1}, 1)"},
		{"includes of a proxy", "Array.prototype.includes.call(new Proxy({length: 2**53 - 1}, {}), 1)"},
		{"text of a long list", "const a = []; a.length = 2**31; a.toString()"},
		{"BigInt.asIntN", "BigInt.asIntN(2**40, -1n)"},
		{"normalize", "'ﷺ'.repeat(1e7).normalize('NFKD')"},
		{"encodeURIComponent", "encodeURIComponent('é'.repeat(2e7))"},
		{"escape", "escape('%'.repeat(5e7))"},
		{"apply", "Math.max.apply(null, {length: 2**31})"},
		{"Reflect.apply", "Reflect.apply(Math.max, null, {length: 2**31})"},
		{"Reflect.construct", "Reflect.construct(Array, {length: 2**31})"},
		{"String.raw", "String.raw({raw: {length: 2**40}})"},
		{"replaceAll", "'a'.repeat(1e6).replaceAll('a', 'b'.repeat(1e6))"},
		{"replaceAll with what stands before", "'a'.repeat(1e6).replaceAll('a', '$`')"},
		{"replace with a regular expression", "'a'.repeat(1e6).replace(/a/g, 'b'.repeat(1e6))"},
		{"split", "'a'.repeat(2e7).split('')"},
		{"asUintN", "BigInt.asUintN(2**40, -1n)"},
		{"BigInt of many digits", "BigInt('9'.repeat(1e7))"},
		{"a regular expression that tries and tries", "/(?=a)^(a+)+$/.test('a'.repeat(40) + 'b')"},
		{"... in replace", "('a'.repeat(40) + 'b').replace(/(?=a)^(a+)+$/, '')"},
	}
	s := limited(t)
	for _, method := range strings.Fields("copyWithin every filter flatMap forEach lastIndexOf reduce reduceRight reverse shift some toReversed toSpliced with") {
		tests = append(tests, struct{ name, code string }{method, "Array.prototype." + method + ".call({length: 2**40}, x => x, 0)"})
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := s.Eval(t.Context(), "test", "try { (() => { "+statementsOf(test.code)+" })(); 'nothing' } catch (e) { `${e.name}: ${e.message}` }")
			if err != nil || !strings.HasPrefix(value.String(), "RangeError: ") {
				t.Errorf("%v, %v", value, err)
			}
		})
	}
}

// statementsOf are statements as the body of a function.
func statementsOf(code string) string { return strings.ReplaceAll(code, "} [...", "}; [...") }

// matchingOfTests is short, so that tests need not wait, and longer than any match of theirs
// takes that is found or not.
const matchingOfTests = 400 * time.Millisecond

func limited(t *testing.T) *Session {
	t.Helper()
	s, err := New(Options{API: testAPI(), MaxMemory: 256 << 20, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestGrowth interrupts what takes more memory, bit by bit.
func TestGrowth(t *testing.T) {
	s, err := New(Options{API: testAPI(), MaxMemory: 64 << 20, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{
		"var a = [1]; for (;;) a = a.concat(a)",
		"try { var l; for (;;) l = {l, n: [1, 2, 3, 4]} } catch {}", // no built-in throws here, so there is nothing to catch
	} {
		_, err := s.Eval(t.Context(), "test", code)
		if err == nil || !strings.HasPrefix(err.Error(), "RangeError: ") {
			t.Errorf("%s: %v", code, err)
		}
		if _, err := s.Eval(t.Context(), "test", "a = l = undefined"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBoundedBuiltinsAreTheLanguages compares what stands in the place of built-ins
// with what scripts expect of them.
func TestBoundedBuiltinsAreTheLanguages(t *testing.T) {
	s := limited(t)
	for code, want := range map[string]string{
		"[1, [2, [3]]].flat().length + 'ab'.padEnd(4, '-')":                                                                          "3ab--",
		"Array.prototype.map.name + Array.prototype.map.length + [].constructor.name":                                                "map1Array",
		"[3, 1, 2].sort((a, b) => a - b).join()":                                                                                     "1,2,3",
		"[Array(3).length, new Array(2, 3).length, Array.of(7)[0], Array.isArray(Array(1))].join()":                                  "3,2,7,true",
		"class L extends Array {}; const l = new L(3); [l instanceof L, l.length, l.map(x => x) instanceof L].join()":                "true,3,true",
		"[new Uint8Array(3).length, Uint8Array.BYTES_PER_ELEMENT, new Uint8Array([1, 2]).join('-'), Uint8Array.from([9])[0]].join()": "3,1,1-2,9",
		"new Uint8Array(new ArrayBuffer(8), 4, 2).length":                                                                            "2",
		"class F extends Float64Array {}; new F(2) instanceof F":                                                                     "true",
		"Object.getPrototypeOf(Uint8Array) === Object.getPrototypeOf(Int8Array)":                                                     "true",
		"try { Uint8Array(1) } catch (e) { e.name }":                                                                                 "TypeError",
		"try { new BigInt(1) } catch (e) { e.name }":                                                                                 "TypeError",
		"BigInt('12') + BigInt(3)":                                                                                                   "15",
		"'a-b-c'.replaceAll('-', '+') + 'aXbX'.replace(/x/gi, m => m + '!')":                                                         "a+b+caX!bX!",
		"'2026-01-05'.match(/(?<y>\\d+)-(\\d+)/).groups.y":                                                                           "2026",
		"[...'a1b22'.matchAll(/\\d+/g)].map(m => m.index + m[0]).join()":                                                             "11,322",
		"'a, b,c'.split(/,\\s*/).join('|') + 'xay'.search(/a/)":                                                                      "a|b|c1",
		"const r = /a/g; [r.test('aa'), r.lastIndex, r.test('aa'), r.test('aa'), r.lastIndex].join()":                                "true,1,true,false,0",
		"new RegExp(/a/gi).flags + RegExp('b', 'y').source + (RegExp(/x/) instanceof RegExp)":                                        "gibtrue",
		"(function () { return this.x + [...arguments] }).bind({x: 1}, 2)(3)":                                                        "12,3",
		"function* g() { const x = yield 1; yield* [x, 3]; return 4 } const i = g(); [i.next().value, i.next(2).value, ...i].join()": "1,2,3",
		"JSON.stringify({a: [1, {b: 2}]}, null, 1).length + JSON.stringify('x')":                                                     `37"x"`,
		"Math.max.apply(null, [1, 3, 2]) + Reflect.apply(Math.min, null, [4, 5])":                                                    "7",
		"try { [1].map(() => { throw new TypeError('mine') }) } catch (e) { e.message }":                                             "mine",
		"String.raw`a\\n${1}`":                            "a\\n1",
		"'ﬁ'.normalize('NFKC') + encodeURIComponent('é')": "fi%C3%A9",
	} {
		value, err := s.Eval(t.Context(), "test", code)
		if err != nil || value.String() != want {
			t.Errorf("%s: %v, %v, want %s", code, value, err, want)
		}
	}
}

// TestUnsupportedPatterns throws where the engine would match wrongly.
func TestUnsupportedPatterns(t *testing.T) {
	s := limited(t)
	for _, code := range []string{`/\p{L}/u.test('é')`, `new RegExp('\\p{L}', 'u')`, `RegExp('[\\P{Lu}]', 'gu')`, `eval('/\\p{L}/u')`, `new Function('return /\\p{L}/u')`, `new RegExp(/\p{L}/, 'u')`,
		`/[[:alpha:]]/.test('b')`, `RegExp('[0-9[:^space:]]')`, `/[\]x[:alpha:]]/.test('b')`} {
		_, err := s.Eval(t.Context(), "test", code)
		if err == nil || !strings.Contains(err.Error(), "SyntaxError: Invalid regular expression: ") {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, code := range []string{`/\p{L}/.test('p{L}')`, `/\\p{1}/u.test('\\p')`, `/é/u.test('é')`, `/^[:alpha:]+$/.test('pal:')`, `/\[x[:alpha:]/.test('[xp')`} {
		value, err := s.Eval(t.Context(), "test", code)
		if err != nil || value.String() != "true" {
			t.Errorf("%s: %v, %v", code, value, err)
		}
	}
}
