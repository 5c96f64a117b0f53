package editor

import (
	"slices"
	"strings"
	"unicode"
)

// search is ^R: what is typed is looked for in the history, newest first, whatever its case.
type search struct {
	query   []rune
	entries []string
	at      int // which entry is shown; len(entries): none yet
	failing bool
	before  buffer // what ^G and ^C bring back
}

func (l *liner) startSearch(b *buffer) {
	entries := l.config.History.Entries()
	l.search = &search{
		entries: entries,
		at:      len(entries),
		before:  buffer{slices.Clone(b.text), b.pos},
	}
}

// searchKey handles a key while a search is on and leaves the edit in l.pending. It returns
// false for a key that ends the search and then does what it always does.
func (l *liner) searchKey(r rune) bool {
	s := l.search
	l.pending = func(*buffer) {}
	switch r {
	case keySearch:
		l.pending = func(b *buffer) { l.find(b, s.at-1, -1) }
	case keySearchNewer:
		l.pending = func(b *buffer) { l.find(b, s.at+1, +1) }
	case keyBackspace:
		s.query = s.query[:max(len(s.query)-1, 0)]
		l.pending = func(b *buffer) { l.find(b, len(s.entries)-1, -1) }
	case keyPaste:
		line, _, _ := strings.Cut(l.keys.paste(), "\n")
		s.query = append(s.query, []rune(line)...)
		l.pending = func(b *buffer) { l.find(b, min(s.at, len(s.entries)-1), -1) }
	case keyCancel, keyInterrupt:
		l.search = nil
		l.pending = func(b *buffer) { b.text, b.pos = s.before.text, s.before.pos }
	case keyEscape:
		l.search = nil
	case keyNothing:
	default:
		if isVirtual(r) || !unicode.IsPrint(r) {
			l.search = nil
			return false
		}
		s.query = append(s.query, r)
		l.pending = func(b *buffer) { l.find(b, min(s.at, len(s.entries)-1), -1) }
	}
	return true
}

// find shows the first entry from at on, in steps, that holds the query.
func (l *liner) find(b *buffer, at, step int) {
	s := l.search
	if len(s.query) == 0 {
		s.at, s.failing = len(s.entries), false
		b.text, b.pos = slices.Clone(s.before.text), s.before.pos
		return
	}
	for ; at >= 0 && at < len(s.entries); at += step {
		if i := index(s.entries[at], s.query); i >= 0 {
			s.at, s.failing = at, false
			b.set(s.entries[at])
			b.pos = i
			return
		}
	}
	s.failing = true
	l.ring()
}

// index returns where the query stands in a string, in runes, whatever its case; -1 if it does
// not.
func index(text string, query []rune) int {
	runes := []rune(text)
	for i := range len(runes) - len(query) + 1 {
		if slices.EqualFunc(runes[i:i+len(query)], query, func(a, b rune) bool {
			return a == b || unicode.ToLower(a) == unicode.ToLower(b)
		}) {
			return i
		}
	}
	return -1
}

// describe shows the search in a view.
func (s *search) describe(v *view) {
	v.status = "search: " + string(s.query)
	if s.failing {
		v.status = "not found: " + string(s.query)
	}
	v.hint = "  ^R older  Esc edits  ^C back"
	if s.at < len(s.entries) {
		v.from, v.to = v.pos, v.pos+len(s.query)
		if s.failing {
			v.to = v.from
		}
	}
}
