package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/runtime/api"
)

// colour is a vocabulary of a test's function.
type colour string

func (colour) Values() []string { return []string{"red", "green"} }

// paintInput is all that a function with options declares.
type paintInput struct {
	Walls  []string `arg:"walls" doc:"names of walls"`
	Colour []colour `name:"colour" doc:"colour, or a list"`
	DryDay string   `name:"dry_day" doc:"when it is dry"`
	Twice  bool     `name:"twice" doc:"paint again"`
	Quick  bool     `name:"quick" flag:"-" doc:"for scripts"`
}

// paint is the other place.
func paint() *api.Func {
	return api.Define("paint", "Paints walls; gives what it painted.", func(_ context.Context, in paintInput) ([]any, error) {
		var painted []any
		for _, wall := range in.Walls {
			painted = append(painted, wall+" "+string(in.Colour[0]))
		}
		return painted, nil
	}, api.Example("paint(['north'], {colour: ['red', 'green'], twice: true})"), api.AsCommand(api.Command{Args: "WALL..."}))
}

// TestADeclarationIsAll: a function that is declared with its options and defined has its
// help, completion, flags, checks and command without another line.
func TestADeclarationIsAll(t *testing.T) {
	f := paint()
	help := f.Help()
	for _, part := range []string{"paint(walls, {…})", "Paints walls; gives what it painted.", "dry_day", "when it is dry", "red, green", "Examples"} {
		if !strings.Contains(help, part) {
			t.Errorf("the shell's help lacks %q:\n%s", part, help)
		}
	}
	run := func(args ...string) (string, error) {
		var out bytes.Buffer
		c := &cli{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) string { return "" }}
		root := &cobra.Command{Use: "imapsh", SilenceErrors: true, SilenceUsage: true}
		root.AddCommand(c.functionCommands([]*api.Func{f})...)
		root.SetOut(&out)
		root.SetErr(&out)
		root.SetArgs(args)
		err := root.ExecuteContext(t.Context())
		return out.String(), err
	}
	usage, err := run("paint", "--help")
	for _, part := range []string{
		"Paints walls.", "imapsh paint WALL...", "imapsh paint north --colour red,green --twice",
		"--colour string", "colour, or a list: red green", "--dry-day string", "--twice", listsNames,
	} {
		if err != nil || !strings.Contains(usage, part) {
			t.Errorf("the command's help lacks %q:\n%s", part, usage)
		}
	}
	if strings.Contains(usage, "--quick") {
		t.Error("an option for scripts is a flag")
	}
	if words, err := run("__complete", "paint", "--colour", "red,"); err != nil || !strings.Contains(words, "red,green\n") {
		t.Errorf("completion gives %q (%v)", words, err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"paint", "--colour", "gren", "north"}, `paint: colour "gren": must be one of red, green; did you mean "green"?`},
		{[]string{"paint"}, "paint: name one file or more, such as imapsh paint north --colour red,green --twice"},
		{[]string{"paint", "--dry-day", "", "north"}, "paint: --dry-day has an empty value"},
		{[]string{"paint", "--dry-day", "a,b", "north"}, "paint: dry_day takes one value, not 2"},
	} {
		if _, err := run(test.args...); exitCode(err) != exitUsage || err.Error() != test.want {
			t.Errorf("%q: %v, want %s", test.args, err, test.want)
		}
	}
}

// TestCommandsOfTheShell: what the commands offer is what the functions declare, and each
// example of their help is a command line that they accept.
func TestCommandsOfTheShell(t *testing.T) {
	c := &cli{stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, env: func(string) string { return "" }}
	root := c.rootCommand()
	examples := 0
	for _, f := range bindings.New(bindings.Host{}).Commands() {
		cmd, _, err := root.Find([]string{f.Name})
		if err != nil || cmd.Name() != f.Name {
			t.Errorf("%s is no command (%v)", f.Name, err)
			continue
		}
		for _, option := range f.Options {
			if flag := cmd.Flags().Lookup(api.FlagName(option.Name)); (flag == nil) != option.NoFlag {
				t.Errorf("%s: option %s, flag %v", f.Name, option.Name, flag)
			}
		}
		for line := range strings.Lines(cmd.Example) {
			stages := strings.Split(strings.TrimSpace(line), " | ")
			words := strings.Fields(stages[len(stages)-1])
			read := c.rootCommand()
			cmd, args, err := read.Find(words[1:])
			if err == nil {
				err = cmd.ParseFlags(args)
			}
			if err == nil {
				err = cmd.ValidateArgs(cmd.Flags().Args())
			}
			if err != nil || words[0] != "imapsh" || cmd.Name() != f.Name {
				t.Errorf("%s: %v", line, err)
			}
			examples++
		}
	}
	if examples < 6 {
		t.Errorf("only %d examples", examples)
	}
}

// TestPrintValue: what a function gives is printed by what it is.
func TestPrintValue(t *testing.T) {
	for _, test := range []struct {
		name  string
		value any
		json  bool
		want  string
	}{
		{"a string", "a\x1bb", false, "a\\x1bb\n"},
		{"a string as JSON", "a", true, "\"a\"\n"},
		{"JSON", api.JSON(`[1]`), false, "[1]\n"},
		{"a list", []string{"a"}, false, "[\n  \"a\"\n]\n"},
		{"nothing", api.None{}, true, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			c := &cli{stdout: &out}
			c.flags.json = test.json
			if err := c.printValue(test.value); err != nil || out.String() != test.want {
				t.Errorf("%q (%v), want %q", out.String(), err, test.want)
			}
		})
	}
}
