package api

import (
	"context"
	"reflect"
)

// Func is one function of an API: what it is called, takes, and does.
type Func struct {
	Name     string // as it is shown: constructPath
	Doc      string // a sentence
	Params   []Param
	Options  []Param // the keys of the object that comes last
	Examples []string
	Result   reflect.Type // of Go
	Command  *Command     // nil: it is none

	call         func(ctx context.Context, this Value, args []Value) (any, error)
	check        func(args []Value) error
	checkOptions func(values map[string]any) error

	returns []string // types of TypeScript
}

// FuncDetail adds to a declaration.
type FuncDetail func(*Func)

// Example is a call worth showing; a test runs it.
func Example(code string) FuncDetail {
	return func(f *Func) { f.Examples = append(f.Examples, code) }
}

// None stands for no input or no result.
type None struct{}

// Define declares a function by what carries it out. In is a struct that declares, by
// the tags of its exported fields, what the function takes; fields of embedded structs
// count as its own, and one without a name is left alone:
//
//	`arg:"room"`        the next parameter
//	`arg:"room?"`       one that may be left out
//	`arg:"rooms..."`    all arguments that are left; `arg:"rooms?..."`: or none
//	`name:"dry_time"`   an option: a key of the object that comes last, dryTime as well
//	`doc:"hours"`       what help and completion say of it
//	`flag:"-"`          an option that is no flag of the function's command
//	`complete:"kind"`   completes as the words of that kind of Memory do, or, "path", as
//	                    local files; without it the kind is the name; "-kind" is
//	                    of words that a minus may stand before
//
// A field is a string, a bool, an int, an int64 or a float64. A pointer to one of these is nil
// when it is not given. A slice takes one value or a list. Four types take more:
//
//	any         what a Decoder takes
//	JSON        any value, as JSON text
//	Value       any value, as the session has it
//	Callback    a function
//
// The type of a field may have methods:
//
//	Values() []string                     lists the only words that a string type allows
//	Forms() (examples, words []string)    lists examples, where the words are no closed list
//	UnmarshalText                         reads a string (encoding.TextUnmarshaler)
//	Decode                                reads a value of any type (Decoder)
//
// What call gives becomes a JavaScript value by its type: an instance of the class that
// holds it, an error, a list, plain things; a []Property is an object, None undefined.
func Define[In, Out any](name, doc string, call func(context.Context, In) (Out, error), details ...FuncDetail) *Func {
	return declare(name, doc, func(ctx context.Context, _ Value, in In) (Out, error) { return call(ctx, in) }, details)
}

func declare[In, Out any](name, doc string, call func(context.Context, Value, In) (Out, error), details []FuncDetail) *Func {
	f := &Func{Name: name, Doc: doc, Result: reflect.TypeFor[Out]()}
	f.Params, f.Options = describe[In]()
	f.call = func(ctx context.Context, this Value, args []Value) (any, error) {
		in, err := decodeCall[In](f, args)
		if err != nil {
			return nil, err
		}
		return call(ctx, this, in)
	}
	f.check = func(args []Value) error {
		_, err := decodeCall[In](f, args)
		return err
	}
	f.checkOptions = func(values map[string]any) error {
		var in In
		return Decode(f.Name, &in, values)
	}
	for _, add := range details {
		add(f)
	}
	return f
}

// CheckOptions reports by its error what a call with these options would say of them; a
// nil value is not looked at. The function is not called.
func (f *Func) CheckOptions(values map[string]any) error {
	if f.checkOptions == nil { // it takes any values
		return nil
	}
	return f.checkOptions(values)
}

// Call carries the function out: args are the parameters in their order, then the options
// as one value; this is what a method is called on, nil for all else.
func (f *Func) Call(ctx context.Context, this Value, args ...Value) (any, error) {
	return f.call(ctx, this, args)
}
