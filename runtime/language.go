package runtime

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"time"

	"github.com/dop251/goja"
	"github.com/google/uuid"

	"imapsh/runtime/api"
	"imapsh/runtime/syntax"
)

//go:embed language.js
var languageSource string

//go:embed intl.js
var intlSource string

// languageProps says what of the language the session adds to the engine's.
func languageProps() []api.Prop {
	return []api.Prop{
		{Name: "structuredClone", Doc: "Copies a value with all that it holds: dates, maps, sets, bytes, circles."},
		{Name: "Object.groupBy", Doc: "Groups a list: Object.groupBy(list, x => key) is an object of arrays."},
		{Name: "Map.groupBy", Doc: "Groups a list by keys of any kind: Map.groupBy(list, x => key)."},
		{Name: "Array.fromAsync", Doc: "Makes an array of promises or of what comes one by one: await Array.fromAsync(list, x => …)."},
		{Name: "Promise.withResolvers", Doc: "Makes a promise that is settled from outside: {promise, resolve, reject}."},
		{Name: "Promise.try", Doc: "Calls a function; gives a promise of its result, or of what it throws."},
		{Name: "setTimeout", Doc: "Calls a function after milliseconds: setTimeout(f, 500, ...args); gives a number for clearTimeout. A recipe ends when nothing waits any more; at the prompt it is called while a statement runs."},
		{Name: "setInterval", Doc: "Calls a function every so many milliseconds, until clearInterval is given the number that it gives."},
		{Name: "setImmediate", Doc: "Calls a function as soon as what runs has ended."},
		{Name: "clearTimeout", Doc: "Calls off what setTimeout, of which it takes the number, was to call."},
		{Name: "clearInterval", Doc: "Ends what setInterval, of which it takes the number, calls."},
		{Name: "clearImmediate", Doc: "Calls off what setImmediate, of which it takes the number, was to call."},
		{Name: "queueMicrotask", Doc: "Calls a function before anything else that waits."},
		{Name: "URL", Doc: "Takes a URL apart: new URL('https://host/path?a=1').searchParams.get('a')."},
		{Name: "URLSearchParams", Doc: "The parameters of a URL: new URLSearchParams({a: 1}).toString()."},
		{Name: "TextEncoder", Doc: "Gives the UTF-8 bytes of a text: new TextEncoder().encode(text)."},
		{Name: "TextDecoder", Doc: "Reads bytes as a text: new TextDecoder('utf-8', {fatal: true}).decode(bytes)."},
		{Name: "btoa", Doc: "Writes characters up to U+00FF as base64."},
		{Name: "atob", Doc: "Reads base64 as characters up to U+00FF."},
		{Name: "crypto", Doc: "crypto.randomUUID() and crypto.getRandomValues(new Uint8Array(n)) are random and hard to guess."},
		{Name: "performance", Doc: "performance.now() is the milliseconds since the session began, with fractions."},
		{Name: "Intl", Doc: "Intl.NumberFormat groups digits, Intl.DateTimeFormat formats dates: en-US and UTC alone."},
	}
}

// part is one of the session's own scripts, which runs when the first of what it makes is
// used.
type part struct {
	source    string
	arguments func() []goja.Value
	made      *goja.Object
}

func (s *Session) of(p *part, name string) goja.Value {
	if p.made == nil {
		program, err := syntax.Program("<imapsh>", p.source)
		if err != nil {
			panic(fmt.Sprintf("the language: %v", err))
		}
		maker, err := s.vm.RunProgram(program)
		if err != nil {
			panic(err)
		}
		call, _ := goja.AssertFunction(maker)
		made, err := call(goja.Undefined(), p.arguments()...)
		if err != nil {
			panic(err)
		}
		p.made = made.ToObject(s.vm)
	}
	return p.made.Get(name)
}

// completeLanguage adds what the engine lacks of the language of 2026. What is written in
// JavaScript is compiled when it is first used, so that a session starts as fast.
func (s *Session) completeLanguage() {
	s.timers = timers{}
	global := s.vm.GlobalObject()
	own := func(name string) *goja.Object { return global.Get(name).ToObject(s.vm) }
	standard := make([]goja.Value, 0, 7)
	for _, name := range []string{"Object", "Reflect", "Array", "Map", "Set", "Promise", "Symbol"} {
		standard = append(standard, global.Get(name))
	}
	language := &part{source: languageSource, arguments: func() []goja.Value { return append([]goja.Value{s.bytesObject()}, standard...) }}
	formats := []goja.Value{global.Get("Date"), global.Get("Number"), global.Get("RangeError")}
	intl := &part{source: intlSource, arguments: func() []goja.Value { return formats }}

	ofURLs := []goja.Value{global.Get("Object"), global.Get("Symbol")}
	urls := &part{source: urlSource, arguments: func() []goja.Value { return append([]goja.Value{s.urlObject()}, ofURLs...) }}

	symbol := own("Symbol")
	for _, name := range []string{"asyncIterator", "dispose", "asyncDispose"} {
		if symbol.Get(name) == nil {
			_ = symbol.DefineDataProperty(name, goja.NewSymbol("Symbol."+name), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	}
	for _, f := range []struct {
		on           *goja.Object
		name, source string
		length       int
	}{
		{global, "structuredClone", "structuredClone", 1},
		{own("Object"), "groupBy", "groupBy", 2},
		{own("Map"), "groupBy", "mapGroupBy", 2},
		{own("Array"), "fromAsync", "fromAsync", 1},
		{own("Promise"), "withResolvers", "withResolvers", 0},
		{own("Promise"), "try", "promiseTry", 1},
		{global, "queueMicrotask", "queueMicrotask", 1},
		{global, "btoa", "btoa", 1},
		{global, "atob", "atob", 1},
	} {
		s.hide(f.on, f.name, s.later(language, f.name, f.source, f.length))
	}
	for name, made := range map[string]*goja.Object{
		"setTimeout": s.setTimer("setTimeout", false), "setInterval": s.setTimer("setInterval", true), "setImmediate": s.setImmediate(),
		"clearTimeout": s.clearTimer("clearTimeout"), "clearInterval": s.clearTimer("clearInterval"), "clearImmediate": s.clearTimer("clearImmediate"),
	} {
		s.hide(global, name, made)
	}
	for _, name := range []string{"TextEncoder", "TextDecoder"} {
		s.onDemand(name, func() goja.Value { return s.of(language, name) })
	}
	for _, name := range []string{"URL", "URLSearchParams"} {
		s.onDemand(name, func() goja.Value { return s.of(urls, name) })
	}
	s.onDemand("Intl", func() goja.Value {
		object := s.vm.NewObject()
		for _, name := range []string{"NumberFormat", "DateTimeFormat"} {
			s.hide(object, name, s.of(intl, name))
		}
		return object
	})
	s.formatLocally(intl)

	crypto := s.vm.NewObject()
	s.hide(crypto, "randomUUID", s.native("randomUUID", func(goja.Value, []goja.Value) (any, error) { return uuid.NewString(), nil }))
	s.hide(crypto, "getRandomValues", s.later(language, "getRandomValues", "getRandomValues", 1))
	s.hide(global, "crypto", crypto)
	performance, began := s.vm.NewObject(), time.Now()
	s.hide(performance, "now", s.native("now", func(goja.Value, []goja.Value) (any, error) {
		return float64(time.Since(began).Nanoseconds()) / 1e6, nil
	}))
	s.hide(performance, "timeOrigin", s.vm.ToValue(float64(began.UnixMicro())/1000))
	s.hide(global, "performance", performance)

	for _, prop := range languageProps() {
		if object := s.resolve(prop.Name).value; object != nil {
			s.documented[object] = prop
		}
	}
}

// later is a function that is compiled when it is first called.
func (s *Session) later(p *part, name, source string, length int) *goja.Object {
	object := s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		call, _ := goja.AssertFunction(s.of(p, source))
		result, err := call(c.This, c.Arguments...)
		if err != nil {
			s.throw(err)
		}
		return result
	}).ToObject(s.vm)
	for property, value := range map[string]any{"name": name, "length": length} {
		_ = object.DefineDataProperty(property, s.vm.ToValue(value), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return object
}

// onDemand defines a global that is made when it is first looked at.
func (s *Session) onDemand(name string, made func() goja.Value) {
	global := s.vm.GlobalObject()
	getter := s.vm.ToValue(func(goja.FunctionCall) goja.Value {
		value := made()
		s.hide(global, name, value)
		return value
	})
	setter := s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		s.hide(global, name, arg(c.Arguments, 0))
		return goja.Undefined()
	})
	_ = global.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (s *Session) setImmediate() *goja.Object {
	set, _ := goja.AssertFunction(s.setTimer("setImmediate", false))
	return s.native("setImmediate", func(_ goja.Value, args []goja.Value) (any, error) {
		arguments := []goja.Value{arg(args, 0), s.vm.ToValue(0)}
		return set(goja.Undefined(), append(arguments, args[min(1, len(args)):]...)...)
	})
}

// formatLocally has toLocaleString and its kin use Intl.
func (s *Session) formatLocally(intl *part) {
	format := func(class, method, maker string, before ...any) {
		prototype := s.prototypeOf(class).(*goja.Object)
		s.hide(prototype, method, s.native(method, func(this goja.Value, args []goja.Value) (any, error) {
			call, _ := goja.AssertFunction(s.of(intl, maker))
			arguments := []goja.Value{this}
			for _, value := range before {
				arguments = append(arguments, s.vm.ToValue(value))
			}
			return call(goja.Undefined(), append(arguments, args...)...)
		}))
	}
	day, clock := []string{"year", "month", "day"}, []string{"hour", "minute", "second"}
	format("Number", "toLocaleString", "number")
	format("BigInt", "toLocaleString", "number")
	format("Date", "toLocaleString", "date", append(day, clock...))
	format("Date", "toLocaleDateString", "date", day)
	format("Date", "toLocaleTimeString", "date", clock)
}

// randomBytes are bytes that nobody guesses.
func randomBytes(n int) []byte {
	data := make([]byte, n)
	_, _ = rand.Read(data) // it never fails
	return data
}
