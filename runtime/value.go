package runtime

import (
	"context"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
)

// argument is a value that a declared function is given.
type argument struct {
	s     *Session
	value goja.Value
}

// Plain is the value in Go.
func (a argument) Plain() any { return a.s.plain(a.value) }

// JSON is the value as JSON text.
func (a argument) JSON() api.JSON { return a.s.stringify(a.value) }

// arguments are the values of a call for a declared function.
func (s *Session) arguments(values []goja.Value) []api.Value {
	given := make([]api.Value, len(values))
	for i, value := range values {
		given[i] = argument{s, value}
	}
	return given
}

// engineValues are the engine's values that a declared function was given.
func engineValues(given []api.Value) []goja.Value {
	values := make([]goja.Value, len(given))
	for i, value := range given {
		values[i] = value.(argument).value
	}
	return values
}

// callback is a function of a script that a declared function takes.
type callback struct {
	s    *Session
	call goja.Callable
}

// Call runs the function and waits for a promise that it gives.
func (c callback) Call(args ...any) (api.Value, error) {
	if c.s.ctx != nil && c.s.ctx.Err() != nil { // of a call that was stopped
		return nil, context.Cause(c.s.ctx)
	}
	values := make([]goja.Value, len(args))
	for i, arg := range args {
		values[i] = c.s.ToJS(arg)
	}
	value, err := c.call(goja.Undefined(), values...)
	if err == nil {
		value, err = c.s.settled(value, false)
	}
	if err != nil {
		return nil, err
	}
	return argument{c.s, value}, nil
}
