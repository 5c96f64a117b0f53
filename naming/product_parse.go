package naming

import (
	"strconv"
	"strings"
)

const productForm = "imap_<instrument>_<data_level>_<descriptor>_<start_date>[-repointNNNNN or -crNNNNN]_<version>.<extension>"

var productShape = shape{
	counts:     []int{6},
	descriptor: 3,
	want:       "expected 6 parts separated by underscores: " + productForm,
}

// productPath is a class whose names are products.
type productPath interface {
	~struct{ Product }
	FilePath
}

// asProduct is the parse function of such a class.
func asProduct[P productPath](g *grammar, name string) (FilePath, error) {
	stem, extension := cutExtension(name)
	p := Product{Extension: extension}
	fs := productShape.read(strings.Split(stem, "_"), p.read)
	g.checkExtension(extension, &fs)
	return P(struct{ Product }{p}), fs.err(name, g.class)
}

// newProduct is the constructor of such a class.
func newProduct[P productPath](p Product) (P, error) {
	var none P
	g := grammarOf(none.Class())
	fs := p.check()
	g.checkExtension(p.Extension, &fs)
	if err := fs.err(p.Filename(), g.class); err != nil {
		return none, err
	}
	return P(struct{ Product }{p}), nil
}

// read sets what stands between the underscores of a name.
func (p *Product) read(parts []string) (fs faults) {
	p.Instrument = Instrument(parts[1])
	p.DataLevel = DataLevel(parts[2])
	p.Descriptor = parts[3]
	date, interval, marked := strings.Cut(parts[4], "-")
	p.StartDate = date

	checkMission(parts[0], &fs)
	p.checkWords(&fs)
	if marked {
		p.readInterval(interval, &fs)
	}
	var ok bool
	if p.Version, ok = parseVersion(parts[5]); !ok {
		fs.add("version", parts[5], "must be vMMM.mmmm or vNNN, such as v001.0003 or v003")
	}
	return fs
}

// readInterval sets the repointing or rotation after the start date's hyphen.
func (p *Product) readInterval(text string, fs *faults) {
	if n, ok := cutInterval(text, repointingMark); ok {
		p.Repointing = &n
	} else if n, ok := cutInterval(text, rotationMark); ok {
		p.CR = &n
	} else {
		fs.add("repointing or rotation", text, "must be repointNNNNN or crNNNNN with five digits, such as repoint00012")
	}
}

// check finds what is wrong with parts that were not read from a name.
func (p *Product) check() (fs faults) {
	p.checkWords(&fs)
	checkInterval("repointing", p.Repointing, &fs)
	checkInterval("cr", p.CR, &fs)
	if p.Repointing != nil && p.CR != nil {
		fs.add("cr", strconv.Itoa(*p.CR), "must not be given together with a repointing")
	}
	checkVersion(p.Version, &fs)
	return fs
}

// checkWords checks the parts from the instrument to the start date.
func (p *Product) checkWords(fs *faults) {
	checkWord("instrument", string(p.Instrument), instruments, fs)
	checkWord("data level", string(p.DataLevel), dataLevels, fs)
	checkDescriptor(p.Descriptor, fs)
	checkDay("start date", p.StartDate, fs)
}
