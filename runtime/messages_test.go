package runtime

import (
	"context"
	"errors"
	"imapsh/runtime/api"
	"strings"
	"testing"
	"time"
)

func TestMessagesOfTheEngine(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range []struct{ code, want string }{
		{"null.x", "TypeError: Cannot read property 'x' of null"},
		{"null.x()", "TypeError: Cannot read property 'x' of null"},
		{"null[0]", "TypeError: Cannot read property '0' of null"},
		{"undefined.x", "TypeError: Cannot read property 'x' of undefined"},
		{"var q = null; q.x", "TypeError: Cannot read property 'x' of null or undefined"},
		{"var f = 3; f()", "TypeError: f is not a function: it is 3"},
		{"var o = {a: 'x'}; o.a()", "TypeError: o.a is not a function: it is x"},
		{"paint.over()", "TypeError: paint.over is not a function"},
		{"[1].map(3)", "TypeError: Value is not an object: 3"},
		{"throw new TypeError('x of undefined')", "TypeError: x of undefined"},
	} {
		_, err := s.Eval(t.Context(), "test", test.code)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.code, err, test.want)
		}
	}
}

func TestAbsentNamesSayWhatToUse(t *testing.T) {
	s, _ := newTestSession(t)
	for name, want := range absent {
		if s.Declares(name) {
			t.Errorf("%s is there", name)
			continue
		}
		_, err := s.Eval(t.Context(), "test", name+".x")
		var script *ScriptError
		if !errors.As(err, &script) || script.Hint() != want {
			t.Errorf("%s: %v, hint %q", name, err, script.Hint())
		}
	}
}

func TestSuggestionIsAnotherWord(t *testing.T) {
	if word, ok := api.Nearest("filter", []string{"filter", "filters"}); ok {
		t.Errorf("%q is suggested", word)
	}
}

func TestAllFramesAreShown(t *testing.T) {
	s, _ := newTestSession(t)
	_, err := s.Run(t.Context(), "r.js", "function deep() {\n  null.x;\n}\nfunction outer() { [1].map(() => deep()) }\nouter();")
	var out strings.Builder
	WriteError(&out, err, SourceFile)
	if want := "    at deep r.js:2:8, r.js:4, outer r.js:4, r.js:5\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("got %s", &out)
	}
}

// TestVariablesAreKept stops a loop of promises, after which the engine runs no promise
// any more and the session is made anew.
func TestVariablesAreKept(t *testing.T) {
	s, _ := newTestSession(t)
	if _, err := s.Eval(t.Context(), "test", `
		var n = 3, text = 'x', list = [1, {a: null}], b = new Brush(4), bs = brushes(2), f = () => 1, day = new Date(0);
		let kept = true`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(50*time.Millisecond, func() { cancel(ErrInterrupted) })
	_, err := s.Eval(ctx, "test", "await (async () => { for (;;) await 1 })()")
	if !errors.Is(err, ErrInterrupted) || !strings.Contains(err.Error(), "its variables are kept but for f") {
		t.Fatalf("got %v", err)
	}
	value, err := s.Eval(t.Context(), "test", "[n, text, JSON.stringify(list), b instanceof Brush, bs instanceof BrushList, bs.length, typeof f, kept, day.getTime(), await 5].join()")
	if want := `3,x,[1,{"a":null}],true,true,2,undefined,true,0,5`; err != nil || value.String() != want {
		t.Errorf("%v, %v", value, err)
	}
}
