package editor

import (
	"strconv"
	"strings"
	"sync"

	"github.com/mattn/go-runewidth"
)

// vt is a small terminal: enough of a VT100 for what the editor sends, and a test fails on
// anything else.
type vt struct {
	mu      sync.Mutex
	changed *sync.Cond

	width, height int
	cells         [][]string // "" behind a wide character
	x, y          int
	wrap          bool     // the next character starts a new row
	scrolled      []string // rows that have left at the top
	modes         string   // private modes set and reset, in order
	bells         int
	unknown       []string
	rest          string // the start of a sequence
}

func newVT(width, height int) *vt {
	t := &vt{width: width, height: height}
	t.changed = sync.NewCond(&t.mu)
	for range height {
		t.cells = append(t.cells, t.blank())
	}
	return t
}

func (t *vt) blank() []string {
	row := make([]string, t.width)
	for i := range row {
		row[i] = " "
	}
	return row
}

// size is the terminal's width, as the editor asks for it.
func (t *vt) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.width
}

// sent are the private modes that were set and reset.
func (t *vt) sent() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.modes
}

// resize cuts rows, as a terminal does that does not break lines anew.
func (t *vt) resize(width int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.width = width
	for i, row := range t.cells {
		t.cells[i] = append(row, t.blank()...)[:width]
	}
	t.x = min(t.x, width-1)
}

func (t *vt) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.changed.Broadcast()
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
func (t *vt) take(s string) int {
	if s[0] != esc {
		r := []rune(s[:min(len(s), 4)])[0]
		t.put(r)
		return len(string(r))
	}
	if len(s) < 2 {
		return 0
	}
	if s[1] != '[' {
		t.unknown = append(t.unknown, s[:2])
		return 2
	}
	end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
	if end < 0 {
		return 0
	}
	t.control(s[2:2+end], s[2+end])
	return 3 + end
}

func (t *vt) control(params string, final byte) {
	n, err := strconv.Atoi(params)
	if err != nil {
		n = 1
	}
	t.wrap = false
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
	case final == 'J' && (params == "" || params == "2"):
		from := t.y + 1
		if params == "2" {
			from = 0
		} else {
			copy(t.cells[t.y][t.x:], t.blank())
		}
		for i := from; i < t.height; i++ {
			t.cells[i] = t.blank()
		}
	default:
		t.unknown = append(t.unknown, "ESC["+params+string(final))
	}
}

func (t *vt) put(r rune) {
	switch r {
	case '\r':
		t.x, t.wrap = 0, false
		return
	case '\n':
		t.feed()
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
	if w == 2 {
		t.cells[t.y][t.x+1] = ""
	}
	t.x += w
	if t.x >= t.width {
		t.x, t.wrap = t.width-1, true
	}
}

func (t *vt) feed() {
	if t.y < t.height-1 {
		t.y++
		return
	}
	t.scrolled = append(t.scrolled, strings.TrimRight(strings.Join(t.cells[0], ""), " "))
	t.cells = append(t.cells[1:], t.blank())
}

// screen is what stands on the terminal, the cursor shown as ▏, without the blanks at the
// ends of rows and the empty rows at the bottom.
func (t *vt) screen() string {
	var rows []string
	for y, cells := range t.cells {
		row := strings.Join(cells, "")
		if y == t.y {
			row = strings.Join(cells[:t.x], "") + "▏" + strings.Join(cells[t.x:], "")
		}
		rows = append(rows, strings.TrimRight(row, " "))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n")
}
