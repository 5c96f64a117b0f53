package prompt

import (
	"errors"
	"os"
	"strings"
	"testing"

	"imapsh/runtime"
)

func TestLoad(t *testing.T) {
	inDirectory(t, "recipes/")
	for name, text := range map[string]string{
		"plain.js":      "const loaded = args.join('+')\nloaded",
		"my recipe.js":  "#!/usr/bin/env imapsh\nlet n = 7\nif (n) return n * 6\nprint('not here')",
		"leaves.js":     "let left = 1; exit(3)",
		"broken.js":     "let a = 1\nfunction f() {\n  nothing\n}\nf()",
		"malformed.js":  "let a = 1\n1 +* 2",
		"recipes/in.js": "'from the recipes'",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	byName := func(p *Prompt, _ *runtime.Options) {
		p.Recipe = func(name string) (string, string, error) {
			text, err := os.ReadFile("recipes/" + name)
			if err != nil {
				return "", "", errors.New("no recipe " + name)
			}
			return name, string(text), nil
		}
	}
	for _, test := range []struct {
		name, transcript string
		change           func(*Prompt, *runtime.Options)
	}{
		{"arguments and declarations", "> .load plain.js a 'b c'\n'a+b c'\n> loaded\n'a+b c'\n> .load plain.js\n''\n", nil},
		{"return, and a name with a blank", "> .load 'my recipe.js'\n42\n> .load my\\ recipe.js\n42\n> _ + n\n49\n", nil},
		{"exit ends the file alone", "> .load leaves.js\n! (leaves.js left with exit code 3)\n> left\n1\n", nil},
		{"an error says where", `
> .load broken.js
! ReferenceError: nothing is not defined
!       nothing
!       ^
!     at f broken.js:3:3, broken.js:5
> a
1
`, nil},
		{"no JavaScript", `
> .load malformed.js
! SyntaxError: Unexpected token *
!     1 +* 2
!        ^
!     at malformed.js:2:4
`, nil},
		{"what is missing", `
> .load
! .load: name a file, and the arguments that it takes
> .load 'plain.js
! .load: the quote ' is not closed
> .load nowhere.js
! .load: open nowhere.js: no such file or directory
`, nil},
		{"a recipe", "> .load in.js\n'from the recipes'\n> .load out.js\n! .load: no recipe out.js\n", byName},
	} {
		t.Run(test.name, func(t *testing.T) {
			change := test.change
			if change == nil {
				change = func(*Prompt, *runtime.Options) {}
			}
			if err := replay(t, test.transcript, change); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSave(t *testing.T) {
	inDirectory(t, "taken.js")
	hiding := func(p *Prompt, _ *runtime.Options) {
		p.Secret = func(text string) bool { return strings.Contains(text, "hush") }
	}
	if err := replay(t, `
> .save out.js
! .save: no statement has succeeded yet
> let a = 6
> ({a})
{ a: 6 }
> nothing
! ReferenceError: nothing is not defined
!     nothing
!     ^
> let key = 'hush'
> config = {API_KEY: 'x'.repeat(40)}, 0 // it looks like a key
0
> function f() {
|   return 7
| }
> a * f()
42
> .save
! .save: name one file
> .save one two
! .save: name one file
> .save "one
! .save: the quote " is not closed
> .save taken.js
! .save: taken.js exists and is not overwritten; choose another name
> .save 'out file.js'
! 4 statements saved in out file.js
> .load 'out file.js'
42
`, hiding); err != nil {
		t.Error(err)
	}
	saved, err := os.ReadFile("out file.js")
	const want = "let a = 6;\n({a});\nfunction f() {\n  return 7\n}\na * f();\n"
	if err != nil || string(saved) != want {
		t.Errorf("%v: it holds\n%s", err, saved)
	}
	if taken, err := os.ReadFile("taken.js"); err != nil || string(taken) != "taken.js" {
		t.Errorf("%v: %s", err, taken)
	}
}

// TestSaveOfALoadedFile keeps what was loaded in what is saved, where it may stand there.
func TestSaveOfALoadedFile(t *testing.T) {
	inDirectory(t)
	for name, text := range map[string]string{"plain.js": "let a = 1", "returns.js": "return 2"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := replay(t, "> .load plain.js\n> .load returns.js\n2\n> .save all.js\n! 2 statements saved in all.js\n"); err != nil {
		t.Error(err)
	}
	if saved, err := os.ReadFile("all.js"); err != nil || string(saved) != "let a = 1;\n// .load returns.js\n" {
		t.Errorf("%v: %s", err, saved)
	}
}
