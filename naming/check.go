package naming

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// checkExtension adds a fault unless the class knows the extension.
func (g *grammar) checkExtension(extension string, fs *faults) {
	checkWord(partExtension, extension, g.extensions, fs)
}

// checkWord adds a fault unless the word is one of a list.
func checkWord(part, word string, list []string, fs *faults) {
	if !slices.Contains(list, word) {
		fs.add(part, word, "must be one of "+strings.Join(list, ", "))
	}
}

func checkMission(word string, fs *faults) {
	if word != mission {
		fs.add("mission", word, "must be "+mission)
	}
}

func checkDescriptor(descriptor string, fs *faults) {
	unfit := func(r rune) bool {
		return r == '_' || r == '/' || r == '\\' || r == unicode.ReplacementChar || !unicode.IsPrint(r)
	}
	if descriptor == "" || strings.ContainsFunc(descriptor, unfit) {
		fs.add("descriptor", descriptor, `must be one or more printable characters other than "_", "/" and "\"`)
	}
}

func checkDay(part, day string, fs *faults) {
	year, month, number, ok := splitDay(day)
	if !ok {
		fs.add(part, day, "must be a day of the calendar as YYYYMMDD")
	} else if missing := MissingDay(year, month, number); missing != "" {
		fs.add(part, day, "must be a day of the calendar: "+missing)
	}
}

// checkInterval adds a fault when a repointing or rotation does not fit its digits.
func checkInterval(part string, n *int, fs *faults) {
	if n != nil && (*n < 0 || *n > lastInterval) {
		fs.add(part, strconv.Itoa(*n), fmt.Sprintf("must be from 0 to %d", lastInterval))
	}
}

// checkVersion adds a fault when a version's numbers do not fit its digits.
func checkVersion(v Version, fs *faults) {
	if again, ok := parseVersion(v.String()); !ok || again != v {
		fs.add("version", v.String(), "must be from v000.0000 to v999.9999, or from v000 to v999")
	}
}
