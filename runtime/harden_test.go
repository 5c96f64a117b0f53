package runtime

import "testing"

func TestTextThatIsTooDeep(t *testing.T) {
	const refused = "SyntaxError: the text is too long or too deeply nested"
	const nested = "SyntaxError: eval and Function take no eval, and <<, >> and ** only with a number on the right"
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		`eval("(".repeat(2e6))`:                                                         refused,
		`eval("!".repeat(3e6) + "1")`:                                                   refused,
		`(0, eval)("[".repeat(2e6))`:                                                    refused,
		`new Function("(".repeat(2e6))`:                                                 refused,
		`Function("a=".repeat(2e6), "")`:                                                refused,
		`new Function("a", "b}, function() {" + "{".repeat(2e6))`:                       refused,
		`(class extends Function {}, new (class extends Function {})("(".repeat(2e6)))`: refused,
		`(async () => {}).constructor("(".repeat(2e6))`:                                 refused,
		`(function* () {}).constructor("(".repeat(2e6))`:                                refused,
		`Object.getPrototypeOf((async () => {}).constructor)("(".repeat(2e6))`:          refused,
		`paint.constructor("(".repeat(2e6))`:                                            refused,
		`JSON.parse("[".repeat(5e6))`:                                                   refused,
		`JSON.parse('{"a":'.repeat(5e6))`:                                               refused,
		`eval(")" + "(".repeat(3e6))`:                                                   "SyntaxError: SyntaxError: <eval>: Line 1:1 Unexpected token )",

		`({eval}).eval("(".repeat(2e6))`:                                                       refused,
		`eval?.("(".repeat(2e6))`:                                                              refused,
		`eval(...["(".repeat(2e6)])`:                                                           refused,
		`const {eval: e} = globalThis; e("(".repeat(2e6))`:                                     refused,
		`[eval][0]("(".repeat(2e6))`:                                                           refused,
		`function own(eval) { return eval("(".repeat(2e6)) } own(globalThis.eval)`:             refused,
		`eval("eval('('.repeat(2e6))")`:                                                        nested,
		`eval("\\u0065val('('.repeat(2e6))")`:                                                  nested,
		`new Function("return eval('('.repeat(2e6))")()`:                                       nested,
		`(async () => {}).constructor("await 1; return eval('('.repeat(2e6))")()`:              nested,
		`(function* () {}).constructor("yield eval('('.repeat(2e6))")().next()`:                nested,
		`eval("2n ** (2n ** 40n)")`:                                                            nested,
		`eval = 5`:                                                                             "TypeError: Assignment to constant variable.",
		`let x = 1; (() => { const x = 2; return eval("x + 1") })()`:                           "3",
		`(function () { eval("var y = 2"); return y })()`:                                      "2",
		`(function () { "use strict"; const z = 4; return [1].map(n => eval("z + n"))[0] })()`: "5",
		`(0, eval)("typeof z") + typeof eval + [eval(), eval({a: 1}.a)].join()`:                "undefinedfunction,1",
		`new (class { m() { return eval("this.constructor.name") } static name = "K" })().m()`: "K",

		`eval("1 + 1")`:                                                                 "2",
		`let seven = 7; eval("seven")`:                                                  "7",
		`eval(5) + eval.name + eval.length`:                                             "5eval1",
		`new Function("a", "b", "return a + b")(1, 2)`:                                  "3",
		`Function("return 4")() + Function.name + Function.length`:                      "4Function1",
		`(() => {}) instanceof Function && Function.prototype.constructor === Function`: "true",
		`class F extends Function { two() { return 2 } }; const f = new F("return 3"); f() + f.two() + (f instanceof F)`: "6",
		`await (async () => {}).constructor("return await 6")()`:                                                         "6",
		`[...(function* () {}).constructor("yield 8")()].join()`:                                                         "8",
		`JSON.stringify(JSON.parse('[1, {"a": "[[[\\"["}]', (k, v) => v === 1 ? 2 : v))`:                                 `[2,{"a":"[[[\"["}]`,
		`JSON.parse("[".repeat(9000) + "]".repeat(9000)).length`:                                                         "1",
	} {
		gives(t, s, code, want)
	}
	for script, want := range map[string]string{
		`const x = 1; return eval("x + 1")`:                                  "2",
		`const x = 1; await null; return [2].map(y => eval("x + y")).join()`: "3",
		`return (a => eval("a + args.length"))(1)`:                           "3",
	} {
		value, err := s.Run(t.Context(), "r.js", script)
		if err != nil || value.String() != want {
			t.Errorf("%s gives %v, %v, not %s", script, value, err, want)
		}
	}
}

func TestCirclesOfPrototypes(t *testing.T) {
	const refused = "TypeError: Cyclic __proto__ value"
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"var t = {}, p = new Proxy(t, {}); Object.setPrototypeOf(t, Object.create(p)); p.x":                                  refused,
		"var t = {}, p = new Proxy(t, {}); t.__proto__ = p; p.x":                                                             refused,
		"var t = {}, p = new Proxy(new Proxy(t, {}), {}); Object.setPrototypeOf(p, p); p.x":                                  refused,
		"var h = {}, p = new Proxy({}, h); Object.setPrototypeOf(h, p); p.x":                                                 refused,
		"var t = {}, p = new Proxy(t, {}); Reflect.setPrototypeOf(t, p) + typeof p.x":                                        "falseundefined",
		"var t = {}; Object.setPrototypeOf(t, new Proxy({x: 1}, {})).x":                                                      "1",
		"var t = {}; t.__proto__ = {x: 2}; t.x + (t.__proto__.x) + Reflect.setPrototypeOf(t, null)":                          "5",
		"Object.setPrototypeOf({}, settings).HOME":                                                                           "here",
		"Object.setPrototypeOf(5, null) + Object.setPrototypeOf.name + Object.setPrototypeOf.length":                         "5setPrototypeOf2",
		"class A {}; class B extends A {}; ({__proto__: new B()}) instanceof A":                                              "true",
		"var r = Proxy.revocable({}, {}); r.revoke(); Object.getPrototypeOf(Object.setPrototypeOf({}, r.proxy)) === r.proxy": "true",
	} {
		gives(t, s, code, want)
	}
}
