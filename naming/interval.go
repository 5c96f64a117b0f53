package naming

import (
	"fmt"
	"strings"
)

// The marks of what may follow a start date: which interval between the
// spacecraft's repointings a product covers, or which Carrington rotation.
const (
	repointingMark = "repoint"
	rotationMark   = "cr"

	intervalWidth = 5
	lastInterval  = 99999
)

// ParseRepointing reads a repointing as people give it: repoint00012, or the
// number alone, 0 to 99999.
func ParseRepointing(s string) (int, error) {
	return parseInterval("repointing", repointingMark, s)
}

// ParseCR reads a Carrington rotation as people give it: cr02250, or the number
// alone, 0 to 99999.
func ParseCR(s string) (int, error) {
	return parseInterval("cr", rotationMark, s)
}

func parseInterval(part, mark, s string) (int, error) {
	n, ok := cutInterval(s, mark)
	if !ok && len(s) <= intervalWidth {
		n, ok = digits(s)
	}
	if !ok {
		return 0, fmt.Errorf("%s %q: must be a number from 0 to %d, or %sNNNNN with five digits", part, s, lastInterval, mark)
	}
	return n, nil
}

// cutInterval reads the five digits that follow a mark.
func cutInterval(s, mark string) (int, bool) {
	number, found := strings.CutPrefix(s, mark)
	if !found || len(number) != intervalWidth {
		return 0, false
	}
	return digits(number)
}
