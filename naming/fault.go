package naming

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a name.
type Fault struct {
	Part string // what is wrong: "data level"
	Got  string // what stands there; empty when nothing does
	Want string // what is allowed: "must be one of l0, l1, …"
}

// The parts whose faults show how near a name is to a class. All others weigh the same.
const (
	partExtension  = "extension"
	partCount      = "number of parts"
	partName       = "name"
	partRest       = "rest"
	partInstrument = "instrument"
	partVersion    = "version"
)

// String is the fault in words on one line, whatever the name holds.
func (f Fault) String() string {
	switch {
	case f.Got == "":
		return f.Part + " is missing: " + f.Want
	case f.Part == partCount:
		expected, form, _ := strings.Cut(f.Want, ": ")
		return expected + ", got " + f.Got + ": " + form
	}
	return fmt.Sprintf("%s %q: %s", f.Part, f.Got, f.Want)
}

// InvalidNameError says everything that is wrong with a name, in the order of
// the name's parts.
type InvalidNameError struct {
	Name   string
	Class  Class // empty when the name is near to no class
	Faults []Fault
}

// Error is one line: the name, the class, and every fault.
func (e *InvalidNameError) Error() string {
	class := string(e.Class)
	switch e.Class {
	case "":
		class = "IMAP"
	case ClassSPICE:
		class = "SPICE"
	}
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		texts[i] = f.String()
	}
	return fmt.Sprintf("%q is not a valid %s file name: %s", e.Name, class, strings.Join(texts, "; "))
}

// The weights of the faults. An extension that only one class has is the best sign of the
// class that was meant. One that several classes have, or none, is a weak sign. The number of
// parts comes second. A name that is far from all classes has neither.
const (
	foreignExtension = 1000
	sharedExtension  = 20
	similarExtension = 15 // jpeg for jpg
	foreignShape     = 100
	missingPart      = 21
	otherVersion     = 20 // a version, in the form of another class
	otherwiseWrong   = 10
	farOff           = similarExtension + foreignShape
)

// distance says how far the name is from the class.
func (e *InvalidNameError) distance() int {
	sum := 0
	for _, f := range e.Faults {
		switch {
		case f.Part == partExtension && !grammarOf(e.Class).knows(f.Got):
			sum += grammarOf(e.Class).extensionDistance(f.Got)
		case f.Part == partCount, f.Part == partName, f.Part == partRest,
			f.Part == partInstrument && leadingDigits(f.Got) > 0: // a kernel's date
			sum += foreignShape
		case f.Got == "", strings.Contains(f.Got, "_"): // an underscore is wrong as well
			sum += missingPart
		case f.Part == partVersion && isVersion(f.Got):
			sum += otherVersion
		default:
			sum += otherwiseWrong
		}
	}
	return sum
}

// extensionDistance says how far an extension is from those of the class.
func (g *grammar) extensionDistance(extension string) int {
	knowers := 0
	for i := range grammars {
		if grammars[i].knows(extension) {
			knowers++
		}
	}
	switch {
	case knowers == 1:
		return foreignExtension
	case knowers == 0 && len(extension) > 2 && slices.ContainsFunc(g.extensions, func(known string) bool {
		return strings.HasPrefix(known, strings.ToLower(extension[:2]))
	}):
		return similarExtension
	}
	return sharedExtension
}

func isVersion(text string) bool {
	_, ok := parseVersion(text)
	return ok
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
