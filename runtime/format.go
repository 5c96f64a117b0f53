package runtime

import (
	"fmt"
	"math"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
	"imapsh/runtime/termtext"
)

const (
	pageEntries   = 20 // of a table of records, printed at a time
	defaultHeight = 24 // of a screen that does not say its own
	promptItems   = 10_000
	restIsCut     = -1 // in place of where the next page begins: only the whole has the rest
	belowTheText  = 2  // lines of a screen for what says that there is more, and the prompt
)

// Format is the whole of a value as print writes it.
func (s *Session) Format(value goja.Value) string {
	text, _ := s.printed(func() (string, int) {
		if text, _, ok := s.topForm(value, 0, math.MaxInt); ok {
			return text, 0
		}
		return s.printer(nil, inspect.Printer{Whole: true}).Format(s.vm, value), 0
	})
	return text
}

// FormatAll is the whole of a value as the prompt prints it: a list inside another value
// is one line, as it is a value of its own to ask for.
func (s *Session) FormatAll(value goja.Value) string {
	if s.Width() == 0 {
		return s.Format(value)
	}
	text, _ := s.printed(func() (string, int) {
		if text, _, ok := s.topForm(value, 0, math.MaxInt); ok {
			return text, 0
		}
		return s.printer(value, inspect.Printer{Whole: true}).Format(s.vm, value), 0
	})
	return text
}

// Page is a value as the prompt prints it: of a table of records 20 rows, of all else a
// screen where it fills more than two. From is where to begin, next where the next page
// does: 0 when there is none. Rest says how much is left. Off a terminal it is the whole.
func (s *Session) Page(value goja.Value, from int) (text string, next int, rest string) {
	if s.Width() == 0 || from == restIsCut {
		return s.FormatAll(value), 0, ""
	}
	text, next = s.printed(func() (string, int) {
		text, next, ok := s.topForm(value, from, pageEntries)
		if next > 0 {
			rest = fmt.Sprintf("%d more", lengthOf(value)-next)
		}
		if ok && (next > 0 || from > 0) {
			return text, next
		}
		cut := false
		if !ok {
			screen := (s.Height() - belowTheText) * s.Width()
			text = s.printer(value, inspect.Printer{Items: promptItems, Chars: screen, Cut: &cut}).Format(s.vm, value)
		}
		lines := strings.Split(text, "\n")
		lines = lines[min(from, len(lines)):]
		if page := s.Height() - belowTheText; len(lines) > page && (from > 0 || len(lines) > 2*s.Height()) {
			rest = fmt.Sprintf("%d more lines", len(lines)-page)
			return strings.Join(lines[:page], "\n"), from + page
		}
		if cut {
			rest, next = "a part is left out", restIsCut
		}
		return strings.Join(lines, "\n"), next
	})
	return text, next, rest
}

// printed prints, and lets nothing that a script's values do end the program.
func (s *Session) printed(print func() (string, int)) (text string, next int) {
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case *goja.InterruptedError: // the call that prints is over
			panic(fault)
		default:
			text, next = fmt.Sprintf("[a value that cannot be printed: %s]", termtext.EscapeLine(fmt.Sprint(fault))), 0
		}
	}()
	return print()
}

// topForm prints a value that has a form of its own. A list's fills the screen: it is
// for a list by itself only.
func (s *Session) topForm(value goja.Value, from, entries int) (text string, next int, ok bool) {
	object, ok := value.(*goja.Object)
	if !ok {
		return "", 0, false
	}
	return s.ownForm(object, from, entries)
}

// printer prints in the session's way. At the prompt, which prints top, instances inside
// of it that have a brief form are written so.
func (s *Session) printer(top goja.Value, p inspect.Printer) inspect.Printer {
	p.Color, p.Width = s.options.Color, s.Width()
	p.Custom = func(object *goja.Object) (string, bool) {
		if top != nil && goja.Value(object) != top {
			if text, ok := s.briefForm(object); ok {
				return text, true
			}
		}
		text, _, ok := s.ownForm(object, 0, 0)
		return text, ok
	}
	return p
}

// briefForm prints an instance of a class that has a brief form.
func (s *Session) briefForm(object *goja.Object) (string, bool) {
	c := s.classOf(object)
	if c == nil || c.Brief == nil {
		return "", false
	}
	if !c.List {
		value := instanceValue(object)
		if value == nil || !c.Owns(value) {
			return "", false
		}
		return c.Brief(value), true
	}
	length, ok := s.read.Length(object)
	if !ok {
		return "", false
	}
	list, ok := s.held(object, c, 0, length)
	if !ok {
		return "", false
	}
	return c.Brief(list), true
}

// Height is that of the screen in lines; 24 where it is not known.
func (s *Session) Height() int {
	if s.options.Height != nil {
		if lines := s.options.Height(); lines > 2*belowTheText {
			return lines
		}
	}
	return defaultHeight
}

// Width is that of the screen in columns; 0 where it is not known.
func (s *Session) Width() int {
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
		return o.Name + " " + s.printer(nil, inspect.Printer{}).Format(s.vm, settings), 0, true
	}
	c := s.classOf(object)
	if c == nil || c.Show == nil || c.List && entries == 0 {
		return "", 0, false
	}
	if !c.List {
		value := instanceValue(object)
		if value == nil || !c.Owns(value) {
			return "", 0, false
		}
		return c.Show(value), 0, true
	}
	length, ok := s.read.Length(object)
	if !ok {
		return "", 0, false
	}
	if !c.Paged {
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
	return c.Show(list), next, true
}

// held is the Go form of a part of a list, found without running a script's code: it
// is of its class only if each item is an instance itself.
func (s *Session) held(object *goja.Object, c *api.Class, from, to int) (any, bool) {
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
	list, err := c.Collect(items)
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
