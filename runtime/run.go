package runtime

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"unicode/utf8"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/module"
	"imapsh/runtime/syntax"
)

// source is a text that ran, as it was written, and how a place in the code that
// was made of it (goja counts columns in bytes) maps to one in it (in characters).
type source struct {
	text   string
	shown  string // what errors call the file, where that is another name than the engine's
	origin func(line, column int) (int, int)
}

// ErrInterrupted is the cause of a call's end when ^C stopped it.
var ErrInterrupted = errors.New("interrupted")

// ExitError ends a session: exit(code) was called.
type ExitError struct{ Code int }

func (e *ExitError) Error() string { return fmt.Sprintf("exit %d", e.Code) }

// Eval runs statements at the top level of the session, as the prompt does, and
// gives the value of the last one. Declarations become globals that may be
// declared again; a promise is waited for. The error is a *ScriptError, an
// *ExitError, or the cause that ended ctx.
func (s *Session) Eval(ctx context.Context, name, text string) (goja.Value, error) {
	statement, err := syntax.Prepare(text)
	if err != nil {
		return nil, s.syntaxError(name, text, err)
	}
	return s.evaluate(ctx, name, text, statement)
}

// Load runs the text of a file as Eval runs statements, with args for the script's
// arguments from then on. Its top level may return; what it returns is the value. Of a
// module, what it exports becomes global.
func (s *Session) Load(ctx context.Context, name, text string, args []string) (goja.Value, error) {
	if module.Needed(name, text) {
		s.setArgs(args)
		return s.runModules(ctx, name, text, s.declareAll)
	}
	defer func(dir string) { s.options.Dir = dir }(s.options.Dir)
	s.options.Dir = module.Dir(name)
	statement, err := syntax.PrepareFile(text)
	if err != nil {
		return nil, s.syntaxError(name, text, err)
	}
	s.setArgs(args)
	return s.evaluate(ctx, name, text, statement)
}

// RunHidden runs code of the program itself, whose places no error shows, and gives its
// value; a promise is waited for. The errors are those of Eval.
func (s *Session) RunHidden(ctx context.Context, code string) (goja.Value, error) {
	return s.within(ctx, func() (goja.Value, error) {
		value, err := s.vm.RunScript("<imapsh>", code)
		if err != nil {
			return nil, err
		}
		return s.finished(s.await(value, true))
	})
}

func (s *Session) evaluate(ctx context.Context, name, text string, statement syntax.Statement) (goja.Value, error) {
	s.sources[name] = source{text: text, origin: statement.Origin}
	return s.within(ctx, func() (goja.Value, error) {
		defer s.declare(statement.Names, statement.Constants)()
		value, err := s.runCode(name, statement.Code)
		if err != nil {
			return nil, err
		}
		if value, err = s.await(value, statement.Async); err == nil {
			err = s.runDue()
		}
		return value, err
	})
}

// Run runs a whole script, with its own scope, and gives what it returns. Its top
// level may use await and return; one with import, export or types gives what it exports
// as default. The errors are those of Eval; a script that ends while its promise still
// waits is one.
func (s *Session) Run(ctx context.Context, name, text string) (goja.Value, error) {
	if module.Needed(name, text) {
		return s.runModules(ctx, name, text, nil)
	}
	code, shift, err := syntax.Recipe(text)
	if err != nil {
		return nil, s.syntaxError(name, text, err)
	}
	s.sources[name] = source{text: text, origin: func(line, column int) (int, int) {
		if line == 1 {
			column -= shift
		}
		before := lineOf(text, line)
		return line, utf8.RuneCountInString(before[:min(max(column-1, 0), len(before))]) + 1
	}}
	return s.within(ctx, func() (goja.Value, error) {
		made, err := s.runCode(name, code)
		if err != nil {
			return nil, err
		}
		recipe, ok := goja.AssertFunction(made)
		if !ok {
			return nil, errors.New("the script is no function")
		}
		promise, err := recipe(goja.Undefined(), s.vm.Get("args"))
		if err != nil {
			return nil, err
		}
		return s.finished(s.await(promise, true))
	})
}

// runCode compiles and runs code of the session's own scripts.
func (s *Session) runCode(name, code string) (goja.Value, error) {
	program, err := syntax.Program(name, code)
	if err != nil {
		return nil, err
	}
	return s.vm.RunProgram(program)
}

// within carries out a call of the session: ctx stops it, its errors become the
// session's, and a world that an interrupt broke is made anew.
func (s *Session) within(ctx context.Context, call func() (goja.Value, error)) (value goja.Value, err error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	s.ctx, s.depth = api.WithArgs(ctx, s.options.Args), 0
	unwatch := s.watchMemory()
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		s.vm.Interrupt(context.Cause(ctx))
		close(interrupted)
	})
	defer func() {
		if !stop() {
			<-interrupted
		}
		unwatch()
		s.vm.ClearInterrupt()
		s.ctx = nil
		s.rejections = nil
		if rebuilt := s.mend(err); rebuilt != nil {
			err = rebuilt
		}
	}()
	value, err = caught(call)
	if err == nil {
		err = s.unhandled()
	}
	if err != nil && ctx.Err() == nil { // to read an error reads the script's values, which may go on for ever too
		_, err = caught(func() (goja.Value, error) { return nil, s.sessionError(err) })
	}
	if err != nil && ctx.Err() != nil { // whatever the call made of being stopped
		err = context.Cause(ctx)
	}
	if err != nil {
		value = nil
	}
	return value, err
}

// caught carries out a call; what it throws as a panic becomes an error, so that
// no value of a script's and no fault of ours ends the program.
func caught(call func() (goja.Value, error)) (value goja.Value, err error) {
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case *goja.InterruptedError:
			value, err = nil, fault
		case *goja.Exception:
			value, err = nil, fault
		case *goja.Object:
			value, err = nil, &rejection{fault}
		default:
			value, err = nil, fmt.Errorf("internal error (please report it): %v", fault)
		}
	}()
	return call()
}

// settled is the value of a promise. One that still waits can never settle, since
// nothing runs any more.
func (s *Session) settled(value goja.Value, must bool) (goja.Value, error) {
	promise, ok := exportPromise(value)
	if !ok {
		return value, nil
	}
	switch promise.State() {
	case goja.PromiseStateFulfilled:
		return promise.Result(), nil
	case goja.PromiseStateRejected:
		s.handled(promise)
		return nil, &rejection{promise.Result()}
	}
	if must {
		return nil, api.Usagef("the script never finished: it waits for a promise that nothing settles")
	}
	return value, nil
}

func exportPromise(value goja.Value) (*goja.Promise, bool) {
	object, ok := value.(*goja.Object)
	if !ok {
		return nil, false
	}
	if object.ExportType() != reflect.TypeFor[*goja.Promise]() { // Export would walk through a large list
		return nil, false
	}
	promise, ok := object.Export().(*goja.Promise)
	return promise, ok
}

// rejection is the reason of a promise that failed.
type rejection struct{ reason goja.Value }

func (r *rejection) Error() string { return r.reason.String() }

func (s *Session) trackRejection(p *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		s.rejections = append(s.rejections, p)
		return
	}
	s.handled(p)
}

func (s *Session) handled(p *goja.Promise) {
	for i, known := range s.rejections {
		if known == p {
			s.rejections = append(s.rejections[:i], s.rejections[i+1:]...)
			return
		}
	}
}

// unhandled is the first rejection that no code has looked at.
func (s *Session) unhandled() error {
	if len(s.rejections) == 0 {
		return nil
	}
	return &rejection{s.rejections[0].Result()}
}

// mend makes the world anew when an interrupt in a promise's callback has left it
// unable to run further ones. A promise of our own shows whether it can.
func (s *Session) mend(err error) error {
	if err == nil {
		return nil
	}
	alive := false
	tell := s.native("canary", func(goja.Value, []goja.Value) (any, error) {
		alive = true
		return nil, nil
	})
	if _, runErr := s.prelude.canary(goja.Undefined(), tell); runErr == nil && alive {
		return nil
	}
	variables := s.keep()
	if buildErr := s.build(); buildErr != nil {
		return errors.Join(err, buildErr)
	}
	s.restore(variables)
	return &rebuiltError{err, variables.lost}
}

// declareAll makes globals of what a module exports, but for its default.
func (s *Session) declareAll(exports *goja.Object) {
	for _, name := range exports.Keys() {
		if name != "default" {
			s.Set(name, exports.Get(name))
		}
	}
}

func (s *Session) setArgs(args []string) {
	s.options.Args = args
	s.hide(s.vm.GlobalObject(), "args", s.ToJS(args))
}
