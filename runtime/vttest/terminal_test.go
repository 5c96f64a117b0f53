package vttest

import (
	"slices"
	"testing"
)

func TestScreen(t *testing.T) {
	for _, test := range []struct{ name, written, want string }{
		{"nothing", "", "▏"},
		{"lines", "ab\r\ncd", "ab\ncd▏"},
		{"line feed alone", "ab\ncd", "ab\n  cd▏"},
		{"wrapped", "12345678901", "1234567890\n1▏"},
		{"full row wraps with the next character only", "1234567890", "123456789▏0"},
		{"full row, then a new one", "1234567890\r\nx", "1234567890\nx▏"},
		{"colours do not end a row", "1234567890\x1b[0mx", "1234567890\nx▏"},
		{"tab", "a\tb\tc", "a       b▏c"},
		{"wide", "日本語", "日本語▏"},
		{"wide at the edge", "123456789日", "123456789\n日▏"},
		{"combining", "e\u0301x", "e\u0301x▏"},
		{"colours", "\x1b[1;31mred\x1b[0m", "red▏"},
		{"up and right", "abc\r\nd\x1b[A\x1b[CX", "abX▏\nd"},
		{"rest of the row", "abcdef\r\x1b[3C\x1b[K", "abc▏"},
		{"rest of the screen", "ab\r\ncd\x1b[A\r\x1b[J", "▏"},
		{"all", "ab\r\ncd\x1b[H\x1b[2J", "▏"},
		{"scrolled", "1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5▏"},
	} {
		t.Run(test.name, func(t *testing.T) {
			whole, bytes := New(10, 4), New(10, 4)
			_, _ = whole.Write([]byte(test.written))
			for _, b := range []byte(test.written) { // however the program's writes are cut
				_, _ = bytes.Write([]byte{b})
			}
			for _, terminal := range []*Terminal{whole, bytes} {
				if got := terminal.Screen(); got != test.want {
					t.Errorf("the screen is\n%s\nnot\n%s", got, test.want)
				}
				if unknown := terminal.Unknown(); len(unknown) > 0 {
					t.Errorf("not understood: %q", unknown)
				}
			}
		})
	}
}

func TestWhatElseIsSeen(t *testing.T) {
	terminal := New(10, 2)
	_, _ = terminal.Write([]byte("1\r\n2\r\n3\a\x1b[?2004h\x1b[5Q\x1bc\b"))
	if got, want := terminal.Scrolled(), []string{"1"}; !slices.Equal(got, want) {
		t.Errorf("scrolled: %q, not %q", got, want)
	}
	if got, want := terminal.Unknown(), []string{"ESC[5Q", "ESCc", `'\b'`}; !slices.Equal(got, want) {
		t.Errorf("unknown: %q, not %q", got, want)
	}
	if terminal.Modes() != "2004h " || terminal.Bells() != 1 {
		t.Errorf("modes %q, %d bells", terminal.Modes(), terminal.Bells())
	}
	if x, y := terminal.Cursor(); x != 1 || y != 1 {
		t.Errorf("the cursor is at %d, %d", x, y)
	}
	_, _ = terminal.Write([]byte("\x1b[H\x1b[2J\x1b[3J"))
	if len(terminal.Scrolled()) > 0 {
		t.Error("what has scrolled is still there")
	}
}

func TestResize(t *testing.T) {
	terminal := New(10, 4)
	_, _ = terminal.Write([]byte("abcdefgh\r\nb\r\nc"))
	for _, step := range []struct {
		width, height int
		want          string
	}{
		{5, 4, "abcde\nb\nc▏"},
		{5, 2, "b\nc▏"}, // the row below the cursor goes, then the first
		{8, 3, "b\nc▏"},
	} {
		terminal.Resize(step.width, step.height)
		if got := terminal.Screen(); got != step.want {
			t.Errorf("%d x %d:\n%s\nnot\n%s", step.width, step.height, got, step.want)
		}
	}
	_, _ = terminal.Write([]byte("\r\nd\r\ne"))
	if got, want := terminal.Screen(), "c\nd\ne▏"; got != want {
		t.Errorf("afterwards:\n%s", got)
	}
}

func TestChanged(t *testing.T) {
	terminal := New(10, 4)
	changed := terminal.Changed()
	select {
	case <-changed:
		t.Error("it tells of a change that was not")
	default:
	}
	go func() { _, _ = terminal.Write([]byte("x")) }()
	<-changed
	if got := terminal.Screen(); got != "x▏" {
		t.Errorf("the screen is %q", got)
	}
}
