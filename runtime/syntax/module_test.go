package syntax

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestModule(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		async      bool
	}{
		"a value":        {"out(x + 1)", "2", false},
		"await":          {"out(await Promise.resolve(x))", "1", true},
		"await inside":   {"(async () => { await 1 })(); out(x)", "1", false},
		"strict":         {"try { undeclared = 1 } catch (e) { out(e.name) }", "ReferenceError", false},
		"a last comment": {"out(x) // the last", "1", false},
	} {
		t.Run(name, func(t *testing.T) {
			program, err := Module("m", c.text, nil, "x", "out")
			if err != nil {
				t.Fatal(err)
			}
			vm := goja.New()
			made, err := vm.RunProgram(program)
			if err != nil {
				t.Fatal(err)
			}
			call, _ := goja.AssertFunction(made)
			var got string
			value, err := call(goja.Undefined(), vm.ToValue(1), vm.ToValue(func(v goja.Value) { got = v.String() }))
			if err != nil {
				t.Fatal(err)
			}
			if _, async := value.Export().(*goja.Promise); got != c.want || async != c.async {
				t.Errorf("%q, a promise: %t", got, async)
			}
		})
	}
	for name, c := range map[string]struct{ text, want string }{
		"breaking out":   {"}); (function () {", "Unexpected token } (line 1, column 1)"},
		"a wrong token":  {"\n  1 2", "Unexpected number (line 2, column 5)"},
		"compiled":       {"let a; let a", "Identifier 'a' has already been declared (line 1, column 12)"},
		"a wrong regexp": {"x\n.match(/\\p{L}/u)", "\\p{...} is not supported"},
		"deep":           {strings.Repeat("[", 2000) + strings.Repeat("]", 2000), tooDeep},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Module("m", c.text, nil)
			var at *Error
			if !errors.As(err, &at) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// TestTooDeep uses the texts that a plain script is refused for.
func TestTooDeep(t *testing.T) {
	wide := strings.Fields("statements lines elements commas fewer backslashes hashes regexes group") // of many parts beside one another
	for name, text := range deepTexts(200_000) {
		if !TooDeep(text) && !slices.Contains(wide, name) {
			t.Errorf("%s is not too deep", name)
		}
	}
	for _, text := range []string{"", "f(1)", ")", "const x: Map<string, Array<number>> = new Map<string, Array<number>>()"} {
		if TooDeep(text) {
			t.Errorf("%q is too deep", text)
		}
	}
}

func FuzzModule(f *testing.F) {
	f.Add("export const x = 1", "x")
	f.Add("}); (", "await 1")
	f.Fuzz(func(t *testing.T, text, more string) {
		IsModule(text)
		TooDeep(text)
		if _, err := Module("m", text+"\n"+more, []byte(`{"version":3,"sources":["a"],"mappings":"AAAA"}`), "a", "b"); err != nil {
			var at *Error
			if !errors.As(err, &at) || at.Line < 1 || at.Column < 1 {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}
