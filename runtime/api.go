package runtime

import (
	"context"
	"reflect"

	"github.com/dop251/goja"
)

// API is everything that a session offers beside the language itself.
type API struct {
	Funcs   []*Func
	Classes []*Class
	Objects []*Object
	Errors  []ErrorClass
	Topics  []Topic
}

// Func is one function of an API: what it is called, takes, and does.
type Func struct {
	Name     string // as it is shown: constructPath
	Doc      string // a sentence
	Params   []Param
	Options  []Param // the keys of the object that comes last
	Examples []string
	result   reflect.Type // of Go

	invoke func(s *Session, this goja.Value, args []goja.Value) (any, error)
}

// Param is a parameter or an option.
type Param struct {
	Name     string   // data_level
	Doc      string   // what it says
	Values   []string // the allowed words; empty: any
	Forms    []string // where Values is empty, examples of what it takes besides Words
	Words    []string // where Values is empty, words that it takes: today
	Type     string   // word, date, number, boolean, …, for help
	List     bool     // takes a list as well
	Variadic bool     // takes all arguments that are left
	Complete string   // kind of word that completes it: of Memory, with - where a minus may stand before it, "path" for local files, or "topic"
	Optional bool
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
//	`complete:"kind"`   completes as the words of that kind of Memory do, or, "path", as
//	                    local files; without it the kind is the name; "-kind" is
//	                    of words that a minus may stand before
//
// A field is a string, a bool, an int, an int64, a float64, a pointer to one of these,
// nil when it is not given, or a slice, which takes one value or a list. A field of type
// any takes what a Decoder does, one of type JSON any value. Its type may say more:
//
//	Values() []string                     the only words allowed, of a string type
//	Forms() (examples, words []string)    what it takes, where that is no closed list
//	UnmarshalText                         reads a text: encoding.TextUnmarshaler
//	Decode                                reads any value: Decoder
//
// What call gives becomes a JavaScript value by its type: an instance of the class that
// holds it, an error, a list, plain things; a []Property is an object, None undefined.
func Define[In, Out any](name, doc string, call func(context.Context, In) (Out, error), details ...FuncDetail) *Func {
	return declare(name, doc, func(ctx context.Context, _ *Session, _ goja.Value, in In) (Out, error) {
		return call(ctx, in)
	}, details)
}

func declare[In, Out any](name, doc string, call func(context.Context, *Session, goja.Value, In) (Out, error), details []FuncDetail) *Func {
	f := &Func{Name: name, Doc: doc, result: reflect.TypeFor[Out]()}
	f.Params, f.Options = describe[In]()
	f.invoke = func(s *Session, this goja.Value, args []goja.Value) (any, error) {
		in, err := decodeCall[In](s, f, args)
		if err != nil {
			return nil, err
		}
		return call(s.callContext(), s, this, in)
	}
	for _, add := range details {
		add(f)
	}
	return f
}

// Object is a global whose properties are read and set by functions.
type Object struct {
	Name, Doc string
	Props     []Accessor
}

// prop finds a property under either spelling of its name.
func (o *Object) prop(name string) (Accessor, bool) {
	for _, prop := range o.Props {
		if prop.Name == name || Snake(prop.Name) == Snake(name) {
			return prop, true
		}
	}
	return Accessor{}, false
}

// Accessor is a property that a pair of functions reads and sets.
type Accessor struct {
	Name, Doc string
	Get       func() any
	Set       func(text string) error // nil: it cannot be set
}

// ErrorClass is a class of JavaScript errors for some of Go's.
type ErrorClass struct {
	Name, Parent string // Parent: a class declared before, or Error
	Doc          string
	Props        []Prop // what an error of the class has, for help; besides those of Parent
	// Match gives the properties of an error of this class. The first class that
	// matches an error takes it.
	Match func(error) (properties []Property, ok bool)
}

// Property is a named value, in the order it is shown.
type Property struct {
	Name  string
	Value any
}
