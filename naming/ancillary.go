package naming

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// AncillaryFilePath names a calibration or other table that products are made with.
type AncillaryFilePath struct{ Validity }

// ParseAncillary reads the name of an ancillary file; a path counts as its last
// element. The error is an *InvalidNameError with every fault of the name.
func ParseAncillary(name string) (AncillaryFilePath, error) {
	return parseAs[AncillaryFilePath](name)
}

// NewAncillary builds the name of an ancillary file from its parts. The error is
// an *InvalidNameError with every part that cannot be put into a name.
func NewAncillary(v Validity) (AncillaryFilePath, error) {
	return newValidity[AncillaryFilePath](v)
}

// Class is ClassAncillary.
func (AncillaryFilePath) Class() Class { return ClassAncillary }

// ArchivePath is imap/ancillary/<instrument>/<name>.
func (a AncillaryFilePath) ArchivePath() string { return a.archivePath(a.Class()) }

// ValidOn picks, for every instrument and descriptor among the files, the one
// that holds on a day, YYYYMMDD: of those whose validity covers it the highest
// version; of equal versions the later start date; of those the name that sorts
// last. They come sorted by instrument and descriptor.
func ValidOn(files []AncillaryFilePath, day string) []AncillaryFilePath {
	type subject struct {
		instrument Instrument
		descriptor string
	}
	holding := make(map[subject]AncillaryFilePath)
	for _, file := range files {
		about := subject{file.Instrument, file.Descriptor}
		if best, found := holding[about]; file.ValidOn(day) && (!found || best.yieldsTo(file)) {
			holding[about] = file
		}
	}
	return slices.SortedFunc(maps.Values(holding), func(a, b AncillaryFilePath) int {
		return cmp.Or(cmp.Compare(a.Instrument, b.Instrument), strings.Compare(a.Descriptor, b.Descriptor))
	})
}

// yieldsTo reports whether another file of the same instrument and descriptor is used
// instead of this one on a day that both cover.
func (a AncillaryFilePath) yieldsTo(b AncillaryFilePath) bool {
	return cmp.Or(
		a.Version.Compare(b.Version),
		strings.Compare(a.StartDate, b.StartDate),
		strings.Compare(a.Filename(), b.Filename()),
	) < 0
}
