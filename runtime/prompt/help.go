package prompt

import (
	"fmt"
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
	lines := slices.Collect(strings.Lines(text))
	if p.Session.Width() > 0 && len(lines) > 2*p.Session.Height() { // as a result that is so long
		p.screenful(lines)
		return nil
	}
	p.further = nil
	fmt.Fprint(p.Stdout, text)
	return nil
}

// screenful prints as many lines of help as the screen has room for.
func (p *Prompt) screenful(lines []string) {
	p.further = nil
	room := p.Session.Height() - 2 // for the line that says that there is more, and the prompt
	if len(lines) <= room {
		fmt.Fprint(p.Stdout, strings.Join(lines, ""))
		return
	}
	fmt.Fprint(p.Stdout, strings.Join(lines[:room], ""))
	fmt.Fprintf(p.Stdout, "… %d more lines: it for the next page\n", len(lines)-room)
	p.further = func() { p.screenful(lines[room:]) }
}
