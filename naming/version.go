package naming

import (
	"cmp"
	"fmt"
)

// NoMajor is the Major of a version in the older form vNNN.
const NoMajor = -1

// Version is the version of a file: vMMM.mmmm, or the older form vNNN, which has
// a minor part only and sorts before every version with a major part.
type Version struct {
	Major int // 0 to 999, or NoMajor
	Minor int // 0 to 9999, or 0 to 999 without a major part
}

// ParseVersion reads vMMM.mmmm or vNNN.
func ParseVersion(s string) (Version, error) {
	v, ok := parseVersion(s)
	if !ok {
		return Version{}, fmt.Errorf("version %q: must be vMMM.mmmm or vNNN, such as v001.0003 or v003", s)
	}
	return v, nil
}

func parseVersion(s string) (v Version, ok bool) {
	switch {
	case len(s) == 4 && s[0] == 'v':
		v.Major = NoMajor
		v.Minor, ok = digits(s[1:])
	case len(s) == 9 && s[0] == 'v' && s[4] == '.':
		var okMinor bool
		v.Major, ok = digits(s[1:4])
		v.Minor, okMinor = digits(s[5:])
		ok = ok && okMinor
	}
	return v, ok
}

// String is the version as it stands in a name.
func (v Version) String() string { return string(v.append(nil)) }

func (v Version) append(b []byte) []byte {
	b = append(b, 'v')
	if v.Major == NoMajor {
		return appendPadded(b, v.Minor, 3)
	}
	b = append(appendPadded(b, v.Major, 3), '.')
	return appendPadded(b, v.Minor, 4)
}

// width is the length of String for a version whose numbers fit their digits.
func (v Version) width() int {
	if v.Major == NoMajor {
		return len("vNNN")
	}
	return len("vMMM.mmmm")
}

// Compare orders versions, older first: by major part, then by minor part.
func (v Version) Compare(other Version) int {
	return cmp.Or(cmp.Compare(v.Major, other.Major), cmp.Compare(v.Minor, other.Minor))
}
