package sample

import (
	"time"

	"imapsh/naming"
)

// File is one file of the sample archive.
type File struct {
	Path     string    // in the archive: imap/mag/l0/2026/01/imap_mag_l0_raw_20260101_v001.0001.pkts
	Ingested time.Time // when the archive took it in; UTC, whole seconds
	Released bool      // whether everybody may download it
}

// Bytes makes the file's content from its Path alone. It depends on nothing else,
// so that a File need not come from Files. A path whose name fits no convention,
// or that ends in an extension the sample archive has no content for, has none: nil.
func (f File) Bytes() []byte {
	name, err := naming.Parse(f.Path)
	if err != nil {
		return nil
	}
	n := noiseFrom(f.Path)
	switch name := name.(type) {
	case naming.ScienceFilePath:
		if name.Extension == "pkts" {
			return packetsOf(name.Product, n)
		}
		return measurementOf(name.Product, n).encode()
	case naming.AncillaryFilePath:
		switch name.Extension {
		case "cdf":
			return calibrationOf(name.Validity, n).encode()
		case "csv":
			return tableOf(name.Descriptor, n).csv()
		case "dat":
			return tableOf(name.Descriptor, n).dat()
		case "json":
			return tableOf(name.Descriptor, n).json(name.Validity)
		}
	case naming.SPICEFilePath:
		return kernelOf(name, n)
	case naming.DependencyFilePath:
		return inputsOf(name)
	case naming.QuicklookFilePath:
		if name.Extension == "png" {
			return plotOf(n)
		}
	}
	return nil
}
