package naming

import "strings"

const validityForm = "imap_<instrument>_<descriptor>_<start_date>[_<end_date>]_vNNN.<extension>"

var validityShape = shape{
	counts:     []int{6, 5},
	descriptor: 2,
	want:       "expected 5 or 6 parts separated by underscores: " + validityForm,
}

// validityPath is a class whose names hold a validity.
type validityPath interface {
	~struct{ Validity }
	FilePath
}

// asValidity is the parse function of such a class.
func asValidity[P validityPath](g *grammar, name string) (FilePath, error) {
	stem, extension := cutExtension(name)
	v := Validity{Extension: extension}
	fs := validityShape.read(strings.Split(stem, "_"), v.read)
	g.checkExtension(extension, &fs)
	return P(struct{ Validity }{v}), fs.err(name, g.class)
}

// newValidity is the constructor of such a class.
func newValidity[P validityPath](v Validity) (P, error) {
	var none P
	g := grammarOf(none.Class())
	fs := v.check()
	g.checkExtension(v.Extension, &fs)
	if err := fs.err(v.Filename(), g.class); err != nil {
		return none, err
	}
	return P(struct{ Validity }{v}), nil
}

// read sets what stands between the underscores of a name: five parts, or six
// with an end date.
func (v *Validity) read(parts []string) (fs faults) {
	v.Instrument = Instrument(parts[1])
	v.Descriptor = parts[2]
	v.StartDate = parts[3]
	checkMission(parts[0], &fs)
	v.checkWords(&fs)
	if len(parts) == 6 {
		v.EndDate = parts[4]
		checkDay("end date", v.EndDate, &fs)
	}
	v.Version = minorVersion(parts[len(parts)-1], &fs)
	return fs
}

// check finds what is wrong with parts that were not read from a name.
func (v *Validity) check() (fs faults) {
	v.checkWords(&fs)
	if v.EndDate != "" {
		checkDay("end date", v.EndDate, &fs)
	}
	minorVersion(v.Version.String(), &fs)
	return fs
}

// minorVersion reads a version in the older form, the only one of these names.
func minorVersion(text string, fs *faults) Version {
	version, ok := parseVersion(text)
	if !ok || version.Major != NoMajor {
		fs.add("version", text, "must be vNNN with three digits, such as v003")
	}
	return version
}

// checkWords checks the parts from the instrument to the start date.
func (v *Validity) checkWords(fs *faults) {
	checkWord("instrument", string(v.Instrument), instruments, fs)
	checkDescriptor(v.Descriptor, fs)
	checkDay("start date", v.StartDate, fs)
}
