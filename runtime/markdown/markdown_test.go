package markdown

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const page = `# A page

A paragraph with ` + "`code`" + `, **bold** text and a
[link](https://example.com/a), folded to the width.

## Lists

- one
- two, which is longer than the screen
  and goes on

1. first
2. second

` + "```console" + `
$ a command that is longer than the screen
its output
` + "```" + `

| name | what it is |
|---|---|
| ` + "`a\\|b`" + ` | a table, whose last column is folded |
| longer |  |
`

func TestRender(t *testing.T) {
	const want = `A page

  A paragraph with ` + "`code`" + `,
  bold text and a link
  (https://example.com/a),
  folded to the width.

Lists

  - one
  - two, which is longer than
    the screen and goes on

  1. first
  2. second

    $ a command that is longer than the screen
    its output

  name
      what it is
  ` + "`a|b`" + `
      a table, whose last
      column is folded
  longer
`
	if diff := cmp.Diff(want, Render(page, Style{Width: 30})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	const wide = `
  name    what it is
  ` + "`a|b`" + `   a table, whose last column is folded
  longer
`
	if got := Render(page, Style{}); !strings.HasSuffix(got, wide) {
		t.Errorf("on 80 columns it ends\n%s", got)
	}
	colored := Render(page, Style{Width: 30, Color: true})
	for _, part := range []string{"\x1b[1mA page\x1b[0m\n", "\x1b[36mcode\x1b[0m,", "\x1b[1mbold\x1b[0m"} {
		if !strings.Contains(colored, part) {
			t.Errorf("in colours it lacks %q:\n%q", part, colored)
		}
	}
}

// FuzzRender looks for texts that crash it, or that lose their words.
func FuzzRender(f *testing.F) {
	f.Add(page, 40)
	f.Add("|", 10)
	f.Add("| |\n|||\n|-|", 0)
	f.Add("```\n```\n#\n- \n1. ", 1)
	f.Fuzz(func(t *testing.T, page string, width int) {
		out := Render(page, Style{Width: width % 200})
		colored := Render(page, Style{Width: width % 200, Color: true})
		if strings.ContainsAny(page, "`|#*[\x1b") || !utf8.ValidString(page) {
			return
		}
		want := strings.Fields(page)
		for name, got := range map[string]string{"plain": out, "colored": colored} {
			if !slices.Equal(strings.Fields(got), want) {
				t.Errorf("%s, the words %q become %q", name, want, got)
			}
		}
	})
}
