package naming

// DependencyFilePath names the list of files that a product was made from.
type DependencyFilePath struct{ Product }

// ParseDependency reads the name of a dependency file as ParseScience does.
func ParseDependency(name string) (DependencyFilePath, error) {
	return parseAs[DependencyFilePath](name)
}

// NewDependency builds the name of a dependency file as NewScience does.
func NewDependency(p Product) (DependencyFilePath, error) {
	return newProduct[DependencyFilePath](p)
}

// Class is ClassDependency.
func (DependencyFilePath) Class() Class { return ClassDependency }

// ArchivePath is imap/dependency/<instrument>/<data_level>/<YYYY>/<MM>/<name>.
func (d DependencyFilePath) ArchivePath() string { return d.archivePath(d.Class()) }
