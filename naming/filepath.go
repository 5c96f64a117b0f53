package naming

// FilePath is a valid file name and the place of the file in the archive. Its
// types are those of this package; Parse and the New functions make them.
type FilePath interface {
	Class() Class
	// Filename is the bare name, such as imap_swe_l0_raw_20240101_v001.pkts.
	Filename() string
	// String is Filename.
	String() string
	// ArchivePath is the path in the archive, with slashes, such as
	// imap/swe/l0/2024/01/imap_swe_l0_raw_20240101_v001.pkts. It is empty for a
	// product without a date; Parse and the New functions make none.
	ArchivePath() string
	// Fields are the parts of the name, in the order in which they stand there.
	Fields() []Field

	// versionSpan says between which bytes of Filename the version stands;
	// both are the same when the name has none.
	versionSpan() (start, end int)
	// version is the version as it is compared with others of the file.
	version() Version
}

// Field is one part of a name, called as the archive calls it: "data_level".
type Field struct {
	Name  string
	Value any // a string, an int, or nil for what the name leaves out
}

// stringOrNil is the value of a field that is empty when it is left out.
func stringOrNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// intOrNil is the value of a field that is nil when it is left out.
func intOrNil(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}
