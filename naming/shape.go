package naming

import (
	"slices"
	"strconv"
	"strings"
)

// shape is how underscores separate the parts of some classes' names.
type shape struct {
	counts     []int  // how many parts there may be, most first
	descriptor int    // which part is free text
	want       string // what is said about any other number of parts
}

// read hands the parts of a name to a function that finds their faults. When
// their number is wrong it looks for the one part that is missing, or that holds
// the surplus underscores, before it falls back on stating the number.
func (s shape) read(parts []string, faultsOf func([]string) faults) faults {
	counted := slices.Contains(s.counts, len(parts))
	if counted {
		fs := faultsOf(parts)
		if len(fs) == 0 || !s.splitsDescriptor(parts) {
			return fs
		}
	}
	for _, count := range s.counts {
		for i := range count {
			suspect := (s.descriptor + i) % count // people err there most
			if grouped, ok := regroup(parts, count, suspect); ok {
				if fs := faultsOf(grouped); len(fs) == 1 {
					return fs
				}
			}
		}
	}
	if counted {
		return faultsOf(parts)
	}
	return faults{{partCount, strconv.Itoa(len(parts)), s.want}}
}

// splitsDescriptor reports whether an underscore inside the descriptor seems to
// have made two parts of it: no date can begin as the part after it does.
func (s shape) splitsDescriptor(parts []string) bool {
	return leadingDigits(parts[s.descriptor+1]) == 0
}

// regroup makes parts into so many: by a gap at one place, or by joining what
// is too much to the part there.
func regroup(parts []string, count, at int) (grouped []string, ok bool) {
	surplus := len(parts) - count
	switch {
	case surplus == -1:
		return slices.Insert(slices.Clone(parts), at, ""), true
	case surplus > 0:
		joined := strings.Join(parts[at:at+surplus+1], "_")
		return slices.Concat(parts[:at], []string{joined}, parts[at+surplus+1:]), true
	}
	return nil, false
}
