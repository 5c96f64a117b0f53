package inspect

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// A string as it is written is a literal for the same string.
func FuzzString(f *testing.F) {
	f.Add("it's `a` \"b\" ${c} \\ \x1b\u2028", uint16(0xd800))
	f.Fuzz(func(t *testing.T, text string, unit uint16) {
		if len(text) > 2000 {
			return
		}
		vm := goja.New()
		v := vm.ToValue(strings.ToValidUTF8(text, "")).(goja.String).Concat(goja.StringFromUTF16([]uint16{unit}))
		literal := Printer{}.Format(vm, v)
		again, err := vm.RunString(literal)
		if err != nil || !again.StrictEquals(v) {
			t.Errorf("%q is written %s, which is %v, %v", text, literal, again, err)
		}
	})
}
