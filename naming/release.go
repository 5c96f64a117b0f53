package naming

// ReleaseFilePath names the manifest of a data release.
type ReleaseFilePath struct{ Validity }

// ParseRelease reads the name of a release manifest as ParseAncillary does.
func ParseRelease(name string) (ReleaseFilePath, error) {
	return parseAs[ReleaseFilePath](name)
}

// NewRelease builds the name of a release manifest as NewAncillary does.
func NewRelease(v Validity) (ReleaseFilePath, error) {
	return newValidity[ReleaseFilePath](v)
}

// Class is ClassRelease.
func (ReleaseFilePath) Class() Class { return ClassRelease }

// ArchivePath is imap/release/<instrument>/<name>.
func (r ReleaseFilePath) ArchivePath() string { return r.archivePath(r.Class()) }
