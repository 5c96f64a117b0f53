package prompt

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"imapsh/runtime"
)

func TestLoop(t *testing.T) {
	for _, test := range []struct{ name, transcript string }{
		{"values", `
> 1 + 1
2
> _ * 21
42
> let a = 1
> let a = 2; a
2
> undefined
> sow('bean', {rows: 2})
'bean bean '
> function f() {
|   return {a}
| }
> f()
{ a: 2 }
> await Promise.resolve('late')
'late'
> 
> ''
''
`},
		{"errors", `
> nothing.here
! ReferenceError: nothing is not defined
!     nothing.here
!     ^
> _error.name
'ReferenceError'
> sow('beam')
! Error: sow: crop "beam": must be one of bean, pea; did you mean "bean"?
!     sow('beam')
!          ^^^^
> 1 +* 2
! SyntaxError: Unexpected token *
!     1 +* 2
!        ^
> let kept = 5; throw new RangeError('far')
! RangeError: far
!     let kept = 5; throw new RangeError('far')
!                         ^
> kept
5
`},
		{"a failed let leaves its name usable", `
> let x = nothing
! ReferenceError: nothing is not defined
!     let x = nothing
!             ^
> let x = 3; x
3
`},
		{"interrupts", `
> half a line^C
> ^C
! (^C again, ^D or exit leaves)
> 1
1
> ^C
! (^C again, ^D or exit leaves)
> ^C
`},
		{"pages", `
> it
! that was all: the last result has no further page
> Array.from({length: 3}, (_, i) => i)
[ 0, 1, 2 ]
> it
! that was all: the last result has no further page
> it;
! that was all: the last result has no further page
> let it = 'mine'; 0
0
> it
'mine'
> it;
'mine'
`},
		{"help", `
> sow?
sow(crop, {…})
Sows a crop.

  crop                   what to sow
                         bean, pea

Options
  rows                   how many rows
  note                   a remark

Examples
  sow('bean', {rows: 2})
> help how-to-sow
How to sow

  In spring.
> nothing?
! help: nothing is called "nothing"
> let own = x => x + 1
> own??
x => x + 1
> function twice(x) {
|   return 2 * x
| }
> twice??
function twice(x) {
  return 2 * x
}
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := replay(t, test.transcript); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPages(t *testing.T) {
	screen := func(_ *Prompt, o *runtime.Options) {
		o.Width = func() int { return 20 }
		o.Height = func() int { return 6 }
	}
	if err := replay(t, `
> Array.from({length: 16}, (_, i) => 'item ' + i)
[
  'item 0',
  'item 1',
  'item 2',
… 14 more lines: it for the next page, _ for all
> it
  'item 3',
  'item 4',
  'item 5',
  'item 6',
… 10 more lines: it for the next page, _ for all
> 'x'.repeat(100)
'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'… 20 more characters
… a part is left out: it for the next page, _ for all
> _
'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
> Array.from({length: 2}, (_, i) => i)
[ 0, 1 ]
> it
! that was all: the last result has no further page
> help sow
sow(crop, {…})
Sows a crop.

  crop
… 11 more lines: it for the next page
> it
      what to sow
      bean, pea

Options
… 7 more lines: it for the next page
> [7]
[ 7 ]
> it
! that was all: the last result has no further page
> help how-to-sow
How to sow

  In spring.
`, screen); err != nil {
		t.Error(err)
	}
}

// TestHelpHasOneText asks for help in each way that there is.
func TestHelpHasOneText(t *testing.T) {
	ask := func(typed string) string {
		p, out := newPrompt(t)
		if leave, err := p.answer(t.Context(), typed); leave || err != nil {
			t.Fatalf("%s: %v %v", typed, leave, err)
		}
		return out.String()
	}
	for _, group := range [][]string{{"help", "?", "help()", "help;"}, {"sow?", "?sow", "help sow", "sow??", ".help sow", "help(sow)", "sow()?"}} {
		want := ask(group[0])
		if want == "" {
			t.Fatalf("%s prints nothing", group[0])
		}
		for _, typed := range group[1:] {
			if got := ask(typed); got != want {
				t.Errorf("%s prints\n%s\nand %s\n%s", typed, got, group[0], want)
			}
		}
	}
}

func TestLeaving(t *testing.T) {
	for typed, code := range map[string]int{
		"exit": 0, "quit": 0, "exit;": 0, "quit()": 0, "quit();": 0, "exit 4": 4, ".exit": 0, "exit()": 0, ".exit 5": 5, "exit(7)": 7, ".exit 0": 0,
	} {
		t.Run(typed, func(t *testing.T) {
			err := replay(t, "> "+typed+"\n")
			var exit *runtime.ExitError
			if got := errors.As(err, &exit); got && exit.Code != code || !got && (err != nil || code != 0) {
				t.Errorf("it ends with %v", err)
			}
		})
	}
	for _, argument := range []string{"256", "-1", "x", "1.5"} {
		if err := replay(t, fmt.Sprintf("> .exit %s\n! .exit: %q: must be an exit code, from 0 to 255\n", argument, argument)); err != nil {
			t.Error(err)
		}
	}
}

// brokenEditor cannot be read.
type brokenEditor struct{ err error }

func (e brokenEditor) Read(string, string) (string, error) { return "", e.err }
func (brokenEditor) Close() error                          { return nil }

func TestBrokenTerminal(t *testing.T) {
	broken := errors.New("the terminal is gone")
	p, _ := newPrompt(t)
	p.Editor = brokenEditor{broken}
	if err := p.Run(t.Context()); !errors.Is(err, broken) {
		t.Errorf("it ends with %v", err)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	hiding := func(p *Prompt, _ *runtime.Options) {
		p.Secret = func(text string) bool { return strings.Contains(text, "hush") }
	}
	if err := replay(t, `
> let key = 'hu' + 'sh'
> key
'<set>'
> who
key  string  '<set>'
> _
! ReferenceError: _ is not defined
!     _
!     ^
`, hiding); err != nil {
		t.Error(err)
	}
}

func TestStart(t *testing.T) {
	p, out := newPrompt(t)
	if err := p.Start(t.Context(), "start.js", "#!/usr/bin/env imapsh\nlet a = args[0]\nif (a) return 1\nprint('not here')", []string{"first"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.answer(t.Context(), "a + args.length"); err != nil || out.String() != "'first1'\n" {
		t.Errorf("%v: %s", err, out)
	}
	var script *runtime.ScriptError
	if err := p.Start(t.Context(), "start.js", "\nnothing", nil); !errors.As(err, &script) || !strings.Contains(script.Place(), "start.js:2") {
		t.Errorf("%v", err)
	}
}
