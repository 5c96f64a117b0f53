package inspect

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/termtext"
)

// maxFrames is how many calls of a stack are shown.
const maxFrames = 10

// error describes an error. One by itself, and its causes, come with their stacks;
// among other things it is its name and message in brackets.
func (w *writer) error(o *goja.Object, at place) shape {
	head := w.head(o)
	full := at.depth == 0 || at.cause
	s := shape{base: "[" + termtext.EscapeLine(head) + "]", open: "{", close: "}"}
	if full {
		s.base = termtext.Escape(head) + w.stack(o)
		s.base = strings.ReplaceAll(s.base, "\n", "\n"+strings.Repeat(" ", at.indent))
	}
	if w.full(at) {
		return s
	}
	k := w.read.keys(o)
	last := min(k.n, w.Items)
	for i := range last {
		switch name := k.at(i); name.String() {
		case "name", "message", "stack", "cause", "errors":
		case "value":
			if w.goError(o) {
				break
			}
			fallthrough
		default:
			w.add(&s, w.property(o, name, w.key(name), at))
		}
	}
	if left := k.n - last; left > 0 {
		s.more = "… " + strconv.Itoa(left) + " more " + Plural(left, "key")
	}
	for _, name := range []string{"errors", "cause"} {
		if p, ok := w.read.ownNamed(o, name); ok {
			label := "[" + name + "]: "
			inside := at.inside(len(label))
			inside.cause = full && name == "cause"
			w.add(&s, label+w.content(p, inside))
		}
	}
	return s
}

// goError reports whether goja made the error of one of Go's, which it keeps as a
// value; the message says the same.
func (w *writer) goError(o *goja.Object) bool {
	p, _ := w.read.ownNamed(o, "value")
	value, ok := p.value.(*goja.Object)
	if !ok {
		return false
	}
	t := value.ExportType()
	return t != nil && t.Implements(reflect.TypeFor[error]())
}

// head is the first line: the name, or a more telling class, and the message.
func (w *writer) head(o *goja.Object) (text string) {
	name, named := word(w.read.Data(o, "name"), "Error")
	message, told := word(w.read.Data(o, "message"), "")
	if class := w.read.names(o).class; class != "" && (name == "Error" || !named) {
		name = class
	}
	switch {
	case !told:
		message = "(its message is computed)"
		fallthrough
	case message != "" && name != "":
		text = name + ": " + message
	default:
		text = name + message
	}
	return text
}

// word is a primitive as text.
func word(v goja.Value, otherwise string) (text string, ok bool) {
	switch x := v.(type) {
	case nil:
		return otherwise, false
	case *goja.Object:
		return otherwise, false
	case *goja.Symbol:
		return symbol(x), false
	}
	if goja.IsUndefined(v) {
		return otherwise, true
	}
	return v.String(), true
}

// stack are the calls that led to an error, those of scripts only.
func (w *writer) stack(o *goja.Object) string {
	p, ok := w.read.ownNamed(o, "stack")
	if !ok || !goja.IsString(p.value) {
		return ""
	}
	var b strings.Builder
	n := 0
	for line := range strings.Lines(TidyStack(p.value.String())) {
		frame, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "\tat ")
		if !ok || frame == "native" || strings.HasSuffix(frame, "(native)") {
			continue
		}
		if n++; n <= maxFrames {
			b.WriteString("\n    at " + termtext.EscapeLine(frame))
		}
	}
	if left := n - maxFrames; left > 0 {
		b.WriteString("\n    … " + strconv.Itoa(left) + " more " + Plural(left, "call"))
	}
	return b.String()
}

// TidyStack is the stack of an error without the numbers of instructions that goja
// puts behind the places.
func TidyStack(stack string) string {
	return regexp.MustCompile(`(?m)^(\tat .*)\(\d+\)(\)?)$`).ReplaceAllString(stack, "$1$2")
}
