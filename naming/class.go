package naming

import (
	"slices"
	"strings"
)

// Class is a kind of file name, each with a convention of its own.
type Class string

// The classes of names.
const (
	ClassScience    Class = "science"
	ClassAncillary  Class = "ancillary"
	ClassSPICE      Class = "spice"
	ClassQuicklook  Class = "quicklook"
	ClassDependency Class = "dependency"
	ClassRelease    Class = "release"
)

// grammar is what sets a class apart: the words its names end in, the directory
// its files lie under, and the shape that reads its names.
type grammar struct {
	class      Class
	extensions []string
	directory  string
	parse      func(*grammar, string) (FilePath, error)
}

// pathRoom is room for nearly every archive path, so that building one
// allocates once.
const pathRoom = 160

// grammars is the table of classes; nothing changes it. A name belongs to the
// first that accepts it. A new class is a row here and a type of its shape.
var grammars = []grammar{
	{ClassScience, []string{"cdf", "pkts"}, "imap", asProduct[ScienceFilePath]},
	{ClassAncillary, []string{"cdf", "csv", "dat", "json", "zip", "tsv", "pgm", "xlsx"}, "imap/ancillary", asValidity[AncillaryFilePath]},
	{ClassSPICE, []string{"bc", "csv", "spin", "repoint", "bsp", "tpc", "tls", "tsc", "tf", "sff", "tm", "mk", "bpc"}, "imap/spice", asSPICE},
	{ClassQuicklook, []string{"jpg", "pdf", "png"}, "imap/quicklook", asProduct[QuicklookFilePath]},
	{ClassDependency, []string{"json"}, "imap/dependency", asProduct[DependencyFilePath]},
	{ClassRelease, []string{"txt"}, "imap/release", asValidity[ReleaseFilePath]},
}

// Classes lists the classes in the order in which Parse tries them.
func Classes() []Class {
	classes := make([]Class, len(grammars))
	for i, g := range grammars {
		classes[i] = g.class
	}
	return classes
}

// Extensions lists what the names of a class end in, without the dot.
func Extensions(class Class) []string { return slices.Clone(grammarOf(class).extensions) }

// Directory is where the archive keeps the files of a class: imap/ancillary. Those of
// science lie in imap itself.
func Directory(class Class) string { return grammarOf(class).directory }

func grammarOf(class Class) *grammar {
	return &grammars[rank(class)]
}

// rank is the place of a class in the table.
func rank(class Class) int {
	return slices.IndexFunc(grammars, func(g grammar) bool { return g.class == class })
}

// knows reports whether names of the class end so, in capitals or not.
func (g *grammar) knows(extension string) bool {
	return slices.ContainsFunc(g.extensions, func(known string) bool {
		return strings.EqualFold(known, extension)
	})
}
