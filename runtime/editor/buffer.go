package editor

import (
	"slices"
	"unicode"
)

// buffer is a text under edit: the runes, newlines among them, and where the cursor stands.
type buffer struct {
	text []rune
	pos  int
}

func (b *buffer) insert(s []rune) {
	b.text = slices.Insert(b.text, b.pos, s...)
	b.pos += len(s)
}

// cut removes the runes from to to, leaves the cursor there and returns them.
func (b *buffer) cut(from, to int) []rune {
	gone := slices.Clone(b.text[from:to])
	b.text = slices.Delete(b.text, from, to)
	b.pos = from
	return gone
}

// set replaces the whole text, the cursor at its end.
func (b *buffer) set(text string) {
	b.text = []rune(text)
	b.pos = len(b.text)
}

func (b *buffer) lineStart() int {
	i := b.pos
	for i > 0 && b.text[i-1] != '\n' {
		i--
	}
	return i
}

func (b *buffer) lineEnd() int {
	i := b.pos
	for i < len(b.text) && b.text[i] != '\n' {
		i++
	}
	return i
}

// A word is a run of letters and digits, as in the library and in bash: underscores and
// dots divide the names of files into the parts that get edited.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (b *buffer) wordLeft() int {
	i := b.pos
	for i > 0 && !inWord(b.text[i-1]) {
		i--
	}
	for i > 0 && inWord(b.text[i-1]) {
		i--
	}
	return i
}

func (b *buffer) wordRight() int {
	i := b.pos
	for i < len(b.text) && !inWord(b.text[i]) {
		i++
	}
	for i < len(b.text) && inWord(b.text[i]) {
		i++
	}
	return i
}

// lineUp moves the cursor to the line above, as far right as it was, and reports whether there
// is one.
func (b *buffer) lineUp() bool {
	start := b.lineStart()
	if start == 0 {
		return false
	}
	column := b.pos - start
	b.pos = start - 1
	b.pos = min(b.lineStart()+column, start-1)
	return true
}

// lineDown is lineUp the other way.
func (b *buffer) lineDown() bool {
	end := b.lineEnd()
	if end == len(b.text) {
		return false
	}
	column := b.pos - b.lineStart()
	b.pos = end + 1
	b.pos = min(b.pos+column, b.lineEnd())
	return true
}
