package naming

import (
	"errors"
	"strings"
)

// Parse finds the class of a name, or of a path's last element, and reads it.
// The error is an *InvalidNameError for the class that the name is nearest to,
// or for none (Class is empty) when it is far from all.
func Parse(name string) (FilePath, error) {
	name = Base(name)
	_, extension := cutExtension(name)
	for i := range grammars {
		g := &grammars[i]
		if !g.knows(extension) {
			continue // it would be refused, after the work of saying why
		}
		if path, err := g.parse(g, name); err == nil {
			return path, nil
		}
	}
	return nil, nearest(name)
}

// ParseAs reads a name, or a path's last element, as one class, though an earlier one
// may accept it, too. The error is an *InvalidNameError.
func ParseAs(class Class, name string) (FilePath, error) {
	g := grammarOf(class)
	return g.parse(g, Base(name))
}

// parseAs reads a name, or a path's last element, as one class.
func parseAs[P FilePath](name string) (P, error) {
	var none P
	g := grammarOf(none.Class())
	path, err := g.parse(g, Base(name))
	if err != nil {
		return none, err
	}
	return path.(P), nil
}

// nearest is the error of the class that needs the least to accept a name. A
// name with neither the extension nor the shape of any is near to none.
func nearest(name string) error {
	var best *InvalidNameError
	for i := range grammars {
		_, err := grammars[i].parse(&grammars[i], name)
		var invalid *InvalidNameError
		if errors.As(err, &invalid) && (best == nil || invalid.distance() < best.distance()) {
			best = invalid
		}
	}
	if best.distance() >= farOff {
		return &InvalidNameError{Name: name, Faults: []Fault{{partName, name, anyForm}}}
	}
	return best
}

const anyForm = "must be of the form " + productForm + " (science, quicklook, dependency) or " +
	validityForm + " (ancillary, release), or a SPICE file's"

// Base is the last element of a path, whichever slash divides it.
func Base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// cutExtension divides a name at its last dot.
func cutExtension(name string) (stem, extension string) {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}
