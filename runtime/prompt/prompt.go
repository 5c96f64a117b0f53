// Package prompt reads statements and dot commands from a terminal, lets a session answer
// them and prints what they give. What results have shown is kept in [SeenWords], for
// completion.
package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime"
	"imapsh/runtime/editor"
)

// Prompt reads statements and answers them until its user leaves.
type Prompt struct {
	Session *runtime.Session
	Editor  editor.Editor
	Stdout  io.Writer     // results
	Stderr  io.Writer     // errors and hints
	Text    func() string // the prompt, such as "imap> "

	Secret   func(text string) bool                           // reports whether a string must not be shown; nil: none is hidden
	History  func() []string                                  // for .history; nil: there is none
	Keep     func(text string)                                // puts a statement of .editor's into the history; nil: there is none
	EditText func(text string) (string, error)                // for .editor: opens the user's editor; nil: there is none
	Recipe   func(name string) (path, text string, err error) // for .load: finds a recipe by path or name; nil: files only
	Recipes  func() []string                                  // names that Recipe finds, for completion; may be nil
	System   func(ctx context.Context, command string) error  // for !command: runs it in the system's shell; nil: there is none
	Confined bool                                             // the session keeps a recipe's rights: no !command and no cd
	Dumb     bool                                             // nothing but text may be sent to Stdout

	Abandon func() // ends the program when a call cannot be stopped; nil: nothing does

	secondAfter time.Duration // in place of the constant; 0: not

	before     string // the working directory before the last cd
	statements int
	succeeded  []string // for .save
	leaving    bool     // ^C was pressed on an empty line just before
	further    func()   // prints the next page of what was shown last; nil: there is none
}

// continuation stands before the further lines of a statement.
const continuation = "  ... "

// Start runs the text of a file with its arguments, as .load does, before the first
// statement is read; ^C stops it.
func (p *Prompt) Start(ctx context.Context, name, text string, args []string) error {
	_, err := p.evaluate(ctx, func(ctx context.Context) (goja.Value, error) { return p.Session.Load(ctx, name, text, args) })
	return err
}

// Run reads and answers until ^D, exit or a second ^C. Its error is an *runtime.ExitError
// when exit was called with a code, or what broke the terminal.
func (p *Prompt) Run(ctx context.Context) error {
	for {
		text, err := p.Editor.Read(p.Text(), continuation)
		switch {
		case errors.Is(err, editor.ErrInterrupt):
			if p.interrupted(text) {
				return nil
			}
			continue
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		p.leaving = false
		leave, err := p.answer(ctx, text)
		if leave || err != nil {
			return err
		}
	}
}

// interrupted reports whether ^C at the prompt means to leave: a second one on an
// empty line does.
func (p *Prompt) interrupted(dropped string) bool {
	if strings.TrimSpace(dropped) != "" {
		p.leaving = false
		return false
	}
	if p.leaving {
		return true
	}
	p.leaving = true
	fmt.Fprintln(p.Stderr, "(^C again, ^D or exit leaves)")
	return false
}

// answer carries out what was typed.
func (p *Prompt) answer(ctx context.Context, text string) (leave bool, err error) {
	typed := p.bareWord(strings.TrimSpace(text))
	if name, argument, ok := promptWord(typed); ok {
		return p.command(ctx, name, argument)
	}
	if name, argument, ok := p.shellWord(typed); ok {
		p.shell(ctx, name, argument)
		return false, nil
	}
	if topic, ok := p.helpTopic(typed); ok && strings.HasSuffix(typed, "??") {
		return false, p.source(topic)
	} else if ok {
		return false, p.help(topic)
	}
	if typed == "it" && !p.Session.Declares("it") {
		if p.further == nil {
			fmt.Fprintln(p.Stderr, "that was all: the last result has no further page")
			return false, nil
		}
		p.further()
		return false, nil
	}
	if typed == "" {
		return false, nil
	}
	return p.run(ctx, p.nextName(), text)
}

// run evaluates statements and prints what they give.
func (p *Prompt) run(ctx context.Context, name, text string) (leave bool, err error) {
	value, err := p.evaluate(ctx, func(ctx context.Context) (goja.Value, error) { return p.Session.Eval(ctx, name, text) })
	var exit *runtime.ExitError
	switch {
	case errors.As(err, &exit):
		return true, exit
	case err != nil:
		p.advise(text, err)
		p.showError(err)
		return false, nil
	}
	p.succeeded = append(p.succeeded, text)
	p.show(value, strings.TrimSpace(text) == "_") // as the last line of a page says
	return false, nil
}

// show prints what a statement gave, its first page or the whole of it, and keeps it in _.
func (p *Prompt) show(value goja.Value, whole bool) {
	if goja.IsUndefined(value) {
		return
	}
	if goja.IsString(value) && p.Secret != nil && p.Secret(value.String()) { // the value of an assignment
		fmt.Fprintln(p.Stdout, "'<set>'")
		return
	}
	p.Session.Set("_", value)
	if whole {
		p.further = nil
		fmt.Fprintln(p.Stdout, p.Session.FormatAll(value))
		return
	}
	p.page(value, 0)
}

// page prints a result, or its next entries.
func (p *Prompt) page(value goja.Value, from int) {
	text, next, rest := p.Session.Page(value, from)
	fmt.Fprintln(p.Stdout, text)
	p.further = nil
	if next != 0 {
		p.further = func() { p.page(value, next) }
		fmt.Fprintf(p.Stdout, "… %s: it for the next page, _ for all\n", rest)
	}
}
