package runtime

import (
	"fmt"
	"math"

	"github.com/dop251/goja"

	"imapsh/runtime/inspect"
)

// pageEntries is how many entries of a long list are printed at a time.
const pageEntries = 20

// Format is a value as the prompt prints it; of a long list its first page.
func (s *Session) Format(value goja.Value) string {
	text, next := s.Page(value, 0)
	if next > 0 {
		text += fmt.Sprintf("\n… %d more", lengthOf(value)-next)
	}
	return text
}

// FormatAll is a value as the prompt prints it, every entry of a long list.
func (s *Session) FormatAll(value goja.Value) string {
	text, _ := s.page(value, 0, math.MaxInt)
	return text
}

// Page is a value as the prompt prints it, from some entry of a long list on, and
// where its next page begins: 0 when there is none.
func (s *Session) Page(value goja.Value, from int) (text string, next int) {
	return s.page(value, from, pageEntries)
}

func (s *Session) page(value goja.Value, from, entries int) (text string, next int) {
	defer func() { // what looks at a script's values must not end the program
		switch fault := recover().(type) {
		case nil:
		case *goja.InterruptedError: // the call that prints is over
			panic(fault)
		default:
			text, next = fmt.Sprintf("[a value that cannot be printed: %s]", inspect.EscapeLine(fmt.Sprint(fault))), 0
		}
	}()
	// A list's own form fills the screen: it is for a list by itself only.
	if object, ok := value.(*goja.Object); ok {
		if text, next, ok := s.ownForm(object, from, entries); ok {
			return text, next
		}
	}
	return s.printer().Format(s.vm, value), 0
}

func (s *Session) printer() inspect.Printer {
	return inspect.Printer{Color: s.options.Color, Width: s.width(), Custom: func(object *goja.Object) (string, bool) {
		text, _, ok := s.ownForm(object, 0, 0)
		return text, ok
	}}
}

// width is that of the screen in columns; 0 where it is not known.
func (s *Session) width() int {
	if s.options.Width == nil {
		return 0
	}
	return s.options.Width()
}

// ownForm prints an instance of a class that has a form of its own: of a list so
// many entries, or no list at all when that is 0.
func (s *Session) ownForm(object *goja.Object, from, entries int) (text string, next int, ok bool) {
	if o, ok := s.documentedObject(object); ok {
		settings := s.vm.NewObject()
		for _, prop := range o.Props {
			define(settings, prop.Name, s.ToJS(prop.Get()))
		}
		return o.Name + " " + s.printer().Format(s.vm, settings), 0, true
	}
	c := s.classOf(object)
	if c == nil || c.show == nil || c.list && entries == 0 {
		return "", 0, false
	}
	if !c.list {
		value := instanceValue(object)
		if value == nil || !c.owns(value) {
			return "", 0, false
		}
		return c.show(value), 0, true
	}
	length, ok := s.read.Length(object)
	if !ok {
		return "", 0, false
	}
	if !c.paged {
		from, entries = 0, length
	}
	from = min(from, max(length-1, 0))
	to := from + min(entries, length-from)
	list, ok := s.held(object, c, from, to)
	if !ok {
		return "", 0, false // it holds other things: print it as any object
	}
	if to < length {
		next = to
	}
	return c.show(list), next, true
}

// held is the Go form of a part of a list, found without running a script's code: it
// is of its class only if each item is an instance itself.
func (s *Session) held(object *goja.Object, c *Class, from, to int) (any, bool) {
	values, ok := s.read.Items(object, from, to)
	if !ok {
		return nil, false
	}
	items := make([]any, len(values))
	for i, value := range values {
		if items[i] = instanceValue(value); items[i] == nil {
			return nil, false
		}
	}
	list, err := c.collect(items)
	return list, err == nil
}

// instanceValue is a primitive, or the Go value behind an instance; nil for all else.
func instanceValue(value goja.Value) any {
	if _, ok := value.(*goja.Object); !ok {
		return value.Export()
	}
	if i := instanceOf(value); i != nil {
		return i.value
	}
	return nil
}

func lengthOf(value goja.Value) int {
	object, ok := value.(*goja.Object)
	if !ok {
		return 0
	}
	return int(object.Get("length").ToInteger())
}
