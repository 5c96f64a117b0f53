package prompt

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
			m := NewSeenWords(path)
			if got := m.Words("descriptor"); len(got) != test.known {
				t.Errorf("known: %q", got)
			}
			m.Remember("descriptor", []string{"new"})
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

func TestSeenWordsLast(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "words.json")
	m := NewSeenWords(path)
	m.Remember("descriptor", []string{"norm-gse", "raw", "raw"})
	m.SetRecent("filename", []string{"a", "b"})
	if err := m.Save(); err != nil {
		t.Fatal(err)
	}
	again := NewSeenWords(path)
	if got := strings.Join(again.Words("descriptor"), " "); got != "norm-gse raw" {
		t.Errorf("descriptors %q", got)
	}
	if got := again.Words("filename"); len(got) != 0 {
		t.Errorf("file names lasted: %q", got)
	}
	if err := os.WriteFile(path, []byte(`{"descriptor": ["bell\u0007", "raw"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := NewSeenWords(path).Words("descriptor"); len(got) != 1 {
		t.Errorf("words that cannot be shown: %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}
