package editor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

const (
	styleOff       = "\x1b[0m"
	styleDim       = "\x1b[2m"
	styleUnderline = "\x1b[4m"
)

const tabWidth = 4

// cell is one character as it is drawn.
type cell struct {
	show  string // what is printed, plain
	width int    // columns; 0 for a mark that combines with the character before it
	style string // SGR sequences in force
}

// row is one line of the screen.
type row struct {
	text  string
	width int
}

// frame is what is drawn of a statement: rows, and where the cursor stands among them.
type frame struct {
	rows         []row
	line, column int
}

// view is all that a frame is made of.
type view struct {
	prompt, continuation string
	text                 []rune
	painted              string // text with SGR sequences
	pos                  int
	from, to             int    // what is underlined
	ghost                string // a suggestion behind the text
	status               string // a line of its own below, the cursor at its end
	hint                 string // behind the status
	color                bool
	width, height        int // height 0: all rows, however many
}

// layout breaks a statement into rows. A row never fills the last column, so the terminal
// never wraps by itself, and a wrong guess about a character's width stays within its row.
func layout(v view) frame {
	l := &layouter{limit: max(v.width, 10) - 1}
	l.add(styled(v.prompt))
	cells := v.cells()
	for i, r := range v.text {
		if r == '\n' {
			if i == v.pos {
				l.mark()
			}
			l.flush()
			l.add(styled(v.continuation))
			continue
		}
		c := cells[i]
		if r == '\t' {
			c.width = tabWidth - l.column%tabWidth
			c.show = strings.Repeat(" ", c.width)
		}
		l.room(c.width)
		if i == v.pos {
			l.mark()
		}
		l.put(c)
	}
	if v.pos >= len(v.text) {
		l.mark()
	}
	l.ghost(v.ghost)
	l.flush()
	f := frame{rows: l.rows, line: l.line, column: l.at}
	f.clip(v)
	f.below(v)
	return f
}

// layouter fills rows.
type layouter struct {
	limit  int
	rows   []row
	cells  []cell
	column int

	line, at int // the cursor
}

func (l *layouter) mark() { l.line, l.at = len(l.rows), l.column }

// room starts a new row if width columns do not fit in this one.
func (l *layouter) room(width int) {
	if l.column+width > l.limit && l.column > 0 {
		l.flush()
	}
}

func (l *layouter) put(c cell) {
	l.cells = append(l.cells, c)
	l.column += c.width
}

func (l *layouter) add(cells []cell) {
	for _, c := range cells {
		l.room(c.width)
		l.put(c)
	}
}

// flush ends the row.
func (l *layouter) flush() {
	l.rows = append(l.rows, row{render(l.cells), l.column})
	l.cells, l.column = l.cells[:0], 0
}

// ghost puts a suggestion behind the text, no more of it than the row has room for.
func (l *layouter) ghost(text string) {
	first, _, more := strings.Cut(text, "\n")
	cells := plain([]rune(first), styleDim)
	if !more && width(cells) <= l.limit-l.column {
		l.add(cells)
		return
	}
	if text == "" || l.limit-l.column < 2 {
		return
	}
	for _, c := range cells {
		if l.column+c.width >= l.limit {
			break
		}
		l.put(c)
	}
	l.put(cell{"…", 1, styleDim})
}

// clip leaves the rows around the cursor when the screen has not room for all of them.
func (f *frame) clip(v view) {
	most := v.height - 1
	if v.status != "" {
		most--
	}
	if v.height <= 0 || len(f.rows) <= most {
		return
	}
	all, shown := len(f.rows), max(most-2, 1) // two rows tell what is missing
	top := min(max(f.line-shown/2, 0), all-shown)
	end := top + shown
	note := func(n int, where string) row {
		style := ""
		if v.color {
			style = styleDim
		}
		cells := plain([]rune(fmt.Sprintf("⋮ %d more %s", n, where)), style)
		cells = cells[:min(len(cells), max(v.width, 10)-1)]
		return row{render(cells), width(cells)}
	}
	switch { // at either end one of the two rows is free
	case top == 0:
		end++
	case end == all:
		top--
	}
	var rows []row
	if top > 0 {
		rows = append(rows, note(top, "above"))
	}
	f.line += len(rows) - top
	rows = append(rows, f.rows[top:end]...)
	if end < all {
		rows = append(rows, note(all-end, "below"))
	}
	f.rows = rows
}

// below adds the status line.
func (f *frame) below(v view) {
	if v.status == "" {
		return
	}
	limit := max(v.width, 10) - 1
	cells := plain([]rune(v.status), "")
	for width(cells) > limit { // the end matters: that is where one types
		cells = cells[1:]
	}
	f.line, f.column = len(f.rows), width(cells)
	if hint := plain([]rune(v.hint), styleDim); v.color && f.column+width(hint) <= limit {
		cells = append(cells, hint...)
	}
	f.rows = append(f.rows, row{render(cells), width(cells)})
}

// cells styles the text of a view.
func (v view) cells() []cell {
	cells := plain(v.text, "")
	// Colours are taken only if they change nothing else.
	if v.color && v.painted != "" {
		if coloured := styled(v.painted); len(coloured) == len(cells) &&
			slices.EqualFunc(cells, coloured, func(a, b cell) bool { return a.show == b.show }) {
			cells = coloured
		}
	}
	if v.color {
		for i := max(v.from, 0); i < min(v.to, len(cells)); i++ {
			cells[i].style += styleUnderline
		}
	}
	return cells
}

// plain makes cells of runes, one each. Control characters are shown, never sent.
func plain(text []rune, style string) []cell {
	widths := runewidth.Condition{}
	cells := make([]cell, len(text))
	for i, r := range text {
		c := cell{style: style}
		switch {
		case r == '\n' || r == '\t': // the layout knows better
			c.show, c.width = string(r), 1
		case r < ' ':
			c.show, c.width = "^"+string(r+'@'), 2
		case r >= 0x7f && r < 0xa0:
			c.show, c.width = "?", 1
		default:
			c.show, c.width = string(r), widths.RuneWidth(r)
		}
		cells[i] = c
	}
	return cells
}

// styled makes cells of a string with SGR sequences in it.
func styled(text string) []cell {
	if !strings.Contains(text, "\x1b[") {
		return plain([]rune(text), "")
	}
	var cells []cell
	style := ""
	for text != "" {
		before, after, found := strings.Cut(text, "\x1b[")
		cells = append(cells, plain([]rune(before), style)...)
		if !found {
			break
		}
		end := strings.IndexFunc(after, func(r rune) bool { return r >= 0x40 && r <= 0x7e })
		if end < 0 {
			break
		}
		switch {
		case after[end] != 'm': // moves the cursor: not wanted here
		case after[:end] == "" || after[:end] == "0":
			style = ""
		default:
			style += "\x1b[" + after[:end+1]
		}
		text = after[end+1:]
	}
	return cells
}

func width(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// render makes the text of a row.
func render(cells []cell) string {
	var b strings.Builder
	style := ""
	for _, c := range cells {
		if c.style != style {
			if style != "" {
				b.WriteString(styleOff)
			}
			style = c.style
			b.WriteString(style)
		}
		b.WriteString(c.show)
	}
	if style != "" {
		b.WriteString(styleOff)
	}
	return b.String()
}
