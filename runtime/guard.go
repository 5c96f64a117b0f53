package runtime

import (
	_ "embed"
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"imapsh/runtime/inspect"
	"imapsh/runtime/syntax"
)

//go:embed guard.js
var guardSource string

// guardEngine replaces what of the language makes the engine call itself without
// bounds: that uses up the stack, which ends the program and no recover catches.
func (s *Session) guardEngine() error {
	check := func(tooDeep func(string) bool) *goja.Object {
		return s.native("tooDeep", func(_ goja.Value, args []goja.Value) (any, error) { return tooDeep(args[0].String()), nil })
	}
	circle := s.native("closesCircle", func(_ goja.Value, args []goja.Value) (any, error) { return closesCircle(args[0], args[1]), nil })
	made, err := s.vm.RunScript("<imapsh>", guardSource)
	if err != nil {
		return fmt.Errorf("guard: %w", err)
	}
	install, ok := goja.AssertFunction(made)
	if !ok {
		return errors.New("guard: it is no function")
	}
	parse, err := install(goja.Undefined(), check(syntax.TooDeep), check(syntax.JSONTooDeep), circle)
	if err != nil {
		return fmt.Errorf("guard: %w", err)
	}
	s.parseJSON, _ = goja.AssertFunction(parse)
	return nil
}

// closesCircle tells whether an object would inherit from itself through a proxy, to
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
