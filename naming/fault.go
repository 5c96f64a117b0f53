package naming

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with a name.
type Fault struct {
	Part string // what is wrong: "data level"
	Got  string // what stands there
	Want string // what is allowed: "must be one of l0, l1, …"
}

func (f Fault) String() string {
	return fmt.Sprintf("%s %q: %s", f.Part, f.Got, f.Want)
}

// InvalidNameError says everything that is wrong with a name, in the order of
// the name's parts.
type InvalidNameError struct {
	Name   string
	Class  Class
	Faults []Fault
}

func (e *InvalidNameError) Error() string {
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		texts[i] = f.String()
	}
	return fmt.Sprintf("%q is not a valid %s file name: %s", e.Name, e.Class, strings.Join(texts, "; "))
}

// faults collects what is wrong in the order it is met.
type faults []Fault

func (fs *faults) add(part, got, want string) {
	*fs = append(*fs, Fault{Part: part, Got: got, Want: want})
}

func (fs faults) err(name string, class Class) error {
	if len(fs) == 0 {
		return nil
	}
	return &InvalidNameError{Name: name, Class: class, Faults: fs}
}

func oneOf(values []string) string {
	return "must be one of " + strings.Join(values, ", ")
}
