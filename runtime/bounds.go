package runtime

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// What the engine does inside one of its own functions cannot be stopped, and memory
// that it asks for and does not get ends the program. So each function of the language
// whose arguments say how much it works on is called through one that looks first.

const (
	maxItems   = 10_000_000 // of a list that the engine walks through in one go, about two seconds
	maxSorted  = 1_000_000  // of one that it sorts by itself
	maxWalked  = 5_000_000  // of lists inside lists, which are walked through to measure them
	maxNested  = 1000       // lists inside lists, bound functions, prototypes, generators that yield from others
	maxDigits  = 1_000_000  // of a BigInt that is read
	valueBytes = 16         // of an element of a list
)

// bounds lists what is looked at before it is called, by where it is.
func bounds() map[string]map[string]costOf {
	list := map[string]costOf{}
	for _, name := range strings.Fields(`copyWithin every fill filter flatMap
		forEach includes indexOf lastIndexOf map reduce reduceRight reverse shift slice some sort
		splice toReversed toSorted toSpliced unshift with`) {
		list[name] = costOfList
	}
	list["join"] = func(s *Session, this goja.Value, args []goja.Value) cost {
		c := costOfList(s, this, args)
		c.bytes = c.items * float64(max(1, len(stringArg(args, 0))))
		return c
	}
	list["sort"], list["toSorted"] = costOfSorting, costOfSorting
	list["toString"], list["toLocaleString"] = costOfList, costOfList
	list["concat"] = func(s *Session, this goja.Value, args []goja.Value) cost {
		c := costOfList(s, this, nil)
		for _, arg := range args {
			c.items += s.lengthOf(arg)
		}
		c.bytes = c.items * valueBytes
		return c
	}
	list["flat"] = func(s *Session, this goja.Value, args []goja.Value) cost { return s.measure(this, false) }
	argument := func(index int, each float64) costOf {
		return func(s *Session, _ goja.Value, args []goja.Value) cost {
			n := s.lengthOf(arg(args, index))
			return cost{bytes: n * each, items: n}
		}
	}
	growing := func(factor float64) costOf {
		return func(_ *Session, _ goja.Value, args []goja.Value) cost {
			return cost{bytes: factor * float64(len(stringArg(args, 0)))}
		}
	}
	return map[string]map[string]costOf{
		"Array.prototype": list,
		"Array":           {"from": argument(0, valueBytes)},
		"String.prototype": {
			"repeat": func(_ *Session, this goja.Value, args []goja.Value) cost {
				return cost{bytes: textBytes(this) * max(0, numberArg(args, 0))}
			},
			"padStart": costOfPadding, "padEnd": costOfPadding,
			"replaceAll": costOfReplacing, "replace": costOfReplacing,
			"normalize": func(_ *Session, this goja.Value, _ []goja.Value) cost { return cost{bytes: 18 * textBytes(this)} },
			"split": func(_ *Session, this goja.Value, args []goja.Value) cost {
				if stringArg(args, 0) != "" {
					return cost{}
				}
				return cost{bytes: 3 * valueBytes * textBytes(this), items: textBytes(this)}
			},
		},
		"String":             {"raw": func(s *Session, _ goja.Value, args []goja.Value) cost { return s.costOfRaw(args) }},
		"Function.prototype": {"apply": argument(1, valueBytes)},
		"Reflect":            {"apply": argument(2, valueBytes), "construct": argument(1, valueBytes)},
		"BigInt":             {"asUintN": costOfBits, "asIntN": costOfBits},
		"JSON": {"stringify": func(s *Session, _ goja.Value, args []goja.Value) cost {
			c := s.measure(arg(args, 0), true)
			c.bytes += float64(c.walked*c.nested) * min(10, max(numberArg(args, 2), float64(len(stringArg(args, 2)))))
			return c
		}},
		"": {"encodeURIComponent": growing(9), "encodeURI": growing(9), "escape": growing(6)},
	}
}

// checkCost refuses a call that would work on too much.
func (s *Session) checkCost(name string, c cost) {
	limit := float64(s.options.MaxMemory)
	switch {
	case c.nested > maxNested:
		s.throwRange("%s: more than %d lists or objects inside one another", name, maxNested)
	case c.walked > maxWalked:
		s.throwRange("%s: more than %d values in it", name, maxWalked)
	case c.items > maxItems:
		s.throwRange("%s: too many items to work on in one go: %d are the most, and %d to sort without a function", name, maxItems, maxSorted)
	case c.bytes > limit:
		s.throwRange("%s: it would need %s, and %s are allowed (--max-memory)", name, size(c.bytes), size(limit))
	}
}

// size is a number of bytes for people.
func size(bytes float64) string {
	for _, unit := range []string{"bytes", "KB", "MB", "GB"} {
		if bytes < 1000 {
			return fmt.Sprintf("%.3g %s", bytes, unit)
		}
		bytes /= 1000
	}
	return fmt.Sprintf("%.4g TB", bytes)
}

func (s *Session) throwRange(format string, args ...any) {
	made, err := s.newRangeError(goja.Undefined(), s.vm.ToValue(fmt.Sprintf(format, args...)))
	if err != nil {
		panic(err)
	}
	panic(made)
}

// boundBuiltins puts what looks first in the place of what the table lists.
func (s *Session) boundBuiltins() {
	for place, functions := range bounds() {
		object := s.vm.GlobalObject()
		for name := range strings.SplitSeq(place, ".") {
			if name != "" {
				object = object.Get(name).ToObject(s.vm)
			}
		}
		for name, costOf := range functions {
			s.around(object, name, func(call func() goja.Value, this goja.Value, args []goja.Value) goja.Value {
				s.checkCost(name, costOf(s, this, args))
				return s.nested(call)
			})
		}
	}
	generator, _ := s.vm.RunString("Object.getPrototypeOf(function* () {}.prototype)") // of what generator functions make
	for _, name := range []string{"next", "return", "throw"} {
		s.around(s.peek(generator.ToObject(s.vm), "constructor").ToObject(s.vm).Get("prototype").ToObject(s.vm), name,
			func(call func() goja.Value, _ goja.Value, _ []goja.Value) goja.Value { return s.nested(call) })
	}
	for _, name := range []string{"exec", "test"} {
		s.around(s.vm.Get("RegExp").ToObject(s.vm).Get("prototype").ToObject(s.vm), name,
			func(call func() goja.Value, _ goja.Value, _ []goja.Value) goja.Value { return s.timed(call) })
	}
}

// boundMatching sets how long the engine looks for one match. It compiles regular
// expressions with this library and its default, which is the only way to bound them, and
// the same for all sessions of the program.
func boundMatching(limit time.Duration) {
	if regexp2.DefaultMatchTimeout != limit {
		regexp2.DefaultMatchTimeout = limit
	}
}

// timed looks for a match, and throws where the engine gave up, which it takes for no
// match: that would be a wrong answer.
func (s *Session) timed(match func() goja.Value) goja.Value {
	began := time.Now()
	result := match()
	if !result.ToBoolean() && time.Since(began) > s.options.MaxMatching*9/10 {
		s.throwRange("the regular expression ran out of time (%v): it tries too many ways to match; make it simpler, without one repetition inside another", s.options.MaxMatching)
	}
	s.checkStopped()
	return result
}

// around replaces a function of the language by one that calls it.
func (s *Session) around(object *goja.Object, name string, do func(call func() goja.Value, this goja.Value, args []goja.Value) goja.Value) {
	plain := object.Get(name).ToObject(s.vm)
	callable, ok := goja.AssertFunction(plain)
	if !ok {
		return
	}
	made := s.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		return do(func() goja.Value {
			result, err := callable(c.This, c.Arguments...)
			if err != nil {
				panic(err)
			}
			return result
		}, c.This, c.Arguments)
	}).ToObject(s.vm)
	for _, property := range []string{"name", "length"} {
		_ = made.DefineDataProperty(property, plain.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	s.hide(object, name, made)
}

// nested carries out a call that the engine may begin inside itself, where it counts
// nothing, and looks whether the session is to stop.
func (s *Session) nested(call func() goja.Value) goja.Value {
	s.checkStopped()
	if s.depth >= maxNested {
		s.throwRange("too many calls inside one another: more than %d", maxNested)
	}
	s.depth++
	defer func() { s.depth-- }()
	return call()
}

// checkStopped ends a call of the engine's own when the session is to stop.
func (s *Session) checkStopped() {
	if s.ctx != nil && s.ctx.Err() != nil {
		s.vm.Interrupt(context.Cause(s.ctx))
		s.throw(context.Cause(s.ctx)) // which no catch sees: the interrupt comes first
	}
	if s.full.Load() {
		s.throw(errFull(s.options.MaxMemory))
	}
}
