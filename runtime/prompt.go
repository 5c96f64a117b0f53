package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/editor"
	"imapsh/runtime/syntax"
)

// Prompt reads statements and answers them until its user leaves.
type Prompt struct {
	Session *Session
	Editor  editor.Editor
	Stdout  io.Writer     // results
	Stderr  io.Writer     // errors and hints
	Text    func() string // the prompt, such as "imap> "

	statements int
	leaving    bool // ^C was pressed on an empty line just before
}

// continuation stands before the further lines of a statement.
const continuation = "  ... "

// ErrInterrupted is the cause of a call's end when ^C stopped it.
var ErrInterrupted = errors.New("interrupted")

// Run reads and answers until ^D, exit or a second ^C. Its error is an *ExitError
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

// interrupted tells whether ^C at the prompt means to leave: a second one on an
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
	typed := strings.TrimSpace(text)
	switch typed {
	case "":
		return false, nil
	case "exit", "quit", ".exit":
		return true, nil
	case "help", "?", ".help":
		return false, p.help("")
	}
	if topic, ok := helpTopic(typed); ok {
		return false, p.help(topic)
	}
	value, err := p.evaluate(ctx, text)
	var exit *ExitError
	switch {
	case errors.As(err, &exit):
		return true, exit
	case err != nil:
		p.report(err)
	case !goja.IsUndefined(value):
		p.Session.Set("_", value)
		fmt.Fprintln(p.Stdout, p.Session.Format(value))
	}
	return false, nil
}

// evaluate runs a statement, with ^C stopping it and nothing else.
func (p *Prompt) evaluate(ctx context.Context, text string) (goja.Value, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	pressed := make(chan os.Signal, 1)
	signal.Notify(pressed, os.Interrupt)
	defer signal.Stop(pressed)
	go func() {
		select {
		case <-pressed:
			cancel(ErrInterrupted)
		case <-ctx.Done():
		}
	}()
	p.statements++
	return p.Session.Eval(ctx, fmt.Sprintf("line %d", p.statements), text)
}

// report prints an error and keeps it in _error.
func (p *Prompt) report(err error) {
	WriteError(p.Stderr, err, SourceLine)
	var script *ScriptError
	if errors.As(err, &script) && script.Value != nil {
		p.Session.Set("_error", script.Value)
		return
	}
	p.Session.Set("_error", p.Session.ToJS(err))
}

// helpTopic recognises "query?", "?query" and "help query".
func helpTopic(typed string) (string, bool) {
	for _, cut := range []func() (string, bool){
		func() (string, bool) { return strings.CutSuffix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "help ") },
	} {
		if topic, ok := cut(); ok {
			topic = strings.TrimSuffix(strings.TrimSpace(topic), "()")
			if isDottedName(topic) {
				return topic, true
			}
		}
	}
	return "", false
}

func isDottedName(text string) bool {
	for _, r := range text {
		if r != '.' && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return text != ""
}

func (p *Prompt) help(topic string) error {
	var about []goja.Value
	if topic != "" {
		about = append(about, p.Session.vm.ToValue(topic))
	}
	text, err := p.Session.Help(about...)
	if err != nil {
		p.report(err)
		return nil
	}
	_, err = io.WriteString(p.Stdout, text)
	return err
}

// Incomplete tells whether what was typed needs more lines. The prompt's own words
// are whole, though "query?" is half a conditional to JavaScript.
func Incomplete(text string) bool {
	if _, ok := helpTopic(strings.TrimSpace(text)); ok {
		return false
	}
	return syntax.Incomplete(text)
}

// Detail is how much WriteError tells of where an error came from.
type Detail int

// The details, each with those before it.
const (
	Message    Detail = iota // one line, and the hint
	SourceLine               // the line of the source with a caret
	SourceFile               // its file, line and column
)

// WriteError prints an error for people: one line, then as much of the place as
// is wanted and known, then the hint.
func WriteError(w io.Writer, err error, detail Detail) {
	fmt.Fprintln(w, err)
	var script *ScriptError
	if errors.As(err, &script) {
		if line := script.Line(); detail >= SourceLine && line != "" {
			fmt.Fprintln(w, line)
		}
		if place := script.Place(); detail >= SourceFile && place != "" {
			fmt.Fprintln(w, "    at "+place)
		}
	}
	var hinter Hinter
	if errors.As(err, &hinter) && hinter.Hint() != "" {
		fmt.Fprintln(w, "hint: "+hinter.Hint())
	}
}
