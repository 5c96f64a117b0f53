package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"imapsh/runtime/api"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"
)

// colour is a vocabulary for tests.
type colour string

func (colour) Values() []string { return []string{"red", "green", "blue"} }

// paint is an input with every kind of field.
type paint struct {
	Room    string    `arg:"room" doc:"which room"`
	Colour  []colour  `name:"colour" doc:"colour, or a list"`
	Coats   int       `name:"coats" doc:"how many"`
	Litres  *float64  `name:"litres" doc:"how much"`
	DryTime *int      `name:"dry_time" doc:"hours"`
	Glossy  bool      `name:"glossy" doc:"shiny"`
	Day     dayOfTest `name:"day" doc:"when"`
}

type dayOfTest string

func (d *dayOfTest) UnmarshalText(text []byte) error {
	if len(text) != 10 {
		return api.Usagef("%q: must be YYYY-MM-DD", text)
	}
	*d = dayOfTest(text)
	return nil
}

// brush is a value of a class.
type brush struct {
	width int
	note  any
}

func (brush) Names() []string { return []string{"hair_width", "note"} }

func (b brush) Get(name string) (any, bool) {
	switch name {
	case "hair_width":
		return b.width, true
	case "note":
		return b.note, true
	}
	return nil, false
}

type brushes []brush

type refused struct{ code int }

func (r *refused) Error() string { return fmt.Sprintf("refused with %d", r.code) }
func (r *refused) Hint() string  { return "ask again" }

// testAPI offers one of each kind of declaration.
func testAPI() *api.API {
	type widthInput struct {
		Width int `arg:"width" doc:"in mm"`
	}
	return &api.API{
		Funcs: []*api.Func{
			api.Define("paint", "Paints a room.", func(_ context.Context, in paint) (string, error) {
				litres, dry := "-", "-"
				if in.Litres != nil {
					litres = fmt.Sprint(*in.Litres)
				}
				if in.DryTime != nil {
					dry = fmt.Sprint(*in.DryTime)
				}
				return fmt.Sprintf("%s %v %d %s %s %v %s", in.Room, in.Colour, in.Coats, litres, dry, in.Glossy, in.Day), nil
			}, api.Example("paint('kitchen', {colour: 'red'})")),
			api.Define("refuse", "Fails.", func(context.Context, api.None) (api.None, error) { return api.None{}, &refused{7} }),
			api.Define("crash", "Has a fault.", func(context.Context, api.None) (api.None, error) {
				var list []int
				return api.None{}, fmt.Errorf("%d", list[3])
			}),
			api.Define("groups", "Gives groups.", func(context.Context, api.None) ([]api.Property, error) {
				return []api.Property{{Name: "__proto__", Value: []any{1}}, {Name: "a", Value: []any{2}}}, nil
			}),
			api.Define("wait", "Waits for ever.", func(ctx context.Context, _ api.None) (api.None, error) {
				<-ctx.Done()
				return api.None{}, context.Cause(ctx)
			}),
			api.Define("brushes", "Lists brushes.", func(_ context.Context, in widthInput) (brushes, error) {
				list := brushes{}
				for i := range in.Width {
					list = append(list, brush{width: i})
				}
				return list, nil
			}),
			api.Define("keep", "Gives back what it gets as JSON.", func(_ context.Context, in struct {
				Value api.JSON `arg:"value" doc:"anything"`
			}) (api.JSON, error) {
				return in.Value, nil
			}),
		},
		Classes: []*api.Class{
			api.NewClass("Brush", "A brush.",
				api.Describe[brush](api.Prop{Name: "hair_width", Doc: "in mm"}),
				api.Ctor(func(_ context.Context, in widthInput) (brush, error) { return brush{width: in.Width}, nil }),
				api.Text(func(b brush) string { return fmt.Sprintf("brush of %d mm", b.width) }),
				api.Method("cleanUp", "Cleans it.", func(_ context.Context, b brush, _ api.None) (string, error) {
					return fmt.Sprintf("cleaned %d", b.width), nil
				}),
				api.Static[brush](api.Define("ofInches", "Makes one.", func(_ context.Context, in widthInput) (brush, error) {
					return brush{width: in.Width * 25}, nil
				})),
			),
			api.NewList("BrushList", "Brushes.",
				api.Getter("wide", "the wide ones", func(l brushes) any { return l[len(l)/2:] }),
				api.Method("count", "How many.", func(_ context.Context, l brushes, _ api.None) (int, error) { return len(l), nil }),
				api.Inspected(func(l brushes) string { return fmt.Sprintf("<%d brushes>", len(l)) }),
			),
		},
		Objects: []*api.Object{{Name: "settings", Doc: "Settings.", Props: []api.Accessor{
			{Name: "HOME", Doc: "where", Get: func() any { return "here" }, Set: func(text string) error {
				if text == "nowhere" {
					return api.Usagef("HOME: must be a place")
				}
				return nil
			}},
			{Name: "FIXED", Doc: "fixed", Get: func() any { return "<set>" }},
		}}},
		Remarks: []api.Prop{{Name: "it", Doc: "the next coat"}},
		Errors: []api.ErrorClass{
			{Name: "UsageError", Match: func(err error) ([]api.Property, bool) {
				var usage *api.UsageError
				return nil, errors.As(err, &usage)
			}},
			{Name: "PaintError", Props: []api.Prop{{Name: "tin", Doc: "which one"}}, Match: func(error) ([]api.Property, bool) { return nil, false }},
			{Name: "RefusedError", Parent: "PaintError", Doc: "The paint was refused.", Props: []api.Prop{{Name: "code", Doc: "of the refusal"}}, Match: func(err error) ([]api.Property, bool) {
				var r *refused
				if !errors.As(err, &r) {
					return nil, false
				}
				return []api.Property{{Name: "code", Value: r.code}}, true
			}},
		},
	}
}

func newTestSession(t *testing.T) (*Session, *bytes.Buffer) {
	t.Helper()
	out := &bytes.Buffer{}
	s, err := New(Options{API: testAPI(), Stdout: out, Stderr: out, Args: []string{"one", "two"}, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	return s, out
}

func TestEvalValues(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"options", "paint('hall', {colour: ['red', 'blue'], coats: 2, litres: 1.5, dry_time: 4, glossy: true, day: '2026-01-05'})", "hall [red blue] 2 1.5 4 true 2026-01-05"},
		{"one word for a list", "paint('hall', {colour: 'red'})", "hall [red] 0 - - false "},
		{"other spelling", "paint('hall', {dryTime: 3})", "hall [] 0 - 3 false "},
		{"null is not given", "paint('hall', {dry_time: null, colour: undefined})", "hall [] 0 - - false "},
		{"number as text", "paint('hall', {coats: '3'})", "hall [] 3 - - false "},
		{"a Date for a day", "paint('hall', {day: new Date(Date.UTC(2026, 0, 5))})", "hall [] 0 - - false 2026-01-05"},
		{"await is harmless", "await paint('hall')", "hall [] 0 - - false "},
		{"a promise is waited for", "Promise.resolve(paint('hall'))", "hall [] 0 - - false "},
		{"class by new", "new Brush(30).cleanUp()", "cleaned 30"},
		{"method's other spelling", "new Brush(30).clean_up()", "cleaned 30"},
		{"static", "Brush.ofInches(2).hair_width", "50"},
		{"field's other spelling", "new Brush(9).hairWidth", "9"},
		{"instanceof", "new Brush(1) instanceof Brush", "true"},
		{"String", "String(new Brush(4))", "brush of 4 mm"},
		{"JSON of an instance", "JSON.stringify(new Brush(4))", `{"hair_width":4,"note":null}`},
		{"spread of an instance", "JSON.stringify({...new Brush(4), note: 'mine'})", `{"hair_width":4,"note":"mine"}`},
		{"keys", "Object.keys(new Brush(4)).join()", "hair_width,note"},
		{"list is an array", "Array.isArray(brushes(3)) && brushes(3) instanceof BrushList && brushes(3) instanceof Array", "true"},
		{"filter keeps the class", "brushes(6).filter(b => b.hair_width > 2).count()", "3"},
		{"slice keeps the class", "brushes(6).slice(1, 3) instanceof BrushList", "true"},
		{"map gives an array", "brushes(3).map(b => b.hair_width) instanceof BrushList", "false"},
		{"toSorted keeps the class", "brushes(3).toSorted((a, b) => b.hair_width - a.hair_width).count()", "3"},
		{"getter", "brushes(6).wide.count()", "3"},
		{"length and index", "brushes(6)[5].hair_width + brushes(6).length", "11"},
		{"destructuring", "const [first, ...rest] = brushes(4); rest.length", "3"},
		{"JSON keeps the order", "JSON.stringify(keep({b: 1, a: [1, {z: null}], n: new Brush(2)}))", `{"b":1,"a":[1,{"z":null}],"n":{"hair_width":2,"note":null}}`},
		{"setting", "settings.HOME", "here"},
		{"setting's other spelling", "settings.home", "here"},
		{"setting set under its other spelling", "settings.home = 'there'", "there"},
		{"what the language asks of an object", "[await settings === settings, JSON.stringify(settings), String(settings), settings.constructor.name, 'home' in settings, 'nothing' in settings, 'toString' in settings, {...settings}.HOME].join()", "true,{\"HOME\":\"here\",\"FIXED\":\"<set>\"},[object Object],Object,true,false,true,here"},
		{"args", "args.join()", "one,two"},
		{"object literal", "typeof {a: 1, b: 2}", "object"},
		{"let again", "let again = 1; let other = 2", "undefined"},
		{"caught error", "try { refuse() } catch (e) { [e.name, e.code, e.hint, e.message, e instanceof RefusedError, e instanceof PaintError, e instanceof Error].join() }", "RefusedError,7,ask again,refused with 7,true,true,true"},
		{"a user's own error of a class", "try { throw new UsageError('mine') } catch (e) { e instanceof UsageError && e.name + e.message }", "UsageErrormine"},
		{"a property called __proto__", "JSON.stringify(groups().__proto__) + Object.keys(groups())", "[1]__proto__,a"},
		{"function's name", "paint.name + paint.length", "paint1"},
	}
	s, _ := newTestSession(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := s.Eval(t.Context(), "test", test.code)
			if err != nil {
				t.Fatal(err)
			}
			if got := value.String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	if _, err := s.Eval(t.Context(), "test", "let again = 3; const other = 4; class Mine {}; class Mine {}"); err != nil {
		t.Errorf("declaring again: %v", err)
	}
}

func TestEvalErrors(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"unknown option, near", "paint('x', {colours: 'red'})", `UsageError: paint: unknown option "colours"; did you mean "colour"?`},
		{"unknown option, far", "paint('x', {zzzzzzzz: 1})", `UsageError: paint: unknown option "zzzzzzzz"; the options are colour, coats, litres, dry_time, glossy, day`},
		{"wrong word", "paint('x', {colour: 'gren'})", `UsageError: paint: colour "gren": must be one of red, green, blue; did you mean "green"?`},
		{"wrong word in a list", "paint('x', {colour: ['red', 5]})", `UsageError: paint: colour 5: must be a string`},
		{"not an integer", "paint('x', {coats: 1.5})", `UsageError: paint: coats 1.5: must be an integer`},
		{"not a number", "paint('x', {litres: 'much'})", `UsageError: paint: litres "much": must be a number`},
		{"not a boolean", "paint('x', {glossy: 'yes'})", `UsageError: paint: glossy "yes": must be true or false`},
		{"the type's own check", "paint('x', {day: 'soon'})", `UsageError: paint: day "soon": must be YYYY-MM-DD`},
		{"same option twice", "paint('x', {dry_time: 1, dryTime: 2})", `UsageError: paint: dryTime and dry_time are the same option`},
		{"missing", "paint()", `UsageError: paint: room is missing: which room`},
		{"options are no object", "paint('x', 5)", `UsageError: paint: options are given as an object, such as paint('kitchen', {colour: 'red'})`},
		{"too many", "paint('x', {}, 1, 2)", `UsageError: paint: 2 arguments too many; it is called as paint(room, {…})`},
		{"a Go error", "refuse()", `RefusedError: refused with 7`},
		{"a fault of ours is no crash", "crash()", `Error: crash: internal error (please report it): runtime error: index out of range [3] with length 0`},
		{"instance is read only", "new Brush(3).note = 5", `UsageError: note: a field of a Brush cannot be changed; copy it first: {...x, note: …}`},
		{"mistyped field", "new Brush(3).nte", `UsageError: a Brush has no field or method "nte"; did you mean "note"?`},
		{"mistyped method", "new Brush(3).cleanup()", `UsageError: a Brush has no field or method "cleanup"; did you mean "cleanUp"?`},
		{"a field that is none", "new Brush(3).somethingElse", `UsageError: a Brush has no field or method "somethingElse"; the fields are hair_width, note`},
		{"method on something else", "Brush.prototype.cleanUp.call({})", `UsageError: a method of Brush was called on something else`},
		{"list of other things", "brushes(2).concat([5]).count()", `UsageError: item 2 of the BrushList is not what it holds; use a plain array for other things`},
		{"unknown setting", "settings.HOM = 'x'", `UsageError: settings: no setting "HOM"; did you mean "HOME"?`},
		{"unknown setting read", "settings.HOM", `UsageError: settings: no setting "HOM"; did you mean "HOME"?`},
		{"unknown setting, far", "settings.somethingElse", `UsageError: settings: no setting "somethingElse"; the settings are HOME, FIXED`},
		{"fixed setting", "settings.FIXED = 'x'", `UsageError: settings.FIXED: it cannot be set`},
		{"wrong setting", "settings.HOME = 'nowhere'", `UsageError: HOME: must be a place`},
		{"JavaScript's own", "nothing.here", `ReferenceError: nothing is not defined`},
		{"thrown text", "throw 'a text'", `thrown: 'a text'`},
		{"rejected", "await Promise.reject(new TypeError('no'))", `TypeError: no`},
		{"nobody looks at a rejection", "Promise.reject(new TypeError('lost')); 5", `TypeError: lost`},
		{"endless recursion", "(function f() { f() })()", `RangeError: too many calls inside one another: a function calls itself without end`},
		{"control characters", `throw new Error('a\u001b[31m\nb')`, `Error: a\x1b[31m b`},
		{"an error that bites", "throw Object.defineProperty(new Error('x'), 'message', {get() { throw 1 }})", `an error that cannot be read`},
		{"sleep", "sleep(-1)", `UsageError: sleep: seconds -1: must be from 0 to 86400`},
		{"exit", "exit(300)", `UsageError: exit: code 300: must be from 0 to 255`},
		{"symbol", "paint(Symbol('hall'))", `UsageError: a Symbol is not a string; give its description, or what it stands for`},
		{"symbol among options", "paint('hall', {colour: Symbol('red')})", `UsageError: colour: a Symbol is not a string; give its description, or what it stands for`},
		{"symbol in a list", "paint('hall', {colour: ['red', Symbol('blue')]})", `UsageError: colour: a Symbol is not a string; give its description, or what it stands for`},
		{"help", "help('pain')", `UsageError: help: nothing is called "pain"; did you mean "paint"?`},
	}
	s, _ := newTestSession(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := s.Eval(t.Context(), "test", test.code)
			if err == nil {
				t.Fatal("no error")
			}
			if got := err.Error(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestUnknownNamesGetAHint(t *testing.T) {
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"paint('x', {colour: red})": "a word is written in quotes: 'red'",
		"pain('x')":                 "did you mean paint?",
		"settngs":                   "did you mean settings?",
		"somethingElse":             "",
	} {
		_, err := s.Eval(t.Context(), "test", code)
		var script *ScriptError
		if !errors.As(err, &script) || script.Hint() != want {
			t.Errorf("%s: %v, hint %q, want %q", code, err, script.Hint(), want)
		}
	}
}

func TestErrorsKeepTheirCause(t *testing.T) {
	s, _ := newTestSession(t)
	for _, code := range []string{
		"refuse()",
		"try { refuse() } catch (e) { throw e }",
		"(async () => refuse())()",
		"[1].map(() => refuse())",
	} {
		_, err := s.Eval(t.Context(), "test", code)
		var r *refused
		if !errors.As(err, &r) || r.code != 7 {
			t.Errorf("%s: %v does not hold the Go error", code, err)
		}
		var hinter api.Hinter
		if !errors.As(err, &hinter) || hinter.Hint() != "ask again" {
			t.Errorf("%s: no hint", code)
		}
	}
}

func TestErrorAsValue(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range [][2]string{
		{"function bad() { throw new TypeError('no') }\nbad()", "TypeError: no\n\tat bad (test:1:24)\n\tat test:2:4\n"},
		{"x x", "SyntaxError: Unexpected identifier x\n\tat test:1:3\n"},
		{"SyntaxError = class { constructor() { for (;;); } }; y y", "SyntaxError: Unexpected identifier y\n\tat test:1:56\n"},
		{"SyntaxError = class { constructor() { for (;;); } }; refuse()", "RefusedError: refused with 7\n\tat refuse (native)\n\tat test:1:60\n"},
		{"z z", "SyntaxError: Unexpected identifier z\n\tat test:1:3\n"},
	} {
		_, err := s.Eval(t.Context(), "test", test[0])
		object, ok := s.ErrorValue(err).(*goja.Object)
		if !ok || object.Get("stack").String() != test[1] {
			t.Errorf("%s: the stack is %q, not %q", test[0], object.Get("stack"), test[1])
		}
	}
}

func TestExplainShowsThePlace(t *testing.T) {
	s, _ := newTestSession(t)
	tests := []struct{ name, script, want string }{
		{"first line", "const a = 1; refuse()", "    const a = 1; refuse()\n                 ^\n    at recipe.js:1:14"},
		{"later line", "\n\tlet 日本 = paint('x'); paint('x', {coat: 1})\n", "     let 日本 = paint('x'); paint('x', {coat: 1})\n                                        ^^^^\n    at recipe.js:2:35"},
		{"in a function", "function f() {\n  refuse()\n}\nf()", "      refuse()\n      ^\n    at recipe.js:2:3"},
		{"after await", "await 1\nrefuse()", "    refuse()\n    ^\n    at recipe.js:2:1"},
		{"syntax", "let x = 1\nlet y = )", "    let y = )\n            ^\n    at recipe.js:2:9"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := s.Run(t.Context(), "recipe.js", test.script)
			var script *ScriptError
			if !errors.As(err, &script) {
				t.Fatalf("%v is no ScriptError", err)
			}
			if diff := cmp.Diff(test.want, script.Line()+"\n    at "+script.Place()); diff != "" {
				t.Errorf("%v: (-want +got)\n%s", err, diff)
			}
		})
	}
}

func TestRunScripts(t *testing.T) {
	tests := []struct{ name, script, wantOut, wantErr string }{
		{"return and await", "print(await Promise.resolve(args[0])); return; print('never')", "one\n", ""},
		{"hashbang", "#!/usr/bin/env imapsh\nprint('x')", "x\n", ""},
		{"own scope", "const local = 1", "", ""},
		{"own scope is gone", "print(typeof local)", "undefined\n", ""},
		{"print", "print('a', 1, [1, 'b'], null, undefined, {c: true})", "a 1 [ 1, 'b' ] null undefined { c: true }\n", ""},
		{"console", "console.log('out'); console.error('err'); console.warn(1)", "out\nerr\n1\n", ""},
		{"symbol", "print(Symbol('x'), [Symbol('y')])", "Symbol(x) [ Symbol(y) ]\n", ""},
		{"places for what is no number", "console.log('%d %d %i %d', 10n, {valueOf() { throw new Error('ran') }}, Symbol('s'), '7')", "10 NaN NaN 7\n", ""},
		{"places for none", "console.log('100 %é, %x and %', 1)", "100 %é, %x and % 1\n", ""},
		{"places", "console.log('%s is %d, %i %f %j %o %%', 'a', '5', 1.9, 1.5, {b: [1]}, 'c', 6, 'd')", "a is 5, 1 1.5 {\"b\":[1]} 'c' % 6 d\n", ""},
		{"places without values", "console.log('100%'); console.log('%s %d', 'a'); console.log('%x %', 1); console.log('%d', Symbol('s'), 'x'); console.log('%%')", "100%\na %d\n%x % 1\nNaN x\n%%\n", ""},
		{"never finishes", "await new Promise(() => {})", "", "UsageError: the script never finished: it waits for a promise that nothing settles"},
		{"exit", "try { print('x'); exit(3) } catch { print('caught') } finally { print('finally') }", "x\n", "exit 3"},
	}
	s, out := newTestSession(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out.Reset()
			_, err := s.Run(t.Context(), "recipe.js", test.script)
			if got := fmt.Sprint(err); (err != nil || test.wantErr != "") && got != test.wantErr {
				t.Errorf("error %v, want %s", err, test.wantErr)
			}
			if out.String() != test.wantOut {
				t.Errorf("printed %q, want %q", out.String(), test.wantOut)
			}
		})
	}
}

// gives compares what code gives, or the error that it ends in.
func gives(t *testing.T, s *Session, code, want string) {
	t.Helper()
	value, err := s.Eval(t.Context(), "test", code)
	got := fmt.Sprint(value)
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s gives %s, not %s", code, got, want)
	}
}

// TestInterrupt stops what a script may be in the middle of. What it does is
// begun before the context ends: the script says so by printing.
func TestInterrupt(t *testing.T) {
	tests := []struct{ name, code string }{
		{"loop", "print('go'); while (true) {}"},
		{"loop that catches", "print('go'); while (true) { try { while (true) {} } catch {} }"},
		{"sleep", "print('go'); sleep(3600)"},
		{"sleep that catches", "print('go'); while (true) try { sleep(3600) } catch {}"},
		{"a function that waits", "print('go'); wait()"},
		{"await", "print('go'); await null; while (true) {}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			s, err := New(Options{API: testAPI(), Stdout: writerFunc(func([]byte) { cancel(ErrInterrupted) }), MaxMatching: matchingOfTests})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Eval(ctx, "test", test.code); !errors.Is(err, ErrInterrupted) {
				t.Fatalf("got %v", err)
			}
			value, err := s.Eval(t.Context(), "test", "await Promise.resolve(2).then(x => x + 40)")
			if err != nil || value.ToInteger() != 42 {
				t.Errorf("the session does not go on: %v %v", value, err)
			}
		})
	}
	t.Run("timeout", func(t *testing.T) {
		s, _ := newTestSession(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := s.Eval(ctx, "test", "sleep(3600)"); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v", err)
		}
	})
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

func TestDecodeFlagsSaysTheSame(t *testing.T) {
	s, _ := newTestSession(t)
	for _, values := range []map[string]any{
		{"colour": []any{"gren"}}, {"coats": "many"}, {"litres": "x"}, {"day": "soon"}, {"colours": "x"},
	} {
		var in paint
		flagErr := api.Decode("paint", &in, values)
		text, _ := s.Eval(t.Context(), "test", "x => paint('hall', x)")
		call, _ := goja.AssertFunction(text)
		_, callErr := call(goja.Undefined(), s.ToJS(values))
		if flagErr == nil || callErr == nil || !strings.Contains(callErr.Error(), flagErr.Error()) {
			t.Errorf("%v:\n flag: %v\n call: %v", values, flagErr, callErr)
		}
	}
}

func TestHelpNamesEverything(t *testing.T) {
	s, out := newTestSession(t)
	if _, err := s.Eval(t.Context(), "test", "help()"); err != nil {
		t.Fatal(err)
	}
	for _, name := range s.api.Names() {
		if !strings.Contains(out.String(), name) {
			t.Errorf("help() does not name %s", name)
		}
		out.Reset()
		if _, err := s.Eval(t.Context(), "test", "help('"+name+"'); help("+name+")"); err != nil {
			t.Error(err)
		}
		if !strings.HasPrefix(out.String(), name) && !strings.HasPrefix(out.String(), "new "+name) || strings.Contains(out.String(), "No help") {
			t.Errorf("help(%s) prints %s", name, out)
		}
		out.Reset()
		_, _ = io.WriteString(out, s.api.Overview())
	}
}

func TestHelpOnAPath(t *testing.T) {
	s, out := newTestSession(t)
	if _, err := s.Eval(t.Context(), "test", `list = brushes(2); plain = [new Brush(1)]; five = 5;
		Object.defineProperty(globalThis, 'bites', {get() { for (;;); }, configurable: true});
		Object.defineProperty(globalThis, 'it', {get() { for (;;); }})`); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Brush.cleanUp":     "cleanUp()\nCleans it.\n",
		"Brush.ofInches":    "ofInches(width)\nMakes one.\n\n  width                  in mm\n",
		"Brush.hair_width":  "Brush.hair_width\nin mm\n",
		"BrushList.count":   "count()\nHow many.\n",
		"list.count":        "count()\nHow many.\n",
		"list.wide":         "BrushList.wide\nthe wide ones\n",
		"list[0].cleanUp":   "cleanUp()\nCleans it.\n",
		"list[1].hairWidth": "Brush.hair_width\nin mm\n",
		"plain[0].cleanUp":  "cleanUp()\nCleans it.\n",
		"brushes().wide":    "BrushList.wide\nthe wide ones\n",
		"settings.HOME":     "settings.HOME\nwhere\n",
		"console.log":       "log([values…])\nPrints values as print does",
		"console":           "console\nconsole.log, info",
		"args":              "args\nthe arguments",
		"it":                "it\nthe next coat",
		"list":              "BrushList\nBrushes.\n",
		"RefusedError":      "RefusedError extends PaintError\nThe paint was refused.\n\n  .code                  of the refusal\n  .tin                   which one\n  .message",
		"PaintError":        "PaintError extends Error\n\n  .tin                   which one\n  .message",
		"five":              "No help on this.",
		"bites":             "No help on this.",
	} {
		text, err := s.Help(name)
		if err != nil || !strings.HasPrefix(text, want) {
			t.Errorf("help on %s: %v\n%s\nnot\n%s", name, err, text, want)
		}
	}
	for _, name := range []string{"nothing", "nothing.here", "list.nothing", "a b", "", "list[", "Brush."} {
		if text, err := s.Help(name); err == nil {
			t.Errorf("help on %q: %s", name, text)
		}
	}
	for _, code := range []string{"help(list[0])", "help(plain[0].cleanUp)", "help(RefusedError)", "help(args)", "help(Symbol('paint'))", "help(new Proxy({}, {}))"} {
		out.Reset()
		if _, err := s.Eval(t.Context(), "test", code); err != nil || out.Len() == 0 {
			t.Errorf("%s: %v %s", code, err, out)
		}
	}
}

func TestFormatOfClasses(t *testing.T) {
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"brushes(3)":               "<3 brushes>",
		"({a: brushes(2).length})": "{ a: 2 }",
		"settings":                 "settings { HOME: 'here', FIXED: '<set>' }",
	} {
		value, err := s.Eval(t.Context(), "test", code)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Format(value); got != want {
			t.Errorf("%s prints %s, want %s", code, got, want)
		}
	}
}

// TestPrintingRunsNothing prints values that would run a script's code, with nothing
// to stop it.
func TestPrintingRunsNothing(t *testing.T) {
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"Object.defineProperty(brushes(2), 0, {get() { ran++; return new Brush(1) }})":          "BrushList(2) [ [Getter], Brush { hair_width: 1, note: null } ]",
		"[...brushes(2), {get hair_width() { ran++ }}].concat().slice(0, 2).concat(brushes(1))": "[\n  Brush { hair_width: 0, note: null },\n  Brush { hair_width: 1, note: null },\n  Brush { hair_width: 0, note: null }\n]",
		"brushes(1).concat([{get hair_width() { ran++ }}])":                                     "BrushList(2) [\n  Brush { hair_width: 0, note: null },\n  { hair_width: [Getter] }\n]",
		"Object.setPrototypeOf({get length() { ran++ }}, BrushList.prototype)":                  "BrushList { length: [Getter] }",
		"Object.assign(brushes(0), {length: 2})":                                                "BrushList(2) [ <2 empty items> ]",
	} {
		value, err := s.Eval(t.Context(), "test", "ran = 0; "+code)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Format(value); got != want {
			t.Errorf("%s prints\n%s\nnot\n%s", code, got, want)
		}
		if ran := s.vm.Get("ran").ToInteger(); ran != 0 {
			t.Errorf("%s: %d calls", code, ran)
		}
	}
}
