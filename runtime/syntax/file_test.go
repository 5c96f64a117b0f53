package syntax

import (
	"testing"

	"github.com/dop251/goja"
)

func TestForFile(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"expression":             {"1 + 1", "1 + 1;"},
		"closed already":         {"let a = 1;", "let a = 1;"},
		"declaration":            {"let a = () => {\n  return 1\n}", "let a = () => {\n  return 1\n};"},
		"comment behind":         {"a = 1 // one", "a = 1; // one"},
		"comment alone":          {"// one", "// one"},
		"function":               {"function f() {}", "function f() {}"},
		"class":                  {"class A {}", "class A {}"},
		"object":                 {"{a: 1, b: 2} // both", "({a: 1, b: 2}); // both"},
		"block":                  {"{ let a = 1; a }", "{ let a = 1; a }"},
		"if without a block":     {"if (a) b = {}", "if (a) b = {};"},
		"value of await":         {"await f()", "await f();"},
		"bracket begins a line":  {"(1)", "(1);"},
		"nothing is made of it":  {"let = = 1", "let = = 1"},
		"template ends a string": {"`a\nb`", "`a\nb`;"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ForFile(c.typed); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// TestPrepareFile runs files one after the other: what they declare stays.
func TestPrepareFile(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"return":               {"let a = 1\nif (a) return a + 1\na = 5", "2"},
		"declared, then taken": {"#!/usr/bin/env imapsh\nfunction f() { return g }\nlet g = 3\nreturn f()", "3"},
		"await and return":     {"const x = await Promise.resolve(4); return x", "4"},
		"await":                {"await Promise.resolve(5)", "5"},
		"plain":                {"let y = 6\ny", "6"},
		"return alone":         {"return", "undefined"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := PrepareFile(c.text)
			if err != nil {
				t.Fatal(err)
			}
			vm := goja.New()
			value, err := runOn(t, vm, s)
			if err != nil || value.String() != c.want {
				t.Errorf("it gives %v (%v), not %s", value, err, c.want)
			}
			if name == "declared, then taken" && (vm.Get("f") == nil || vm.Get("g") == nil) {
				t.Error("its declarations are not global")
			}
		})
	}
	for text, want := range map[string]int{"const a": 1, "let a = 1\nreturn a +": 2, "1\nconst b; return": 2} {
		if _, err := PrepareFile(text); err == nil || err.(*Error).Line != want {
			t.Errorf("%q: %v, not an error in line %d", text, err, want)
		}
	}
}
