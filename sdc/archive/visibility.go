package archive

import (
	"strings"

	"imapsh/naming"
)

// visibility says who reads the files of a class of names.
type visibility struct {
	hiddenAtFirst bool // an uploaded file waits for a release
	neverPublic   bool // anonymous callers read no file, released or not
}

// visibilities says it of every class. A class that is not here is hidden.
var visibilities = map[naming.Class]visibility{
	naming.ClassScience:    {hiddenAtFirst: true},
	naming.ClassAncillary:  {},
	naming.ClassSPICE:      {},
	naming.ClassQuicklook:  {hiddenAtFirst: true, neverPublic: true},
	naming.ClassDependency: {hiddenAtFirst: true, neverPublic: true},
	naming.ClassRelease:    {hiddenAtFirst: true, neverPublic: true},
}

func visibilityOf(class naming.Class) visibility {
	v, decided := visibilities[class]
	if !decided {
		return visibility{hiddenAtFirst: true, neverPublic: true}
	}
	return v
}

// hiddenAtFirst reports whether an uploaded file of this name waits for a release.
func hiddenAtFirst(name naming.FilePath) bool { return visibilityOf(name.Class()).hiddenAtFirst }

// neverPublic reports whether the file at a path is refused to anonymous callers even
// when it is released: by its name, or where it has none by its directory.
func neverPublic(path string) bool {
	if name, err := naming.Parse(path); err == nil && visibilityOf(name.Class()).neverPublic {
		return true
	}
	for _, class := range naming.Classes() {
		if visibilityOf(class).neverPublic && strings.HasPrefix(path, naming.Directory(class)+"/") {
			return true
		}
	}
	return false
}
