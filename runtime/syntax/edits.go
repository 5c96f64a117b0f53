package syntax

import (
	"sort"
	"strings"
)

// edit replaces some bytes of a string, or inserts before byte at.
type edit struct {
	at, remove int
	insert     string
}

// edits are the changes that make code of a string.
type edits []edit

// replace overwrites the text at an offset with one as long, so that nothing moves.
func (e *edits) replace(at, length int, text string) {
	*e = append(*e, edit{at, length, text + strings.Repeat(" ", length-len(text))})
}

func (e *edits) insert(at int, text string) {
	*e = append(*e, edit{at, 0, text})
}

// apply makes the code. Insertions at one place keep their order.
func (e edits) apply(text string) string {
	sort.SliceStable(e, func(i, j int) bool { return e[i].at < e[j].at })
	var b strings.Builder
	from := 0
	for _, change := range e {
		b.WriteString(text[from:change.at])
		b.WriteString(change.insert)
		from = change.at + change.remove
	}
	b.WriteString(text[from:])
	return b.String()
}

// origin is the byte of the text that a byte of the code comes from; for code that
// was put in, where it was put.
func (e edits) origin(offset int) int {
	moved := 0 // by how much the code is ahead of the text
	for _, change := range e {
		start := change.at + moved
		switch {
		case offset < start:
			return offset - moved
		case offset < start+len(change.insert):
			if change.remove == len(change.insert) {
				return offset - moved
			}
			return change.at
		}
		moved += len(change.insert) - change.remove
	}
	return offset - moved
}
