package syntax

import (
	"errors"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// session runs statements as a session does, and gives the last value.
func session(t *testing.T, statements ...string) (*goja.Runtime, goja.Value, error) {
	t.Helper()
	vm := goja.New()
	if _, err := vm.RunString(`
		const later = x => Promise.resolve(x), fail = () => { throw new Error('failed') }
		const tag = strings => strings.raw.join('|'), show = JSON.stringify
	`); err != nil {
		t.Fatal(err)
	}
	var value goja.Value
	for _, text := range statements {
		s, err := Prepare(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if value, err = runOn(t, vm, s); err != nil {
			return vm, nil, err
		}
	}
	return vm, value, nil
}

// runOn runs a statement and gives its value.
func runOn(t *testing.T, vm *goja.Runtime, s Statement) (goja.Value, error) {
	t.Helper()
	value, err := vm.RunString(s.Code)
	if err != nil || !s.Async {
		return value, err
	}
	p := value.Export().(*goja.Promise)
	switch p.State() {
	case goja.PromiseStatePending:
		t.Fatalf("%q: its promise waits", s.text)
	case goja.PromiseStateRejected:
		return nil, errors.New(p.Result().String())
	}
	return p.Result(), nil
}

func TestPrepare(t *testing.T) {
	for name, c := range map[string]struct {
		statements []string
		want       string // of the last value, as JSON
	}{
		"expression":         {[]string{"1 + 1"}, "2"},
		"nothing":            {[]string{" // nothing"}, "undefined"},
		"object":             {[]string{"{a: 1, 'b-c': 2}"}, `{"a":1,"b-c":2}`},
		"object, comment":    {[]string{"/* x */ {a: 1} // y"}, `{"a":1}`},
		"object's property":  {[]string{"{a: 1, b: 2}.b"}, "2"},
		"empty object":       {[]string{"{}"}, "{}"},
		"shorthand":          {[]string{"let a = 1", "{a}"}, `{"a":1}`},
		"block":              {[]string{"{ let a = 1; a + 1 }"}, "2"},
		"block by semicolon": {[]string{"{a: 1};"}, "1"},
		"block of a label":   {[]string{"{ a: for (;;) break a }"}, "undefined"},
		"let":                {[]string{"let x = 1", "let x = 2", "x"}, "2"},
		"let, no value":      {[]string{"let x = 1", "let x", "x"}, "undefined"},
		"let, several":       {[]string{"let x = 1, y, [z] = [3]; let {w = 4} = {}", "[x, y, z, w]"}, "[1,null,3,4]"},
		"let is undefined":   {[]string{"let x = 5"}, "undefined"},
		"const":              {[]string{"const x = 1", "const x = 2", "x"}, "2"},
		"const, several":     {[]string{"const {a, b: [c, ...d], ...e} = {a: 1, b: [2, 3, 4], f: 5}", "[a, c, d, e]"}, `[1,2,[3,4],{"f":5}]`},
		"const, lines":       {[]string{"const\n  x = 1,\n  y = 2", "x + y"}, "3"},
		"class":              {[]string{"class X { static n = 1 }", "class X extends X0 { static n = 2 }\nvar X0", "X.n"}, ""},
		"class again":        {[]string{"class X { static n = 1 }", "class X { static n = 2 }", "X.n"}, "2"},
		"class's name":       {[]string{"class X {}", "X.name"}, `"X"`},
		"class, next line":   {[]string{"class X {}\n(1)\n"}, "1"},
		"class, template":    {[]string{"class X {} `x`"}, `"x"`},
		"class, subclass":    {[]string{"class X { m() { return 1 } }", "class Y extends X {}", "new Y().m()"}, "1"},
		"function":           {[]string{"function f() { return 1 }", "function f() { return 2 }", "f()"}, "2"},
		"functions first":    {[]string{"f(); function f() { return 1 }", "f()"}, "1"},
		"for is its own":     {[]string{"for (let i = 0; i < 3; i++);", "typeof i"}, `"undefined"`},
		"for of is its own":  {[]string{"for (const x of [1]) x", "typeof x"}, `"undefined"`},
		"closures of for":    {[]string{"let f = []; for (let i = 0; i < 3; i++) f.push(() => i)", "f.map(g => g())"}, "[0,1,2]"},
		"block is its own":   {[]string{"{ let x = 1 }", "typeof x"}, `"undefined"`},
		"strict":             {[]string{"'use strict'; let x = 1; x"}, "1"},
		"names like let":     {[]string{"var let_ = 1, of = 2; let_ + of"}, "3"},
		"two declarations":   {[]string{"let x = 1; let x = 2; x"}, "2"},
		"unicode":            {[]string{"let é = 1, 日本; const ñ = é", "[é, ñ]"}, "[1,1]"},

		"await":               {[]string{"await later(1)"}, "1"},
		"await, wrapped":      {[]string{"((await later(1)) + 1)"}, "2"},
		"await, semicolon":    {[]string{"await later(1);;"}, "1"},
		"await, comment":      {[]string{"await later(1) // one"}, "1"},
		"await, tagged":       {[]string{"tag`a${await later(1)}b`"}, `"a|b"`},
		"await, tag of a tag": {[]string{"await 0; (x => x.y).call(0, {y: tag})`z`"}, `"z"`},
		"await, sequence":     {[]string{"1, await later(2)"}, "2"},
		"await, assignment":   {[]string{"var x; x = await later(2)", "x"}, "2"},
		"await, conditional":  {[]string{"(await later(0)) ? 1 : (2)"}, "2"},
		"await, object":       {[]string{"{a: await later(1)}"}, `{"a":1}`},
		"await, let":          {[]string{"let x = await later(1)", "let x = await later(2), y", "[x, y]"}, "[2,null]"},
		"await, let again":    {[]string{"let x = 1", "let x; await 0", "x"}, "undefined"},
		"await, const":        {[]string{"const {a, b: [c = 7, ...d], ...e} = await later({a: 1, b: [undefined, 3], f: 5})", "[a, c, d, e]"}, `[1,7,[3],{"f":5}]`},
		"await, default":      {[]string{"const {a = await later(3)} = {}", "a"}, "3"},
		"await, array":        {[]string{"foo()\nconst [x, y] = await Promise.all([1, later(2)])\nfunction foo() {}", "x + y"}, "3"},
		"await, no semicolon": {[]string{"let a = await later(1)\nlet [b] = [a + 1]\nlet {c} = {c: b + 1}", "[a, b, c]"}, "[1,2,3]"},
		"await, var":          {[]string{"var a = await later(1), b; if (a) { var c = 3; var [d] = [4] }", "[a, b, c, d]"}, "[1,null,3,4]"},
		"await, var stays":    {[]string{"var a = 1", "var a; await 0", "a"}, "1"},
		"await, for var":      {[]string{"for (var i = 0, n = await later(3); i < n; i++) var last = i", "[i, n, last]"}, "[3,3,2]"},
		"await, for var of":   {[]string{"for (var x of [1, await later(2)]) {} for (var k in {q: 1}) await 0; for (var [y] of [[5]]);", "[x, k, y]"}, `[2,"q",5]`},
		"await, for const":    {[]string{"let sum = 0; for (const x of await later([1, 2])) sum += await later(x)", "sum"}, "3"},
		"await, class":        {[]string{"class X { static n = 1 } await 0\nclass X2 extends X {}\n[X2.n, X.name, X2.name]"}, `[1,"X","X2"]`},
		"await, class stays":  {[]string{"await 0; class X {}", "X.name"}, `"X"`},
		"await, function":     {[]string{"await 0; function f() { return g() } async function g() { return 1 }", "typeof f + typeof g"}, `"functionfunction"`},
		"await, closures":     {[]string{"let n = await later(1); const inc = () => ++n", "inc(); n = 10; inc()"}, "11"},
		"await, name":         {[]string{"const f = () => 1; await 0; f.name"}, `"f"`},
		"await, try":          {[]string{"try { await fail() } catch (e) { var m = e.message }", "m"}, `"failed"`},
		"await, this":         {[]string{"await 0; this === globalThis"}, "true"},
		"await, label":        {[]string{"a: for (;;) { await 0; break a }\n5"}, "5"},
		"await, not the end":  {[]string{"await 0; if (true) 5"}, "undefined"},
		"await in a function": {[]string{"let f = async () => await later(1); typeof f"}, `"function"`},
		"await as a name":     {[]string{"var await = 3; await"}, "3"},
		"await in a string":   {[]string{"'await' + /await/.source"}, `"awaitawait"`},
	} {
		t.Run(name, func(t *testing.T) {
			vm, value, err := session(t, c.statements...)
			if c.want == "" {
				if err == nil {
					t.Errorf("%v, no error", value)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			show, _ := goja.AssertFunction(mustRun(t, vm, "JSON.stringify"))
			got, err := show(nil, value)
			if err != nil || got.String() != c.want {
				t.Errorf("%v, %v; want %s", got, err, c.want)
			}
		})
	}
}

func mustRun(t *testing.T, vm *goja.Runtime, text string) goja.Value {
	t.Helper()
	v, err := vm.RunString(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A declaration whose value cannot be had leaves its name usable.
func TestPrepareFailedDeclaration(t *testing.T) {
	for _, failing := range []string{
		"let c = fail()", "const c = fail()", "let {c} = fail()", "class c extends fail() {}",
		"let c = await fail()", "const [c] = await later()", "await 0; class c { static x = fail() }",
	} {
		vm, _, err := session(t, failing)
		if err == nil {
			t.Errorf("%q runs", failing)
		}
		for _, next := range []string{"typeof c", "let c = 1", "const c = await 2; c", "class c {}", "c = 3"} {
			s, err := Prepare(next)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := vm.RunString(s.Code); err != nil {
				t.Errorf("%q, then %q: %v", failing, next, err)
			}
		}
	}
}

func TestPrepareErrors(t *testing.T) {
	for text, want := range map[string]string{
		"foo bar":                            "Unexpected identifier bar (line 1, column 5)",
		"a\n  b c":                           "Unexpected identifier c (line 2, column 5)",
		"a\r\n  b c":                         "Unexpected identifier c (line 2, column 5)",
		"'日本' + é ñ":                         "Unexpected identifier ñ (line 1, column 10)",
		"foo(":                               "missing ) for the ( of line 1 (line 1, column 5)",
		"if (x) {\n  foo()\n\n":              "missing } for the { of line 1 (line 2, column 8)",
		"[1, 2":                              "missing ] for the [ of line 1 (line 1, column 6)",
		"`a${b":                              "missing } for the ${ of line 1 (line 1, column 6)",
		"x\n`a":                              "missing ` for the ` of line 2 (line 2, column 3)",
		"1 /* x":                             "missing */ at the end of a comment (line 1, column 7)",
		"'x\\":                               "the string is not closed (line 1, column 1)",
		"1 +":                                "Unexpected end of input (line 1, column 4)",
		"foo(1))":                            "Unexpected token ) (line 1, column 7)",
		"foo(1]":                             "Unexpected token ] (line 1, column 6)",
		"}":                                  "Unexpected token } (line 1, column 1)",
		"await x }":                          "Unexpected token } (line 1, column 9)",
		"} await x; {":                       "Unexpected token } (line 1, column 1)",
		"await foo(;":                        "Unexpected token ; (line 1, column 11)",
		"await x; foo bar":                   "Unexpected identifier bar (line 1, column 14)",
		"await [1,":                          "missing ] for the [ of line 1 (line 1, column 10)",
		"return 1":                           "Illegal return statement (line 1, column 1)",
		"await 0; if (x) return":             "Illegal return statement (line 1, column 17)",
		"break":                              "Illegal break statement (line 1, column 1)",
		"await 0; break":                     "Illegal break statement (line 1, column 10)",
		"function f() { await x }":           "await works at the top level and in async functions only (line 1, column 22)",
		"await 0; function f() { await x }":  "await works at the top level and in async functions only (line 1, column 31)",
		"import x from 'y'":                  "import works in files only; here require('./lib.js') gives what a file exports (line 1, column 1)",
		"export default 1":                   "export works at the top level of a file only (line 1, column 1)",
		"'abc":                               "the string is not closed (line 1, column 1)",
		"x = 'a\nb'":                         "the string is not closed (line 1, column 5)",
		`x = '\u{110000}'`:                   "the string has an escape that is not valid (line 1, column 5)",
		"1 + 12abc":                          "12abc is not a number (line 1, column 5)",
		"a @ b":                              "Unexpected character '@' (line 1, column 3)",
		"a = “b”":                            "Unexpected character '“' (line 1, column 5)",
		"/abc":                               "Invalid regular expression: missing / (line 1, column 1)",
		"x = /[a; b]":                        "Invalid regular expression: missing / (line 1, column 5)",
		"try {}":                             "Missing catch or finally after try (line 1, column 1)",
		"switch (a) {":                       "missing } for the { of line 1 (line 1, column 13)",
		"const x":                            "Missing initializer in const declaration (line 1, column 7)",
		"let a = 1; const b = 2, c":          "Missing initializer in const declaration (line 1, column 25)",
		"await 0; const c":                   "Missing initializer in const declaration (line 1, column 16)",
		"{ let a; let a }":                   "Identifier 'a' has already been declared (line 1, column 14)",
		"await 0\n{ let a; let a }":          "Identifier 'a' has already been declared (line 2, column 14)",
		"class X {}; { let a; let a }":       "Identifier 'a' has already been declared (line 1, column 26)",
		"x = {a: 1\n  b: 2}":                 "Unexpected identifier b (line 2, column 3)",
		"new.target":                         "new.target expression is not allowed here (line 1, column 1)",
		"for await (x of y);":                "Unexpected token await (line 1, column 5)",
		"async function* f() {}":             "Async generators are not supported yet (line 1, column 1)",
		strings.Repeat("(", 5000):            "the text is too long or too deeply nested (line 1, column 1)",
		"a\u2028b c":                         "Unexpected identifier c (line 2, column 3)",
		"let x = 1; let y = 2; throw\nnew E": "Illegal newline after throw (line 1, column 23)",
	} {
		_, err := Prepare(text)
		var e *Error
		switch {
		case !errors.As(err, &e):
			t.Errorf("Prepare(%q): %v", text, err)
		case e.Error() != want:
			t.Errorf("Prepare(%q): %v, want %v", text, e, want)
		}
	}
}

func TestOrigin(t *testing.T) {
	for name, c := range map[string]struct{ text, at string }{
		"expression":    {"foo()", "foo"},
		"object":        {"{a: foo()}", "foo"},
		"let":           {"let x = foo(), y; bar()", "bar"},
		"const":         {"const {x} = y, z = foo()", "foo"},
		"class":         {"class A { m() { foo() } }; bar(1)", "bar"},
		"inside class":  {"class A { m() { foo() } }", "foo"},
		"await":         {"let x = await foo(), y, z = 1; bar()", "bar"},
		"second line":   {"let x = await 1\nlet y, 日本; foo()", "foo"},
		"function":      {"function f() {\n  foo() }\nawait 0", "foo"},
		"await object":  {"{a: await foo()}", "foo"},
		"wide":          {"'日本é'; foo()", "foo"},
		"start":         {"foo(); let y; await 0", "foo"},
		"await's class": {"class A {}; class B { m() { foo() } }; await 0", "foo"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Prepare(c.text)
			if err != nil {
				t.Fatal(err)
			}
			before := s.Code[:strings.Index(s.Code, c.at+"(")]
			line := strings.Count(before, "\n") + 1
			column := len(before) - strings.LastIndex(before, "\n")
			gotLine, gotColumn := s.Origin(line, column)
			before = c.text[:strings.Index(c.text, c.at+"(")]
			wantLine := strings.Count(before, "\n") + 1
			wantColumn := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
			if gotLine != wantLine || gotColumn != wantColumn {
				t.Errorf("%d:%d comes from %d:%d, not %d:%d: %s", line, column, gotLine, gotColumn, wantLine, wantColumn, s.Code)
			}
		})
	}
	s, _ := Prepare("await x")
	for _, at := range [][2]int{{0, 0}, {-1, 5}, {1, 1000}, {99, 1}, {2, 1}} {
		if line, column := s.Origin(at[0], at[1]); line != 1 || column < 1 || column > 8 {
			t.Errorf("%v comes from %d:%d", at, line, column)
		}
	}
}
