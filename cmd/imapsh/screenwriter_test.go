package main

import (
	"strings"
	"testing"

	"imapsh/runtime/termtext"
)

func TestScreenWriterEscapes(t *testing.T) {
	for name, test := range map[string]struct {
		escape     func(string) string
		text, want string
	}{
		"JSON":                 {termtext.EscapeJSON, "{\"a\": \"x\u009b31m\u202eü\x7f\"}\n", `{"a": "x\u009b31m\u202eü\u007f"}` + "\n"},
		"JSON, surrogate pair": {termtext.EscapeJSON, "\"\U000e0041\"", `"\udb40\udc41"`},
		"CSV":                  {termtext.Escape, "a,\x1b[31m\u202e\n", `a,\x1b[31m\u202e` + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			w := &screenWriter{w: &out, escape: test.escape}
			for i := range len(test.text) { // characters in pieces
				if _, err := w.Write([]byte{test.text[i]}); err != nil {
					t.Fatal(err)
				}
			}
			if out.String() != test.want {
				t.Errorf("got  %q\nwant %q", out.String(), test.want)
			}
		})
	}
}
