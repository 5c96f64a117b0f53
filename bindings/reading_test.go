package bindings

import (
	"testing"
)

// TestReadingIsShown holds that a call on a CDF tells how far it is, and that it is over.
func TestReadingIsShown(t *testing.T) {
	var h Host
	var names []string
	var steps, ends int
	h.ReadProgress = func(name string) (func(done, total int64), func()) {
		names = append(names, name)
		return func(done, total int64) { steps++ }, func() { ends++ }
	}
	told := &reading{}
	finished := h.watch("dir/a.cdf", told)
	told.report(1, 2)
	h.watch("dir/a.cdf", told)() // a call within the call shows nothing of its own
	told.report(2, 2)
	finished()
	told.report(3, 3)
	if len(names) != 1 || names[0] != "a.cdf" || steps != 2 || ends != 1 {
		t.Errorf("names %v, %d steps, %d ends", names, steps, ends)
	}
	(Host{}).watch("a.cdf", told)()
}
