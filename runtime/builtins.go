package runtime

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// builtins are the functions that every session has.
func (s *Session) builtins() []*Func {
	return []*Func{
		variadic("print", "Prints values, texts as they are.", func(args []goja.Value) (any, error) {
			return None{}, s.printLine(s.options.Stdout, args)
		}),
		variadic("help", "Explains what there is: help(), help(query), help('query').", func(args []goja.Value) (any, error) {
			text, err := s.helpOn(args)
			if err != nil {
				return nil, err
			}
			_, err = io.WriteString(s.options.Stdout, text)
			return None{}, err
		}).completedBy("topic"),
		variadic("time", "Runs a function and tells how long it took; gives its value: time(() => query({…})).", s.time),
		Define("sleep", "Waits a number of seconds.", s.sleep, Example("sleep(0.01)")),
		Define("exit", "Ends the session, with an exit code.", s.exit),
	}
}

// variadic declares a function that takes any values as they are.
func variadic(name, doc string, call func([]goja.Value) (any, error)) *Func {
	return &Func{Name: name, Doc: doc, Params: []Param{{Name: "values", Optional: true, Variadic: true}},
		invoke: func(_ *Session, _ goja.Value, args []goja.Value) (any, error) { return call(args) }}
}

// completedBy says which words complete the arguments of a function.
func (f *Func) completedBy(kind string) *Func {
	f.Params[0].Complete = kind
	return f
}

// printLine writes values with blanks between them.
func (s *Session) printLine(w io.Writer, args []goja.Value) error {
	_, err := io.WriteString(w, s.joined(args)+"\n")
	return err
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

// time tells on the stream for messages, so that the value stays what it is.
func (s *Session) time(args []goja.Value) (any, error) {
	if len(args) != 1 {
		return nil, Usagef("time: it takes a function: time(() => …)")
	}
	call, ok := goja.AssertFunction(args[0])
	if !ok {
		return nil, Usagef("time: it takes a function, so that it can be run: time(() => …)")
	}
	began := time.Now()
	value, err := call(goja.Undefined())
	if err != nil {
		return nil, err
	}
	if value, err = s.settled(value, false); err != nil {
		return nil, err
	}
	fmt.Fprintf(s.options.Stderr, "%.3f s\n", time.Since(began).Seconds())
	return value, nil
}

type sleepInput struct {
	Seconds float64 `arg:"seconds" doc:"how long, at most a day"`
}

func (s *Session) sleep(ctx context.Context, in sleepInput) (None, error) {
	if in.Seconds < 0 || in.Seconds > 86400 {
		return None{}, Usagef("sleep: seconds %v: must be from 0 to 86400", in.Seconds)
	}
	timer := time.NewTimer(time.Duration(in.Seconds * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return None{}, context.Cause(ctx)
	case <-timer.C:
		return None{}, nil
	}
}

type exitInput struct {
	Code int `arg:"code?" doc:"0 (the default) to 255"`
}

func (s *Session) exit(_ context.Context, in exitInput) (None, error) {
	if in.Code < 0 || in.Code > 255 {
		return None{}, Usagef("exit: code %d: must be from 0 to 255", in.Code)
	}
	s.vm.Interrupt(&ExitError{in.Code}) // which no catch and no finally sees
	return None{}, nil
}
