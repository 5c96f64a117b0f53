package api_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"imapsh/runtime/api"
)

func options(pairs ...any) map[string]any {
	named := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		named[pairs[i].(string)] = pairs[i+1]
	}
	return named
}

// TestCall calls functions as a session does, without an engine.
func TestCall(t *testing.T) {
	a := toy()
	paint, keep, raw := a.Funcs[0], a.Funcs[1], a.Funcs[2]
	for _, test := range []struct {
		name string
		f    *api.Func
		args []any
		want string // the result, or the error
	}{
		{"the parameter alone", paint, []any{"hall"}, "hall[] [] -0 -{0 0} <nil> false"},
		{"missing", paint, nil, "paint: room is missing: which room"},
		{"null is missing", paint, []any{nil}, "paint: room is missing: which room"},
		{"all that are left", paint, []any{"hall", int64(1), int64(2)}, "hall[1 2] [] -0 -{0 0} <nil> false"},
		{"a list for all that are left", paint, []any{"hall", []any{int64(1), int64(2)}}, "hall[1 2] [] -0 -{0 0} <nil> false"},
		{"a text that names itself", paint, []any{brush{3}}, "brush 3[] [] -0 -{0 0} <nil> false"},
		{"a wrong kind", paint, []any{options()}, "paint: room an object: must be a string"},
		{"a list", paint, []any{[]any{}}, "paint: room a list: must be a string"},
		{"a wall that is none", paint, []any{"hall", "x"}, `paint: walls "x": must be an integer`},
		{"a function", paint, []any{function(nil)}, "paint: room a function: must be a string"},
		{"something else", paint, []any{struct{}{}}, "paint: room a value of another kind: must be a string"},
		{"JSON", keep, []any{options("a", int64(1))}, `{"a":1}`},
		{"JSON of nothing", keep, []any{nil}, "null"},
		{"values as they are", raw, []any{nil, int64(1), int64(2)}, "[<nil> 2]"},
		{"no value", raw, nil, "raw: first is missing: one"},
		{"too many", keep, []any{int64(1), int64(2)}, "keep: 1 argument too many; it is called as keep(value)"},
		{"far too many", keep, []any{int64(1), int64(2), int64(3)}, "keep: 2 arguments too many; it is called as keep(value)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			result, err := test.f.Call(t.Context(), nil, values(test.args...)...)
			got := fmt.Sprint(result)
			if err != nil {
				got = err.Error()
				var usage *api.UsageError
				if !errors.As(err, &usage) {
					t.Errorf("%v is no UsageError", err)
				}
			}
			if got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
		})
	}
}

// TestOptions decodes options as a command's flags and a call's last argument are.
func TestOptions(t *testing.T) {
	for _, test := range []struct {
		name  string
		given map[string]any
		want  string // of the input, or the error
		token string // that the error marks
	}{
		{"none", nil, "[] <nil> 0 false", ""},
		{"one for a list", options("colours", "red"), "[red] <nil> 0 false", ""},
		{"a list", options("colours", []any{"red", "green"}), "[red green] <nil> 0 false", ""},
		{"an empty list", options("colours", []any{}), "paint: colours []: must name one or more; leave the option out for any", "colours"},
		{"a wrong word", options("colours", "gren"), `paint: colours "gren": must be one of red, green, dark_blue; did you mean "green"?`, "gren"},
		{"a part of a word", options("colours", "blue"), `paint: colours "blue": must be one of red, green, dark_blue; did you mean "dark_blue"?`, "blue"},
		{"a number for a word", options("colours", []any{"red", int64(5)}), "paint: colours 5: must be a string", "colours"},
		{"the other spelling", options("dryRun", true), "[] <nil> 0 true", ""},
		{"both spellings", options("dryRun", true, "dry_run", true), "paint: dryRun and dry_run are the same option", ""},
		{"an embedded option", options("dry_run", "yes"), `paint: dry_run "yes": must be true or false`, "dry_run"},
		{"null is not given", options("coats", nil), "[] <nil> 0 false", ""},
		{"a number in a text", options("coats", "3"), "[] <nil> 3 false", ""},
		{"an integer written as a float", options("coats", 3.0), "[] <nil> 3 false", ""},
		{"a part of a number", options("coats", 1.5), "paint: coats 1.5: must be an integer", "coats"},
		{"a number for another type", options("litres", "2.5"), "[] 2.5 0 false", ""},
		{"an integer for a float", options("litres", int64(2)), "[] 2 0 false", ""},
		{"no number", options("litres", "NaN"), `paint: litres "NaN": must be a number`, "litres"},
		{"null for none", options("litres", []any{}), "paint: litres a list: must be a number", "litres"},
		{"a day", options("day", "2026-01-05"), "[] <nil> 0 false 2026-01-05", ""},
		{"a day from a time", options("day", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)), "[] <nil> 0 false 2026-01-05", ""},
		{"the type's own check", options("day", "soon"), `paint: day "soon": must be YYYY-MM-DD or today`, "day"},
		{"no text for a day", options("day", true), "paint: day true: must be a string", "day"},
		{"what reads itself", options("size", []any{int64(1), int64(2)}), "[] <nil> 0 false {1 2}", ""},
		{"its own error", options("size", "x"), "paint: size must be a width and a height", "size"},
		{"no function", options("told", time.Time{}), "paint: told a Date: must be a function", "told"},
		{"an unknown option", options("colour", "red"), `paint: unknown option "colour"; did you mean "colours"?`, "colour"},
		{"one that is far off", options("zzzzzzzz", 1), `paint: unknown option "zzzzzzzz"; the options are colours, day, coats, litres, size, note, told, dry_run`, "zzzzzzzz"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var in paintInput
			err := api.Decode("paint", &in, test.given)
			got := fmt.Sprint(in.Colours, " ", show(in.Litres), " ", in.Coats, " ", in.DryRun)
			if in.Day != nil {
				got += " " + string(*in.Day)
			}
			if in.Size != (size{}) {
				got += fmt.Sprint(" ", in.Size)
			}
			if err != nil {
				got = err.Error()
				var usage *api.UsageError
				if errors.As(err, &usage); usage == nil || usage.Token != test.token {
					t.Errorf("it marks %+v, not %s", usage, test.token)
				}
			}
			if got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
			_, callErr := toy().Funcs[0].Call(t.Context(), nil, values("hall", []any{int64(1)})...)
			if callErr != nil {
				t.Error(callErr)
			}
		})
	}
}

func show(number *float64) string {
	if number == nil {
		return "<nil>"
	}
	return fmt.Sprint(*number)
}

func TestOptionsAreAnObject(t *testing.T) {
	open := toy().Funcs[3]
	_, err := open.Call(t.Context(), nil, values("a.txt", int64(5))...)
	if want := "open: options are given as an object, such as {sort: …}"; err == nil || err.Error() != want {
		t.Errorf("got %v, not %s", err, want)
	}
	for _, last := range []any{nil, options("sort", "x")} {
		if _, err := open.Call(t.Context(), nil, values("a.txt", last)...); err != nil {
			t.Errorf("%v: %v", last, err)
		}
	}
}

func TestCallbackOption(t *testing.T) {
	var told []any
	var in paintInput
	told2 := function(func(args ...any) (any, error) { told = append(told, args...); return nil, nil })
	if err := api.Decode("paint", &in, options("told", told2)); err != nil || in.Told == nil {
		t.Fatalf("%v, %v", in.Told, err)
	}
	if _, err := in.Told.Call("one"); err != nil || len(told) != 1 {
		t.Errorf("%v, %v", told, err)
	}
}

// A declaration with a field that no value fits is an error when it is used.
func TestFieldOfNoType(t *testing.T) {
	f := api.Define("odd", "", func(context.Context, struct {
		C chan int `arg:"c" doc:""`
	}) (api.None, error) {
		return api.None{}, nil
	})
	_, err := f.Call(t.Context(), nil, values("x")...)
	if err == nil || !strings.Contains(err.Error(), "the declaration has a field of type chan int") {
		t.Errorf("got %v", err)
	}
}

func TestMembers(t *testing.T) {
	a := toy()
	brushClass, list := a.Classes[1], a.Classes[2]
	for _, test := range []struct {
		name string
		f    *api.Func
		this any
		args []any
		want string
	}{
		{"a method", brushClass.Methods[0], brush{4}, []any{int64(2)}, "brush 4 cleaned 2 times"},
		{"on something else", brushClass.Methods[0], "x", nil, "a method of Brush was called on something else"},
		{"a getter", brushClass.Getters[0], brush{4}, nil, "16"},
		{"a getter of something else", brushClass.Getters[0], nil, nil, "a method of Brush was called on something else"},
		{"a static", brushClass.Statics[0], nil, []any{2.0}, "brush 50"},
		{"a constructor", brushClass.New, nil, []any{int64(7)}, "brush 7"},
		{"a method of a list", list.Methods[0], []any{brush{1}, brush{2}}, nil, "2"},
		{"of a list of other things", list.Methods[0], []any{brush{1}, 5}, nil, "item 1 of the BrushList is not what it holds; use a plain array for other things"},
	} {
		t.Run(test.name, func(t *testing.T) {
			result, err := test.f.Call(t.Context(), given{test.this}, values(test.args...)...)
			got := fmt.Sprint(result)
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
		})
	}
	if got := brushClass.Text(brush{3}) + brushClass.Show(brush{3}) + brushClass.Brief(brush{3}) + list.Show(brushes{{}}); got != "brush 3<brush 3>b31 brushes" {
		t.Errorf("printed as %s", got)
	}
	if items := list.Items(brushes{{1}, {2}}); len(items) != 2 || items[1] != any(brush{2}) || !list.Paged || !list.List || list.Owns(brush{}) || !list.Owns(brushes{}) {
		t.Errorf("the list: %v, %+v", items, list)
	}
	if a.ClassOf(reflect.TypeFor[brushes]()) != list || a.ClassOf(reflect.TypeFor[int]()) != nil || list.Item != reflect.TypeFor[brush]() {
		t.Error("classes are not found by their type")
	}
}
