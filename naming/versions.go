package naming

import (
	"cmp"
	"fmt"
	"strings"
)

// Next is the name of a file's following version: the last number of the version
// one higher, in as many digits. There is none after 9999 of vMMM.mmmm, 999 of
// vNNN, or the last number that the digits of a SPICE file's version can hold,
// nor for a SPICE file without a version.
func Next[P FilePath](path P) (P, error) {
	var none P
	name := path.Filename()
	start, end := path.versionSpan()
	if start == end {
		return none, fmt.Errorf("%s has no version that another could follow", name)
	}
	version, ok := increment(name[start:end])
	if !ok {
		return none, fmt.Errorf("no version follows %s of %s: its digits are used up", name[start:end], name)
	}
	g := grammarOf(path.Class())
	next, err := g.parse(g, name[:start]+version+name[end:])
	if err != nil {
		return none, err
	}
	return next.(P), nil
}

// increment adds one to the digits that a version ends with, if they can hold it.
func increment(version string) (string, bool) {
	next := []byte(version)
	for i := len(next) - 1; i >= 0 && isDigit(next[i]); i-- {
		if next[i] < '9' {
			next[i]++
			return string(next), true
		}
		next[i] = '0'
	}
	return "", false
}

// Unversioned is the name without its version: the same for all versions of one
// file, such as imap_swe_l0_raw_20240101_.pkts.
func Unversioned(path FilePath) string {
	name := path.Filename()
	start, end := path.versionSpan()
	return name[:start] + name[end:]
}

// VersionOf is the version of a name as it is compared with others of the file; that of
// a SPICE file is a minor part alone.
func VersionOf(path FilePath) Version { return path.version() }

// SameFile reports whether two names are versions of one file: they are of one
// class and differ in nothing but the version. nil is no file.
func SameFile(a, b FilePath) bool {
	return a != nil && b != nil && a.Class() == b.Class() && Unversioned(a) == Unversioned(b)
}

// Compare orders names by class, in the order of Parse, then by file, then by
// version, older first. Versions of one file stand together.
func Compare(a, b FilePath) int {
	return cmp.Or(
		cmp.Compare(rank(a.Class()), rank(b.Class())),
		strings.Compare(Unversioned(a), Unversioned(b)),
		a.version().Compare(b.version()),
		strings.Compare(a.Filename(), b.Filename()),
	)
}
