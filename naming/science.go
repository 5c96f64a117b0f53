package naming

// ScienceFilePath names a science product (cdf) or raw packets (pkts).
type ScienceFilePath struct{ Product }

// ParseScience reads the name of a science file; a path counts as its last
// element. The error is an *InvalidNameError with every fault of the name.
func ParseScience(name string) (ScienceFilePath, error) {
	return parseAs[ScienceFilePath](name)
}

// NewScience builds the name of a science file from its parts. The error is an
// *InvalidNameError with every part that cannot be put into a name. An extension
// that is left empty becomes the level's own: pkts for l0, cdf for the others.
func NewScience(p Product) (ScienceFilePath, error) {
	if p.Extension == "" {
		p.Extension = "cdf"
		if p.DataLevel == "l0" {
			p.Extension = "pkts"
		}
	}
	return newProduct[ScienceFilePath](p)
}

// Class is ClassScience.
func (ScienceFilePath) Class() Class { return ClassScience }

// ArchivePath is imap/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (s ScienceFilePath) ArchivePath() string { return s.archivePath(s.Class()) }
