package editor

import (
	"fmt"
	"imapsh/runtime/api"
	"strings"
)

// A list shows shortList candidates, and longList when it is asked for again.
const (
	shortList = 60
	longList  = 1000
)

// described is how many candidates a list has at most that shows what each one is.
const described = 16

// columns lays out a list of candidates for a terminal, in lines that end with "\n".
func columns(candidates []api.Candidate, most, wide int, color bool) string {
	more := max(len(candidates)-most, 0)
	shown := candidates[:len(candidates)-more]
	limit := max(wide, 10) - 1
	var out strings.Builder
	if len(shown) <= described && documented(shown) {
		withDocs(&out, shown, limit, color)
	} else {
		inColumns(&out, shown, limit)
	}
	if more > 0 {
		note := fmt.Sprintf("… %d more", more)
		if most < longList {
			note += " (Tab lists them)"
		}
		fmt.Fprintln(&out, clipped(note, limit))
	}
	return out.String()
}

func documented(candidates []api.Candidate) bool {
	for _, c := range candidates {
		if c.Doc != "" {
			return true
		}
	}
	return false
}

// withDocs prints one candidate a line, and what it is beside it.
func withDocs(out *strings.Builder, candidates []api.Candidate, limit int, color bool) {
	widest := 0
	for _, c := range candidates {
		widest = max(widest, columnsOf(c.Text))
	}
	for _, c := range candidates {
		text := clipped(c.Text, limit)
		room := limit - widest - 2
		if c.Doc == "" || room < 8 {
			fmt.Fprintln(out, text)
			continue
		}
		doc := clipped(c.Doc, room)
		if color {
			doc = styleDim + doc + styleOff
		}
		fmt.Fprintf(out, "%s%s  %s\n", text, strings.Repeat(" ", widest-columnsOf(text)), doc)
	}
}

// inColumns prints the candidates down the columns, as ls does.
func inColumns(out *strings.Builder, candidates []api.Candidate, limit int) {
	widest := 0
	for _, c := range candidates {
		widest = max(widest, columnsOf(c.Text))
	}
	across := max((limit+2)/(widest+2), 1)
	lines := (len(candidates) + across - 1) / across
	for line := range lines {
		for i := line; i < len(candidates); i += lines {
			text := clipped(candidates[i].Text, limit)
			out.WriteString(text)
			if i+lines < len(candidates) {
				out.WriteString(strings.Repeat(" ", widest-columnsOf(text)+2))
			}
		}
		out.WriteString("\n")
	}
}

func columnsOf(text string) int { return width(plain([]rune(printable(text)), "")) }

// clipped is a string cut to some columns.
func clipped(text string, limit int) string {
	cells := plain([]rune(printable(text)), "")
	if width(cells) <= limit {
		return render(cells)
	}
	for width(cells) > limit-1 {
		cells = cells[:len(cells)-1]
	}
	return render(cells) + "…"
}
