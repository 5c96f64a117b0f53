package runtime

import (
	"context"
	"fmt"
	"imapsh/runtime/api"
	"io"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// builtins are the functions that every session has.
func (s *Session) builtins() []*api.Func {
	return []*api.Func{
		writes("print", "Prints values, strings as they are.", s.joined, s.options.Stdout),
		api.Define("help", "Explains what there is: help(), help(query), help('query').", s.help),
		api.Define("time", "Runs a function and tells how long it took; gives its value: time(() => query({…})).", s.time, api.Returns("<T>(run: () => T): T")),
		api.Define("sleep", "Waits a number of seconds.", s.sleep, api.Example("sleep(0.01)")),
		api.Define("require", "Gives what a module exports: a .js, .ts or .json file, which runs the first time alone.", s.require),
		api.Define("exit", "Ends the session, with an exit code.", s.exit),
	}
}

type valuesInput struct {
	Values []api.Value `arg:"values?..."`
}

// writes declares a function that writes the text of its arguments as a line.
func writes(name, doc string, text func([]goja.Value) string, w io.Writer) *api.Func {
	return api.Define(name, doc, func(_ context.Context, in valuesInput) (api.None, error) {
		_, err := io.WriteString(w, text(engineValues(in.Values))+"\n")
		return api.None{}, err
	})
}

// topicWords is the kind of the words that help explains.
const topicWords = "topic"

type helpInput struct {
	About []api.Value `arg:"values?..." complete:"topic"`
}

func (s *Session) help(_ context.Context, in helpInput) (api.None, error) {
	text, err := s.helpOn(engineValues(in.About))
	if err == nil {
		_, err = io.WriteString(s.options.Stdout, text)
	}
	return api.None{}, err
}

func (s *Session) joined(args []goja.Value) string {
	var out strings.Builder
	for i, arg := range args {
		text := s.Text(arg)
		_, _, table := s.topForm(arg, 0, 1)
		switch {
		case i > 0 && table && strings.Contains(text, "\n"): // its columns start at the left
			out.WriteByte('\n')
		case i > 0:
			out.WriteByte(' ')
		}
		out.WriteString(text)
	}
	return out.String()
}

// Text is a value as print writes it: a string as it is, all else whole, as the prompt
// shows it.
func (s *Session) Text(value goja.Value) string {
	if text, ok := stringOf(value); ok {
		return text
	}
	return s.Format(value)
}

// stringOf is the text of a string.
func stringOf(value goja.Value) (string, bool) {
	if !goja.IsString(value) {
		return "", false
	}
	return value.String(), true
}

// JSON is a value as JSON text. It may run the script's own toJSON: ctx stops it.
func (s *Session) JSON(ctx context.Context, value goja.Value) (text string, err error) {
	_, err = s.within(ctx, func() (goja.Value, error) {
		text = string(s.stringify(value))
		return goja.Undefined(), nil
	})
	return text, err
}

type timeInput struct {
	Run api.Callback `arg:"function" doc:"what to run: time(() => …)"`
}

// time tells on the stream for messages, so that the value stays what it is.
func (s *Session) time(_ context.Context, in timeInput) (any, error) {
	began := time.Now()
	value, err := in.Run.Call()
	if err == nil {
		fmt.Fprintf(s.options.Stderr, "%.3f s\n", time.Since(began).Seconds())
	}
	return value, err
}

type sleepInput struct {
	Seconds float64 `arg:"seconds" doc:"how long, at most a day"`
}

func (s *Session) sleep(ctx context.Context, in sleepInput) (api.None, error) {
	if in.Seconds < 0 || in.Seconds > 86400 {
		return api.None{}, api.Usagef("sleep: seconds %v: must be from 0 to 86400", in.Seconds)
	}
	timer := time.NewTimer(time.Duration(in.Seconds * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return api.None{}, context.Cause(ctx)
	case <-timer.C:
		return api.None{}, nil
	}
}

type exitInput struct {
	Code int `arg:"code?" doc:"0 (the default) to 255"`
}

func (s *Session) exit(_ context.Context, in exitInput) (api.None, error) {
	if in.Code < 0 || in.Code > 255 {
		return api.None{}, api.Usagef("exit: code %d: must be from 0 to 255", in.Code)
	}
	s.vm.Interrupt(&ExitError{in.Code}) // which no catch and no finally sees
	return api.None{}, nil
}
