package api_test

import (
	"os"
	"strings"
	"testing"

	"imapsh/runtime/api"
)

func TestCompleteParameters(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"wall.txt", "it's.txt", ".hidden", "new\nline"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("walls", 0o700); err != nil {
		t.Fatal(err)
	}
	words := func(kind string) []string {
		return map[string][]string{"room": {"hall", "kitchen", "up/attic"}, "field": {"start_date", "end_date"}, "note": {"it's"}}[kind]
	}
	a := toy()
	for _, test := range []struct {
		name string
		f    *api.Func
		arg  int
		key  string
		c    api.Completer
		want string
	}{
		{"a closed list", a.Funcs[0], 0, "colours", api.Completer{}, "'red' 'green' 'dark_blue'"},
		{"in quotes", a.Funcs[0], 0, "colours", api.Completer{Word: "gr", Quote: '\'', Closing: "'"}, "green'"},
		{"by the other spelling", a.Funcs[0], 0, "dryRun", api.Completer{}, "true false"},
		{"a boolean in quotes", a.Funcs[0], 0, "dry_run", api.Completer{Quote: '"'}, ""},
		{"words of its own", a.Funcs[0], 0, "day", api.Completer{}, "'today'"},
		{"words that were seen", a.Funcs[0], 0, "", api.Completer{}, "'hall' 'kitchen'"},
		{"in a path", a.Funcs[0], 0, "", api.Completer{Word: "up/", Quote: '"'}, "up/attic"},
		{"a quote in a word", a.Funcs[0], 0, "note", api.Completer{Word: "it", Quote: '\''}, `it\'s`},
		{"the last of many", a.Funcs[0], 5, "", api.Completer{}, ""},
		{"no such parameter", a.Funcs[1], 5, "", api.Completer{}, ""},
		{"no such option", a.Funcs[0], 0, "nothing", api.Completer{}, ""},
		{"with a minus", a.Funcs[3], 0, "sort", api.Completer{Word: "-s", Quote: '\'', Closing: "'"}, "-start_date'"},
		{"without", a.Funcs[3], 0, "sort", api.Completer{Word: "e", Quote: '\''}, "end_date"},
		{"files", a.Funcs[3], 0, "", api.Completer{Word: "wal", Quote: '\'', Closing: "'"}, "wall.txt' walls/"},
		{"a file with a quote", a.Funcs[3], 0, "", api.Completer{Word: `it\'`, Quote: '\'', Closing: "'"}, `it\'s.txt'`},
		{"a hidden file", a.Funcs[3], 0, "", api.Completer{Word: ".", Quote: '\''}, ".hidden"},
		{"no directory", a.Funcs[3], 0, "", api.Completer{Word: "gone/x", Quote: '\''}, ""},
		{"a file without quotes", a.Funcs[3], 0, "", api.Completer{Word: "wal"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := test.c.Values(test.f.Param(test.arg, test.key), words)
			if got := inserted(test.c.Found()); got != test.want || found != (got != "") {
				t.Errorf("offers %q, %v, not %q", got, found, test.want)
			}
		})
	}
}

func inserted(candidates []api.Candidate) string {
	var words []string
	for _, c := range candidates {
		words = append(words, c.Inserted())
	}
	return strings.Join(words, " ")
}

func TestCompleteNames(t *testing.T) {
	names := []string{"paint", "clean_up", "cleanUp", "__proto__", "paint", "partOf"}
	for word, want := range map[string]string{"": "cleanUp paint partOf", "pa": "paint partOf", "clean_u": "cleanUp", "cleanu": "", "part_o": "partOf"} {
		c := api.Completer{Word: word}
		c.AddNames(append([]string{}, names...))
		if got := inserted(c.Found()); got != want {
			t.Errorf("%q: %q, not %q", word, got, want)
		}
	}
	c := api.Completer{Word: "d", Closing: ": "}
	c.Options(toy().Funcs[0], []string{"day"})
	if got := inserted(c.Found()); got != "dry_run: " {
		t.Errorf("options: %q", got)
	}
	many := api.Completer{}
	for range 3000 {
		many.Add(api.Candidate{Text: "x"})
	}
	if n := len(many.Found()); n != 2000 {
		t.Errorf("%d candidates", n)
	}
}

func TestBounds(t *testing.T) {
	for _, test := range []struct {
		text           string
		pos, from, to  int
		wantFrom, want int
	}{
		{"paint", 3, 0, 5, 0, 5},
		{"paint", 3, -4, 90, 0, 5},
		{"paint", 3, 4, 1, 3, 3},
		{"日本", 3, 1, 4, 0, 6},
	} {
		if from, to := (api.Completion{From: test.from, To: test.to}).Bounds(test.text, test.pos); from != test.wantFrom || to != test.want {
			t.Errorf("%+v: %d to %d", test, from, to)
		}
	}
}
