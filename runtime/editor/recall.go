package editor

import "strings"

// recall is a walk through the history: it is one as long as no other key comes between.
type recall struct {
	entries []string // those that start with draft, oldest first
	at      int      // len(entries): the draft
	draft   string
}

// up goes to the line above, and from the first line to the newest statement that starts
// with what has been typed. A walk that has begun goes on through statements of many lines.
func (l *liner) up(b *buffer) {
	if l.recall == nil && b.lineUp() {
		return
	}
	l.walk(b, -1)
}

func (l *liner) down(b *buffer) {
	if l.recall == nil && b.lineDown() {
		return
	}
	l.walk(b, +1)
}

func (l *liner) walk(b *buffer, step int) {
	if l.recall == nil {
		draft := string(b.text)
		r := &recall{draft: draft}
		for _, entry := range l.config.History.Entries() {
			if strings.HasPrefix(entry, draft) && entry != draft {
				r.entries = append(r.entries, entry)
			}
		}
		r.at = len(r.entries)
		l.recall = r
	}
	r := l.recall
	at := r.at + step
	switch {
	case at < 0 || at > len(r.entries):
		l.ring()
		return
	case at == len(r.entries):
		b.set(r.draft)
	default:
		b.set(r.entries[at])
	}
	r.at = at
}

// ghost is what the history suggests behind the cursor.
func (l *liner) ghost(b *buffer) string {
	if !l.config.Color || l.search != nil || l.recall != nil ||
		len(b.text) == 0 || b.pos != len(b.text) {
		return ""
	}
	return l.config.History.suggest(string(b.text))
}
