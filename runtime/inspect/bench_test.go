package inspect

import (
	"testing"

	"github.com/dop251/goja"
)

func BenchmarkFormat(b *testing.B) {
	for _, c := range []struct{ name, expression string }{
		{"number", "1"},
		{"object", "({a: 1, b: 'x', c: [1, 2, 3]})"},
		{"100 objects of 13", "Array.from({length: 100}, (_, i) => Object.fromEntries(Array.from({length: 13}, (_, k) => ['key' + k, 'value ' + i])))"},
		{"100000 objects", "Array.from({length: 1e5}, (_, i) => ({name: 'file' + i, size: i, tags: ['a', 'b']}))"},
		{"100000 keys", "Object.fromEntries(Array.from({length: 1e5}, (_, i) => ['key' + i, i]))"},
		{"1000000 numbers", "new Array(1e6).fill(1)"},
		{"Map of 100000", "new Map(Array.from({length: 1e5}, (_, i) => [i, {}]))"},
	} {
		b.Run(c.name, func(b *testing.B) {
			vm := goja.New()
			v, err := vm.RunString(c.expression)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				Printer{}.Format(vm, v)
			}
		})
	}
}
