package editor

import (
	"slices"

	"github.com/chzyer/readline"
)

// filter is asked by the library about every key before it acts on it. It sees what the
// library cannot do itself and hands that to OnChange, wrapped in a keyAct.
//
// After Enter, ^C and ^D the library waits for the next Read, because none of them is
// followed by more of the same statement. Where it is, the library is told to read on.
func (l *liner) filter(r rune) (rune, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.restoreOnPanic()
	if r == 0 { // the end of the input: the library submits what there is
		l.end("")
		return r, true
	}
	l.keys.behind.Add(-1)
	if l.search != nil {
		if handled := l.searchKey(r); handled {
			return l.carry(r)
		}
	}
	if r != keyUp && r != keyDown {
		l.recall = nil
	}
	if r != keyTab {
		l.listed = listing{}
	}
	switch r {
	case keyEnter:
		if !l.config.Incomplete(string(l.state.text)) {
			l.end("")
			return r, true
		}
		l.pending = newline
	case keyInterrupt:
		l.end("^C")
		return r, true
	case keyEOF:
		if len(l.state.text) == 0 {
			l.end("")
			return r, true
		}
		l.pending = l.deleteRight
	case '\t': // as text: see keyReader.pasting
		l.pending = func(b *buffer) { b.insert([]rune{r}) }
	case keyLeft, keyTranspose, keyBackspace:
		return r, true
	default:
		if !isVirtual(r) {
			return r, true
		}
		l.pending = l.action(r)
	}
	return l.carry(r)
}

// carry sends l.pending through the library in place of the key r.
func (l *liner) carry(r rune) (rune, bool) {
	if r == keyEnter || r == keyInterrupt || r == keyEOF {
		l.rl.Terminal.KickRead()
	}
	return keyAct, true
}

// OnChange implements readline.Listener: it is called after every key, and runs the edit
// that a keyAct carries. The library has put the rune in its buffer like any other.
func (l *liner) OnChange(line []rune, pos int, key rune) ([]rune, int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.restoreOnPanic()
	if key != keyAct || pos == 0 || l.pending == nil {
		if l.stale && l.keys.behind.Load() <= 0 {
			l.draw()
		}
		return nil, 0, false
	}
	b := &buffer{line, pos - 1}
	b.cut(pos-1, pos)
	l.pending(b)
	l.pending = nil
	return b.text, b.pos, true
}

// Paint implements readline.Painter: the library calls it whenever the buffer has changed.
// While more keys wait nothing is drawn: a paste without brackets stays fast.
func (l *liner) Paint(line []rune, pos int) []rune {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.restoreOnPanic()
	if pos > 0 && line[pos-1] == keyAct {
		return nil
	}
	after := buffer{slices.Clone(line), pos}
	l.undo.changed(l.state, after)
	l.state = after
	l.stale = true
	if l.keys.behind.Load() <= 0 {
		l.draw()
	}
	return nil
}

var (
	_ readline.Listener = (*liner)(nil)
	_ readline.Painter  = (*liner)(nil)
)
