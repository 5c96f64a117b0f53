package naming

import (
	"fmt"
	"strings"
)

// Validity holds the parts of the names shaped
// imap_<instrument>_<descriptor>_<start_date>[_<end_date>]_vNNN.<extension>,
// which ancillary and release files share: what holds from one day, to another
// or with no end.
type Validity struct {
	Instrument Instrument
	Descriptor string  // printable characters but for _ / and \
	StartDate  string  // YYYYMMDD
	EndDate    string  // YYYYMMDD, inclusive; empty when the validity is open
	Version    Version // without a major part
	Extension  string  // without the dot
}

// AncillaryFilePath names a calibration or other table that products are made with.
type AncillaryFilePath struct{ Validity }

// ReleaseFilePath names the manifest of a data release.
type ReleaseFilePath struct{ Validity }

// Class is ClassAncillary.
func (AncillaryFilePath) Class() Class { return ClassAncillary }

// Class is ClassRelease.
func (ReleaseFilePath) Class() Class { return ClassRelease }

// ArchivePath is imap/ancillary/<instrument>/<name>.
func (a AncillaryFilePath) ArchivePath() string { return a.archivePath(a.Class()) }

// ArchivePath is imap/release/<instrument>/<name>.
func (r ReleaseFilePath) ArchivePath() string { return r.archivePath(r.Class()) }

// ParseAncillary reads the name of an ancillary file; a path counts as its last
// element. The error is an *InvalidNameError with every fault of the name.
func ParseAncillary(name string) (AncillaryFilePath, error) {
	return parseAs[AncillaryFilePath](ClassAncillary, name)
}

// NewAncillary builds the name of an ancillary file from its parts. The error is
// an *InvalidNameError with every part that cannot be put into a name.
func NewAncillary(v Validity) (AncillaryFilePath, error) {
	if err := grammarOf(ClassAncillary).checkValidity(v); err != nil {
		return AncillaryFilePath{}, err
	}
	return AncillaryFilePath{v}, nil
}

// Filename is the bare name.
func (v Validity) Filename() string {
	period := v.StartDate
	if v.EndDate != "" {
		period += "_" + v.EndDate
	}
	return fmt.Sprintf("imap_%s_%s_%s_%s.%s", v.Instrument, v.Descriptor, period, v.Version, v.Extension)
}

func (v Validity) archivePath(class Class) string {
	return fmt.Sprintf("%s/%s/%s", grammarOf(class).directory, v.Instrument, v.Filename())
}

// asValidity is the parse function of a class whose names hold a validity.
func asValidity[P interface {
	~struct{ Validity }
	FilePath
}](g grammar, name string) (FilePath, error) {
	v, err := g.parseValidity(name)
	return P(struct{ Validity }{v}), err
}

const validityShape = "must be imap_<instrument>_<descriptor>_<start_date>[_<end_date>]_vNNN.<extension>"

func (g grammar) parseValidity(name string) (Validity, error) {
	var fs faults
	stem, extension := cutExtension(name)
	parts := strings.Split(stem, "_")
	if len(parts) != 5 && len(parts) != 6 {
		fs.add("name", name, fmt.Sprintf("%s; it has %d parts between underscores, not 5 or 6", validityShape, len(parts)))
		return Validity{}, fs.err(name, g.class)
	}
	v := Validity{
		Instrument: Instrument(parts[1]),
		Descriptor: parts[2],
		StartDate:  parts[3],
		Extension:  extension,
	}
	checkMission(parts[0], &fs)
	checkInstrument(v.Instrument, &fs)
	checkDescriptor(v.Descriptor, &fs)
	checkDay("start date", v.StartDate, &fs)
	if len(parts) == 6 {
		v.EndDate = parts[4]
		checkDay("end date", v.EndDate, &fs)
	}
	text := parts[len(parts)-1]
	version, ok := parseVersion(text)
	if !ok || version.Major != NoMajor {
		fs.add("version", text, "must be vNNN with three digits, such as v003")
	}
	v.Version = version
	g.checkExtension(extension, &fs)
	return v, fs.err(name, g.class)
}

// checkValidity is the check of parts that were not read from a name.
func (g grammar) checkValidity(v Validity) error {
	var fs faults
	checkInstrument(v.Instrument, &fs)
	checkDescriptor(v.Descriptor, &fs)
	checkDay("start date", v.StartDate, &fs)
	if v.EndDate != "" {
		checkDay("end date", v.EndDate, &fs)
	}
	if v.Version.Major != NoMajor {
		fs.add("version", v.Version.String(), "must be vNNN without a major part, such as v003")
	}
	checkVersion(v.Version, &fs)
	g.checkExtension(v.Extension, &fs)
	return fs.err(v.Filename(), g.class)
}
