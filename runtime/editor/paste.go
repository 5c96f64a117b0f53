package editor

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// bracketed takes a pasted text, up to ESC [ 201 ~. A ^C that comes alone ends it too: were
// the end lost on the way, nothing else could.
func (k *keyReader) bracketed() {
	const end = "\x1b[201~"
	text := k.in
	k.in = nil
	for from := 0; ; {
		if i := bytes.Index(text[from:], []byte(end)); i >= 0 {
			k.in = text[from+i+len(end):]
			text = text[:from+i]
			break
		}
		from = max(0, len(text)-len(end)+1)
		if !k.fill(nil) {
			break
		}
		if string(k.in) == "\x03" {
			break
		}
		text = append(text, k.in...)
		k.in = nil
	}
	k.pasted(string(text))
}

// pasted hands over a string as one key.
func (k *keyReader) pasted(text string) {
	k.mu.Lock()
	k.pastes = append(k.pastes, cleanPaste(text))
	k.mu.Unlock()
	k.emit(keyPaste)
}

// tooFast is how many bytes at once are more than anybody types.
const tooFast = 64

// run takes a run of characters off the input that came too fast to be typed: as single
// keys each of them would cost as much as the statement is long. It is empty where there
// is none.
func (k *keyReader) run() string {
	if k.chunk < tooFast {
		return ""
	}
	n := bytes.IndexFunc(k.in, func(r rune) bool { return r < ' ' || r == 127 })
	if n < 0 {
		n = len(k.in)
	}
	for from := max(0, n-utf8.UTFMax+1); from < n; from++ {
		if utf8.RuneStart(k.in[from]) && !utf8.FullRune(k.in[from:n]) { // the rest is still to come
			n = from
		}
	}
	if n < tooFast {
		return ""
	}
	text := string(k.in[:n])
	k.in = k.in[n:]
	return text
}

// cleanPaste makes every line end "\n" and drops the control characters other than tabs.
func cleanPaste(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0 || isVirtual(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// paste returns the text that belongs to a keyPaste.
func (k *keyReader) paste() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.pastes) == 0 {
		return ""
	}
	text := k.pastes[0]
	k.pastes = k.pastes[1:]
	return text
}

// pasting reports whether more text follows a tab than anybody types: a terminal that cannot mark
// what is pasted. Such a tab is text.
func (k *keyReader) pasting() bool {
	rest := bytes.TrimLeft(k.in, "\t")
	return k.chunk >= tooFast && len(rest) > 0 && rest[0] >= ' '
}
