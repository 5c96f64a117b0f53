package inspect

import (
	"errors"
	"strconv"

	"github.com/dop251/goja"
)

var errNoMethod = errors.New("there is no such method")

// keys is a list of strings, held by the reader's runtime: an object may have very
// many, of which few are looked at.
type keys struct {
	list *goja.Object
	n    int
}

func (k keys) at(i int) goja.Value { return k.list.Get(strconv.Itoa(i)) }

// index is the array index that key i is, if it is one.
func (k keys) index(i int) (int, bool) {
	text := k.at(i).String()
	n, err := strconv.ParseUint(text, 10, 32)
	return int(n), err == nil && n < 1<<32-1 && strconv.FormatUint(n, 10) == text
}

// names is where the keys that are no indexes start: they come last.
func (k keys) names() int {
	i := k.n
	for i > 0 {
		if _, ok := k.index(i - 1); ok {
			break
		}
		i--
	}
	return i
}

// from is the first key that is an index of at least n, or names().
func (k keys) from(n, names int) int {
	low, high := 0, names
	for low < high {
		middle := (low + high) / 2
		if i, _ := k.index(middle); i < n {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
