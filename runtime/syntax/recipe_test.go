package syntax

import (
	"errors"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestRecipe(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"return":      {"return 1 + 1", "2"},
		"await":       {"const x = await Promise.resolve(args[0])\nreturn x", "first"},
		"nothing":     {"", "undefined"},
		"hashbang":    {"#!/usr/bin/env imapsh\nreturn 3", "3"},
		"a comment":   {"return 4 // four", "4"},
		"its scope":   {"let x = 1; var y = 2; function z() {}; globalThis.seen = [typeof globalThis.x, typeof globalThis.y]; return seen.join()", "undefined,undefined"},
		"strict":      {"'use strict'\ntry { undeclared = 1 } catch (e) { return e.name }", "ReferenceError"},
		"byte order":  {"\ufeffreturn 5", "5"},
		"like a tail": {"return '})' + /}\\)/.source + `})`", "})}\\)})"},
	} {
		t.Run(name, func(t *testing.T) {
			code, shift, err := Recipe(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.IndexByte(code, '{') + 1; shift != want {
				t.Errorf("shift %d, not %d", shift, want)
			}
			vm := goja.New()
			recipe, ok := goja.AssertFunction(mustRun(t, vm, code))
			if !ok {
				t.Fatalf("%q is no function", code)
			}
			v, err := recipe(goja.Undefined(), vm.NewArray("first"))
			if err != nil {
				t.Fatal(err)
			}
			p, async := v.Export().(*goja.Promise)
			if async {
				v = p.Result()
			}
			if async != strings.Contains(c.text, "await") || v.String() != c.want {
				t.Errorf("%s, want %s; a promise: %t", v, c.want, async)
			}
		})
	}
}

func TestRecipeErrors(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"first line":        {"foo bar", "Unexpected identifier bar (line 1, column 5)"},
		"second line":       {"foo()\n  1 2", "Unexpected number (line 2, column 5)"},
		"after a hashbang":  {"#!/usr/bin/env imapsh\nfoo bar", "Unexpected identifier bar (line 2, column 5)"},
		"stray }":           {"foo()\n}\nbar()", "Unexpected token } (line 2, column 1)"},
		"stray } at once":   {"} foo(); {", "Unexpected token } (line 1, column 1)"},
		"stray } at last":   {"if (x) { y() }}", "Unexpected token } (line 1, column 15)"},
		"breaking out":      {"}); (function () {", "Unexpected token } (line 1, column 1)"},
		"stray )":           {"foo())\nbar()", "Unexpected token ) (line 1, column 6)"},
		"open block":        {"for (const x of y) {\n  foo(x)\n\n// the end\n", "missing } for the { of line 1 (line 2, column 9)"},
		"open function":     {"function f() {\n  if (x) {\n    y()\n  }\n", "missing } for the { of line 1 (line 4, column 4)"},
		"inner block":       {"function f() {\n  if (x) {\n    y()\n}\n", "missing } for the { of line 1 (line 4, column 2)"},
		"open call":         {"foo(1,\n  2", "missing ) for the ( of line 1 (line 2, column 4)"},
		"open list":         {"const x = [1,\n", "missing ] for the [ of line 1 (line 1, column 14)"},
		"open switch":       {"switch (a) {\n  case 1:\n", "missing } for the { of line 1 (line 2, column 10)"},
		"open template":     {"const x = `abc\ndef\n", "missing ` for the ` of line 1 (line 3, column 1)"},
		"open comment":      {"foo()\n/* bar", "missing */ at the end of a comment (line 2, column 7)"},
		"operator":          {"foo() +\n", "Unexpected end of input (line 1, column 8)"},
		"if alone":          {"if (x)", "Unexpected end of input (line 1, column 7)"},
		"open string":       {"const x = 'abc\nfoo()", "the string is not closed (line 1, column 11)"},
		"await in function": {"function f() { await x }", "await works at the top level and in async functions only (line 1, column 22)"},
		"import":            {"import x from 'y'\n", "import works in files only; here require('./lib.js') gives what a file exports (line 1, column 1)"},
		"twice declared":    {"let x = 1\nlet x = 2", "Identifier 'x' has already been declared (line 2, column 5)"},
		"const":             {"const x", "Missing initializer in const declaration (line 1, column 7)"},
		"break":             {"foo()\nbreak", "Illegal break statement (line 2, column 1)"},
		"with wide letters": {"'日本' + é ñ", "Unexpected identifier ñ (line 1, column 10)"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Recipe(c.text)
			var e *Error
			if !errors.As(err, &e) || e.Error() != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
