package runtime

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFormatOfWords(t *testing.T) {
	for _, test := range []struct {
		name, before string
		known        int
		after        string // empty: the file stays as it is
	}{
		{"none", "", 0, `{"format":1,"words":{"descriptor":["new"]}}`},
		{"without a format", `{"descriptor":["old"]}`, 1, `{"format":1,"words":{"descriptor":["old","new"]}}`},
		{"this format", `{"format":1,"words":{"descriptor":["old"]}}`, 1, `{"format":1,"words":{"descriptor":["old","new"]}}`},
		{"a newer format", `{"format":2,"words":[["descriptor","old"]]}`, 0, ""},
		{"no JSON", `{"desc`, 0, `{"format":1,"words":{"descriptor":["new"]}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "words.json")
			if test.before != "" {
				if err := os.WriteFile(path, []byte(test.before), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			m := NewMemory(path)
			if got := m.Words("descriptor"); len(got) != test.known {
				t.Errorf("known: %q", got)
			}
			m.Learn("descriptor", []string{"new"})
			err := m.Save()
			want := test.after
			if newer := want == ""; newer {
				want = test.before
				if err == nil || !strings.Contains(err.Error(), "its format is 2") {
					t.Errorf("error %v", err)
				}
				err = m.Save()
			}
			text, _ := os.ReadFile(path)
			if err != nil || strings.TrimSpace(string(text)) != want {
				t.Errorf("%v: the file holds %s, want %s", err, text, want)
			}
		})
	}
}
