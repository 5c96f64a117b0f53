package api

import "unicode/utf8"

// Completion is what may replace the bytes From to To of a string.
type Completion struct {
	From, To   int
	Candidates []Candidate
}

// Candidate is one way to complete a string.
type Candidate struct {
	Text   string // what stands in the list
	Insert string // what is inserted; "": Text
	Doc    string // a few words beside it in a short list; may be empty
}

// Inserted is the text that the candidate inserts.
func (c Candidate) Inserted() string {
	if c.Insert != "" {
		return c.Insert
	}
	return c.Text
}

// Bounds are From and To, in the text and around pos whatever the completer said.
func (c Completion) Bounds(text string, pos int) (from, to int) {
	from = min(max(c.From, 0), pos)
	to = min(max(c.To, pos), len(text))
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return from, to
}
