package prompt

import (
	"strings"
	"testing"
	"unicode/utf8"

	"imapsh/runtime"
	"imapsh/runtime/api"
)

func TestHelpOnThePrompt(t *testing.T) {
	a := &api.API{}
	AddHelp(a)
	s, err := runtime.New(runtime.Options{API: a})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"keyboard": "^R ^S", "_": "the last result", "_error": "the last error", "it": "the next page", "values": "_error"} {
		if text, err := s.Help(name); err != nil || !strings.Contains(text, want) {
			t.Errorf("help('%s') is %q, %v; want %s in it", name, text, err, want)
		}
	}
	for line := range strings.Lines(keyboard.Text) {
		if n := utf8.RuneCountInString(line); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}
