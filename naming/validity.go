package naming

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

// Filename is the bare name.
func (v Validity) Filename() string { return string(v.appendName(make([]byte, 0, pathRoom))) }

// String is the bare name.
func (v Validity) String() string { return v.Filename() }

// Fields are mission, instrument, descriptor, start_date, end_date, version and
// extension, all strings; end_date may be nil.
func (v Validity) Fields() []Field {
	return []Field{
		{"mission", mission},
		{"instrument", string(v.Instrument)},
		{"descriptor", v.Descriptor},
		{"start_date", v.StartDate},
		{"end_date", stringOrNil(v.EndDate)},
		{"version", v.Version.String()},
		{"extension", v.Extension},
	}
}

// ValidOn reports whether the file holds on a day, YYYYMMDD: from its start date
// to its end date, both inclusive, or for ever after when it has none. It holds
// on no day that is not of the calendar.
func (v Validity) ValidOn(day string) bool {
	return realDay(day) && v.StartDate <= day && (v.EndDate == "" || day <= v.EndDate)
}

func (v Validity) versionSpan() (start, end int) {
	end = len(v.Filename()) - len(".") - len(v.Extension)
	return end - v.Version.width(), end
}

func (v Validity) version() Version { return v.Version }

// archivePath is <directory>/<instrument>/<name>.
func (v Validity) archivePath(class Class) string {
	b := make([]byte, 0, pathRoom)
	b = append(b, grammarOf(class).directory...)
	b = append(append(b, '/'), v.Instrument...)
	return string(v.appendName(append(b, '/')))
}

func (v Validity) appendName(b []byte) []byte {
	b = append(append(b, mission+"_"...), v.Instrument...)
	b = append(append(b, '_'), v.Descriptor...)
	b = append(append(b, '_'), v.StartDate...)
	if v.EndDate != "" {
		b = append(append(b, '_'), v.EndDate...)
	}
	b = v.Version.append(append(b, '_'))
	return append(append(b, '.'), v.Extension...)
}
