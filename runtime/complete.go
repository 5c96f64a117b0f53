package runtime

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/syntax"
)

// Complete finds what may stand at pos, in bytes, of a text: names of globals and
// members, option keys, and values of options and arguments, quoted where they
// must be. It calls no function of a script, no getter and no network. What is behind
// the cursor of the same word is replaced.
func (s *Session) Complete(text string, pos int) api.Completion {
	c := completer{s: s, Context: syntax.At(text[:pos]), to: pos}
	c.from = c.From
	if c.Dead {
		return api.Completion{From: pos, To: pos}
	}
	if c.Quote != 0 || c.Word != "" {
		c.to += wordRest(text[pos:], c.Quote != 0)
	}
	behind := text[c.to:]
	if c.Quote != 0 {
		quote := string(rune(c.Quote))
		if c.Keyed && c.Key == "" {
			behind, _ = strings.CutPrefix(behind, quote)
			c.to, c.closing = len(text)-len(behind), quote
		} else if !strings.HasPrefix(behind, quote) {
			c.closing = quote
		}
	}
	switch {
	case c.Keyed && c.Key == "" && !c.Member:
		if !strings.HasPrefix(strings.TrimLeft(behind, " \t\r\n"), ":") {
			c.closing += ": "
		}
		c.keys()
	case c.Quote != 0:
		c.values(c.param())
	case c.Member:
		c.members()
	default:
		c.operand()
	}
	return c.completion()
}

// completer collects the candidates for one place.
type completer struct {
	syntax.Context
	s        *Session
	from, to int
	closing  string // what follows a candidate: the end of its string literal, the colon of a key
	found    []api.Candidate
	near     []api.Candidate // those that continue another spelling of the word
}

// mostCandidates bounds a list: nobody reads more.
const mostCandidates = 2000

func (c *completer) completion() api.Completion {
	found := c.found
	if len(found) == 0 {
		found = c.near
	}
	return api.Completion{From: c.from, To: c.to, Candidates: found[:min(len(found), mostCandidates)]}
}

// wordRest is how much of the text behind the cursor belongs to the word before it.
func wordRest(text string, quoted bool) int {
	i := strings.IndexFunc(text, func(r rune) bool {
		return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !(quoted && strings.ContainsRune("-./*", r))
	})
	if i < 0 {
		return len(text)
	}
	return i
}

// add takes a candidate that continues the word.
func (c *completer) add(candidate api.Candidate) {
	if strings.HasPrefix(candidate.Text, c.Word) {
		c.found = append(c.found, candidate)
	}
}

// addName takes a name that continues the word, in either spelling of it.
func (c *completer) addName(candidate api.Candidate) {
	c.add(candidate)
	if strings.HasPrefix(Snake(candidate.Text), Snake(c.Word)) {
		c.near = append(c.near, candidate)
	}
}

// function is the declared function whose argument is being typed.
func (c *completer) function() *Func {
	path, isNew := strings.CutPrefix(c.Call, "new ")
	if path == "" {
		return nil
	}
	subject := c.s.resolve(path)
	switch d := subject.declared.(type) {
	case *Func:
		return d
	case *Class:
		if isNew {
			return d.construct
		}
	}
	return nil
}

// param is the parameter or option whose value is being typed, or nil.
func (c *completer) param() *Param {
	f := c.function()
	if f == nil {
		return nil
	}
	if f.Name == "help" {
		return &Param{Words: c.s.helpWords()}
	}
	list, i := f.Params, c.Arg
	if c.Keyed {
		list = f.Options
		i = slices.IndexFunc(list, func(p Param) bool { return p.Name == Snake(c.Key) })
	} else if n := len(list); n > 0 && i >= n && list[n-1].Variadic {
		i = n - 1
	}
	if i < 0 || i >= len(list) {
		return nil
	}
	return &list[i]
}

// keys offers the options that are not given yet.
func (c *completer) keys() {
	f := c.function()
	if f == nil {
		if c.Quote == 0 && c.Word != "" {
			c.globals()
		}
		return
	}
	for _, option := range f.Options {
		if !slices.ContainsFunc(c.Keys, func(key string) bool { return Snake(key) == option.Name }) {
			c.addName(api.Candidate{Text: option.Name, Insert: option.Name + c.closing, Doc: option.Doc})
		}
	}
}

// operand offers what an expression may begin with. Where a value of something known
// is due, that is such a value; else names, of which all only at the start of a
// statement or of a word.
func (c *completer) operand() {
	p := c.param()
	if c.Word == "" && c.Call != "" && !c.Keyed {
		c.variables()
	}
	c.values(p)
	switch {
	case len(c.found) > 0:
	case c.Word != "" || c.Call == "":
		c.globals()
	case c.Keyed:
		c.variables()
	}
}

// values offers what a parameter may be: its closed list of words, local files,
// or words that results have shown. Outside a string literal they get quotes.
func (c *completer) values(p *Param) {
	if p == nil {
		return
	}
	if p.Complete == "path" {
		if c.Quote != 0 {
			c.found = append(c.found, api.LocalFiles(c.Word, c.Quote, c.closing)...)
		}
		return
	}
	if p.Type == "boolean" {
		if c.Quote == 0 {
			c.add(api.Candidate{Text: "true"})
			c.add(api.Candidate{Text: "false"})
		}
		return
	}
	words := p.Values
	kind, signed := strings.CutPrefix(p.Complete, "-")
	switch {
	case len(words) > 0:
	case kind == "topic":
		words = c.s.names()
	default:
		words = slices.Concat(p.Words, c.s.options.Words(kind))
	}
	if signed && strings.HasPrefix(c.Word, "-") {
		for i, word := range words {
			words[i] = "-" + word
		}
	}
	inPath := strings.Contains(c.Word, "/") // else a path would only double the name at its end
	for _, word := range words {
		switch {
		case !inPath && strings.Contains(word, "/"):
		case c.Quote == 0 && kind == "topic" && c.s.given[word]:
			c.add(api.Candidate{Text: word})
		case c.Quote == 0:
			c.add(api.Candidate{Text: word, Insert: "'" + api.Literal(word, '\'') + "'"})
		default:
			c.addLiteral(word, c.Quote, c.closing)
		}
	}
}

// addLiteral takes a text that continues what is typed of a string literal.
func (c *completer) addLiteral(text string, quote byte, closing string) {
	if inside := api.Literal(text, quote); strings.HasPrefix(inside, c.Word) {
		c.found = append(c.found, api.Candidate{Text: text, Insert: inside + closing})
	}
}

// globals offers names of the session and the words of the language; where nothing
// is typed yet, the session's own names only.
func (c *completer) globals() {
	names := c.s.namesOf(c.s.vm.GlobalObject())
	if c.Word == "" {
		c.addNames(slices.DeleteFunc(names, func(name string) bool { return c.s.standard[name] }))
		return
	}
	c.addNames(slices.Concat(names, syntax.Keywords()))
}

// variables offers the globals that the user has made.
func (c *completer) variables() {
	c.addNames(slices.DeleteFunc(c.s.namesOf(c.s.vm.GlobalObject()), func(name string) bool { return c.s.given[name] }))
}

// members offers the properties of what stands before the dot; where nothing of the
// name is typed yet, without those that every object has.
func (c *completer) members() {
	subject := c.s.resolve(c.Object)
	if subject.value != nil {
		if o, ok := c.s.documentedObject(subject.value); ok {
			for _, prop := range o.Props {
				c.addName(api.Candidate{Text: prop.Name, Doc: prop.Doc})
			}
			return
		}
		c.addNames(c.ownNames(c.s.namesOf(subject.value)))
		return
	}
	if subject.instance != nil {
		var names []string
		for _, p := range subject.instance.props {
			names = append(names, p.Name)
		}
		c.addNames(append(names, c.ownNames(c.s.namesOf(c.s.prototypes[subject.instance]))...))
	}
}

// ownNames drops the names that every object has, unless one of them is being typed.
func (c *completer) ownNames(names []string) []string {
	object, ok := c.s.prototypeOf("Object").(*goja.Object)
	if c.Word != "" || !ok {
		return names
	}
	common := c.s.namesOf(object)
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(common, name) })
}

// addNames offers names, sorted, once each, and each under its shown spelling.
func (c *completer) addNames(names []string) {
	other := map[string]bool{} // the spellings that are accepted and not shown
	for _, name := range names {
		if spelt := Snake(name); spelt != name && strings.Contains(spelt, "_") {
			other[spelt] = true
		}
	}
	word := Snake(c.Word)
	names = slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasPrefix(Snake(name), word) && !strings.HasPrefix(name, c.Word) ||
			!syntax.IsIdentifier(name) || strings.HasPrefix(name, "__") || other[name]
	})
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		c.addName(api.Candidate{Text: name})
	}
}
