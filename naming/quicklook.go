package naming

// QuicklookFilePath names a picture made for a quick look at a product.
type QuicklookFilePath struct{ Product }

// ParseQuicklook reads the name of a quicklook file as ParseScience does.
func ParseQuicklook(name string) (QuicklookFilePath, error) {
	return parseAs[QuicklookFilePath](name)
}

// NewQuicklook builds the name of a quicklook file as NewScience does.
func NewQuicklook(p Product) (QuicklookFilePath, error) {
	return newProduct[QuicklookFilePath](p)
}

// Class is ClassQuicklook.
func (QuicklookFilePath) Class() Class { return ClassQuicklook }

// ArchivePath is imap/quicklook/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (q QuicklookFilePath) ArchivePath() string { return q.archivePath(q.Class()) }
