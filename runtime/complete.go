package runtime

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/syntax"
)

// Complete finds what may stand at pos, in bytes, of a string: names of globals and
// members, option keys, and values of options and arguments, quoted where they
// must be. It calls no function of a script, no getter and no network. What is behind
// the cursor of the same word is replaced.
func (s *Session) Complete(text string, pos int) api.Completion {
	at := syntax.At(text[:pos])
	if at.Dead {
		return api.Completion{From: pos, To: pos}
	}
	to := pos
	if at.Quote != 0 || at.Word != "" {
		to += wordRest(text[pos:], at.Quote != 0)
	}
	c := completer{Completer: api.Completer{Word: at.Word, Quote: at.Quote}, at: at, s: s}
	behind := text[to:]
	key := at.Keyed && at.Key == ""
	if at.Quote != 0 {
		quote := string(rune(at.Quote))
		if key {
			behind, _ = strings.CutPrefix(behind, quote)
			to, c.Closing = len(text)-len(behind), quote
		} else if !strings.HasPrefix(behind, quote) {
			c.Closing = quote
		}
	}
	switch {
	case key && !at.Member:
		if !strings.HasPrefix(strings.TrimLeft(behind, " \t\r\n"), ":") {
			c.Closing += ": "
		}
		c.keys()
	case at.Quote != 0:
		c.values()
	case at.Member:
		c.members()
	default:
		c.operand()
	}
	return api.Completion{From: at.From, To: to, Candidates: c.Found()}
}

// completer collects the candidates for one place.
type completer struct {
	api.Completer
	at syntax.Context
	s  *Session
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

// function is the declared function whose argument is being typed.
func (c *completer) function() *api.Func {
	path, isNew := strings.CutPrefix(c.at.Call, "new ")
	if path == "" {
		return nil
	}
	switch d := c.s.resolve(path).declared.(type) {
	case *api.Func:
		return d
	case *api.Class:
		if isNew {
			return d.New
		}
	}
	return nil
}

// keys offers the options that are not given yet.
func (c *completer) keys() {
	if f := c.function(); f != nil {
		c.Options(f, c.at.Keys)
	} else if c.Quote == 0 && c.Word != "" {
		c.globals()
	}
}

// operand offers what an expression may begin with. Where a value of something known
// is due, that is such a value; else names, of which all only at the start of a
// statement or of a word.
func (c *completer) operand() {
	due := false
	if c.Word == "" && c.at.Call != "" && !c.at.Keyed {
		due = c.variables()
	}
	switch {
	case c.values() || due:
	case c.Word != "" || c.at.Call == "":
		c.globals()
	case c.at.Keyed:
		c.variables()
	}
}

// values offers what the parameter or option may be whose value is being typed.
func (c *completer) values() bool {
	f := c.function()
	if f == nil || c.at.Keyed && c.at.Key == "" {
		return false
	}
	return c.Values(f.Param(c.at.Arg, c.at.Key), func(kind string) []string {
		if kind == topicWords {
			return c.s.api.HelpWords()
		}
		return c.s.options.Words(kind)
	})
}

// globals offers names of the session and the words of the language; where nothing
// is typed yet, the session's own names only.
func (c *completer) globals() {
	names := c.s.namesOf(c.s.vm.GlobalObject())
	if c.Word == "" {
		c.addNames(slices.DeleteFunc(names, func(name string) bool { return c.s.standard[name] }))
		return
	}
	c.addNames(slices.Concat(c.withoutAdditions(names), syntax.Keywords()))
}

// withoutAdditions drops what the session adds to the language where a name of the API
// may be meant: que is for query, not for queueMicrotask.
func (c *completer) withoutAdditions(names []string) []string {
	begun := func(name string) bool { return strings.HasPrefix(name, c.Word) }
	if !slices.ContainsFunc(c.s.api.Names(), begun) {
		return names
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return slices.ContainsFunc(languageProps(), func(added api.Prop) bool { return added.Name == name })
	})
}

// variables offers the globals that the user has made, and reports whether there are any.
func (c *completer) variables() bool {
	c.addNames(slices.DeleteFunc(c.s.namesOf(c.s.vm.GlobalObject()), func(name string) bool { return c.s.given[name] }))
	return len(c.Found()) > 0
}

// members offers the properties of what stands before the dot; where nothing of the
// name is typed yet, without those that every object has.
func (c *completer) members() {
	subject := c.s.resolve(c.at.Object)
	if subject.value != nil {
		if o, ok := c.s.documentedObject(subject.value); ok {
			for _, prop := range o.Props {
				c.AddName(api.Candidate{Text: prop.Name, Doc: prop.Doc})
			}
			return
		}
		c.addNames(c.ownNames(c.s.namesOf(subject.value)))
		return
	}
	if subject.instance != nil {
		var names []string
		for _, p := range subject.instance.Props {
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

// addNames offers what of some names can be typed as a name.
func (c *completer) addNames(names []string) {
	c.AddNames(slices.DeleteFunc(names, func(name string) bool { return !syntax.IsIdentifier(name) }))
}
