// Package cdftest writes CDFs for tests: every version from 2.4 on, encoding, majority,
// compression and arrangement of blocks that package cdf reads.
package cdftest

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"encoding/binary"
	"math"
)

// File is a CDF to write. The zero value of each field but Variables is good.
type File struct {
	Version, Release int // 3 and 9 unless given
	Encoding         int // IBMPC (6) unless given
	ColumnMajor      bool
	Compression      int // of the file as a whole: 0, 1 (RLE) or 5 (GZIP)
	Checksum         bool
	LeapSecond       int   // LeapSecondLastUpdated; 20170101 unless given
	RDims            []int // dimensions of the rVariables
	Attributes       []Attribute
	Variables        []Variable
}

// Attribute is an attribute with its entries: several for the file, one for a variable.
type Attribute struct {
	Name    string
	Entries []Value
}

// Value is an entry's value.
type Value struct {
	Type     int
	Elements int
	Bytes    []byte // little-endian
}

// Variable is a variable to write.
type Variable struct {
	Name         string
	R            bool // an rVariable
	Type         int
	Elements     int    // 1 unless given
	Dims         []int  // all dimensions; those of an rVariable are the file's
	DimVarys     []bool // all unless given
	NoRecordVary bool
	Records      int
	Blocks       [][2]int // first and last record of each block that is written; one block unless given
	Values       []byte   // of the records that are written, little-endian and row-major
	Pad          []byte   // little-endian
	Sparse       int
	Compression  int
	Tree         bool // indexes of indexes
	IndexPlaces  int  // places in each index; 3 unless given
	Attributes   []Attribute
}

// Text is an entry that is a string.
func Text(s string) Value { return Value{Type: 51, Elements: len(s), Bytes: []byte(s)} }

// Doubles is an entry of floating-point numbers.
func Doubles(list ...float64) Value {
	v := Value{Type: 45, Elements: len(list)}
	for _, x := range list {
		v.Bytes = binary.LittleEndian.AppendUint64(v.Bytes, math.Float64bits(x))
	}
	return v
}

// Number is an entry of one number of a type, little-endian.
func Number(dataType int, b []byte) Value { return Value{Type: dataType, Elements: 1, Bytes: b} }

// TextAttribute is an attribute with one string.
func TextAttribute(name, s string) Attribute {
	return Attribute{Name: name, Entries: []Value{Text(s)}}
}

// Encode writes the file.
func (f File) Encode() []byte {
	if f.Version == 0 {
		f.Version, f.Release = 3, 9
	}
	if f.Encoding == 0 {
		f.Encoding = 6
	}
	if f.LeapSecond == 0 {
		f.LeapSecond = 20170101
	}
	w := &writer{f: f, wide: f.Version == 3, nameSize: 64}
	if w.wide {
		w.nameSize = 256
	}
	w.magic(0x0000FFFF)
	w.file()
	if f.Compression != 0 {
		w.compressWhole()
	}
	if f.Checksum {
		sum := md5.Sum(w.b)
		w.b = append(w.b, sum[:]...)
	}
	return w.b
}

// writer appends records.
type writer struct {
	f        File
	b        []byte
	wide     bool
	nameSize int
}

func (w *writer) magic(second uint32) {
	first := uint32(0xCDF30001)
	switch {
	case w.f.Version == 2 && w.f.Release < 6:
		first = 0x0000FFFF
	case w.f.Version == 2:
		first = 0xCDF26002
	}
	w.b = binary.BigEndian.AppendUint32(w.b, first)
	w.b = binary.BigEndian.AppendUint32(w.b, second)
}

// begin starts a record and gives where it is.
func (w *writer) begin(kind int32) int {
	at := len(w.b)
	w.offset(0)
	w.i32(kind)
	return at
}

// end writes the size of a record that began at an offset.
func (w *writer) end(at int) { w.point(at, int64(len(w.b)-at)) }

// offset appends an offset or size, and gives where it is.
func (w *writer) offset(x int64) int {
	at := len(w.b)
	if w.wide {
		w.b = binary.BigEndian.AppendUint64(w.b, uint64(x))
	} else {
		w.b = binary.BigEndian.AppendUint32(w.b, uint32(x))
	}
	return at
}

// point changes an offset that was appended.
func (w *writer) point(at int, x int64) {
	if w.wide {
		binary.BigEndian.PutUint64(w.b[at:], uint64(x))
	} else {
		binary.BigEndian.PutUint32(w.b[at:], uint32(x))
	}
}

func (w *writer) i32(list ...int32) {
	for _, x := range list {
		w.b = binary.BigEndian.AppendUint32(w.b, uint32(x))
	}
}

func (w *writer) name(s string) {
	b := make([]byte, w.nameSize)
	copy(b, s)
	w.b = append(w.b, b...)
}

// bigEndian reports whether the file's encoding is.
func (w *writer) bigEndian() bool {
	switch w.f.Encoding {
	case 1, 2, 5, 7, 9, 11, 12, 18:
		return true
	}
	return false
}

// stored gives values in the file's byte order.
func (w *writer) stored(dataType int, values []byte) []byte {
	b := bytes.Clone(values)
	unit := min(Size(dataType), 8)
	for i := 0; w.bigEndian() && i < len(b); i += unit {
		for j := range unit / 2 {
			b[i+j], b[i+unit-1-j] = b[i+unit-1-j], b[i+j]
		}
	}
	return b
}

// Size is the number of bytes of an element of a data type.
func Size(dataType int) int {
	switch dataType {
	case 1, 11, 41, 51, 52:
		return 1
	case 2, 12:
		return 2
	case 4, 14, 21, 44:
		return 4
	case 32:
		return 16
	}
	return 8
}

// file writes all records of a file that is not compressed as a whole.
func (w *writer) file() {
	f := w.f
	cdr := w.begin(1)
	gdrAt := w.offset(0)
	flags := int32(3)
	if f.ColumnMajor {
		flags = 2
	}
	if f.Checksum {
		flags |= 12
	}
	w.i32(int32(f.Version), int32(f.Release), int32(f.Encoding), flags, 0, 0, 0, -1, -1)
	copyright := make([]byte, 256)
	if f.Version == 2 && f.Release < 5 {
		copyright = make([]byte, 1945)
	}
	copy(copyright, "\nCommon Data Format (CDF)\nNational Space Science Data Center\n")
	w.b = append(w.b, copyright...)
	w.end(cdr)

	var zs, rs []Variable
	for _, v := range f.Variables {
		if v.R {
			rs = append(rs, v)
		} else {
			zs = append(zs, v)
		}
	}
	names := attributeNames(f.Variables)
	gdr := w.begin(2)
	w.point(gdrAt, int64(gdr))
	rAt, zAt, attributesAt, endAt := w.offset(0), w.offset(0), w.offset(0), w.offset(0)
	greatest := -1
	for _, v := range rs {
		greatest = max(greatest, v.Records-1)
	}
	w.i32(int32(len(rs)), int32(len(f.Attributes)+len(names)), int32(greatest), int32(len(f.RDims)), int32(len(zs)))
	w.offset(0)
	w.i32(0, int32(f.LeapSecond), -1)
	for _, n := range f.RDims {
		w.i32(int32(n))
	}
	w.end(gdr)

	link := attributesAt
	for i, a := range f.Attributes {
		link = w.attribute(link, i, 1, a.Name, entriesOf(a), nil)
	}
	for i, name := range names {
		link = w.attribute(link, len(f.Attributes)+i, 2, name, entriesFor(name, rs), entriesFor(name, zs))
	}
	link = rAt
	for i, v := range rs {
		link = w.variable(link, i, v)
	}
	link = zAt
	for i, v := range zs {
		link = w.variable(link, i, v)
	}
	w.point(endAt, int64(len(w.b)))
}

// attributeNames lists the names of the variables' attributes, each once.
func attributeNames(variables []Variable) []string {
	var names []string
	seen := map[string]bool{}
	for _, v := range variables {
		for _, a := range v.Attributes {
			if !seen[a.Name] {
				seen[a.Name] = true
				names = append(names, a.Name)
			}
		}
	}
	return names
}

// entry is a numbered value.
type entry struct {
	number int
	value  Value
}

func entriesOf(a Attribute) []entry {
	var list []entry
	for i, v := range a.Entries {
		list = append(list, entry{i, v})
	}
	return list
}

func entriesFor(name string, variables []Variable) []entry {
	var list []entry
	for i, v := range variables {
		for _, a := range v.Attributes {
			if a.Name == name {
				list = append(list, entry{i, a.Entries[0]})
			}
		}
	}
	return list
}

// attribute writes an attribute and its entries at a link, and gives the next link.
func (w *writer) attribute(link, number int, scope int32, name string, entries, zEntries []entry) (next int) {
	at := w.begin(4)
	w.point(link, int64(at))
	next = w.offset(0)
	first := w.offset(0)
	w.i32(scope, int32(number), int32(len(entries)), int32(len(entries)-1), 0)
	firstZ := w.offset(0)
	w.i32(int32(len(zEntries)), int32(len(zEntries)-1), -1)
	w.name(name)
	w.end(at)
	for _, e := range entries {
		first = w.entry(first, 5, number, e)
	}
	for _, e := range zEntries {
		firstZ = w.entry(firstZ, 9, number, e)
	}
	return next
}

func (w *writer) entry(link int, kind int32, attribute int, e entry) (next int) {
	at := w.begin(kind)
	w.point(link, int64(at))
	next = w.offset(0)
	w.i32(int32(attribute), int32(e.value.Type), int32(e.number), int32(e.value.Elements), 0, 0, 0, -1, -1)
	w.b = append(w.b, w.stored(e.value.Type, e.value.Bytes)...)
	w.end(at)
	return next
}

// compress compresses bytes by a method.
func compress(method int, b []byte) []byte {
	var out bytes.Buffer
	if method == 5 {
		z := gzip.NewWriter(&out)
		_, _ = z.Write(b) // a Buffer takes everything
		_ = z.Close()
		return out.Bytes()
	}
	for i := 0; i < len(b); {
		if b[i] != 0 {
			out.WriteByte(b[i])
			i++
			continue
		}
		run := 1
		for i+run < len(b) && b[i+run] == 0 && run < 256 {
			run++
		}
		out.Write([]byte{0, byte(run - 1)})
		i += run
	}
	return out.Bytes()
}

// parameters writes the record that names a method of compression.
func (w *writer) parameters(method int) (at int) {
	at = w.begin(11)
	w.i32(int32(method), 0, 1, 6)
	w.end(at)
	return at
}

// compressWhole puts a compressed file in the place of what is written.
func (w *writer) compressWhole() {
	plain := w.b[8:]
	w.b = nil
	w.magic(0xCCCC0001)
	ccr := w.begin(10)
	parametersAt := w.offset(0)
	w.offset(int64(len(plain)))
	w.i32(0)
	w.b = append(w.b, compress(w.f.Compression, plain)...)
	w.end(ccr)
	w.point(parametersAt, int64(w.parameters(w.f.Compression)))
}
