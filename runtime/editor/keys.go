package editor

// Virtual keys: what a terminal sends as a sequence, or what is handled in front of the
// library, travels through it as one rune of the last private plane. Those typed or pasted
// are dropped, so none can be forged.
const (
	keyFirst rune = 0x10FF00 + iota
	keyAct        // carries an edit through the library; see liner.act
	keyHome
	keyEnd
	keyRight
	keyUp
	keyDown
	keyWordLeft
	keyWordRight
	keyDelete
	keyRubWord   // the word left of the cursor
	keyKillWord  // the word right of it
	keyKillStart // to the start of the line
	keyKillEnd
	keyYank
	keyNewline // a new line whatever Incomplete says
	keyTab
	keyPaste // the text stands in keyReader.pastes
	keyClear
	keySearch
	keySearchNewer
	keyCancel
	keyEscape
	keySuspend
	keyUndo
	keyNothing // wakes the screen after a swallowed sequence
	keyLast
)

// Runes that the library understands by itself.
const (
	keyLeft      rune = 2
	keyInterrupt rune = 3
	keyEOF       rune = 4
	keyEnter     rune = 13
	keyTranspose rune = 20
	keyBackspace rune = 127
)

func isVirtual(r rune) bool { return r >= keyFirst && r <= keyLast }

// controlKey gives the meaning of a control character; 0 drops it. NUL must not reach the
// library, which takes it for the end of the input.
func controlKey(b byte) rune {
	switch b {
	case 'A' - '@':
		return keyHome
	case 'B' - '@':
		return keyLeft
	case 'C' - '@':
		return keyInterrupt
	case 'D' - '@':
		return keyEOF
	case 'E' - '@':
		return keyEnd
	case 'F' - '@':
		return keyRight
	case 'G' - '@':
		return keyCancel
	case 'H' - '@', 127:
		return keyBackspace
	case '\t':
		return keyTab
	case '\n', '\r':
		return keyEnter
	case 'K' - '@':
		return keyKillEnd
	case 'L' - '@':
		return keyClear
	case 'N' - '@':
		return keyDown
	case 'P' - '@':
		return keyUp
	case 'R' - '@':
		return keySearch
	case 'S' - '@':
		return keySearchNewer
	case 'T' - '@':
		return keyTranspose
	case 'U' - '@':
		return keyKillStart
	case 'W' - '@':
		return keyRubWord
	case 'Y' - '@':
		return keyYank
	case 'Z' - '@':
		return keySuspend
	case '_' - '@': // also what Control and / send
		return keyUndo
	}
	return 0
}

// metaKey gives the meaning of a character typed with Alt, or after Escape.
func metaKey(r rune) rune {
	switch r {
	case '\r', '\n':
		return keyNewline
	case 'b', 'B':
		return keyWordLeft
	case 'f', 'F':
		return keyWordRight
	case 'd', 'D':
		return keyKillWord
	case 127, 'H' - '@':
		return keyRubWord
	}
	return keyNothing
}

// sequence is a control sequence: ESC [ parameters final, or ESC O final. The modifier is
// xterm's: 1 plus 1 for Shift, 2 for Alt, 4 for Control, 8 for Meta.
type sequence struct {
	number   int  // the first parameter; 0 if there is none
	modifier int  // the second; 0 if there is none
	third    int  // the third: xterm's modifyOtherKeys writes 27 ; modifier ; key ~
	final    byte // the last byte
	meta     bool // ESC stood in front of it: rxvt's Alt
}

func (s sequence) byWord() bool {
	m := s.modifier
	if m == 0 && s.final != '~' && s.number > 1 { // ESC [ 5 C
		m = s.number
	}
	return s.meta || m > 0 && (m-1)&^1 != 0
}

// key gives the meaning of a control sequence, with the dialects of xterm, tmux and screen,
// the Linux console, PuTTY and rxvt side by side.
func (s sequence) key() rune {
	word := func(plain, byWord rune) rune {
		if s.byWord() {
			return byWord
		}
		return plain
	}
	switch s.final {
	case 'A':
		return keyUp
	case 'B':
		return keyDown
	case 'C':
		return word(keyRight, keyWordRight)
	case 'D':
		return word(keyLeft, keyWordLeft)
	case 'c': // rxvt: Shift or Control with an arrow
		return keyWordRight
	case 'd':
		return keyWordLeft
	case 'H':
		return keyHome
	case 'F':
		return keyEnd
	case 'M': // the Enter of a keypad
		return keyEnter
	case '~', '^', '$', '@':
		return s.tilde()
	case 'u': // CSI u: the key, then its modifier
		return modified(s.number, s.modifier)
	}
	return keyNothing
}

func (s sequence) tilde() rune {
	switch s.number {
	case 1, 7:
		return keyHome
	case 4, 8:
		return keyEnd
	case 3:
		if s.byWord() || s.final == '^' {
			return keyKillWord
		}
		return keyDelete
	case 27:
		return modified(s.third, s.modifier)
	}
	return keyNothing
}

// modified gives the meaning of a key that a terminal reports by number because a modifier
// was held: Enter then never submits.
func modified(key, modifier int) rune {
	held := modifier > 1
	switch {
	case key == 13 && held:
		return keyNewline
	case key == 13:
		return keyEnter
	case key == 127 && held:
		return keyRubWord
	case key == 127:
		return keyBackspace
	case key == 27:
		return keyEscape
	case (key == '_' || key == '/') && (modifier == 5 || modifier == 6):
		return keyUndo
	case key == 9 && !held:
		return keyTab
	case modifier == 5 && key >= 'a' && key <= 'z':
		if r := controlKey(byte(key) - 'a' + 1); r != 0 {
			return r
		}
	}
	return keyNothing
}
