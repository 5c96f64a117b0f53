package runtime

import (
	"github.com/dop251/goja"

	"imapsh/runtime/api"
)

// lazy makes a value that is looked at for the first time, or gives the one that was made.
func (s *Session) lazy(l *api.Lazy) goja.Value {
	if made, ok := l.Made.(goja.Value); ok && l.Session == s {
		return made
	}
	value, err := l.Make(s.callContext())
	if err != nil {
		s.throw(err)
	}
	made := s.ToJS(value)
	l.Session, l.Made = s, made
	return made
}

// typedArray makes an array of numbers over bytes.
func (s *Session) typedArray(a api.TypedArray) goja.Value {
	array, err := s.vm.New(s.initial[a.Type], s.vm.ToValue(s.vm.NewArrayBuffer(a.Bytes)))
	if err != nil {
		s.throw(err)
	}
	return array
}
