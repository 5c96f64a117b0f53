package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestFlagsBehindARecipe: --demo there must not be taken for the recipe's, which would
// then ask the real archive.
func TestFlagsBehindARecipe(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("r.js", []byte("print(args)"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		args []string
		want string // what is printed, or the refusal; WHOSE is code or recipe, FIRST what flags stand before
		code int
	}{
		{"a flag of every command", []string{"a", "--demo"}, "is a flag of imapsh, not of the WHOSE\nhint: put --demo before FIRST; after -- it is the WHOSE's", 2},
		{"with a value", []string{"--url=http://127.0.0.1:1", "a"}, "hint: put --url before FIRST", 2},
		{"short", []string{"-v"}, "hint: put -v before FIRST", 2},
		{"short, joined with others", []string{"-vj8"}, "imapsh: -v in -vj8 behind ", 2},
		{"short, joined behind one of the recipe's", []string{"-hv"}, "hint: put -v before FIRST", 2},
		{"a limit of recipes", []string{"--no-upload"}, "hint: put --no-upload before FIRST", 2},
		{"after --", []string{"a", "--", "--demo", "--", "-v"}, "[ 'a', '--demo', '--', '-v' ]", 0},
		{"the recipe's own", []string{"--days", "3", "-n", "-", "--version=v001"}, "[ '--days', '3', '-n', '-', '--version=v001' ]", 0},
		{"days before today", []string{"-7d", "-jv", "-ev"}, "[ '-7d', '-jv', '-ev' ]", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, start := range []struct {
				args         []string
				whose, first string
			}{
				{[]string{"-e", "print(args)", "x"}, "code", "x"},
				{[]string{"-", "x"}, "recipe", "-"},
				{[]string{"r.js", "x"}, "recipe", "the recipe"},
			} {
				var out bytes.Buffer
				c := &cli{stdin: strings.NewReader("print(args)"), stdout: &out, stderr: &out, env: func(string) string { return "" }}
				code := c.run(t.Context(), append(append([]string{"--norc"}, start.args...), test.args...))
				want := strings.NewReplacer("WHOSE", start.whose, "FIRST", start.first).Replace(test.want)
				if got := strings.Replace(out.String(), "'x', ", "", 1); code != test.code || !strings.Contains(got, want) {
					t.Errorf("%q: exit code %d\n%s\nwant\n%s", test.args, code, got, want)
				}
			}
		})
	}
}

// TestFlagsBehindDashes: -- before the first argument of -e's code gives it all of them.
func TestFlagsBehindDashes(t *testing.T) {
	var out bytes.Buffer
	c := &cli{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(string) string { return "" }}
	if code := c.run(t.Context(), []string{"--norc", "-e", "print(args)", "--", "--demo", "-v"}); code != 0 || out.String() != "[ '--demo', '-v' ]\n" {
		t.Errorf("exit code %d\n%s", code, out.String())
	}
}
