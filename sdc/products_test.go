package sdc

import (
	"slices"
	"testing"

	"imapsh/naming"
)

func TestKnownProducts(t *testing.T) {
	products := slices.Collect(KnownProducts())
	seen := map[Product]bool{}
	for _, p := range products {
		if _, err := naming.NewScience(naming.Product{Instrument: p.Instrument, DataLevel: p.DataLevel, Descriptor: p.Descriptor,
			StartDate: "20260101", Version: naming.Version{Major: 1, Minor: 1}}); err != nil || seen[p] {
			t.Errorf("%v, seen before: %v, %v", p, seen[p], err)
		}
		seen[p] = true
	}
	for _, want := range []Product{
		{"mag", "l2", "norm-gse"}, {"ultra", "l1a", "90sensor-priority-4-de"}, {"glows", "l3e", "survival-probability-ul-sf"},
		{"hi", "l2", "h45-ena-h-sf-nsp-full-hae-4deg-3mo"}, {"swe", "l1b", "sci"},
	} {
		if !seen[want] {
			t.Errorf("%v is not known", want)
		}
	}
	if len(products) < 300 {
		t.Errorf("%d products", len(products))
	}
}
