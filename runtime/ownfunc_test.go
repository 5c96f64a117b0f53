package runtime

import "testing"

func TestHelpOnOwnFunctions(t *testing.T) {
	s, _ := newTestSession(t)
	for _, code := range []string{
		"// Doubles a number.\n// Of anything else it gives NaN.\nfunction twice(x) {\n  return 2 * x;\n}",
		"/** Halves. */\nconst half = (x, by = 2) => x / by",
		"/**\n * Adds.\n * @param a\n */\nasync function add(a, b) { return a + b }",
		"const plain = function (a) { return a }",
		"let number = 5",
	} {
		if _, err := s.Eval(t.Context(), code[:10], code); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ name, help, source string }{
		{"twice", "function twice(x)\n  Doubles a number.\n  Of anything else it gives NaN.\n",
			"// Doubles a number.\n// Of anything else it gives NaN.\nfunction twice(x) {\n  return 2 * x;\n}\n"},
		{"half", "(x, by = 2) => x / by\n  Halves.\n", "// Halves.\n(x, by = 2) => x / by\n"},
		{"add", "async function add(a, b)\n  Adds.\n  @param a\n", "// Adds.\n// @param a\nasync function add(a, b) { return a + b }\n"},
		{"plain", "function (a)\n", "function (a) { return a }\n"},
	} {
		if text, err := s.Help(test.name); err != nil || text != test.help {
			t.Errorf("help of %s: %q, %v; want %q", test.name, text, err, test.help)
		}
		if text, ok := s.SourceOf(test.name); !ok || text != test.source {
			t.Errorf("source of %s: %q; want %q", test.name, text, test.source)
		}
	}
	for _, name := range []string{"number", "paint", "parseInt"} {
		if text, ok := s.SourceOf(name); ok {
			t.Errorf("%s has a source: %q", name, text)
		}
	}
}
