package prompt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"imapsh/runtime"
)

// inDirectory goes into a new directory with files in it; names that end with / are
// directories. It returns the directory without links.
func inDirectory(t *testing.T, names ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o700)
		} else if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, []byte(name), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return dir
}

func TestWho(t *testing.T) {
	if err := replay(t, `
> who;
! there are no variables yet
> let n = 1, s = 'text', longer = [1, 2], o = {a: {b: 1}}, nothing = null, u
> const big = 10n, yes = true, sym = Symbol('s'), long = 'x'.repeat(80), lines = 'a\nb'
> function f() {}
> who
big      bigint     10n
f        function   [Function: f]
lines    string     'a\nb'
long     string     'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
longer   Array(2)   [ 1, 2 ]
n        number     1
nothing  null       null
o        Object     { a: { b: 1 } }
s        string     'text'
sym      symbol     Symbol(s)
u        undefined  undefined
yes      boolean    true
> let who = () => 'me'
> who()
'me'
`); err != nil {
		t.Error(err)
	}
}

func TestDirectories(t *testing.T) {
	dir := inDirectory(t, "sub/inner/", "my files/", "a.txt", ".hidden")
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	slash := func(text string) string {
		return strings.ReplaceAll(strings.ReplaceAll(text, "DIR", dir), "/", string(filepath.Separator))
	}
	if err := replay(t, slash(`
> pwd
DIR
> cd -
! cd: there is no directory before this one
> cd sub
DIR/sub
> cd inner
DIR/sub/inner
> cd -
DIR/sub
> cd
DIR
> cd ~/sub
DIR/sub
> cd 'DIR/my files'
DIR/my files
> cd nowhere
! cd: nowhere: no such file or directory
> cd a b
! cd: name one directory, in quotes where it has blanks
> cd 'a
! cd: the quote ' is not closed
> let pwd = 1
> pwd
1
`)); err != nil {
		t.Error(err)
	}
}

func TestListing(t *testing.T) {
	inDirectory(t, "sub/inner.txt", "b.txt", "a.txt", "c.csv", ".hidden")
	if err := os.Chtimes("a.txt", time.Time{}, time.Date(2026, 2, 11, 12, 0, 0, 0, time.Local)); err != nil {
		t.Fatal(err)
	}
	off := func(*Prompt, *runtime.Options) {}
	wide := func(_ *Prompt, o *runtime.Options) { o.Width = func() int { return 20 } }
	for _, test := range []struct {
		name, transcript string
		change           func(*Prompt, *runtime.Options)
	}{
		{"one a line off a terminal", "> ls\na.txt\nb.txt\nc.csv\nsub/\n", off},
		{"columns", "> ls\na.txt  c.csv\nb.txt  sub/\n", wide},
		{"hidden", "> ls -a\n.hidden  c.csv\na.txt    sub/\nb.txt\n", wide},
		{"long", "> ls -l a.txt\n           5  2026-02-11 12:00  a.txt\n", wide},
		{"a pattern", "> ls *.txt\na.txt  b.txt\n", wide},
		{"a directory", "> ls sub\ninner.txt\n", wide},
		{"nowhere", "> ls nowhere\n! ls: nowhere: no such file or directory\n", off},
		{"no match", "> ls *.cdf\n! ls: *.cdf: no such file or directory\n", off},
		{"a flag", "> ls -z\n! ls: -z: the flags are -l and -a; !ls has those of the system\n", off},
		{"a quote", "> ls 'a\n! ls: the quote ' is not closed\n", off},
		{"an assignment", "> ls = 3\n3\n> ls\n3\n", wide},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := replay(t, test.transcript, test.change); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSystem(t *testing.T) {
	system := func(p *Prompt, _ *runtime.Options) {
		p.System = func(_ context.Context, command string) error {
			if command == "fail" {
				return errors.New("exit status 1")
			}
			_, err := p.Stdout.Write([]byte("ran " + command + "\n"))
			return err
		}
	}
	confined := func(p *Prompt, o *runtime.Options) {
		system(p, o)
		p.Confined = true
	}
	for _, test := range []struct {
		name, transcript string
		change           func(*Prompt, *runtime.Options)
	}{
		{"commands", "> !wc -l *.txt\nran wc -l *.txt\n> !fail\n! !: exit status 1\n", system},
		{"it changes no directory", "> !cd /tmp\n! !: a command cannot change the directory of the prompt; type cd DIR alone\n", system},
		{"negations", "> !true\nfalse\n> let a = 0\n> !a\ntrue\n> !(1 > 2)\ntrue\n> !''\ntrue\n> !sow\nfalse\n", system},
		{"none", "> !true && false\nfalse\n> !date\n! !: there is no shell here\n", func(*Prompt, *runtime.Options) {}},
		{"a recipe's rights", "> !date\n! !: not at a prompt that keeps a recipe's rights, which it would widen\n> cd\n! cd: not at a prompt that keeps a recipe's rights, which it would widen\n", confined},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := replay(t, test.transcript, test.change); err != nil {
				t.Error(err)
			}
		})
	}
}
