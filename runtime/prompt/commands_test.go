package prompt

import (
	"slices"
	"strings"
	"testing"

	"imapsh/runtime"
)

func TestCommands(t *testing.T) {
	for _, test := range []struct{ name, transcript string }{
		{"reset", `
> print = 3; let mine = 4
3
> print(1)
! TypeError: print is not a function: it is 3
!     print(1)
!     ^
> .reset
! restored: print
> print(mine)
4
> .reset
! nothing was lost
`},
		{"unknown", `
> .lod x
! no command .lod; did you mean ".load"?
> .q
! no command .q; the commands are .help, .load, .save, .editor, .history, .reset, .clear, .exit
`},
		{"arguments", "> .reset all\n! .reset: it takes no argument, and got \"all\"\n> .clear 2\n! .clear: it takes no argument, and got \"2\"\n"},
		{"numbers begin with a dot", "> .5 + .5\n1\n"},
		{"clear", "> .clear\n\x1b[H\x1b[2J\x1b[3J"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := replay(t, test.transcript); err != nil {
				t.Error(err)
			}
		})
	}
	if err := replay(t, "> .clear\n", func(p *Prompt, _ *runtime.Options) { p.Dumb = true }); err != nil {
		t.Error(err)
	}
}

// TestHelpListsEachCommand compares .help with what the prompt answers.
func TestHelpListsEachCommand(t *testing.T) {
	p, out := newPrompt(t)
	if _, err := p.answer(t.Context(), ".help"); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, c := range commands() {
		row := slices.IndexFunc(strings.Split(text, "\n"), func(line string) bool {
			rest, ok := strings.CutPrefix(line, "  "+c.word)
			return ok && strings.HasSuffix(line, c.doc) && (c.word == "!" || rest[0] == ' ')
		})
		if row < 0 {
			t.Errorf(".help has no row for %s:\n%s", c.word, text)
		}
		if c.word == ".help" || c.word == ".exit" || c.word[0] != '.' {
			continue
		}
		out.Reset()
		if _, err := p.answer(t.Context(), c.word); err != nil || strings.Contains(out.String(), "no command") {
			t.Errorf("%s: %v %s", c.word, err, out)
		}
	}
	for line := range strings.Lines(text) {
		if n := len([]rune(line)); n > 101 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	p.Confined = true
	out.Reset()
	if _, err := p.answer(t.Context(), ".help"); err != nil || !strings.Contains(out.String(), "are refused here") {
		t.Errorf("%v %s", err, out)
	}
}
func TestHelpTopics(t *testing.T) {
	p, _ := newPrompt(t)
	for typed, want := range map[string]string{
		"help how-to-sow": "how-to-sow", "help how-to-reap": "", "query?": "query", "?query": "query", "help query": "query", "query()?": "query", "list[0].download?": "list[0].download",
		"query().latest?": "query().latest", "_?": "_", "config.DATA_DIR ?": "config.DATA_DIR",
		"a ? b": "", "a b?": "", "list[?": "", "query??": "query", "f({a: 1}).b?": "f({a: 1}).b", "`x?": "", "f(x ?": "", "?": "",
	} {
		if got, _ := p.helpTopic(typed); got != want {
			t.Errorf("%s asks about %q, not %q", typed, got, want)
		}
	}
}
