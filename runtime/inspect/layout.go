package inspect

import (
	"math"
	"strings"

	"imapsh/runtime/termtext"
)

// layout writes a shape on one line if it fits, a list of short values in columns,
// and else an entry on each line.
func (w *writer) layout(s shape, at place) string {
	if s.brief != "" {
		return s.brief
	}
	if s.more != "" {
		w.cut()
	}
	base := s.base
	if len(s.entries) == 0 && s.more == "" {
		switch {
		case base != "" && strings.TrimSpace(s.open) == "{":
			return base
		case base != "":
			return base + " " + s.open + s.close
		}
		return s.open + s.close
	}
	if base != "" {
		base += " "
	}
	entries := s.entries
	if s.more != "" {
		entries = append(entries, s.more)
	}
	short, total := !strings.Contains(base, "\n"), 0
	for _, e := range entries {
		short = short && !strings.Contains(e, "\n")
		total += len(e)
	}
	if short && total < 100*oneLine { // in columns it is less, but not by so much
		line := base + s.open + " " + strings.Join(entries, ", ") + " " + s.close
		if at.column+termtext.Width(line) <= min(w.Width, oneLine) {
			return line
		}
	}
	if s.list && short && len(s.entries) > 6 {
		entries = columns(s.entries, s.numbers, min(w.Width, defaultWidth)-at.indent)
		if s.more != "" {
			entries = append(entries, s.more)
		}
	}
	indent := "\n" + strings.Repeat(" ", at.indent)
	return base + s.open + indent + "  " + strings.Join(entries, ","+indent+"  ") + indent + s.close
}

// columns sets short entries into lines of equally wide columns, roughly as wide as
// high, as node does.
func columns(entries []string, right bool, room int) []string {
	const gap = 2 // a comma and a space
	widths := make([]int, len(entries))
	total, longest := 0, 0
	for i, e := range entries {
		widths[i] = termtext.Width(e)
		total += widths[i] + gap
		longest = max(longest, widths[i])
	}
	cell := longest + gap
	if cell*3 >= room || float64(total)/float64(cell) <= 5 && longest > 6 {
		return entries
	}
	// A character is about two and a half times as high as wide. Uneven entries look
	// narrower than the longest of them.
	bias := math.Sqrt(float64(cell) - float64(total)/float64(len(entries)))
	narrow := math.Max(float64(cell)-3-bias, 1)
	n := min(int(math.Round(math.Sqrt(2.5*narrow*float64(len(entries)))/narrow)), room/cell, 12)
	if n <= 1 {
		return entries
	}
	cells := make([]int, n)
	for i, wide := range widths {
		cells[i%n] = max(cells[i%n], wide)
	}
	var lines []string
	for start := 0; start < len(entries); start += n {
		var b strings.Builder
		end := min(start+n, len(entries))
		for i := start; i < end; i++ {
			pad := strings.Repeat(" ", cells[i-start]-widths[i])
			switch {
			case right:
				b.WriteString(pad + entries[i])
				pad = ""
			default:
				b.WriteString(entries[i])
			}
			if i < end-1 {
				b.WriteString(", " + pad)
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}
