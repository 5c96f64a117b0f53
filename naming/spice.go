package naming

import "strconv"

// SPICEFilePath names a kernel of SPICE, NASA's system of ancillary data, or one
// of the spin, repointing and thruster files that are kept with the kernels.
// Only Parse and ParseSPICE make one: its name is kept as it was given.
type SPICEFilePath struct {
	Type      KernelType
	Version   string // its digits as they stand in the name, or empty
	StartDate string // YYYYMMDD, or empty
	EndDate   string // YYYYMMDD, or empty
	Extension string // what follows the last dot: csv of .spin.csv

	name      string
	versionAt int // where the version's digits stand in the name
	directory string
}

// ParseSPICE reads the name of a SPICE file; a path counts as its last element.
// The error is an *InvalidNameError that says how far the name fits and what
// would have to follow, or which date is none.
func ParseSPICE(name string) (SPICEFilePath, error) {
	return parseAs[SPICEFilePath](name)
}

// Class is ClassSPICE.
func (SPICEFilePath) Class() Class { return ClassSPICE }

// Filename is the bare name.
func (s SPICEFilePath) Filename() string { return s.name }

// String is the bare name.
func (s SPICEFilePath) String() string { return s.name }

// ArchivePath is imap/spice/<directory of the type>/<name>.
func (s SPICEFilePath) ArchivePath() string {
	return grammarOf(ClassSPICE).directory + "/" + s.directory + "/" + s.name
}

// Fields are type, version, start_date, end_date and extension, all strings;
// the middle three may be nil.
func (s SPICEFilePath) Fields() []Field {
	return []Field{
		{"type", string(s.Type)},
		{"version", stringOrNil(s.Version)},
		{"start_date", stringOrNil(s.StartDate)},
		{"end_date", stringOrNil(s.EndDate)},
		{"extension", s.Extension},
	}
}

func (s SPICEFilePath) versionSpan() (start, end int) {
	if s.versionAt+len(s.Version) > len(s.name) {
		return 0, 0 // the fields are not those of the name
	}
	return s.versionAt, s.versionAt + len(s.Version)
}

// version holds the digits as a number. More than an int can hold, which no
// kernel has, is its maximum.
func (s SPICEFilePath) version() Version {
	n, _ := strconv.Atoi(s.Version)
	return Version{Major: NoMajor, Minor: n}
}
