package runtime

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
	"imapsh/runtime/module"
)

// Options are what a session is made of. Nothing else of the machine reaches a script.
type Options struct {
	API    *api.API
	Stdout io.Writer  // what print and console.log write
	Stderr io.Writer  // console.error and console.warn
	Args   []string   // the scripts' args
	Width  func() int // columns of the terminal that Stdout is; 0 or nil: it is none
	Height func() int // its lines; nil: the usual ones
	Color  bool
	Words  func(kind string) []string // what completion has learnt; nil: nothing
	Hint   func(error) string         // what to do about an error that does not say so itself; may be nil

	Secret    func(text string) bool // reports whether a text holds a credential that is set; may be nil
	MaxMemory int64                  // bytes that the program may hold while a script runs; 0: 4 GB

	Modules module.Finder // finds what scripts import and require
	Dir     string        // the directory that a script's own require is relative to; empty: the working directory

	// MaxMatching is how long a regular expression may look for one match; 0: 2 seconds.
	// The engine has one limit for the program: that of the session which is made last.
	MaxMatching time.Duration
}

// Session is one JavaScript world: its globals last from call to call. It is for
// one goroutine.
type Session struct {
	options Options
	api     *api.API // with what every session has

	vm           *goja.Runtime
	prelude      prelude
	parseJSON    goja.Callable
	textOfFunc   goja.Callable // Function.prototype.toString, as the language has it
	read         *inspect.Reader
	prototypes   map[*api.Class]*goja.Object
	strictLists  map[*goja.Object]*goja.Object   // what the prototypes of list classes inherit from, and the arrays behind it
	constants    map[string]goja.Value           // globals that const declared at the prompt
	errorClasses map[string]*goja.Object         // their constructors
	standard     map[string]bool                 // the language's own globals
	given        map[string]bool                 // those and the session's
	initial      map[string]goja.Value           // the values of given
	documented   map[*goja.Object]api.Documented // the declaration behind a value
	modules      modules
	timers       timers
	rejections   []*goja.Promise // rejected, and nobody has looked yet

	newRangeError goja.Callable // the language's own class
	depth         int           // of calls that the engine began inside itself
	full          atomic.Bool   // more memory is held than is allowed

	ctx     context.Context   // of the call under way; nil between calls
	sources map[string]source // by file name, for the line an error shows
}

// New makes a session.
func New(o Options) (*Session, error) {
	if o.API == nil {
		o.API = &api.API{}
	}
	if o.Stdout == nil {
		o.Stdout = io.Discard
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if o.Words == nil {
		o.Words = func(string) []string { return nil }
	}
	if o.MaxMemory == 0 {
		o.MaxMemory = 4 << 30
	}
	if o.MaxMatching == 0 {
		o.MaxMatching = 2 * time.Second
	}
	boundMatching(o.MaxMatching)
	s := &Session{options: o, read: inspect.NewReader(), sources: map[string]source{}}
	whole := *o.API
	whole.Funcs = slices.Concat(whole.Funcs, s.builtins())
	whole.Remarks = slices.Concat(remarks(), whole.Remarks)
	whole.RemarkTypes = remarkTypes()
	maps.Copy(whole.RemarkTypes, o.API.RemarkTypes)
	s.api = &whole
	return s, s.build()
}

// API is all that the session offers: what it was given, and what every session has.
func (s *Session) API() *api.API { return s.api }

// callStackLimit keeps endless recursion an error of the script: goja's own
// limit is the machine's memory.
const callStackLimit = 5000

// build makes the world anew: at the start, and when an interrupt broke the old one.
func (s *Session) build() error {
	s.vm = goja.New()
	s.vm.SetMaxCallStackSize(callStackLimit)
	s.vm.SetParserOptions(parser.WithDisableSourceMaps) // a comment in a script would make the engine read any file
	s.standard = map[string]bool{}
	s.vm.SetPromiseRejectionTracker(s.trackRejection)
	s.prototypes = map[*api.Class]*goja.Object{}
	s.constants = map[string]goja.Value{}
	s.strictLists = map[*goja.Object]*goja.Object{}
	s.errorClasses = map[string]*goja.Object{}
	s.documented = map[*goja.Object]api.Documented{}
	s.rejections = nil
	s.modules = modules{loaded: map[string]*loadedModule{}}
	s.depth = 0
	s.newRangeError, _ = goja.AssertFunction(s.vm.Get("RangeError"))
	if err := s.prelude.load(s.vm); err != nil {
		return err
	}
	if _, err := s.vm.RunScript("<imapsh>", datesSource); err != nil {
		return fmt.Errorf("dates: %w", err)
	}
	function := s.vm.Get("Function").ToObject(s.vm).Get("prototype").ToObject(s.vm)
	s.textOfFunc, _ = goja.AssertFunction(function.Get("toString"))
	if err := s.boundBigInts(); err != nil {
		return err
	}
	if err := s.harden(); err != nil {
		return err
	}
	s.completeLanguage()
	for _, name := range s.namesOf(s.vm.GlobalObject()) {
		s.standard[name] = true
	}
	if err := s.buildErrors(); err != nil {
		return err
	}
	for _, class := range s.api.Classes {
		if err := s.buildClass(class); err != nil {
			return err
		}
	}
	for _, f := range s.api.Funcs {
		s.hideBoth(s.vm.GlobalObject(), f.Name, s.bind(f))
	}
	for _, object := range s.api.Objects {
		s.buildObject(object)
	}
	s.buildConsole()
	s.hide(s.vm.GlobalObject(), "args", s.ToJS(s.options.Args))
	for _, remark := range s.api.Remarks {
		if object, ok := s.peek(s.vm.GlobalObject(), remark.Name).(*goja.Object); ok {
			s.documented[object] = remark
		}
	}
	s.given, s.initial = map[string]bool{}, map[string]goja.Value{}
	for _, name := range s.namesOf(s.vm.GlobalObject()) {
		s.given[name] = true
		if value := s.peek(s.vm.GlobalObject(), name); value != nil && name != "GoError" {
			s.initial[name] = value
		}
	}
	return s.vm.GlobalObject().Delete("GoError") // the engine's own; the API has classes of its own
}

//go:embed dates.js
var datesSource string

//go:embed prelude.js
var preludeSource string

// prelude holds the makers of prelude.js.
type prelude struct{ listClass, errorClass, stringify, canary, constant goja.Callable }

func (p *prelude) load(vm *goja.Runtime) error {
	made, err := vm.RunScript("<imapsh>", preludeSource)
	if err != nil {
		return fmt.Errorf("prelude: %w", err)
	}
	for name, maker := range map[string]*goja.Callable{
		"listClass": &p.listClass, "errorClass": &p.errorClass, "stringify": &p.stringify, "canary": &p.canary, "constant": &p.constant,
	} {
		var ok bool
		if *maker, ok = goja.AssertFunction(made.ToObject(vm).Get(name)); !ok {
			return fmt.Errorf("prelude: %s is missing", name)
		}
	}
	return nil
}

// callContext is the context of the call under way.
func (s *Session) callContext() context.Context {
	if s.ctx == nil {
		return context.Background()
	}
	return s.ctx
}

// bind makes the JavaScript function of a declaration.
func (s *Session) bind(f *api.Func) *goja.Object {
	object := s.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return s.invoke(f, call.This, call.Arguments)
	}).ToObject(s.vm)
	s.hide(object, "name", s.vm.ToValue(f.Name))
	s.hide(object, "length", s.vm.ToValue(len(f.Params)))
	s.documented[object] = f
	return object
}

// native makes a function that no table declares.
func (s *Session) native(name string, call func(this goja.Value, args []goja.Value) (any, error)) *goja.Object {
	object := s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		return s.border(name, func() (any, error) { return call(c.This, c.Arguments) })
	}).ToObject(s.vm)
	s.hide(object, "name", s.vm.ToValue(name))
	return object
}

// invoke calls a declared function from JavaScript.
func (s *Session) invoke(f *api.Func, this goja.Value, arguments []goja.Value) goja.Value {
	return s.border(f.Name, func() (any, error) {
		return f.Call(s.callContext(), argument{s, this}, s.arguments(arguments)...)
	})
}

// border is the border between JavaScript and Go: an error becomes an exception, a
// fault of the program becomes an error instead of a crash, and an interrupt
// cannot be caught by a script.
func (s *Session) border(name string, call func() (any, error)) goja.Value {
	result, err := func() (result any, err error) {
		defer func() {
			if fault := recover(); fault != nil {
				if !ourFault(fault) {
					panic(fault) // goja's own way of throwing
				}
				err = fmt.Errorf("%s: internal error (please report it): %v", name, fault)
			}
		}()
		return call()
	}()
	if s.ctx != nil && s.ctx.Err() != nil {
		s.vm.Interrupt(context.Cause(s.ctx))
	}
	if err != nil {
		s.throw(err)
	}
	return s.ToJS(result)
}

// ourFault reports whether a panic is Go's, and no exception of goja's, which pass as panics too.
func ourFault(fault any) bool {
	if _, text := fault.(string); text {
		return true
	}
	_, fatal := fault.(interface{ RuntimeError() })
	return fatal
}

// hide defines a property that a loop over an object does not meet.
func (s *Session) hide(object *goja.Object, name string, value goja.Value) {
	_ = object.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// hideBoth defines it under both spellings.
func (s *Session) hideBoth(object *goja.Object, name string, value goja.Value) {
	s.hide(object, name, value)
	if other := api.Snake(name); other != name {
		s.hide(object, other, value)
	}
}
