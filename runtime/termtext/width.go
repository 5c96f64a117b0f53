package termtext

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// Width is how many columns a string takes, without its colours.
func Width(text string) int {
	n := 0
	terminal := runewidth.Condition{StrictEmojiNeutral: true} // not the default one: that depends on the environment
	for _, r := range Plain(text) {
		if r < 0x300 {
			n++
		} else {
			n += terminal.RuneWidth(r)
		}
	}
	return n
}

// Plain is text without its SGR sequences.
func Plain(text string) string {
	if !strings.Contains(text, "\x1b[") {
		return text
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := strings.IndexFunc(after, func(r rune) bool { return (r < '0' || r > '9') && r != ';' })
		if end < 0 {
			return b.String()
		}
		text = after[end+1:]
	}
}
