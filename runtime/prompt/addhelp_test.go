package prompt

import (
	"strings"
	"testing"

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
	for name, want := range map[string]string{"_": "the last result", "_error": "the last error", "it": "the next page", "values": "_error"} {
		if text, err := s.Help(name); err != nil || !strings.Contains(text, want) {
			t.Errorf("help('%s') is %q, %v; want %s in it", name, text, err, want)
		}
	}
}
