// Package vttest is a small terminal for tests: what a program writes goes in, and what
// somebody would see comes out. It is enough of a VT100 for a line editor and for lines of
// progress; sequences that it does not know are collected, so that a test can fail on them.
package vttest

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Cursor is what [Terminal.Screen] shows where the cursor stands.
const Cursor = "▏"

// Terminal is a screen of so many columns and rows. It may be used by several goroutines.
type Terminal struct {
	mu      sync.Mutex
	changed chan struct{} // closed at the next change

	width, height int
	cells         [][]string // "" behind a wide character
	x, y          int
	wrap          bool // the next character starts a new row
	scrolled      []string
	modes         string
	bells         int
	unknown       []string
	rest          string // the start of a sequence or a character
}

// New returns an empty terminal, the cursor at its top left.
func New(width, height int) *Terminal {
	t := &Terminal{width: width, height: height, changed: make(chan struct{})}
	for range height {
		t.cells = append(t.cells, t.blank())
	}
	return t
}

func (t *Terminal) blank() []string { return slices.Repeat([]string{" "}, t.width) }

// Size is how many columns and rows there are.
func (t *Terminal) Size() (width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.width, t.height
}

// Cursor is where the cursor stands: column and row, from 0.
func (t *Terminal) Cursor() (x, y int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.x, t.y
}

// Scrolled are the rows that have left at the top, the oldest first.
func (t *Terminal) Scrolled() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.scrolled)
}

// Modes are the private modes that were set and reset, in order, such as "2004h 2004l ".
func (t *Terminal) Modes() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.modes
}

// Bells is how often the bell rang.
func (t *Terminal) Bells() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bells
}

// Unknown are the sequences and control characters that the terminal does not understand.
func (t *Terminal) Unknown() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.unknown)
}

// Changed returns a channel that is closed at the next change. To wait for a state, take
// the channel first, look at the state, and only then wait.
func (t *Terminal) Changed() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.changed
}

// announce tells whoever waits; t.mu is held.
func (t *Terminal) announce() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// Resize cuts rows, as a terminal does that does not break lines anew. Where there are too
// many rows, those below the cursor go first, then those at the top.
func (t *Terminal) Resize(width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.announce()
	t.width = width
	for i, row := range t.cells {
		t.cells[i] = append(row, t.blank()...)[:width]
	}
	t.x, t.wrap = min(t.x, width-1), false
	for len(t.cells) < height {
		t.cells = append(t.cells, t.blank())
	}
	for len(t.cells) > height && t.y < len(t.cells)-1 {
		t.cells = t.cells[:len(t.cells)-1]
	}
	for len(t.cells) > height {
		t.scroll()
		t.y--
	}
	t.height = height
}

// Write takes what a program sends.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.announce()
	s := t.rest + string(p)
	for s != "" {
		n := t.take(s)
		if n == 0 {
			break
		}
		s = s[n:]
	}
	t.rest = s
	return len(p), nil
}

// take handles one character or sequence and returns its length, 0 if it is not all there.
func (t *Terminal) take(s string) int {
	const esc = 0x1b
	if s[0] != esc {
		if !utf8.FullRuneInString(s) {
			return 0
		}
		r, n := utf8.DecodeRuneInString(s)
		t.put(r)
		return n
	}
	if len(s) < 2 {
		return 0
	}
	if s[1] != '[' {
		t.unknown = append(t.unknown, "ESC"+s[1:2])
		return 2
	}
	end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
	if end < 0 {
		return 0
	}
	t.control(s[2:2+end], s[2+end])
	return 3 + end
}

// control carries out ESC [ params final.
func (t *Terminal) control(params string, final byte) {
	n, err := strconv.Atoi(params)
	if err != nil {
		n = 1
	}
	t.wrap = t.wrap && final == 'm'
	switch {
	case final == 'm':
	case strings.HasPrefix(params, "?"):
		t.modes += params[1:] + string(final) + " "
	case final == 'A':
		t.y = max(t.y-n, 0)
	case final == 'C':
		t.x = min(t.x+n, t.width-1)
	case final == 'H' && params == "":
		t.x, t.y = 0, 0
	case final == 'K' && params == "":
		copy(t.cells[t.y][t.x:], t.blank())
	case final == 'J' && params == "":
		copy(t.cells[t.y][t.x:], t.blank())
		t.clear(t.y + 1)
	case final == 'J' && params == "2":
		t.clear(0)
	case final == 'J' && params == "3":
		t.scrolled = nil
	default:
		t.unknown = append(t.unknown, "ESC["+params+string(final))
	}
}

func (t *Terminal) clear(from int) {
	for i := from; i < t.height; i++ {
		t.cells[i] = t.blank()
	}
}

func (t *Terminal) put(r rune) {
	switch r {
	case '\r':
		t.x, t.wrap = 0, false
		return
	case '\n':
		t.feed()
		return
	case '\t':
		t.x, t.wrap = min(t.x+8-t.x%8, t.width-1), false
		return
	case '\a':
		t.bells++
		return
	}
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		t.unknown = append(t.unknown, strconv.QuoteRune(r))
		return
	}
	w := runewidth.RuneWidth(r)
	if w == 0 && t.x > 0 {
		t.cells[t.y][t.x-1] += string(r)
		return
	}
	if t.wrap || t.x+w > t.width {
		t.x, t.wrap = 0, false
		t.feed()
	}
	t.cells[t.y][t.x] = string(r)
	if w == 2 && t.x+1 < t.width {
		t.cells[t.y][t.x+1] = ""
	}
	t.x += w
	if t.x >= t.width {
		t.x, t.wrap = t.width-1, true
	}
}

func (t *Terminal) feed() {
	if t.y < t.height-1 {
		t.y++
		return
	}
	t.scroll()
	t.cells = append(t.cells, t.blank())
}

// scroll takes off the row at the top.
func (t *Terminal) scroll() {
	t.scrolled = append(t.scrolled, strings.TrimRight(strings.Join(t.cells[0], ""), " "))
	t.cells = t.cells[1:]
}

// Screen is what stands on the terminal, the cursor shown as [Cursor], without the blanks
// at the ends of rows and the empty rows at the bottom.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var rows []string
	for y, cells := range t.cells {
		row := strings.Join(cells, "")
		if y == t.y {
			row = strings.Join(cells[:t.x], "") + Cursor + strings.Join(cells[t.x:], "")
		}
		rows = append(rows, strings.TrimRight(row, " "))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n")
}
