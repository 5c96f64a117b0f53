package naming

import (
	"errors"
	"slices"
	"strings"
)

// Class is a kind of file name, each with a convention of its own.
type Class string

// The classes of names.
const (
	ClassScience    Class = "science"
	ClassAncillary  Class = "ancillary"
	ClassQuicklook  Class = "quicklook"
	ClassDependency Class = "dependency"
	ClassRelease    Class = "release"
)

// FilePath is a valid file name and the place of the file in the archive.
type FilePath interface {
	Class() Class
	// Filename is the bare name, such as imap_swe_l0_raw_20240101_v001.pkts.
	Filename() string
	// ArchivePath is the path in the archive, with slashes, such as
	// imap/swe/l0/2024/01/imap_swe_l0_raw_20240101_v001.pkts.
	ArchivePath() string
}

// grammar is what sets a class apart: the words its names end in, the directory
// its files lie under, and the shape that reads its names.
type grammar struct {
	class      Class
	extensions []string
	directory  string
	parse      func(grammar, string) (FilePath, error)
}

// grammars is the table of classes; nothing changes it. A name belongs to the
// first that accepts it. A new class is a row here and a type of its shape.
var grammars = []grammar{
	{ClassScience, []string{"cdf", "pkts"}, "imap", asProduct[ScienceFilePath]},
	{ClassAncillary, []string{"cdf", "csv", "dat", "json", "zip", "tsv", "pgm", "xlsx"}, "imap/ancillary", asValidity[AncillaryFilePath]},
	{ClassQuicklook, []string{"jpg", "pdf", "png"}, "imap/quicklook", asProduct[QuicklookFilePath]},
	{ClassDependency, []string{"json"}, "imap/dependency", asProduct[DependencyFilePath]},
	{ClassRelease, []string{"txt"}, "imap/release", asValidity[ReleaseFilePath]},
}

func grammarOf(class Class) grammar {
	i := slices.IndexFunc(grammars, func(g grammar) bool { return g.class == class })
	return grammars[i]
}

// parseAs reads a name, or a path's last element, as one class.
func parseAs[P FilePath](class Class, name string) (P, error) {
	g := grammarOf(class)
	path, err := g.parse(g, Base(name))
	if err != nil {
		var none P
		return none, err
	}
	return path.(P), nil
}

// Parse finds the class of a name, or of a path's last element, and reads it.
// When no class accepts the name, the error is that of the class it fits best.
func Parse(name string) (FilePath, error) {
	name = Base(name)
	var best *InvalidNameError
	for _, g := range grammars {
		path, err := g.parse(g, name)
		if err == nil {
			return path, nil
		}
		var invalid *InvalidNameError
		if errors.As(err, &invalid) && (best == nil || len(invalid.Faults) < len(best.Faults)) {
			best = invalid
		}
	}
	return nil, best
}

// Base is the last element of a path, whichever slash divides it.
func Base(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
