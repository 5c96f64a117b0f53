package runtime

import "github.com/dop251/goja"

// At the prompt const becomes var, so that a name can be declared again. What a statement
// declares so is a property that takes one value, until it is declared again.

// declare prepares the globals that a statement is about to declare. What it gives is
// called when the statement has run: a constant that got no value, since the statement
// failed, is what it was before.
func (s *Session) declare(names, constants []string) (ran func()) {
	global := s.vm.GlobalObject()
	variable := func(name string, value goja.Value) {
		delete(s.constants, name)
		define(global, name, value) // a var by itself would make one that never becomes a constant
	}
	for _, name := range names {
		if value, constant := s.constants[name]; constant {
			variable(name, value)
		} else if !s.Declares(name) {
			variable(name, goja.Undefined())
		}
	}
	before := map[string]goja.Value{}
	for _, name := range constants {
		if before[name] = s.peek(global, name); before[name] == nil {
			before[name] = goja.Undefined()
		}
		take := func(call goja.FunctionCall) goja.Value {
			s.constants[name] = call.Argument(0)
			return goja.Undefined()
		}
		_, _ = s.prelude.constant(goja.Undefined(), s.vm.ToValue(name), s.vm.ToValue(take)) // what cannot be one stays a variable
	}
	return func() {
		for name, value := range before {
			if _, ok := s.constants[name]; !ok {
				variable(name, value)
			}
		}
	}
}
