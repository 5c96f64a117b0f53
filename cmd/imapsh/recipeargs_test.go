package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestFlagsBehindARecipe: --demo there must not be taken for the recipe's, which would
// then ask the real archive.
func TestFlagsBehindARecipe(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		want string // what is printed, or the refusal
		code int
	}{
		{"a flag of every command", []string{"a", "--demo"}, "hint: put --demo before the recipe; after -- it is the recipe's", 2},
		{"with a value", []string{"--url=http://127.0.0.1:1", "a"}, "hint: put --url before the recipe", 2},
		{"short", []string{"-v"}, "hint: put -v before the recipe", 2},
		{"a limit of recipes", []string{"--no-upload"}, "hint: put --no-upload before the recipe", 2},
		{"after --", []string{"a", "--", "--demo", "--", "-v"}, "[ 'a', '--demo', '--', '-v' ]", 0},
		{"the recipe's own", []string{"--days", "3", "-n", "-", "--help", "--version=v001"}, "[ '--days', '3', '-n', '-', '--help', '--version=v001' ]", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, start := range [][]string{{"-e", "print(args)", "x"}, {"-", "x"}} {
				var out bytes.Buffer
				c := &cli{stdin: strings.NewReader("print(args)"), stdout: &out, stderr: &out, env: func(string) string { return "" }}
				code := c.run(t.Context(), append(append([]string{"--norc"}, start...), test.args...))
				if got := strings.Replace(out.String(), "'x', ", "", 1); code != test.code || !strings.Contains(got, test.want) {
					t.Errorf("%q: exit code %d\n%s", test.args, code, got)
				}
			}
		})
	}
}
