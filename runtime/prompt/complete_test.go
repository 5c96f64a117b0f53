package prompt

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"imapsh/runtime"
	"imapsh/runtime/api"
)

func TestComplete(t *testing.T) {
	dir := inDirectory(t, "my files/inner file.js", "my files/", "notes.txt", "it's.js", "plain.js", ".hidden.js")
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	p, _ := newPrompt(t, func(p *Prompt, o *runtime.Options) {
		p.Recipes = func() []string { return []string{"fetch_week.js", "plain.js"} }
		o.Words = func(kind string) []string { return map[string][]string{"note": {"wet", "dry"}}[kind] }
	})
	if _, err := p.answer(t.Context(), "let whose = 1"); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string // | is the cursor
		want       string // what is inserted, between [ and ] where it replaces
	}{
		{"a dot", ".", "[.help][.load ][.save ][.editor][.history][.reset][.clear][.exit]"},
		{"a dot command", ".e", "[.editor][.exit]"},
		{"no dot command", ".x", ""},
		{"a number", ".5", ""},
		{"a topic of help", "help ho", "[how-to-sow]"},
		{"a name to help with", ".help so", "[sow]"},
		{"an argument of help as a function", "help(so", "['sow']"},
		{"behind one that takes nothing", ".help x", ""},
		{"a recipe or a file", ".load p", "[plain.js]"},
		{"every recipe and file", ".load ", `[fetch_week.js][it\'s.js][my\ files/][notes.txt][plain.js]`},
		{"a file with a blank", ".load my", `[my\ files/]`},
		{"within it", `.load my\ files/`, `[my\ files/inner\ file.js]`},
		{"in a quote", `.load 'my files/in`, `['my files/inner file.js']`},
		{"a directory in a quote", `.load "my`, `["my files/]`},
		{"a quote in a name", `.load it`, `[it\'s.js]`},
		{"and in that quote", `.load 'it`, `['it\'s.js']`},
		{"a hidden file", ".load .h", "[.hidden.js]"},
		{"an argument", ".load plain.js no", "[notes.txt]"},
		{"at home", ".load ~/pl", "[~/plain.js]"},
		{"to save", ".save f", ""},
		{"a file to save", ".save n", "[notes.txt]"},
		{"a directory", "cd ", `[my\ files/]`},
		{"files", "ls -l n", "[notes.txt]"},
		{"no word: an expression", "ls = sow('", "[bean'][pea']"},
		{"a word of the prompt", "wh", "[while][who][whose]"},
		{"a word of the prompt, alone", "pw", "[pwd]"},
		{"within an expression", "1 + pw", ""},
		{"a function", "so", "[sow]"},
		{"an option", "sow('bean', {r", "[rows: ]"},
		{"a learnt word", "sow('bean', {note: ", "['wet']['dry']"},
		{"in the middle", "so|('bean')", "[sow]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			typed, behind, _ := strings.Cut(test.text, "|")
			c := p.Complete(typed+behind, len(typed))
			got := ""
			for _, candidate := range c.Candidates {
				got += "[" + candidate.Inserted() + "]"
			}
			if want := strings.ReplaceAll(test.want, "/", string(filepath.Separator)); got != want {
				t.Errorf("%s: %s, want %s", test.text, got, want)
			}
			for _, candidate := range c.Candidates {
				word := typed[c.From:]
				if plain, _ := shellWords(candidate.Inserted()); test.name == "within it" && !strings.HasPrefix(candidate.Inserted(), word) {
					t.Errorf("%q replaces %q (%q)", candidate.Inserted(), word, plain)
				}
			}
		})
	}
	if c := p.Complete("pwd", 3); len(c.Candidates) != 1 {
		t.Errorf("%+v", c)
	}
	if _, err := p.answer(t.Context(), "let pwd = 1"); err != nil {
		t.Fatal(err)
	}
	if c := p.Complete("pw", 2); !slices.EqualFunc(c.Candidates, []string{"pwd"}, func(c api.Candidate, want string) bool { return c.Text == want && c.Doc == "" }) {
		t.Errorf("a variable that is called as a word of the prompt: %+v", c)
	}
}

func TestIncomplete(t *testing.T) {
	p, _ := newPrompt(t)
	for text, want := range map[string]bool{
		"":                 false,
		"1 +":              true,
		"[1, 2":            true,
		"f(":               true,
		"`text":            true,
		"let a = 1":        false,
		"1 +* 2":           false,
		"sow?":             false,
		"a ? b":            true,
		"a ?":              false, // it asks for help, as a? does
		"help sow":         false,
		".load x(":         false,
		".unknown":         false,
		"ls sub(":          false,
		"ls = [":           true,
		"!wc -l <(":        false,
		"!sow(":            true,
		"who":              false,
		"exit":             false,
		"function f() {\n": true,
	} {
		if got := p.Incomplete(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
