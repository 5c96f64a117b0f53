package runtime

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// kept are variables that are carried over into a world that is made anew, and the names
// of those that cannot be: functions and what else belongs to the old one.
type kept struct {
	values map[string]any
	lost   []string
}

// keep takes the global variables out of the world, as Go values.
func (s *Session) keep() kept {
	k := kept{values: map[string]any{}}
	global := s.vm.GlobalObject()
	for _, name := range s.read.Names(global) {
		if s.given[name] {
			continue
		}
		value := s.peek(global, name)
		if value == nil {
			continue
		}
		plain, err := s.Value(value)
		if err != nil {
			k.lost = append(k.lost, name)
			continue
		}
		k.values[name] = plain
	}
	slices.Sort(k.lost)
	return k
}

// portable reports whether a Go value holds nothing of the world that it comes from.
func portable(value any) bool {
	switch v := value.(type) {
	case goja.Value, callback, *goja.Promise, goja.Proxy:
		return false
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !portable(item) })
	case map[string]any:
		for _, item := range v {
			if !portable(item) {
				return false
			}
		}
	}
	return true
}

// restore puts the variables into the present world.
func (s *Session) restore(k kept) {
	for name, value := range k.values {
		s.Set(name, s.ToJS(value))
	}
}

// rebuiltError says that the world was made anew after an interrupt, and what is lost.
type rebuiltError struct {
	cause error
	lost  []string
}

func (e *rebuiltError) Error() string {
	text := e.cause.Error() + " (the interrupted call broke the session, which was started anew; its variables are kept"
	if len(e.lost) > 0 {
		text += " but for " + strings.Join(e.lost, ", ")
	}
	return text + ")"
}

func (e *rebuiltError) Unwrap() error { return e.cause }
