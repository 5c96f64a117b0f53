package editor

import (
	"imapsh/runtime/api"
	"strings"
	"unicode"
	"unicode/utf8"
)

// complete is Tab. It inserts what is certain; when nothing is, it lists what there is, and
// a further Tab lists the rest of a long list.
func (l *liner) complete(b *buffer) {
	if indenting(b) {
		b.insert([]rune("  "))
		return
	}
	text := string(b.text)
	pos := len(string(b.text[:b.pos]))
	found := l.config.Complete(text, pos)
	from, to := found.Bounds(text, pos)
	switch len(found.Candidates) {
	case 0:
		l.ring()
		return
	case 1:
		replace(b, text, from, to, found.Candidates[0].Inserted())
		return
	}
	// A quote alone is not inserted: whoever looks at the list types it with the word.
	if common := commonPrefix(found.Candidates); extends(common, text[from:pos]) && strings.ContainsFunc(common, inWord) {
		replace(b, text, from, pos, common)
		return
	}
	l.list(found.Candidates, text, pos)
}

// indenting reports whether Tab stands where a line of a longer statement begins, which it indents.
func indenting(b *buffer) bool {
	start := b.lineStart()
	return start > 0 && strings.TrimSpace(string(b.text[start:b.pos])) == ""
}

// replace puts s in place of a part of the text, the cursor behind it.
func replace(b *buffer, text string, from, to int, s string) {
	head := []rune(text[:from] + s)
	b.text = append(head[:len(head):len(head)], []rune(text[to:])...)
	b.pos = len(head)
}

// extends reports whether common says more than what has been typed, or says it in the right case.
func extends(common, typed string) bool {
	return len(common) > len(typed) && strings.EqualFold(common[:len(typed)], typed) ||
		common != typed && strings.EqualFold(common, typed)
}

// commonPrefix is what all candidates insert first.
func commonPrefix(candidates []api.Candidate) string {
	common := candidates[0].Inserted()
	for _, c := range candidates[1:] {
		s := c.Inserted()
		n := 0
		for n < len(common) && n < len(s) && common[n] == s[n] {
			n++
		}
		common = common[:n]
	}
	for !utf8.ValidString(common) {
		common = common[:len(common)-1]
	}
	return common
}

// listing remembers the list that was printed last, for the Tab that follows.
type listing struct {
	text  string
	pos   int
	shown int
}

// list prints the candidates above the statement.
func (l *liner) list(candidates []api.Candidate, text string, pos int) {
	limit := shortList
	if l.listed.shown > 0 && l.listed.text == text && l.listed.pos == pos {
		if l.listed.shown >= min(len(candidates), longList) {
			l.ring() // it stands there already
			return
		}
		limit = longList
	}
	l.listed = listing{text, pos, min(limit, len(candidates))}
	l.printAbove(columns(candidates, limit, l.columns(), l.config.Color))
}

// printable makes a string fit to be printed: candidates come from files and servers.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}
