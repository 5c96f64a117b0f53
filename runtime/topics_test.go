package runtime

import (
	"imapsh/runtime/api"
	"strings"
	"testing"
)

func TestTopics(t *testing.T) {
	s, _ := newTestSession(t)
	s.api.Topics = append(s.api.Topics, api.Topic{Name: "ladders", Doc: "how to climb", Text: "# Ladders\n\nGo up `slowly`, **one** rung at a time.\n"})
	for name, want := range map[string]string{
		"functions": "paint(",
		"classes":   "Brush",
		"errors":    "RefusedError",
		"values":    "console",
		"ladders":   "Ladders\n\n  Go up `slowly`, one rung at a time.\n",
	} {
		text, err := s.Help(name)
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("help('%s') is %q, %v; want %s in it", name, text, err, want)
		}
		overview, err := s.Help()
		if err != nil || !strings.Contains(overview, "  "+name+" ") {
			t.Errorf("help() does not name %s: %s, %v", name, overview, err)
		}
		for _, typed := range []string{"help(", "help('" + name[:4]} {
			found := false
			for _, candidate := range s.Complete(typed, len(typed)).Candidates {
				found = found || candidate.Text == name
			}
			if !found {
				t.Errorf("%s does not complete to %s", typed, name)
			}
		}
	}
	if text, err := s.Help("ladder"); err == nil || !strings.Contains(err.Error(), "ladders") {
		t.Errorf("help('ladder') is %q, %v", text, err)
	}
}
