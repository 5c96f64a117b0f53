package prompt

import (
	"slices"
	"strings"
	"testing"
)

func TestShellWords(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      nil,
		"  ":                    nil,
		"a b\tc\nd":             {"a", "b", "c", "d"},
		`'a b' "c d"`:           {"a b", "c d"},
		`a\ b`:                  {"a b"},
		`a' 'b`:                 {"a b"},
		`''`:                    {""},
		`it\'s`:                 {"it's"},
		`"it's" 'say "so"'`:     {"it's", `say "so"`},
		`'it\'s' "say \"so\""`:  {"it's", `say "so"`},
		`C:\dir\file "C:\a b"`:  {`C:\dir\file`, `C:\a b`},
		`é 日本`:                  {"é", "日本"},
		`--from=2026-01-01 -v `: {"--from=2026-01-01", "-v"},
	} {
		if got, err := shellWords(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"'a", `a "b c`, `'it\'`} {
		if got, err := shellWords(text); err == nil || !strings.Contains(err.Error(), "is not closed") {
			t.Errorf("%s: %q %v", text, got, err)
		}
	}
}

func TestLastWord(t *testing.T) {
	for text, want := range map[string]lastWord{
		"":         {start: 0},
		"a ":       {start: 2},
		"a bc":     {start: 2, text: "bc", begun: true},
		"a 'b c":   {start: 2, text: "b c", quote: '\'', begun: true},
		"a 'b c'":  {start: 2, text: "b c", begun: true},
		`x é\ b`:   {start: 2, text: "é b", begun: true},
		`x "it's`:  {start: 2, text: "it's", quote: '"', begun: true},
		`x 'a' "b`: {start: 6, text: "b", quote: '"', begun: true},
	} {
		if _, got := splitWords(text); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

// FuzzQuoteWord reads words back that were quoted.
func FuzzQuoteWord(f *testing.F) {
	f.Add("plain", "my file")
	f.Add("it's", `say "so"`)
	f.Add(`C:\dir`, "tab\there")
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, word := range []string{first, second} {
			// A backslash at the end would take what follows; a newline ends a statement.
			if word == "" || strings.HasSuffix(word, `\`) || strings.ContainsRune(word, '\n') {
				t.Skip()
			}
			word = strings.ToValidUTF8(word, "?")
			for _, quote := range []rune{0, '\'', '"'} {
				text := quoteWord(word, quote)
				if quote != 0 {
					text += string(quote)
				}
				if got, err := shellWords(text + " next"); err != nil || !slices.Equal(got, []string{word, "next"}) {
					t.Errorf("%q in quote %q is %s, which is read as %q %v", word, quote, text, got, err)
				}
			}
		}
	})
}
