package runtime

import (
	"imapsh/runtime/inspect"
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// cost is what a call works on: the bytes of its result, the items that it visits, and
// how deep lists lie inside one another.
type cost struct {
	bytes, items   float64
	nested, walked int
}

type costOf func(s *Session, this goja.Value, args []goja.Value) cost

func costOfList(s *Session, this goja.Value, _ []goja.Value) cost {
	return cost{items: s.lengthOf(this)}
}

// costOfSorting counts more for what is sorted without a function of the script's, which
// would be interrupted.
func costOfSorting(s *Session, this goja.Value, args []goja.Value) cost {
	c := costOfList(s, this, nil)
	if goja.IsUndefined(arg(args, 0)) {
		c.items *= maxItems / maxSorted
	}
	return c
}

func costOfPadding(_ *Session, _ goja.Value, args []goja.Value) cost {
	return cost{bytes: 2 * numberArg(args, 0)}
}

func costOfBits(_ *Session, _ goja.Value, args []goja.Value) cost {
	return cost{bytes: numberArg(args, 0) / 8}
}

// costOfReplacing bounds the text that replacements make, and counts them only where the
// bound is large. A replacement may hold the text before or behind it.
func costOfReplacing(s *Session, this goja.Value, args []goja.Value) cost {
	text, replacement := textBytes(this), float64(len(stringArg(args, 1)))
	if strings.ContainsAny(stringArg(args, 1), "$") {
		replacement += text
	}
	if text*replacement < 1<<24 {
		return cost{}
	}
	count := text + 1
	if pattern := stringArg(args, 0); pattern != "" {
		count = float64(strings.Count(this.String(), pattern))
	}
	return cost{bytes: text + count*replacement}
}

func (s *Session) costOfRaw(args []goja.Value) cost {
	template, ok := arg(args, 0).(*goja.Object)
	if !ok || inspect.IsProxy(template) {
		return cost{}
	}
	n := s.lengthOf(template.Get("raw"))
	return cost{items: n, bytes: n}
}

func arg(args []goja.Value, index int) goja.Value {
	if index < len(args) {
		return args[index]
	}
	return goja.Undefined()
}

// stringArg is an argument that is a string; one of another kind is none.
func stringArg(args []goja.Value, index int) string {
	text, _ := stringOf(arg(args, index))
	return text
}

// numberArg is an argument that is a number, or the text of one.
func numberArg(args []goja.Value, index int) float64 {
	value := arg(args, index)
	if _, isObject := value.(*goja.Object); isObject || goja.IsUndefined(value) {
		return 0
	}
	if _, isSymbol := value.(*goja.Symbol); isSymbol {
		return 0
	}
	if n := value.ToFloat(); !math.IsNaN(n) {
		return n
	}
	return 0
}

func textBytes(value goja.Value) float64 {
	text, _ := stringOf(value)
	return float64(len(text))
}

// lengthOf is how long a list or what looks like one claims to be.
func (s *Session) lengthOf(value goja.Value) float64 {
	object, ok := value.(*goja.Object)
	if !ok {
		return textBytes(value)
	}
	for inspect.IsProxy(object) {
		object = object.Export().(goja.Proxy).Target()
	}
	length := s.peek(object, "length")
	if length == nil || !goja.IsNumber(length) {
		return 0
	}
	return length.ToFloat()
}

// measure walks through lists inside lists, and for JSON objects as well, as far as is
// allowed. What has getters is left out: they run the script's own code, which is
// bounded elsewhere.
func (s *Session) measure(value goja.Value, objects bool) cost {
	type step struct {
		value goja.Value
		depth int
	}
	var c cost
	for open := []step{{value, 1}}; len(open) > 0; {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		if c.walked++; c.walked%1000 == 0 {
			s.checkStopped()
		}
		c.bytes += textBytes(at.value)
		object, ok := at.value.(*goja.Object)
		if !ok || inspect.IsProxy(object) {
			continue
		}
		if c.nested = max(c.nested, at.depth); c.nested > maxNested || c.walked > maxWalked || c.bytes > float64(s.options.MaxMemory) {
			return c
		}
		switch object.ClassName() {
		case "Array":
			n := s.lengthOf(object)
			if n > maxWalked {
				c.walked = int(min(n, 1e15))
				return c
			}
			for i := range int(n) {
				open = append(open, step{object.Get(strconv.Itoa(i)), at.depth + 1})
			}
		case "Object":
			if objects {
				for _, name := range object.Keys() {
					c.bytes += float64(len(name))
					open = append(open, step{s.peek(object, name), at.depth + 1})
				}
			}
		}
	}
	return c
}
