package editor

import (
	"bytes"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// escapePatience is how long the rest of a sequence may take: long enough for a slow
// connection, short enough for somebody who presses Escape.
const escapePatience = 80 * time.Millisecond

const esc = 0x1b

// keyReader stands between the terminal and the library: bytes in, runes out, encoded as
// UTF-8, with every escape sequence already a virtual key or gone.
type keyReader struct {
	source   *source
	patience func() <-chan time.Time

	in    []byte // not yet parsed
	out   []byte // not yet handed over
	err   error  // what ended the source
	count int    // keys in out since the last hand-over
	chunk int    // how many bytes came at once

	behind atomic.Int64 // keys handed over and not yet handled
	ended  atomic.Bool  // the library has been told of the end

	mu     sync.Mutex
	pastes []string
}

func newKeyReader(s *source) *keyReader {
	return &keyReader{
		source:   s,
		patience: func() <-chan time.Time { return time.After(escapePatience) },
	}
}

// Read hands over keys. It waits for input only when it has nothing to hand over.
func (k *keyReader) Read(p []byte) (int, error) {
	for len(k.out) == 0 {
		if len(k.in) == 0 && !k.fill(nil) && k.err != nil {
			k.ended.Store(true)
			return 0, k.err
		}
		// The rest of a sequence may have to be waited for: not before what is there is
		// handed over.
		for len(k.in) > 0 && (len(k.out) == 0 || k.in[0] != esc && utf8.FullRune(k.in)) {
			k.parse()
		}
		k.behind.Add(int64(k.count))
		k.count = 0
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, nil
}

// Close is for the library, which wants an io.ReadCloser.
func (k *keyReader) Close() error {
	k.source.close()
	return nil
}

func (k *keyReader) emit(r rune) {
	if r == 0 {
		return
	}
	k.out = utf8.AppendRune(k.out, r)
	k.count++
}

// fill reads more bytes and reports whether there are any.
func (k *keyReader) fill(patience <-chan time.Time) bool {
	if k.err != nil {
		return false
	}
	data, err := k.source.read(patience, nil)
	k.in = append(k.in, data...)
	k.err = err
	if len(data) > 0 {
		k.chunk = len(data)
	}
	return len(data) > 0
}

// next returns the next byte of a sequence that has begun.
func (k *keyReader) next() (byte, bool) {
	if len(k.in) == 0 && !k.fill(k.patience()) {
		return 0, false
	}
	b := k.in[0]
	k.in = k.in[1:]
	return b, true
}

// parse takes one key off the input.
func (k *keyReader) parse() {
	b := k.in[0]
	switch {
	case b == esc:
		k.in = k.in[1:]
		k.escape(false)
	case b < ' ' || b == 127:
		k.in = k.in[1:]
		if b == '\t' && k.pasting() {
			k.emit(rune(b))
		} else if r := controlKey(b); r != 0 {
			k.emit(r)
		} else {
			k.emit(keyNothing)
		}
	default:
		if text := k.run(); text != "" {
			k.pasted(text)
		} else if r := k.rune(); r != 0 && !isVirtual(r) {
			k.emit(r)
		}
	}
}

// rune takes one character off the input, 0 for a broken one or a control character of the
// upper half.
func (k *keyReader) rune() rune {
	for !utf8.FullRune(k.in) && k.fill(k.patience()) {
	}
	r, n := utf8.DecodeRune(k.in)
	k.in = k.in[n:]
	if r == utf8.RuneError && n <= 1 || r >= 0x80 && r < 0xa0 {
		return 0
	}
	return r
}

// escape takes what follows an ESC. Sequences that mean nothing here are swallowed whole.
func (k *keyReader) escape(meta bool) {
	b, ok := k.next()
	if !ok {
		k.emit(keyEscape)
		return
	}
	switch b {
	case esc: // rxvt's Alt, or Escape pressed twice
		if meta {
			k.emit(keyEscape)
			return
		}
		k.escape(true)
	case '[':
		k.control(meta)
	case 'O':
		k.single(meta)
	case ']', 'P', '_', '^', 'X': // a report of the terminal
		k.report()
	default:
		if b >= utf8.RuneSelf {
			k.in = append([]byte{b}, k.in...)
			k.rune()
			k.emit(keyNothing)
			return
		}
		k.emit(metaKey(rune(b)))
	}
}

// control takes what follows ESC [.
func (k *keyReader) control(meta bool) {
	params := []byte{}
	for {
		b, ok := k.next()
		if !ok {
			k.emit(keyNothing)
			return
		}
		if b == '[' && len(params) == 0 { // the function keys of the Linux console
			k.next()
			k.emit(keyNothing)
			return
		}
		if b == '$' && number(params) { // rxvt: a key with Shift
			k.emit(parameters(params, b, meta).key())
			return
		}
		if b >= 0x40 && b <= 0x7e {
			k.final(params, b, meta)
			return
		}
		if b < 0x20 || b > 0x7e { // no sequence after all
			k.in = append([]byte{b}, k.in...)
			k.emit(keyNothing)
			return
		}
		params = append(params, b)
	}
}

// number reports whether the parameters are one number and nothing else.
func number(params []byte) bool {
	return len(params) > 0 && len(bytes.Trim(params, "0123456789")) == 0
}

func (k *keyReader) final(params []byte, b byte, meta bool) {
	switch {
	case b == '~' && string(params) == "200":
		k.bracketed()
	case b == 'M' && len(params) == 0: // a mouse: three more bytes
		for range 3 {
			k.next()
		}
		k.emit(keyNothing)
	case len(params) > 0 && params[0] >= '<' && params[0] <= '?':
		k.emit(keyNothing) // private: reports of mice and modes
	default:
		if b == 'M' {
			b = 0
		}
		k.emit(parameters(params, b, meta).key())
	}
}

// single takes what follows ESC O: one letter, perhaps after a modifier.
func (k *keyReader) single(meta bool) {
	params := []byte{}
	for {
		b, ok := k.next()
		if !ok {
			k.emit(keyNothing)
			return
		}
		if b < '0' || b > '9' {
			k.emit(parameters(params, b, meta).key())
			return
		}
		params = append(params, b)
	}
}

// report swallows what a terminal says of itself, up to BEL or ESC \.
func (k *keyReader) report() {
	for {
		b, ok := k.next()
		if !ok || b == '\a' {
			break
		}
		if b == esc {
			k.next()
			break
		}
	}
	k.emit(keyNothing)
}

// parameters reads "1;5" and the like.
func parameters(params []byte, final byte, meta bool) sequence {
	s := sequence{final: final, meta: meta}
	for i, field := range bytes.Split(params, []byte(";")) {
		field, _, _ = bytes.Cut(field, []byte(":"))
		n := 0
		for _, b := range field {
			if b >= '0' && b <= '9' && n < 1<<20 {
				n = 10*n + int(b-'0')
			}
		}
		switch i {
		case 0:
			s.number = n
		case 1:
			s.modifier = n
		case 2:
			s.third = n
		}
	}
	return s
}
