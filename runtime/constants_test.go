package runtime

import (
	"errors"
	"strings"
	"testing"
)

// A const of the prompt keeps its value, and may be declared again.
func TestConstants(t *testing.T) {
	const refused = "TypeError: Assignment to constant variable."
	s, _ := newTestSession(t)
	for _, test := range []struct{ name, code, want string }{
		{"declared", "const x = 1, {a, ...rest} = {a: 2, b: 3}; x + a + rest.b", "6"},
		{"assigned", "x = 5", refused},
		{"incremented", "x++", refused},
		{"assigned by a pattern", "[a] = [5]", refused},
		{"assigned in a function", "(() => { x = 5 })()", refused},
		{"caught", "try { x = 5 } catch (e) { e instanceof TypeError && x }", "1"},
		{"hidden by a local", "(() => { let x = 1; x = 2; return x })() + (x => x = 4)(3)", "6"},
		{"unchanged", "x + a", "3"},
		{"assigned in the same text", "const same = 1; same = 2", refused},
		{"... and kept", "same", "1"},
		{"assigned by a function of the same text", "const n = 1; (function up() { n++ })()", refused},
		{"assigned before", "early = 1; const early = 2", refused},
		{"declared twice in a loop", "let sum = 0; for (const i of [1, 2]) sum += i; sum", "3"},
		{"declared again", "const x = 10; x", "10"},
		{"declared again by let", "let x = 11; x = 12; x", "12"},
		{"declared again by var", "const x = 1; 0", "0"},
		{"... which keeps the value", "var x; x", "1"},
		{"... and can be assigned", "x = 7", "7"},
		{"declared again by function", "const f = 1; 0", "0"},
		{"... which can be called", "function f() { return 3 } f() + (f = 4)", "7"},
		{"declared with await", "const late = await 5; late", "5"},
		{"... assigned", "late = 6", refused},
		{"of undefined", "const nothing = undefined; typeof nothing", "undefined"},
		{"a class", "class K {} K = 5", "5"},
		{"in place of a function of the session", "const paint = 3; paint", "3"},
		{"... assigned", "paint = 4", refused},
		{"among the keys", "Object.keys(globalThis).filter(k => ['x', 'late', 'a'].includes(k)).sort().join()", "a,late,x"},
		{"deleted", "delete globalThis.late; typeof late", "undefined"},
		{"one whose value fails", "const bad = refuse()", "RefusedError: refused with 7"},
		{"... is plain", "bad = 3", "3"},
		{"in place of a function, failing", "const sleep = refuse()", "RefusedError: refused with 7"},
		{"... which stays", "typeof sleep", "function"},
	} {
		t.Run(test.name, func(t *testing.T) { gives(t, s, test.code, test.want) })
	}
	if got := strings.Join(s.Restore(), " "); got != "paint" {
		t.Errorf("restored %s", got)
	}
	gives(t, s, "paint = 5", "5")
	gives(t, s, "const list = brushes(2); list.length", "2")
	for _, v := range s.Variables() {
		if v.Name == "list" && v.Type != "BrushList(2)" {
			t.Errorf("%+v", v)
		}
	}
	if got := strings.Join(candidates(s, "list.cou"), " "); got != "count" {
		t.Errorf("completes to %q", got)
	}
	_, err := s.Eval(t.Context(), "test", "let y = 1;\n  list = y")
	var script *ScriptError
	if !errors.As(err, &script) || !strings.HasPrefix(script.Place(), "test:2:") {
		t.Errorf("the place is %v", script.Place())
	}
}
