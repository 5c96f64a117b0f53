package prompt

import "testing"

func TestHelpTopics(t *testing.T) {
	for typed, want := range map[string]string{
		"query?": "query", "?query": "query", "help query": "query", "query()?": "query", "list[0].download?": "list[0].download",
		"query().latest?": "query().latest", "_?": "_", "config.DATA_DIR ?": "config.DATA_DIR",
		"a ? b": "", "a b?": "", "list[?": "", "query??": "query", "f({a: 1}).b?": "f({a: 1}).b", "`x?": "", "f(x ?": "", "?": "",
	} {
		if got, _ := helpTopic(typed); got != want {
			t.Errorf("%s asks about %q, not %q", typed, got, want)
		}
	}
}
