package runtime

import "github.com/dop251/goja"

// At the prompt const becomes var, so that a name can be declared again. What was declared
// so becomes a property that cannot be assigned to, until it is.

// free makes names that a statement is about to declare plain variables.
func (s *Session) free(names []string) {
	for _, name := range names {
		value, constant := s.constants[name]
		if !constant {
			if s.Declares(name) {
				continue
			}
			value = goja.Undefined()
		}
		delete(s.constants, name)
		define(s.vm.GlobalObject(), name, value) // a var by itself would stay a plain one for ever
	}
}

// fix makes variables constants.
func (s *Session) fix(names []string) {
	for _, name := range names {
		value := s.peek(s.vm.GlobalObject(), name)
		if value == nil {
			value = goja.Undefined()
		}
		if _, err := s.prelude.constant(goja.Undefined(), s.vm.ToValue(name), value); err == nil {
			s.constants[name] = value
		}
	}
}
