package editor

import "slices"

// undo holds the states that an edited text had, to go back to. The letters of a word
// that are typed one after the other are one step.
type undo struct {
	states []buffer
	typing bool // the last change was a letter that was typed
	going  bool // the change that comes is a step back
}

// maxUndo bounds the steps that are kept.
const maxUndo = 1000

// changed notes a change of the text.
func (u *undo) changed(before, after buffer) {
	switch {
	case u.going:
		u.going, u.typing = false, false
		return
	case slices.Equal(before.text, after.text):
		u.typing = u.typing && before.pos == after.pos
		return
	}
	typed := len(after.text) == len(before.text)+1 && after.pos == before.pos+1 && inWord(after.text[before.pos])
	if !typed || !u.typing {
		u.states = append(u.states, before)
		u.states = u.states[max(len(u.states)-maxUndo, 0):]
	}
	u.typing = typed
}

// undoLast takes the last change back.
func (l *liner) undoLast(b *buffer) {
	n := len(l.undo.states)
	if n == 0 {
		l.ring()
		return
	}
	last := l.undo.states[n-1]
	l.undo.states, l.undo.going = l.undo.states[:n-1], true
	b.text, b.pos = slices.Clone(last.text), last.pos
}
