package prompt

import (
	"errors"
	"slices"
	"testing"

	"imapsh/runtime"
)

func TestHistory(t *testing.T) {
	entries := []string{"first", "function f() {\n}", "third"}
	history := func(p *Prompt, _ *runtime.Options) { p.History = func() []string { return entries } }
	for _, test := range []struct {
		name, transcript string
		change           func(*Prompt, *runtime.Options)
	}{
		{"all", "> .history\nfirst\nfunction f() {\n}\nthird\n", history},
		{"some", "> .history 2\nfunction f() {\n}\nthird\n", history},
		{"more than there are", "> .history 99999\nfirst\nfunction f() {\n}\nthird\n", history},
		{"no number", "> .history x\n! .history: \"x\": must be an integer above 0\n> .history 0\n! .history: \"0\": must be an integer above 0\n", history},
		{"none is kept", "> .history\n", func(*Prompt, *runtime.Options) {}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := replay(t, test.transcript, test.change); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEditor(t *testing.T) {
	var opened, kept []string
	saved := ""
	editing := func(p *Prompt, _ *runtime.Options) {
		p.EditText = func(text string) (string, error) {
			opened = append(opened, text)
			if saved == "fail" {
				return "", errors.New("vi: exit status 1")
			}
			if saved == "" {
				return text + "\n", nil
			}
			return saved, nil
		}
		p.Keep = func(text string) { kept = append(kept, text) }
	}
	for _, test := range []struct{ name, saved, transcript, opened string }{
		{"nothing to open", "1 +\n  1\n", "> .editor\n1 +\n  1\n2\n", ""},
		{"the last statement", "let a = 2\na", "> let a = 1\n> .editor\nlet a = 2\na\n2\n", "let a = 1"},
		{"unchanged", "", "> let a = 1\n> .editor\n! nothing was changed, so nothing runs\n", "let a = 1"},
		{"emptied", "\n", "> let a = 1\n> .editor\n", "let a = 1"},
		{"a fault in it", "nothing", "> .editor\nnothing\n! ReferenceError: nothing is not defined\n!     nothing\n!     ^\n", ""},
		{"it fails", "fail", "> .editor\n! .editor: vi: exit status 1\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			saved, opened, kept = test.saved, nil, nil
			if err := replay(t, test.transcript, editing); err != nil {
				t.Error(err)
			}
			if !slices.Equal(opened, []string{test.opened}) {
				t.Errorf("opened on %q", opened)
			}
		})
	}
	if err := replay(t, "> .editor\n! .editor: there is no editor here; set EDITOR\n"); err != nil {
		t.Error(err)
	}
}
