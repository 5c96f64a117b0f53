package prompt

import (
	"os"
	"slices"
	"strings"

	"imapsh/runtime/api"
)

// Complete finds what may stand at pos, in bytes, of a text: the words of the prompt and the
// files that they take, and of all else what the session finds.
func (p *Prompt) Complete(text string, pos int) api.Completion {
	typed := text[:pos]
	name, argument, hasArgument := strings.Cut(typed, " ")
	if hasArgument {
		if kind := p.takes(name, strings.TrimSpace(typed)); kind != nothing {
			from := len(name) + 1
			c := p.completeArgument(argument, kind)
			c.From, c.To = c.From+from, pos
			return c
		}
	}
	if strings.HasPrefix(typed, ".") {
		c := api.Completion{To: pos}
		if !hasArgument {
			c.Candidates = matching(commands(), typed)
		}
		if _, _, ok := promptWord(typed); ok || typed == "." {
			return c
		}
	}
	found := p.Session.Complete(text, pos)
	if typed != "" && !hasArgument && found.From == 0 {
		for _, candidate := range matching(commands(), typed) {
			if !p.Session.Declares(strings.TrimSpace(candidate.Text)) {
				found.Candidates = append(found.Candidates, candidate)
			}
		}
		slices.SortStableFunc(found.Candidates, byText)
	}
	return found
}

func byText(a, b api.Candidate) int { return strings.Compare(a.Text, b.Text) }

// matching are the words of the prompt that begin as typed, each with a blank where an
// argument must follow.
func matching(all []command, typed string) (found []api.Candidate) {
	for _, c := range all {
		if !strings.HasPrefix(c.word, typed) {
			continue
		}
		insert := c.word
		if c.argument != "" && c.argument[0] != '[' {
			insert += " "
		}
		found = append(found, api.Candidate{Text: c.word, Insert: insert, Doc: c.doc})
	}
	return found
}

// takes is what stands behind a word of the prompt; nothing where it is no such word.
func (p *Prompt) takes(name, typed string) argumentKind {
	if name == "help" && !strings.ContainsAny(typed, "(=.[") {
		return topic
	}
	word, _, ok := p.shellWord(typed)
	if !ok {
		word, _, ok = promptWord(typed)
	}
	if !ok || word != name {
		return nothing
	}
	for _, c := range commands() {
		if c.word == name {
			return c.takes
		}
	}
	return nothing
}

// completeArgument completes the last word of what stands behind a word of the prompt.
func (p *Prompt) completeArgument(argument string, kind argumentKind) api.Completion {
	before, last := splitWords(argument)
	c := api.Completion{From: last.start}
	if kind == topic {
		for _, word := range p.Session.HelpWords() {
			if len(before) == 0 && strings.HasPrefix(word, last.text) {
				c.Candidates = append(c.Candidates, api.Candidate{Text: word})
			}
		}
		return c
	}
	if kind == recipe && len(before) == 0 && p.Recipes != nil {
		for _, name := range p.Recipes() {
			if strings.HasPrefix(name, last.text) {
				c.Candidates = append(c.Candidates, pathCandidate(name, last.quote))
			}
		}
	}
	for _, path := range api.LocalPaths(last.text) {
		isDir := os.IsPathSeparator(path[len(path)-1])
		if kind == directory && !isDir || slices.ContainsFunc(c.Candidates, func(c api.Candidate) bool { return c.Text == path }) {
			continue
		}
		c.Candidates = append(c.Candidates, pathCandidate(path, last.quote))
	}
	slices.SortStableFunc(c.Candidates, byText)
	return c
}

// pathCandidate inserts a path as a word; a quote that is open is closed behind a file.
func pathCandidate(path string, quote rune) api.Candidate {
	insert := quoteWord(path, quote)
	if quote != 0 && !os.IsPathSeparator(path[len(path)-1]) {
		insert += string(quote)
	}
	return api.Candidate{Text: path, Insert: insert}
}
