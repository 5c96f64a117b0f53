package runtime

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
)

// buildErrors makes the API's error classes, in the order of their declaration.
func (s *Session) buildErrors() error {
	for _, name := range []string{"Error", "SyntaxError", "RangeError"} {
		s.errorClasses[name] = s.vm.Get(name).ToObject(s.vm)
	}
	for _, class := range s.api.Errors {
		parent := s.vm.Get("Error")
		if class.Parent != "" {
			parent = s.vm.Get(class.Parent)
		}
		made, err := s.prelude.errorClass(goja.Undefined(), s.vm.ToValue(class.Name), parent)
		if err != nil {
			return fmt.Errorf("error class %s: %w", class.Name, err)
		}
		s.hide(s.vm.GlobalObject(), class.Name, made)
		s.documented[made.ToObject(s.vm)] = s.api.Thrown(class)
		s.errorClasses[class.Name] = made.ToObject(s.vm)
	}
	return nil
}

// heldError keeps a Go error in a JavaScript one, out of the script's reach.
type heldError struct{ err error }

// errorValue is the JavaScript form of a Go error: an instance of the API's class
// for it, with that class's properties and the hint.
func (s *Session) errorValue(err error) goja.Value {
	var thrown *goja.Exception
	if errors.As(err, &thrown) { // a callback's own error, on its way through Go
		return thrown.Value()
	}
	var rejected *rejection
	if errors.As(err, &rejected) {
		return rejected.reason
	}
	object := s.vm.NewGoError(err)
	s.hide(object, "value", s.vm.ToValue(&heldError{err})) // where scriptError finds it again
	s.makeError(object, "Error")
	for _, class := range s.api.Errors {
		properties, ok := class.Match(err)
		if !ok {
			continue
		}
		s.makeError(object, class.Name)
		for _, p := range properties {
			_ = object.Set(p.Name, s.ToJS(p.Value))
		}
		break
	}
	if hint := s.hintOf(err); hint != "" {
		_ = object.Set("hint", hint)
	}
	return object
}

// hintOf is what to do about an error: its own word, or that of the program around.
func (s *Session) hintOf(err error) string {
	var hinter api.Hinter
	if errors.As(err, &hinter) && hinter.Hint() != "" {
		return hinter.Hint()
	}
	if s.options.Hint != nil {
		return s.options.Hint(err)
	}
	return ""
}

// makeError makes an object an instance of an error class.
func (s *Session) makeError(object *goja.Object, class string) {
	prototype, _ := s.peek(s.errorClasses[class], "prototype").(*goja.Object)
	_ = object.SetPrototype(prototype)
}

// ErrorValue is what a script would have caught: the value that was thrown, or, where
// none was since nothing ran, one of the language's own classes.
func (s *Session) ErrorValue(err error) goja.Value {
	var script *ScriptError
	if !errors.As(err, &script) {
		return s.ToJS(err)
	}
	if script.Value != nil {
		s.tidyStack(script.Value)
		return script.Value
	}
	known, ok := s.errorClasses[script.Class]
	if !ok {
		return s.ToJS(err)
	}
	class, _ := goja.AssertConstructor(known)
	made, failed := class(nil, s.vm.ToValue(script.Message))
	if failed != nil {
		return s.ToJS(err)
	}
	stack := script.Error() + "\n"
	if place := script.Place(); place != "" {
		stack += "\tat " + place + "\n"
	}
	s.hide(made, "stack", s.vm.ToValue(stack))
	return made
}

// tidyStack takes what only the engine understands out of an error's stack, unless a
// script's code would run for it.
func (s *Session) tidyStack(value goja.Value) {
	object, ok := value.(*goja.Object)
	if !ok || inspect.IsProxy(object) || object.ClassName() != "Error" {
		return
	}
	if stack := s.peek(object, "stack"); goja.IsString(stack) {
		s.hide(object, "stack", s.vm.ToValue(inspect.TidyStack(stack.String())))
	}
}

// throw throws a Go error in JavaScript; it does not return.
func (s *Session) throw(err error) {
	var thrown *goja.Exception
	if errors.As(err, &thrown) { // with the places that it knows
		panic(thrown)
	}
	panic(s.errorValue(err))
}
