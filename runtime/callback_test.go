package runtime

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"testing"

	"imapsh/runtime/api"
)

// callbackAPI has functions that take functions.
func callbackAPI() *api.API {
	type eachInput struct {
		Times int          `arg:"times" doc:"how often"`
		Do    api.Callback `arg:"do" doc:"what to do with each number"`
		Done  api.Callback `name:"on_done" doc:"is told the sum"`
	}
	a := testAPI()
	a.Funcs = append(a.Funcs, api.Define("each", "Sums what a function gives.", func(_ context.Context, in eachInput) (any, error) {
		sum := int64(0)
		for i := range in.Times {
			value, err := in.Do.Call(i, []string{"a"}, brush{width: i})
			if err != nil {
				return nil, err
			}
			n, ok := value.Plain().(int64)
			if !ok {
				return nil, api.Usagef("each: it gives %s: must be a number", value.JSON())
			}
			sum += n
		}
		if in.Done == nil {
			return sum, nil
		}
		return in.Done.Call(sum)
	}))
	return a
}

func TestCallbacks(t *testing.T) {
	s, err := New(Options{API: callbackAPI(), MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, code, want string }{
		{"is called", "each(4, x => 2 * x)", "12"},
		{"gets what Go has", "each(2, (x, list, b) => list.length + b.hair_width)", "3"},
		{"as an option", "each(3, x => x, {on_done: sum => 'sum ' + sum})", "sum 3"},
		{"gives its value as it is", "const o = {}; each(1, x => x, {onDone: () => o}) === o", "true"},
		{"a method of the engine", "each(2, Math.abs)", "1"},
		{"a promise is waited for", "each(2, async x => x + 1)", "3"},
		{"throws", "each(2, () => { throw new TypeError('mine') })", "TypeError: mine"},
		{"rejects", "each(2, async () => { throw new TypeError('mine') })", "TypeError: mine"},
		{"its error is caught as it was", "try { each(2, () => { throw o }) } catch (e) { e === o }", "true"},
		{"gives something else", "each(1, () => 'x')", `UsageError: each: it gives "x": must be a number`},
		{"no function", "each(1, 5)", "UsageError: each: do 5: must be a function"},
		{"no function as an option", "each(1, x => x, {on_done: 'x'})", `UsageError: each: on_done "x": must be a function`},
		{"missing", "each(1)", "UsageError: each: do is missing: what to do with each number"},
		{"a function where none belongs", "paint(x => x)", "UsageError: paint: room a function: must be a string"},
		{"calls inside calls", "each(2, x => each(2, y => y))", "2"},
	} {
		t.Run(test.name, func(t *testing.T) { gives(t, s, test.code, test.want) })
	}
}

// A function that is called when its call was stopped does not run.
func TestCallbackOfAStoppedCall(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	a := callbackAPI()
	var kept error
	a.Funcs = append(a.Funcs, api.Define("stopped", "Stops, then calls.", func(_ context.Context, in struct {
		Do api.Callback `arg:"do" doc:"it"`
	}) (api.None, error) {
		cancel(ErrInterrupted)
		_, kept = in.Do.Call()
		return api.None{}, kept
	}))
	s, err := New(Options{API: a, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Eval(ctx, "test", "var ran = 0; stopped(() => ran++)"); !errors.Is(err, ErrInterrupted) || !errors.Is(kept, ErrInterrupted) {
		t.Errorf("got %v, %v", err, kept)
	}
	gives(t, s, "ran", "0")
}

func TestTime(t *testing.T) {
	out, messages := &bytes.Buffer{}, &bytes.Buffer{}
	s, err := New(Options{API: testAPI(), Stdout: out, Stderr: messages, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	gives(t, s, "const value = {}; time(() => value) === value", "true")
	gives(t, s, "time(async () => 6 * 7)", "42")
	gives(t, s, "time(() => refuse())", "RefusedError: refused with 7")
	gives(t, s, "time()", "UsageError: time: function is missing: what to run: time(() => …)")
	if !regexp.MustCompile(`^(\d+\.\d{3} s\n){2}$`).MatchString(messages.String()) || out.Len() != 0 {
		t.Errorf("it says %q and prints %q", messages, out)
	}
}

// What a recipe gives to another session holds nothing of its own.
func TestValueForAnotherSession(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range []struct{ code, want string }{
		{"({a: [1, 'x', null]})", `{"a":[1,"x",null]}`},
		{"brushes(2)", `[{"hair_width":0,"note":null},{"hair_width":1,"note":null}]`},
		{"undefined", "null"},
		{"() => 1", "a function"},
		{"({f: () => 1})", "a function"},
		{"[[print]]", "a function"},
		{"new Proxy({}, {})", "a function"},
		{"Symbol('x')", "a Symbol is not a string"},
		{"const loop = {}; loop.loop = loop", "holds itself"},
	} {
		value, err := s.Eval(t.Context(), "test", test.code)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := s.Value(value)
		if err != nil {
			if !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Errorf("%s: %v", test.code, err)
			}
			continue
		}
		other, _ := newTestSession(t)
		if text, err := other.JSON(t.Context(), other.ToJS(plain)); err != nil || compact(text) != test.want {
			t.Errorf("%s: %s, %v", test.code, text, err)
		}
	}
}
