package api

import (
	"slices"
	"strings"
)

// Completer collects the candidates for a word that is being typed.
type Completer struct {
	Word    string // what stands of the word: the start of a name, or of a string's text
	Quote   byte   // of the string literal that it stands in; 0: none
	Closing string // what follows a candidate: the end of its string literal, the colon of a key

	found []Candidate
	near  []Candidate // those that continue another spelling of the word
}

// maxCandidates bounds a list: nobody reads more.
const maxCandidates = 2000

// Found are the candidates.
func (c *Completer) Found() []Candidate {
	found := c.found
	if len(found) == 0 {
		found = c.near
	}
	return found[:min(len(found), maxCandidates)]
}

// Add takes a candidate that continues the word.
func (c *Completer) Add(candidate Candidate) {
	if strings.HasPrefix(candidate.Text, c.Word) {
		c.found = append(c.found, candidate)
	}
}

// AddName takes a name that continues the word, in either spelling of it.
func (c *Completer) AddName(candidate Candidate) {
	c.Add(candidate)
	if strings.HasPrefix(Snake(candidate.Text), Snake(c.Word)) {
		c.near = append(c.near, candidate)
	}
}

// AddNames takes names that continue the word, sorted, once each, and each under its
// shown spelling.
func (c *Completer) AddNames(names []string) {
	other := map[string]bool{} // the spellings that are accepted and not shown
	for _, name := range names {
		if spelt := Snake(name); spelt != name && strings.Contains(spelt, "_") {
			other[spelt] = true
		}
	}
	word := Snake(c.Word)
	names = slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasPrefix(Snake(name), word) && !strings.HasPrefix(name, c.Word) || strings.HasPrefix(name, "__") || other[name]
	})
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		c.AddName(Candidate{Text: name})
	}
}

// Options offers the options of a function that are not given yet.
func (c *Completer) Options(f *Func, given []string) {
	for _, option := range f.Options {
		if !slices.ContainsFunc(given, func(key string) bool { return Snake(key) == option.Name }) {
			c.AddName(Candidate{Text: option.Name, Insert: option.Name + c.Closing, Doc: option.Doc})
		}
	}
}

// Values offers what a parameter may be: its closed list of words, local files, or the
// words of its kind. Outside a string literal they get quotes. It reports whether there
// are any.
func (c *Completer) Values(p *Param, wordsOf func(kind string) []string) bool {
	switch {
	case p == nil:
	case p.Complete == "path":
		if c.Quote != 0 {
			c.found = append(c.found, LocalFiles(c.Word, c.Quote, c.Closing)...)
		}
	case p.Type == "boolean":
		if c.Quote == 0 {
			c.Add(Candidate{Text: "true"})
			c.Add(Candidate{Text: "false"})
		}
	default:
		c.words(p, wordsOf)
	}
	return len(c.found) > 0
}

func (c *Completer) words(p *Param, wordsOf func(kind string) []string) {
	words := p.Values
	kind, signed := strings.CutPrefix(p.Complete, "-")
	if len(words) == 0 {
		words = slices.Concat(p.Words, wordsOf(kind))
	}
	sign := ""
	if signed && strings.HasPrefix(c.Word, "-") {
		sign = "-"
	}
	inPath := strings.Contains(c.Word, "/") // else a path would only double the name at its end
	for _, word := range words {
		word = sign + word
		switch {
		case !inPath && strings.Contains(word, "/"):
		case c.Quote == 0:
			c.Add(Candidate{Text: word, Insert: "'" + Literal(word, '\'') + "'"})
		default:
			c.addLiteral(word)
		}
	}
}

// addLiteral takes a string that continues what is typed of a string literal.
func (c *Completer) addLiteral(text string) {
	if inside := Literal(text, c.Quote); strings.HasPrefix(inside, c.Word) {
		c.found = append(c.found, Candidate{Text: text, Insert: inside + c.Closing})
	}
}

// Param is the parameter or option whose value is being typed: the argument at an index,
// or where key is not empty, that option of the object which comes last; nil without one.
func (f *Func) Param(index int, key string) *Param {
	list := f.Params
	if key != "" {
		list = f.Options
		index = slices.IndexFunc(list, func(p Param) bool { return p.Name == Snake(key) })
	} else if n := len(list); n > 0 && index >= n && list[n-1].Variadic {
		index = n - 1
	}
	if index < 0 || index >= len(list) {
		return nil
	}
	return &list[index]
}
