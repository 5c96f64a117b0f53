package prompt

import (
	"io"
	"slices"
	"strings"

	"imapsh/runtime"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
)

// helpTopic recognises "query?", "?query", "help query" and "help getting-started".
func (p *Prompt) helpTopic(typed string) (string, bool) {
	if asked := strings.TrimRight(typed, "?"); asked != typed && asked != "" && !strings.ContainsAny(asked[len(asked)-1:], " \t\n") {
		// No half of a conditional, which has a blank there. Of an expression help says
		// that it knows none, which more lines would not.
		if _, err := syntax.Prepare(asked); err == nil || runtime.IsTopic(asked) {
			return strings.TrimSuffix(asked, "()"), true
		}
	}
	if topic, ok := strings.CutPrefix(typed, "help "); ok {
		if topic = strings.TrimSpace(topic); slices.Contains(p.Session.HelpWords(), topic) {
			return topic, true
		}
	}
	for _, cut := range []func() (string, bool){
		func() (string, bool) { return strings.CutSuffix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "help ") },
	} {
		if topic, ok := cut(); ok {
			topic = strings.TrimSuffix(strings.TrimSpace(topic), "()")
			if runtime.IsTopic(topic) {
				return topic, true
			}
		}
	}
	return "", false
}

// source prints the text of a function of the user's own; of anything else there is help.
func (p *Prompt) source(topic string) error {
	text, ok := p.Session.SourceOf(topic)
	if !ok {
		return p.help(topic)
	}
	_, err := io.WriteString(p.Stdout, termtext.Escape(text))
	return err
}

func (p *Prompt) help(topic string) error {
	var about []string
	if topic != "" {
		about = append(about, topic)
	}
	text, err := p.Session.Help(about...)
	if err != nil {
		p.showError(err)
		return nil
	}
	_, err = io.WriteString(p.Stdout, text)
	return err
}
