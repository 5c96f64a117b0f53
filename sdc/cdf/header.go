package cdf

import (
	"context"
	"fmt"
)

// Encoding is how numbers are stored: the computer that wrote the file.
type Encoding int32

// encodings are the names of NASA's format description.
var encodings = map[Encoding]string{
	1: "NETWORK", 2: "SUN", 3: "VAX", 4: "DECSTATION", 5: "SGi", 6: "IBMPC", 7: "IBMRS", 9: "PPC",
	11: "HP", 12: "NeXT", 13: "ALPHAOSF1", 14: "ALPHAVMSd", 15: "ALPHAVMSg", 16: "ALPHAVMSi",
	17: "ARM_LITTLE", 18: "ARM_BIG", 19: "IA64VMSi", 20: "IA64VMSd", 21: "IA64VMSg",
}

// String gives the encoding's name: "IBMPC".
func (e Encoding) String() string {
	if name, ok := encodings[e]; ok {
		return name
	}
	return fmt.Sprintf("encoding %d", int32(e))
}

// BigEndian reports whether the most significant byte of a number comes first.
func (e Encoding) BigEndian() bool {
	switch e {
	case 1, 2, 5, 7, 9, 11, 12, 18:
		return true
	}
	return false
}

// VAXFloats reports whether floating-point numbers are in a format of the VAX.
func (e Encoding) VAXFloats() bool {
	switch e {
	case 3, 14, 15, 20, 21:
		return true
	}
	return false
}

// Compression is a method of compression.
type Compression int32

// The methods of compression.
const (
	Uncompressed    Compression = 0
	RLE             Compression = 1 // runs of zeros
	Huffman         Compression = 2 // not read
	AdaptiveHuffman Compression = 3 // not read
	GZIP            Compression = 5
)

// String gives the method's name.
func (c Compression) String() string {
	switch c {
	case Uncompressed:
		return "none"
	case RLE:
		return "RLE"
	case Huffman:
		return "Huffman"
	case AdaptiveHuffman:
		return "adaptive Huffman"
	case GZIP:
		return "GZIP"
	}
	return fmt.Sprintf("compression %d", int32(c))
}

// Header is what a file says of itself.
type Header struct {
	Version, Release, Increment int
	Encoding                    Encoding
	RowMajor                    bool        // how values are stored; they are given row-major always
	Compression                 Compression // of the file as a whole
	HasChecksum                 bool        // an MD5 sum ends the file
	// LeapSecondLastUpdated is the day, as in 20170101, of the newest leap second that the
	// writer's table had; 0 where the file does not say.
	LeapSecondLastUpdated int
	Copyright             string
}

// VersionString gives the version of the format as in "3.9.0".
func (h Header) VersionString() string {
	return fmt.Sprintf("%d.%d.%d", h.Version, h.Release, h.Increment)
}

// Bits of the CDR's flags.
const (
	flagRowMajor   = 1 << 0
	flagSingleFile = 1 << 1
	flagChecksum   = 1 << 2
)

// globals is what the global descriptor says.
type globals struct {
	rVariables, zVariables, attributes int64 // where each list begins
	rCount, zCount, attributeCount     int
	rDims                              []int32
}

// readHeader reads the CDR and the GDR.
func (f *File) readHeader(ctx context.Context, s signature) (globals, error) {
	const minSize = 8 * 4 // version … increment, and the offset
	r := f.source.newReader(f.layout)
	cdr, b, err := r.read(magicSize, minSize, typeCDR)
	if err != nil {
		return globals{}, err
	}
	h := &f.Header
	gdrAt := b.offset()
	h.Version, h.Release = int(b.i32()), int(b.i32())
	h.Encoding = Encoding(b.i32())
	flags := b.i32()
	b.i32()
	b.i32()
	h.Increment = int(b.i32())
	b.i32()
	b.i32()
	h.Copyright = b.name(min(len(b.b), 2048))
	h.RowMajor = flags&flagRowMajor != 0
	h.HasChecksum = flags&flagChecksum != 0
	switch {
	case s.wide && h.Version != 3, !s.wide && h.Version != 2:
		return globals{}, cdr.fault("it says version %d.%d, which does not go with the magic number", h.Version, h.Release)
	case h.Version == 2 && h.Release < 4:
		return globals{}, &UnsupportedError{Feature: fmt.Sprintf("version %d.%d of the format (before 2.4)", h.Version, h.Release)}
	case encodings[h.Encoding] == "":
		return globals{}, cdr.fault("it names an unknown encoding: %d", int32(h.Encoding))
	case flags&flagSingleFile == 0:
		return globals{}, &UnsupportedError{Feature: "a multi-file CDF, whose variables are files of their own,"}
	}
	if h.Version == 2 && h.Release < 5 {
		f.layout.wasted = 128
	}
	return f.readGlobals(gdrAt)
}

// readGlobals reads the GDR.
func (f *File) readGlobals(at int64) (globals, error) {
	r := f.source.newReader(f.layout)
	least := 5*f.layout.offsetSize() + 8*4
	gdr, b, err := r.read(at, least, typeGDR)
	if err != nil {
		return globals{}, err
	}
	var g globals
	g.rVariables, g.zVariables, g.attributes = b.offset(), b.offset(), b.offset()
	end := b.offset()
	g.rCount, g.attributeCount = int(b.i32()), int(b.i32())
	b.i32() // greatest record of an rVariable
	rDims := int(b.i32())
	g.zCount = int(b.i32())
	b.offset() // unused records
	b.i32()
	if updated := b.i32(); f.layout.wide && updated > 0 {
		f.Header.LeapSecondLastUpdated = int(updated)
	}
	b.i32()
	switch {
	case end > f.source.size:
		return g, gdr.fault("the file should have %d bytes and has %d: it is cut off", end, f.source.size)
	case g.rCount < 0 || g.zCount < 0 || g.attributeCount < 0:
		return g, gdr.fault("it counts %d rVariables, %d zVariables and %d attributes", g.rCount, g.zCount, g.attributeCount)
	case rDims < 0 || rDims > maxDims:
		return g, gdr.fault("its rVariables have %d dimensions; the format allows %d", rDims, maxDims)
	}
	g.rDims = b.i32s(rDims)
	if b.short {
		return g, gdr.fault("it ends before the sizes of %d dimensions", rDims)
	}
	return g, nil
}

// maxDims is the greatest number of dimensions that the format allows.
const maxDims = 10
