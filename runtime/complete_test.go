package runtime

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"imapsh/runtime/api"
)

// candidates are what a session offers at the end of a string, as it is inserted.
func candidates(s *Session, text string) []string {
	var found []string
	for _, c := range s.Complete(text, len(text)).Candidates {
		found = append(found, c.Inserted())
	}
	return found
}

func TestComplete(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"walls.txt", "it's.txt", ".hidden"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := testAPI()
	type fileInput struct {
		Path string `arg:"path" complete:"path" doc:"of a file"`
		Tin  string `name:"tin" doc:"which tin"`
	}
	a.Funcs = append(a.Funcs, api.Define("mix", "Mixes.", func(_ context.Context, in fileInput) (api.None, error) { return api.None{}, nil }))
	s, err := New(Options{API: a, MaxMatching: matchingOfTests, Words: func(kind string) []string {
		return map[string][]string{"room": {"kitchen", "hall", "up/attic"}, "tin": {"it's"}}[kind]
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Eval(t.Context(), "test", `var ran = 0; var mine = {colour: 1, get trap() { ran++; return {} }}; var list = brushes(2); var myRoom = 'x';
		var plain = [new Brush(1)]; var none = brushes(0)`); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, text, want string }{
		{"a function", "pai", "paint"},
		{"a class", "new Bru", "Brush BrushList"},
		{"a keyword", "contin", "continue"},
		{"a word of help", "help(pai", "'paint'"},
		{"a topic of help", "help('func", "functions'"},
		{"an option", "paint('hall', {co", "colour:  coats: "},
		{"an option by its other spelling", "paint('hall', {dryT", "dry_time: "},
		{"an option in quotes", "paint('hall', {'dr", "dry_time': "},
		{"options that are not given yet", "paint('hall', {colour: 'red', co", "coats: "},
		{"a key of no function", "({min", "mine"},
		{"an allowed word", "paint('hall', {colour: ", "'red' 'green' 'blue'"},
		{"an allowed word in quotes", "paint('hall', {colour: 'g", "green'"},
		{"in a list", "paint('hall', {colour: ['red', 'b", "blue'"},
		{"true and false", "paint('hall', {glossy: ", "true false"},
		{"seen words", "paint('", "kitchen' hall'"},
		{"seen words with a path", "paint('up/", "up/attic'"},
		{"seen words with a quote", "mix('x', {tin: 'it", `it\'s'`},
		{"a variable where no word is known", "keep(", "list mine myRoom none plain ran"},
		{"a variable for an option", "paint('hall', {day: my", "myRoom"},
		{"a file", "mix('w", "walls.txt'"},
		{"a file with a quote", "mix('it", `it\'s.txt'`},
		{"a hidden file", "mix('.h", ".hidden'"},
		{"no file without a quote", "mix(wal", ""},
		{"a member", "mine.col", "colour"},
		{"a member that inherits", "mine.hasO", "hasOwnProperty"},
		{"members", "mine.", "colour trap"},
		{"behind a getter", "mine.trap.", ""},
		{"a setting", "settings.", "HOME FIXED"},
		{"a setting by another spelling", "settings.ho", "HOME"},
		{"a method", "new Brush(1).cle", "cleanUp"},
		{"fields of an instance", "new Brush(1).h", "hair_width"},
		{"an item of a list", "list[0].cl", "cleanUp"},
		{"an item of an array", "plain[0].cl", "cleanUp"},
		{"an item of an empty list", "none[0].hair", "hair_width"},
		{"a method of a list that a call gives", "brushes(3).cou", "count"},
		{"of arrays", "list.toSor", "toSorted"},
		{"after filter", "list.filter(x => x).cou", "count"},
		{"a static", "Brush.ofI", "ofInches"},
		{"of a string", "'x'.padS", "padStart"},
		{"of an array", "[].flatM", "flatMap"},
		{"of a variable's string", "myRoom.toUpp", "toUpperCase"},
		{"in a comment", "// pai", ""},
		{"an unknown object", "gone.x", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(candidates(s, test.text), " "); got != test.want {
				t.Errorf("%s: %q, not %q", test.text, got, test.want)
			}
		})
	}
	if all := candidates(s, ""); !slices.Contains(all, "paint") || slices.Contains(all, "parseInt") {
		t.Errorf("an empty text offers %v", all)
	}
	c := s.Complete("paint('hal', {coats: 1})", 10)
	if text := "paint('hal', {coats: 1})"; text[:c.From]+c.Candidates[0].Inserted()+text[c.To:] != "paint('hall', {coats: 1})" {
		t.Errorf("in the middle of a word: %+v", c)
	}
	c = s.Complete("paint('hall', {coa: 1})", 18)
	if len(c.Candidates) != 1 || c.Candidates[0].Inserted() != "coats" {
		t.Errorf("before a colon: %+v", c)
	}
	if ran, _ := s.Eval(t.Context(), "test", "ran"); ran.ToInteger() != 0 {
		t.Errorf("completion ran the script's code %v times", ran)
	}
}
