package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type shade string

func (shade) Values() []string { return []string{"dark", "light"} }

type paintInput struct {
	Walls   []string `arg:"walls" doc:"names of walls"`
	Shade   shade    `name:"shade" doc:"how it looks"`
	DryTime int      `name:"dry_time" doc:"hours"`
	Colours []string `name:"colours" doc:"colours, or a list"`
	Twice   bool     `name:"twice" doc:"paint again"`
	Throw   bool     `name:"throw" flag:"-" doc:"for scripts"`
}

func paint(examples ...string) *Func {
	details := []FuncDetail{AsCommand(Command{Args: "WALL...", Examples: []string{"prog paint north"}})}
	for _, example := range examples {
		details = append(details, Example(example))
	}
	return Define("paint", "Paints walls; gives how many.", func(_ context.Context, in paintInput) (int, error) {
		return len(in.Walls), nil
	}, details...)
}

// TestCommandLines writes the examples of a function as command lines, those that are one
// call with literals.
func TestCommandLines(t *testing.T) {
	for call, want := range map[string]string{
		"paint('north')": "prog paint north",
		"paint('north', \"south wall\", {dryTime: 3, twice: true})": "prog paint north 'south wall' --dry-time 3 --twice",
		"paint(['north', 'east'], {colours: ['red', 'dark-*']})":    "prog paint north east --colours 'red,dark-*'",
		"paint({ shade : 'dark' })":                                 "prog paint --shade dark",
		"paint('it')":                                               "prog paint it",
		"paint()":                                                   "prog paint",
		"paint('north').length":                                     "",
		"paint(walls())":                                            "",
		"paint('a\\'b')":                                            "",
		"paint('north'":                                             "",
		"paint('north' 'south')":                                    "",
		"paint({shade: 'dark'":                                      "",
		"paint({shade 'dark'})":                                     "",
		"paint({shade: {deep: 1}})":                                 "",
		"paint([1, [2]])":                                           "",
		"other('north')":                                            "",
	} {
		lines := paint(call).CommandExamples("prog")
		if last := lines[len(lines)-1]; last != "prog paint north" {
			t.Errorf("the command's own example is missing: %q", lines)
		}
		if got := strings.Join(lines[:len(lines)-1], "\n"); got != want {
			t.Errorf("%s becomes %q, want %q", call, got, want)
		}
	}
}

func TestCommandOfADeclaration(t *testing.T) {
	f := paint()
	a := &API{Funcs: []*Func{f, Define("mix", "Mixes.", func(context.Context, None) (None, error) { return None{}, nil })}}
	if commands := a.Commands(); len(commands) != 1 || commands[0] != f || a.Func("mix") == nil || a.Func("none") != nil {
		t.Errorf("%v", commands)
	}
	if got := f.CommandDoc(); got != "Paints walls" {
		t.Errorf("%q", got)
	}
	var flags []string
	for _, p := range f.Flags() {
		flags = append(flags, p.Name)
	}
	if diff := cmp.Diff([]string{"shade", "dry_time", "colours", "twice"}, flags); diff != "" {
		t.Error(diff)
	}
}

// TestCallWithoutASession calls a function with Go's values, as a command does.
func TestCallWithoutASession(t *testing.T) {
	f := paint()
	if n, err := f.Call(t.Context(), nil, Of([]any{"north", "east"}), Of(map[string]any{"shade": "dark"})); n != 2 || err != nil {
		t.Errorf("%v %v", n, err)
	}
	for _, test := range []struct {
		options map[string]any
		want    string
	}{
		{map[string]any{"shade": "dark"}, ""},
		{map[string]any{"shade": "drak"}, `one: shade "drak": must be one of dark, light; did you mean "dark"?`},
		{map[string]any{"wet": true}, `one: unknown option "wet"; the options are shade`},
	} {
		ran := false
		one := Define("one", "Is one.", func(context.Context, struct {
			Shade shade `name:"shade" doc:"how it looks"`
		}) (int, error) {
			ran = true
			return 1, nil
		})
		err := one.Check(Of(test.options))
		var usage *UsageError
		if got := errorText(err); got != test.want || err != nil && !errors.As(err, &usage) {
			t.Errorf("%v: %q, want %q", test.options, got, test.want)
		}
		if ran {
			t.Error("a check carries the function out")
		}
		if _, called := one.Call(t.Context(), nil, Of(test.options)); errorText(called) != test.want {
			t.Errorf("%v: the call says %v", test.options, called)
		}
	}
	for value, want := range map[any]JSON{"a": `"a"`, 1: "1", nil: "null"} {
		if got := Of(value).JSON(); got != want || Of(value).Plain() != value {
			t.Errorf("%v: %s", value, got)
		}
	}
	if !slices.Equal([]JSON{Of(make(chan int)).JSON()}, []JSON{"null"}) {
		t.Error("a channel has JSON")
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
