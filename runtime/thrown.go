package runtime

import (
	"context"
	"errors"
	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
	"imapsh/runtime/module"
	"imapsh/runtime/syntax"

	"github.com/dop251/goja"
)

// sessionError turns what goja gives into the session's errors.
func (s *Session) sessionError(err error) error {
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		cause, ok := interrupted.Value().(error)
		if script, unplaced := cause.(*ScriptError); unplaced {
			script.Stack = framesOf(&interrupted.Exception)
			return s.located(script)
		}
		if ok {
			return cause
		}
		return context.Canceled
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return s.located(&ScriptError{
			Class: "RangeError", Message: "too many calls inside one another: a function calls itself without end",
			Stack: framesOf(&overflow.Exception),
		})
	}
	var thrown *goja.Exception
	var rejected *rejection
	switch {
	case errors.As(err, &thrown):
		return s.scriptError(thrown.Value(), framesOf(thrown))
	case errors.As(err, &rejected):
		return s.scriptError(rejected.reason, nil)
	}
	return &ScriptError{Class: classOf(err), Message: err.Error(), cause: err}
}

func classOf(err error) string {
	var usage *api.UsageError
	if errors.As(err, &usage) {
		return "UsageError"
	}
	return "Error"
}

// scriptError reads a thrown value. Reading may run a script's own getters, which
// may throw in their turn: then the error says what could be read.
func (s *Session) scriptError(value goja.Value, stack []Frame) (e *ScriptError) {
	e = &ScriptError{Value: value, Stack: stack}
	object, ok := value.(*goja.Object)
	if !ok || instanceOf(value) != nil { // which is no error, and refuses to be asked for a message
		e.Message = "thrown: " + inspect.Printer{}.Format(s.vm, value)
		return s.located(e)
	}
	thrown := s.vm.Try(func() {
		message, name := object.Get("message"), object.Get("name")
		if message == nil || name == nil {
			plain := s.printer(value, inspect.Printer{})
			plain.Color = false // a message is printed with its control characters escaped
			e.Message = "thrown: " + plain.Format(s.vm, value)
			return
		}
		e.Class, e.Message = name.String(), message.String()
		if hint := object.Get("hint"); hint != nil && !goja.IsUndefined(hint) {
			e.Advice = hint.String()
		}
		if text := object.Get("stack"); len(e.Stack) == 0 && text != nil {
			e.Stack = frames(text.String())
		}
		if object.ClassName() == "Error" {
			if held := object.Get("value"); held != nil {
				if h, ok := held.Export().(*heldError); ok {
					e.cause = h.err
				}
			}
		}
	})
	if thrown != nil {
		e.Message = "an error that cannot be read"
	}
	var inModule *module.Error
	if errors.As(e.cause, &inModule) && inModule.Line > 0 { // which names the place better than what required it
		found := s.moduleError(inModule).(*ScriptError)
		found.Value = value
		return found
	}
	if e.Advice == "" {
		e.Advice = s.adviceOn(e)
	}
	return s.located(e)
}

func (s *Session) syntaxError(name, text string, err error) error {
	var at *syntax.Error
	if !errors.As(err, &at) {
		return &ScriptError{Class: "SyntaxError", Message: err.Error()}
	}
	e := &ScriptError{
		Class:   "SyntaxError",
		Message: at.Message,
		Stack:   []Frame{{File: name, Line: at.Line, Column: at.Column}},
		line:    lineOf(text, at.Line),
		column:  at.Column,
		screen:  s.Width(),
	}
	s.hideSecrets(e, text)
	return e
}
