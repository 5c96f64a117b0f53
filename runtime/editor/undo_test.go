package editor

import "testing"

func TestUndo(t *testing.T) {
	d := sit(t, 40, 10)
	d.read()
	for _, step := range []struct{ keys, want string }{
		{"one two", "> one two▏"},
		{"\x1f", "> one ▏"}, // the letters of a word are one step
		{"\x1f\x1f", "> ▏"},
		{"\x1f", "> ▏"},
		{"words that go", "> words that go▏"},
		{"\x15", "> ▏"}, // what ^U kills comes back
		{"\x1f", "> words that go▏"},
		{"\x02\x02x", "> words that x▏go"},
		{"\x1f", "> words that ▏go"}, // the cursor, too
		{"\x1b[47;5u", "> words that ▏"},
	} {
		d.types(step.keys)
		d.sees(step.want)
	}
	d.types("\r")
	d.result()
	d.read()
	d.types("\x1fnew") // nothing of another statement comes back
	d.awaits("> new▏", func() string { s := d.screen.Screen(); return s[len(s)-len("> new▏"):] })
	d.types("\r")
	d.result()
}
