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
func (v Version) String() string {
	if v.Major == NoMajor {
		return fmt.Sprintf("v%03d", v.Minor)
	}
	return fmt.Sprintf("v%03d.%04d", v.Major, v.Minor)
}

// Compare orders versions, older first: by major part, then by minor part.
func (v Version) Compare(other Version) int {
	return cmp.Or(cmp.Compare(v.Major, other.Major), cmp.Compare(v.Minor, other.Minor))
}

// digits reads a number made of nothing but ASCII digits.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
