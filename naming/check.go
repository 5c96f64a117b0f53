package naming

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// cutExtension divides a name at its last dot.
func cutExtension(name string) (stem, extension string) {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// checkExtension adds a fault unless the class knows the extension.
func (g grammar) checkExtension(extension string, fs *faults) {
	if !slices.Contains(g.extensions, extension) {
		fs.add("extension", extension, oneOf(g.extensions))
	}
}

func checkMission(mission string, fs *faults) {
	if mission != "imap" {
		fs.add("mission", mission, "must be imap")
	}
}

func checkInstrument(instrument Instrument, fs *faults) {
	if !allowed(instrument) {
		fs.add("instrument", string(instrument), oneOf(instrument.Values()))
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
	if !realDay(day) {
		fs.add(part, day, "must be a day of the calendar as YYYYMMDD")
	}
}

func checkRange(part string, n *int, top int, fs *faults) {
	if n != nil && (*n < 0 || *n > top) {
		fs.add(part, fmt.Sprint(*n), fmt.Sprintf("must be from 0 to %d", top))
	}
}

// checkVersion adds a fault when a version's numbers do not fit its digits.
func checkVersion(v Version, fs *faults) {
	fits := v.Major >= 0 && v.Major <= 999 && v.Minor >= 0 && v.Minor <= 9999
	if v.Major == NoMajor {
		fits = v.Minor >= 0 && v.Minor <= 999
	}
	if !fits {
		fs.add("version", v.String(), "must be from v000.0000 to v999.9999, or from v000 to v999")
	}
}
