package naming

import (
	"fmt"
	"strings"
)

// Product holds the parts of the names shaped
// imap_<instrument>_<data_level>_<descriptor>_<start_date>[-repointNNNNN or -crNNNNN]_<version>.<extension>,
// which science, quicklook and dependency files share.
type Product struct {
	Instrument Instrument
	DataLevel  DataLevel
	Descriptor string // printable characters but for _ / and \
	StartDate  string // YYYYMMDD
	Repointing *int   // 0 to 99999, or nil
	CR         *int   // Carrington rotation, 0 to 99999, or nil
	Version    Version
	Extension  string // without the dot
}

// ScienceFilePath names a science product (cdf) or raw packets (pkts).
type ScienceFilePath struct{ Product }

// QuicklookFilePath names a picture made for a quick look at a product.
type QuicklookFilePath struct{ Product }

// DependencyFilePath names the list of files that a product was made from.
type DependencyFilePath struct{ Product }

// Class is ClassScience.
func (ScienceFilePath) Class() Class { return ClassScience }

// Class is ClassQuicklook.
func (QuicklookFilePath) Class() Class { return ClassQuicklook }

// Class is ClassDependency.
func (DependencyFilePath) Class() Class { return ClassDependency }

// ArchivePath is imap/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (s ScienceFilePath) ArchivePath() string { return s.archivePath(s.Class()) }

// ArchivePath is imap/quicklook/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (q QuicklookFilePath) ArchivePath() string { return q.archivePath(q.Class()) }

// ArchivePath is imap/dependency/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (d DependencyFilePath) ArchivePath() string { return d.archivePath(d.Class()) }

// ParseScience reads the name of a science file; a path counts as its last
// element. The error is an *InvalidNameError with every fault of the name.
func ParseScience(name string) (ScienceFilePath, error) {
	return parseAs[ScienceFilePath](ClassScience, name)
}

// NewScience builds the name of a science file from its parts. The error is an
// *InvalidNameError with every part that cannot be put into a name.
func NewScience(p Product) (ScienceFilePath, error) {
	if err := grammarOf(ClassScience).checkProduct(p); err != nil {
		return ScienceFilePath{}, err
	}
	return ScienceFilePath{p}, nil
}

// Filename is the bare name.
func (p Product) Filename() string {
	return fmt.Sprintf("imap_%s_%s_%s_%s_%s.%s",
		p.Instrument, p.DataLevel, p.Descriptor, p.period(), p.Version, p.Extension)
}

// period is the start date with the repointing or rotation that follows it.
func (p Product) period() string {
	switch {
	case p.Repointing != nil:
		return fmt.Sprintf("%s-repoint%05d", p.StartDate, *p.Repointing)
	case p.CR != nil:
		return fmt.Sprintf("%s-cr%05d", p.StartDate, *p.CR)
	}
	return p.StartDate
}

func (p Product) archivePath(class Class) string {
	return fmt.Sprintf("%s/%s/%s/%s/%s/%s", grammarOf(class).directory,
		p.Instrument, p.DataLevel, p.StartDate[:4], p.StartDate[4:6], p.Filename())
}

// asProduct is the parse function of a class whose names are products.
func asProduct[P interface {
	~struct{ Product }
	FilePath
}](g grammar, name string) (FilePath, error) {
	p, err := g.parseProduct(name)
	return P(struct{ Product }{p}), err
}

const productShape = "must be imap_<instrument>_<data_level>_<descriptor>_<start_date>[-repointNNNNN or -crNNNNN]_<version>.<extension>"

func (g grammar) parseProduct(name string) (Product, error) {
	var fs faults
	stem, extension := cutExtension(name)
	parts := strings.Split(stem, "_")
	if len(parts) != 6 {
		fs.add("name", name, fmt.Sprintf("%s; it has %d parts between underscores, not 6", productShape, len(parts)))
		return Product{}, fs.err(name, g.class)
	}
	p := Product{
		Instrument: Instrument(parts[1]),
		DataLevel:  DataLevel(parts[2]),
		Descriptor: parts[3],
		Extension:  extension,
	}
	date, suffix, _ := strings.Cut(parts[4], "-")
	p.StartDate = date
	version, okVersion := parseVersion(parts[5])
	p.Version = version

	checkMission(parts[0], &fs)
	g.checkProductWords(p, &fs)
	if suffix != "" || len(parts[4]) > len(date) {
		p.parsePeriod(suffix, &fs)
	}
	if !okVersion {
		fs.add("version", parts[5], "must be vMMM.mmmm or vNNN, such as v001.0003 or v003")
	}
	g.checkExtension(extension, &fs)
	return p, fs.err(name, g.class)
}

// parsePeriod reads what follows the start date's hyphen.
func (p *Product) parsePeriod(suffix string, fs *faults) {
	for prefix, field := range map[string]**int{"repoint": &p.Repointing, "cr": &p.CR} {
		if rest, found := strings.CutPrefix(suffix, prefix); found && len(rest) == 5 {
			if n, ok := digits(rest); ok {
				*field = &n
				return
			}
		}
	}
	fs.add("repointing or rotation", suffix, "must be repointNNNNN or crNNNNN with five digits, such as repoint00012")
}

// checkProduct is the check of parts that were not read from a name.
func (g grammar) checkProduct(p Product) error {
	var fs faults
	g.checkProductWords(p, &fs)
	if p.Repointing != nil && p.CR != nil {
		fs.add("cr", fmt.Sprint(*p.CR), "must not be given together with a repointing")
	}
	checkRange("repointing", p.Repointing, 99999, &fs)
	checkRange("cr", p.CR, 99999, &fs)
	checkVersion(p.Version, &fs)
	g.checkExtension(p.Extension, &fs)
	return fs.err(p.Filename(), g.class)
}

// checkProductWords checks the parts from the instrument to the start date.
func (g grammar) checkProductWords(p Product, fs *faults) {
	checkInstrument(p.Instrument, fs)
	if !allowed(p.DataLevel) {
		fs.add("data level", string(p.DataLevel), oneOf(p.DataLevel.Values()))
	}
	checkDescriptor(p.Descriptor, fs)
	checkDay("start date", p.StartDate, fs)
}
