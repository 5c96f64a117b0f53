package cdf

import (
	"bytes"
	"encoding/binary"
)

// The magic numbers: version, then whether the file is compressed as a whole.
const (
	magicV3         = 0xCDF30001
	magicV26        = 0xCDF26002 // versions 2.6 and 2.7
	magicV2         = 0x0000FFFF // earlier ones
	magicPlain      = 0x0000FFFF
	magicCompressed = 0xCCCC0001
	magicSize       = 8
)

// others are the beginnings of files that are met under the name of a CDF.
var others = []struct{ start, looks string }{
	{"\x89HDF\r\n\x1a\n", "an HDF5 file (or netCDF-4, which is HDF5)"},
	{"CDF\x01", "a netCDF file (classic)"},
	{"CDF\x02", "a netCDF file (64-bit offsets)"},
	{"CDF\x05", "a netCDF file (64-bit data)"},
	{"\x0e\x03\x13\x01", "an HDF4 file"},
	{"SIMPLE  =", "a FITS file"},
	{"\x1f\x8b", "a gzip archive: decompress it first"},
	{"PK\x03\x04", "a zip archive"},
	{"%PDF", "a PDF file"},
	{"\x89PNG", "a PNG image"},
}

// signature is what the magic numbers say.
type signature struct {
	wide       bool // 64-bit offsets and names of 256 bytes: version 3
	old        bool // before version 2.6
	compressed bool
}

// readSignature judges the first bytes of a file.
func readSignature(b []byte) (signature, error) {
	if len(b) >= magicSize {
		first, second := binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])
		s := signature{wide: first == magicV3, old: first == magicV2, compressed: second == magicCompressed}
		known := s.wide || s.old || first == magicV26
		if known && (second == magicPlain || s.compressed && !s.old) {
			return s, nil
		}
	}
	return signature{}, notCDF(b)
}

// notCDF says what bytes are that do not begin as a CDF does.
func notCDF(b []byte) error {
	switch {
	case len(b) == 0:
		return &NotCDFError{Detail: "the file is empty"}
	case bytes.HasPrefix(b, []byte("\xEF\xBF\xBD")):
		return &TextModeError{Detail: "its magic number holds EF BF BD, the replacement character of UTF-8"}
	case bytes.HasPrefix(b, []byte("\xC3\x8D\xC3\xB3\x00\x01")), bytes.HasPrefix(b, []byte("\xC3\x8D\xC3\xB2\x60\x02")):
		return &TextModeError{Detail: "its bytes were converted from Latin-1 to UTF-8"}
	case bytes.HasPrefix(b, []byte("\x4D\x73\x00\x01")), bytes.HasPrefix(b, []byte("\x4D\x72\x60\x02")):
		return &TextModeError{Detail: "the eighth bit of its bytes is gone"}
	}
	for _, o := range others {
		if bytes.HasPrefix(b, []byte(o.start)) {
			return &NotCDFError{Looks: o.looks}
		}
	}
	trimmed := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
	switch {
	case bytes.HasPrefix(trimmed, []byte("<!doctype html")), bytes.HasPrefix(trimmed, []byte("<html")):
		return &NotCDFError{Looks: "an HTML page"}
	case bytes.HasPrefix(trimmed, []byte("<?xml")):
		return &NotCDFError{Looks: "an XML document"}
	case isText(b):
		return &NotCDFError{Looks: "text"}
	case len(b) < magicSize:
		return &NotCDFError{Detail: "the file ends within the magic number"}
	}
	return &NotCDFError{Detail: "it does not begin with the magic number of a CDF"}
}

// isText reports whether bytes are printable ASCII.
func isText(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// lineEndsChanged reports whether the notice of copyright, which every CDF begins
// with, holds the line ends of Windows: a copy put a carriage return before each
// line feed, in the data too.
func lineEndsChanged(b []byte) bool {
	return bytes.Contains(b, []byte("\r\nCommon Data Format"))
}
