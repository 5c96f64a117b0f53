package markdown

import (
	"regexp"
	"strings"

	"imapsh/runtime/termtext"
)

const (
	columnGap  = "  "
	minColumn  = 24       // of the last column; else it goes below the others
	belowFirst = "      " // where it begins there
)

var tableRule = regexp.MustCompile(`^\|[-:| ]+\|$`)

// table writes rows of cells in columns; the last column is folded.
func (r *renderer) table(lines []string) {
	var rows [][]string
	var widths []int
	for _, line := range lines {
		if tableRule.MatchString(line) {
			continue
		}
		cells := cellsOf(line)
		for i := range cells {
			cells[i] = r.inline(cells[i])
			if len(widths) <= i {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], termtext.Width(cells[i]))
		}
		rows = append(rows, cells)
	}
	before := len(indent)
	for _, width := range widths[:max(len(widths)-1, 0)] {
		before += width + len(columnGap)
	}
	below := r.style.Width-before < minColumn
	for _, cells := range rows {
		last := len(cells) - 1
		row := indent
		for i, cell := range cells[:last] {
			row += cell + strings.Repeat(" ", widths[i]-termtext.Width(cell)) + columnGap
		}
		hang := strings.Repeat(" ", before)
		if below {
			hang = belowFirst
			if strings.TrimSpace(row) != "" {
				r.write(row)
			}
			row = hang
		}
		if text := strings.TrimSpace(cells[last]); text != "" || !below {
			room := max(r.style.Width-len(hang), 1)
			r.write(row + strings.ReplaceAll(termtext.Fold(text, room, ""), "\n", "\n"+hang))
		}
	}
}

// cellsOf are the cells of a row; \| is a bar inside of one. A row without any text has one
// empty cell.
func cellsOf(line string) []string {
	const bar = "\x00"
	line = strings.ReplaceAll(line, `\|`, bar)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	cells := strings.Split(line, "|")
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(strings.TrimSpace(cell), bar, "|")
	}
	return cells
}
