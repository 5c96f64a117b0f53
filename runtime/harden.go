package runtime

import (
	_ "embed"
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
	"imapsh/runtime/syntax"
)

//go:embed harden.js
var hardenSource string

// harden replaces what of the language makes the engine call itself without
// bounds: that uses up the stack, which ends the program and no recover catches.
func (s *Session) harden() error {
	refusal := s.native("refusal", func(_ goja.Value, args []goja.Value) (any, error) {
		return syntax.Refusal(args[0].String()), nil
	})
	tooDeep := s.native("tooDeep", func(_ goja.Value, args []goja.Value) (any, error) {
		return syntax.JSONTooDeep(args[0].String()), nil
	})
	circle := s.native("closesCircle", func(_ goja.Value, args []goja.Value) (any, error) { return closesCircle(args[0], args[1]), nil })
	allocate := s.native("allocate", func(_ goja.Value, args []goja.Value) (any, error) {
		c := cost{bytes: numberArg(args, 1), items: numberArg(args, 2)}
		if list := arg(args, 3); list != goja.Undefined() {
			c.items = max(c.items, s.lengthOf(list))
		}
		s.checkCost(args[0].String(), c)
		return api.None{}, nil
	})
	long := s.native("tooLong", func(_ goja.Value, args []goja.Value) (any, error) { return tooLong(args[0]), nil })
	pattern := s.native("checkPattern", func(_ goja.Value, args []goja.Value) (any, error) {
		return syntax.UnsupportedPattern(stringArg(args, 0), stringArg(args, 1)), nil
	})
	if _, err := s.vm.RunScript("<imapsh>", "const eval = globalThis.eval"); err != nil { // what a direct call needs
		return fmt.Errorf("eval: %w", err)
	}
	made, err := s.vm.RunScript("<imapsh>", hardenSource)
	if err != nil {
		return fmt.Errorf("harden: %w", err)
	}
	install, ok := goja.AssertFunction(made)
	if !ok {
		return errors.New("harden: it is no function")
	}
	parse, err := install(goja.Undefined(), refusal, tooDeep, circle, allocate, long, pattern)
	if err != nil {
		return fmt.Errorf("harden: %w", err)
	}
	s.parseJSON, _ = goja.AssertFunction(parse)
	s.boundBuiltins()
	return nil
}

// tooLong reports whether as many objects inherit from one another as the engine can
// follow safely.
func tooLong(prototype goja.Value) bool {
	object, _ := prototype.(*goja.Object)
	for range maxNested {
		if object == nil || inspect.IsProxy(object) {
			return false
		}
		object = object.Prototype()
	}
	return true
}

// closesCircle reports whether an object would inherit from itself through a proxy, to
// which its target and its handler belong.
func closesCircle(object, prototype goja.Value) bool {
	whose, _ := object.(*goja.Object)
	for whose != nil && inspect.IsProxy(whose) {
		whose = whose.Export().(goja.Proxy).Target()
	}
	next, _ := prototype.(*goja.Object)
	seen := map[*goja.Object]bool{}
	for open := []*goja.Object{next}; len(open) > 0; {
		o := open[len(open)-1]
		open = open[:len(open)-1]
		switch {
		case o == nil || seen[o]:
		case o == whose:
			return true
		case inspect.IsProxy(o):
			proxy := o.Export().(goja.Proxy)
			open = append(open, proxy.Target(), proxy.Handler())
		default:
			open = append(open, o.Prototype())
		}
		seen[o] = true
	}
	return false
}
