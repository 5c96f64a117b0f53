package naming

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

// mission is the first part of every name but some of SPICE's.
const mission = "imap"

// Filename is the bare name.
func (p Product) Filename() string { return string(p.appendName(make([]byte, 0, pathRoom))) }

// String is the bare name.
func (p Product) String() string { return p.Filename() }

// Fields are mission, instrument, data_level, descriptor, start_date, repointing,
// cr, major_version, minor_version and extension. The numbers are ints; the first
// three of them may be nil.
func (p Product) Fields() []Field {
	var major any
	if p.Version.Major != NoMajor {
		major = p.Version.Major
	}
	return []Field{
		{"mission", mission},
		{"instrument", string(p.Instrument)},
		{"data_level", string(p.DataLevel)},
		{"descriptor", p.Descriptor},
		{"start_date", p.StartDate},
		{"repointing", intOrNil(p.Repointing)},
		{"cr", intOrNil(p.CR)},
		{"major_version", major},
		{"minor_version", p.Version.Minor},
		{"extension", p.Extension},
	}
}

func (p Product) versionSpan() (start, end int) {
	end = len(p.Filename()) - len(".") - len(p.Extension)
	return end - p.Version.width(), end
}

func (p Product) version() Version { return p.Version }

// archivePath is <directory>/<instrument>/<data_level>/<YYYY>/<MM>/<name>. It is empty
// where there is no start date, as in a value that no function of this package made.
func (p Product) archivePath(class Class) string {
	if len(p.StartDate) != len("YYYYMMDD") {
		return ""
	}
	b := make([]byte, 0, pathRoom)
	b = append(b, grammarOf(class).directory...)
	b = append(append(b, '/'), p.Instrument...)
	b = append(append(b, '/'), p.DataLevel...)
	b = append(append(b, '/'), p.StartDate[:4]...)
	b = append(append(b, '/'), p.StartDate[4:6]...)
	return string(p.appendName(append(b, '/')))
}

func (p Product) appendName(b []byte) []byte {
	b = append(append(b, mission+"_"...), p.Instrument...)
	b = append(append(b, '_'), p.DataLevel...)
	b = append(append(b, '_'), p.Descriptor...)
	b = append(append(b, '_'), p.StartDate...)
	if p.Repointing != nil {
		b = appendPadded(append(b, "-"+repointingMark...), *p.Repointing, intervalWidth)
	}
	if p.CR != nil {
		b = appendPadded(append(b, "-"+rotationMark...), *p.CR, intervalWidth)
	}
	b = p.Version.append(append(b, '_'))
	return append(append(b, '.'), p.Extension...)
}
