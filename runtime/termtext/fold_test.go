package termtext

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	const long = "one two three four fives and 日本語 日本語 somewhatlongerthanthescreen end"
	for width := range 30 {
		got := Fold(long, width, "  ")
		if strings.Join(strings.Fields(got), " ") != long {
			t.Errorf("%d columns lose words: %q", width, got)
		}
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if width > 0 && Width(line) > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%d columns: %q", width, line)
			}
		}
	}
	for _, test := range []struct{ line, indent, want string }{
		{"", "", ""},
		{"within ten", "", "within ten"},
		{"more than ten columns", "", "more than\nten\ncolumns"},
		{"more than ten columns", "  ", "more than\n  ten\n  columns"},
		{"日本語日本語 日本語", "", "日本語日本語\n日本語"},
	} {
		if got := Fold(test.line, 10, test.indent); got != test.want {
			t.Errorf("%q becomes %q, not %q", test.line, got, test.want)
		}
	}
}
