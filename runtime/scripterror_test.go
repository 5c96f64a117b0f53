package runtime

import (
	"strings"
	"testing"
)

func TestExcerptKeepsTheMark(t *testing.T) {
	long := strings.Repeat("abcdefghij", 10)
	for _, test := range []struct {
		name          string
		line          string
		column, width int
		screen        int
		want          string
	}{
		{"fits", "call(wrong)", 6, 5, 40, "    call(wrong)\n         ^^^^^"},
		{"any width", long, 96, 2, 0, "    " + long + "\n    " + strings.Repeat(" ", 95) + "^^"},
		{"at the start", long, 1, 1, 40, "    abcdefghijabcdefghijabcdefghijabc…\n    ^"},
		{"in the middle", long, 51, 3, 40, "    …jabcdefghijabcdefghijabcdefghijab…\n                ^^^"},
		{"at the end", long, 100, 1, 40, "    …hijabcdefghijabcdefghijabcdefghij\n                                     ^"},
		{"wider than the screen", long, 11, 80, 40, "    abcdefghijabcdefghijabcdefghijabc…\n              " + strings.Repeat("^", 23)},
		{"wide characters", strings.Repeat("磁", 50) + "!", 51, 1, 40, "    …" + strings.Repeat("磁", 16) + "!\n" + strings.Repeat(" ", 37) + "^"},
		{"tiny screen", long, 51, 1, 3, "    …efghijabcdefghijab…\n           ^"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := &ScriptError{Stack: []Frame{{}}, line: test.line, column: test.column, width: test.width, screen: test.screen}
			if got := e.Line(); got != test.want {
				t.Errorf("%q\nnot\n%q", got, test.want)
			}
			for row := range strings.Lines(e.Line()) {
				if got := screenWidth([]rune(strings.TrimSuffix(row, "\n"))); test.screen > 24 && got >= test.screen {
					t.Errorf("a row of %d columns on a screen of %d", got, test.screen)
				}
			}
		})
	}
}
