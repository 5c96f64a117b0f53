package runtime

import (
	"errors"
	"testing"
)

// What a list lacks is an error; what the language asks of any array is none.
func TestStrictLists(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range []struct{ name, code, want string }{
		{"mistyped getter", "brushes(2).wid", `UsageError: a BrushList has no field or method "wid"; did you mean "wide"?`},
		{"mistyped length", "brushes(2).lenght", `UsageError: a BrushList has no field or method "lenght"; did you mean "length"?`},
		{"mistyped method of arrays", "brushes(2).fliter(x => x)", `UsageError: a BrushList has no field or method "fliter"; did you mean "filter"?`},
		{"nothing like it", "brushes(2).somethingElse", `UsageError: a BrushList has no field or method "somethingElse"`},
		{"of what filter keeps", "brushes(2).filter(x => x).cuont", `UsageError: a BrushList has no field or method "cuont"; did you mean "count"?`},
		{"an index beyond the end", "String(brushes(2)[5]) + brushes(2)['7'] + brushes(2).at(9)", "undefinedundefinedundefined"},
		{"JSON, await and in", "[JSON.stringify(brushes(1)), (await brushes(1)).length, 'wid' in brushes(1), 'wide' in brushes(1)].join()", `[{"hair_width":0,"note":null}],1,false,true`},
		{"array methods", "const l = brushes(3); [l.map(b => b.hair_width).join(), l.at(-1).hair_width, [...l].length, l.includes(l[1]), l.concat(l).count(), Array.from(l).length].join()", "0,1,2,2,3,true,6,3"},
		{"growth and assignment", "const g = brushes(1); g.push(new Brush(7)); g[2] = new Brush(8); g.mine = 5; [g.count(), g.mine, g.length].join()", "3,5,3"},
		{"what it is", "[brushes(1) instanceof BrushList, brushes(1) instanceof Array, Array.isArray(brushes(1)), brushes(1).constructor.name, String(BrushList.prototype.nothing), Object.prototype.toString.call(brushes(1))].join()", "true,true,true,BrushList,undefined,[object Array]"},
		{"flat, spread and destructuring", "const [a, , c] = brushes(2); [[brushes(1), brushes(2)].flat().length, Math.max(...brushes(2).map(b => b.hair_width)), String(c), structured(a)].join(); function structured(x) { return typeof x }", "3,1,undefined,object"},
	} {
		t.Run(test.name, func(t *testing.T) { gives(t, s, test.code, test.want) })
	}
}

func TestMistypedMethods(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range []struct{ code, message, advice string }{
		{"new Map().forEahc(x => x)", "TypeError: forEahc is not a function", "did you mean forEach?"},
		{"let m = [1]; m.fliter(x => x)", "TypeError: m.fliter is not a function", "did you mean filter?"},
		{"'a'.repaet(2)", "TypeError: repaet is not a function", "did you mean repeat?"},
		{"[1].count()", "TypeError: count is not a function", "count is a method of a BrushList; a.concat(b) and filter keep one, [...a, ...b] and map make a plain array"},
	} {
		_, err := s.Eval(t.Context(), "test", test.code)
		var script *ScriptError
		if !errors.As(err, &script) || script.Error() != test.message || script.Hint() != test.advice {
			t.Errorf("%s: %v, hint %q", test.code, err, script.Hint())
		}
	}
}
