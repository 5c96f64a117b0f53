package module

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestSourceMap(t *testing.T) {
	places := mappings{{0, 0, 0, 0, 0}, {0, 7, 1, 40, 3}, {2, 1, 0, 2, 1000}, {2, 70000, 1, 0, 0}}
	sources, got, err := decode(encode([]string{"a.ts", "ü b.ts"}, places))
	if err != nil || !slices.Equal(got, places) || !slices.Equal(sources, []string{"a.ts", "ü b.ts"}) {
		t.Errorf("%v %v %v", sources, got, err)
	}
	for _, c := range []struct {
		line, column int
		want         mapping
		ok           bool
	}{
		{0, 0, places[0], true}, {0, 6, places[0], true}, {0, 8, places[1], true},
		{1, 0, mapping{}, false}, {2, 0, mapping{}, false}, {2, 5, places[2], true}, {9, 0, mapping{}, false},
	} {
		if got, ok := places.at(c.line, c.column); ok != c.ok || got != c.want {
			t.Errorf("%d:%d is %v, %t", c.line, c.column, got, ok)
		}
	}
}

func TestUnits(t *testing.T) {
	u := unitsOf("é😀x") // 2, 4 and 1 bytes; 1, 2 and 1 units
	for column, want := range []struct{ bytes, runes int }{{0, 0}, {2, 1}, {2, 1}, {6, 2}, {7, 3}, {7, 3}} {
		if u.bytes(column) != want.bytes || u.runes(column) != want.runes {
			t.Errorf("column %d: %d %d", column, u.bytes(column), u.runes(column))
		}
	}
	if u := unitsOf("ascii"); u != nil || u.bytes(3) != 3 || u.runes(3) != 3 {
		t.Error("ASCII")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("AAAA;AACA,SAAS")
	f.Add("AAAA;;gCggggggggggggggggC")
	f.Add("A,C,E;ADAA")
	f.Add("AXAA") // a source before the first
	f.Fuzz(func(t *testing.T, text string) {
		raw, _ := json.Marshal(sourceMap{Version: 3, Sources: []string{"a", "b"}, Mappings: text})
		_, places, err := decode(raw)
		if err != nil {
			return
		}
		for _, m := range places {
			if m.source >= 2 || m.source < -1 {
				t.Fatalf("%v of no source", m)
			}
		}
	})
}
