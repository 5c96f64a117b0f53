package api

import "testing"

func TestHelpIsFolded(t *testing.T) {
	const text = "paint({…})\nPaints a room or two.\n\n" +
		"  colour       which of them to take, red or blue\n" +
		"               red, green, blue, violet, brown, black\n" +
		"Examples\n  paint({colour: ['red', 'green', 'blue']})\n"
	for _, test := range []struct {
		width int
		want  string
	}{
		{0, text},
		{80, text},
		{41, "paint({…})\nPaints a room or two.\n\n" +
			"  colour       which of them to take, red\n               or blue\n" +
			"               red, green, blue, violet,\n               brown, black\n" +
			"Examples\n  paint({colour: ['red', 'green', 'blue']})\n"},
		{20, "paint({…})\nPaints a room or\ntwo.\n\n" +
			"  colour\n      which of them\n      to take, red\n      or blue\n" +
			"      red, green,\n      blue, violet,\n      brown, black\n" +
			"Examples\n  paint({colour: ['red', 'green', 'blue']})\n"},
	} {
		if got := Folded(text, test.width); got != test.want {
			t.Errorf("%d columns:\n%s\nnot\n%s", test.width, got, test.want)
		}
	}
}
