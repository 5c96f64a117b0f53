package prompt

import "testing"

func TestUnprompt(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"no prompt", "let a = 1\na > 0", "let a = 1\na > 0"},
		{"one statement", "imap> let a = 1", "let a = 1"},
		{"an archive's name", "imap[demo]> a\nimap[localhost:8080]> b\n", "a\nb\n"},
		{"an empty line", "imap> a\nimap>\nimap> ", "a\n\n"},
		{"many lines", "imap> function f() {\n  ...   return 1\n  ... }", "function f() {\n  return 1\n}"},
		{"from behind the prompt", "function f() {\n  ...   return 1\n  ...\n  ... }\n", "function f() {\n  return 1\n\n}\n"},
		{"a spread", "f([\n  ...list,\n  ... more,\n])", "f([\n  ...list,\n  ... more,\n])"},
		{"a prompt within a line", "'imap> '", "'imap> '"},
		{"twice", "imap> imap> a", "imap> a"},
		{"a comparison", "imap > 3", "imap > 3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Unprompt(test.text); got != test.want {
				t.Errorf("%q becomes %q, not %q", test.text, got, test.want)
			}
		})
	}
}
