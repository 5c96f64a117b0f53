package editor

import "strings"

// action returns the edit that a virtual key stands for.
func (l *liner) action(r rune) func(*buffer) {
	switch r {
	case keyHome:
		return home
	case keyEnd:
		return l.lineEnd
	case keyRight:
		return l.right
	case keyUp:
		return l.up
	case keyDown:
		return l.down
	case keyWordLeft:
		return func(b *buffer) { b.pos = b.wordLeft() }
	case keyWordRight:
		return l.wordRight
	case keyDelete:
		return l.deleteRight
	case keyRubWord:
		return func(b *buffer) { l.kill(b, b.wordLeft(), b.pos) }
	case keyKillWord:
		return func(b *buffer) { l.kill(b, b.pos, b.wordRight()) }
	case keyKillStart:
		return l.killStart
	case keyKillEnd:
		return l.killEnd
	case keyYank:
		return func(b *buffer) { b.insert(l.killed) }
	case keyNewline:
		return newline
	case keyTab:
		return l.complete
	case keyPaste:
		text := l.keys.paste()
		return func(b *buffer) { l.paste(b, text) }
	case keyClear:
		return func(*buffer) { l.screen.wipe(layout(l.view())) }
	case keySearch, keySearchNewer:
		return l.startSearch
	case keyUndo:
		return l.undoLast
	case keySuspend:
		return func(*buffer) { l.suspend() }
	}
	return func(*buffer) {}
}

func newline(b *buffer) { b.insert([]rune{'\n'}) }

// home goes to the start of the line, and from there to the start of the statement.
func home(b *buffer) {
	if start := b.lineStart(); b.pos != start {
		b.pos = start
	} else {
		b.pos = 0
	}
}

// lineEnd goes to the end of the line, from there to the end of the statement, and there it
// accepts the suggestion.
func (l *liner) lineEnd(b *buffer) {
	switch end := b.lineEnd(); {
	case b.pos != end:
		b.pos = end
	case b.pos != len(b.text):
		b.pos = len(b.text)
	default:
		b.insert([]rune(l.ghost(b)))
	}
}

func (l *liner) right(b *buffer) {
	if b.pos < len(b.text) {
		b.pos++
	} else {
		b.insert([]rune(l.ghost(b)))
	}
}

// wordRight goes one word to the right; at the end it accepts one word of the suggestion.
func (l *liner) wordRight(b *buffer) {
	if b.pos == len(b.text) {
		more := buffer{text: []rune(l.ghost(b))}
		b.insert(more.text[:more.wordRight()])
		return
	}
	b.pos = b.wordRight()
}

func (l *liner) deleteRight(b *buffer) {
	if b.pos < len(b.text) {
		b.cut(b.pos, b.pos+1)
	} else {
		l.ring()
	}
}

func (l *liner) kill(b *buffer, from, to int) {
	if from < to {
		l.killed = b.cut(from, to)
	}
}

// killStart removes the line up to the cursor; at its start, the end of the line before.
func (l *liner) killStart(b *buffer) {
	start := b.lineStart()
	if start == b.pos && start > 0 {
		start--
	}
	l.kill(b, start, b.pos)
}

// killEnd removes the line from the cursor on; at its end it joins the next line.
func (l *liner) killEnd(b *buffer) {
	end := b.lineEnd()
	if end == b.pos && end < len(b.text) {
		end++
	}
	l.kill(b, b.pos, end)
}

// paste inserts a pasted text, without prompts that were copied along. The newline at the end of a complete statement is dropped:
// Enter submits it, and nothing else does.
func (l *liner) paste(b *buffer, text string) {
	text = l.config.Unprompt(text)
	b.insert([]rune(text))
	if b.pos < len(b.text) || !strings.HasSuffix(text, "\n") {
		return
	}
	whole := strings.TrimRight(string(b.text), "\n")
	if !l.config.Incomplete(whole) {
		b.set(whole)
	}
}

// suspend gives the terminal to whoever started the program, until that one resumes it.
func (l *liner) suspend() {
	v := l.view()
	l.screen.show(layout(v), v.width)
	l.screen.leave(l.screen.frame)
	l.screen.write(pasteOff)
	_ = l.config.Restore()
	suspend()
	_ = l.config.Raw()
	l.screen.write(pasteOn)
	l.draw()
}
