package sdc

import (
	"imapsh/naming"
)

// Query says which files are wanted: those that fit every field given. The tags
// are the shell's and the command line's names and help for the fields; which tables
// take a field, and how, stands in queryFields.
type Query struct {
	Table              Table               `name:"table" doc:"catalog to look in (default science, or that of filename)"`
	Instrument         []naming.Instrument `name:"instrument" doc:"instrument, or a list"`
	DataLevel          []naming.DataLevel  `name:"data_level" doc:"data level such as l1a, or a list"`
	Descriptor         []string            `name:"descriptor" doc:"descriptor such as norm-mago, or a list; * stands for any string"`
	StartDate          Date                `name:"start_date" doc:"first start date, inclusive"`
	EndDate            Date                `name:"end_date" doc:"last start date, inclusive"`
	IngestionStartDate Date                `name:"ingestion_start_date" doc:"first UTC day of ingestion, inclusive"`
	IngestionEndDate   Date                `name:"ingestion_end_date" doc:"last UTC day of ingestion, inclusive"`
	Repointing         *Repointing         `name:"repointing" doc:"repointing number"`
	CR                 *Rotation           `name:"cr" doc:"Carrington rotation number"`
	Version            VersionWanted       `name:"version" doc:"latest, v003 or v001.0003"`
	MajorVersion       *int                `name:"major_version" doc:"major part of the version"`
	MinorVersion       *int                `name:"minor_version" doc:"minor part of the version"`
	Extension          string              `name:"extension" doc:"file extension, without the dot"`
	Filename           string              `name:"filename" doc:"exactly this file"`
	Type               SPICEType           `name:"type" doc:"type of SPICE file (table spice)"`

	Progress func(QueryProgress) `name:"-"` // called with each answer, by one goroutine at a time; may be nil
}

// Repointing is the number of a repointing.
type Repointing int

// UnmarshalText reads 12 and repoint00012.
func (r *Repointing) UnmarshalText(text []byte) error {
	n, err := naming.ParseRepointing(string(text))
	*r = Repointing(n)
	return err
}

// Forms are examples of what UnmarshalText takes.
func (Repointing) Forms() (examples, words []string) { return []string{"12", "repoint00012"}, nil }

// Rotation is the number of a Carrington rotation.
type Rotation int

// UnmarshalText reads 2305 and cr02305.
func (r *Rotation) UnmarshalText(text []byte) error {
	n, err := naming.ParseCR(string(text))
	*r = Rotation(n)
	return err
}

// Forms are examples of what UnmarshalText takes.
func (Rotation) Forms() (examples, words []string) { return []string{"2305", "cr02305"}, nil }

// VersionWanted is latest, or a version as it stands in a name.
type VersionWanted string

// Latest asks for the newest version of each file.
const Latest VersionWanted = "latest"

// Forms is the word among what UnmarshalText takes.
func (VersionWanted) Forms() (examples, words []string) { return nil, []string{string(Latest)} }

const versionForms = "must be latest, vNNN or vMMM.mmmm, such as v003 or v001.0003"

// UnmarshalText takes latest, vNNN and vMMM.mmmm.
func (v *VersionWanted) UnmarshalText(text []byte) error {
	if string(text) != string(Latest) {
		if _, err := naming.ParseVersion(string(text)); err != nil {
			return usagef("%q: %s", text, versionForms)
		}
	}
	*v = VersionWanted(text)
	return nil
}

// Table is one of the archive's tables of files, called as the class of the names
// that it lists.
type Table string

// The tables that a query can ask.
const (
	TableScience   = Table(naming.ClassScience)
	TableAncillary = Table(naming.ClassAncillary)
	TableSPICE     = Table(naming.ClassSPICE)
	TableQuicklook = Table(naming.ClassQuicklook)
)

// Values lists the tables, the default first.
func (Table) Values() []string {
	return []string{string(TableScience), string(TableAncillary), string(TableSPICE), string(TableQuicklook)}
}

// SPICEType is a type of SPICE file, or kernels: all of them but spin, repointing
// and thruster tables.
type SPICEType string

const allKernels SPICEType = "kernels"

// Values lists all kernels first, then the types that names can have.
func (SPICEType) Values() []string {
	return append([]string{string(allKernels)}, naming.KernelType("").Values()...)
}
