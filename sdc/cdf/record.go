package cdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// recordType is the type of an internal record.
type recordType int32

// The types of internal records, named as in NASA's format description.
const (
	typeCDR    recordType = 1  // CDF descriptor
	typeGDR    recordType = 2  // global descriptor
	typeRVDR   recordType = 3  // descriptor of an rVariable
	typeADR    recordType = 4  // descriptor of an attribute
	typeAgrEDR recordType = 5  // entry of a global attribute, or of an rVariable's
	typeVXR    recordType = 6  // index of a variable's values
	typeVVR    recordType = 7  // values
	typeZVDR   recordType = 8  // descriptor of a zVariable
	typeAzEDR  recordType = 9  // entry of a zVariable's attribute
	typeCCR    recordType = 10 // a compressed CDF
	typeCPR    recordType = 11 // how something is compressed
	typeSPR    recordType = 12 // how an array is sparse
	typeCVVR   recordType = 13 // compressed values
	typeUIR    recordType = -1 // unused space
)

// recordNames are the abbreviations of NASA's format description.
var recordNames = map[recordType]string{
	typeCDR: "CDR", typeGDR: "GDR", typeRVDR: "rVDR", typeADR: "ADR", typeAgrEDR: "AgrEDR",
	typeVXR: "VXR", typeVVR: "VVR", typeZVDR: "zVDR", typeAzEDR: "AzEDR", typeCCR: "CCR",
	typeCPR: "CPR", typeSPR: "SPR", typeCVVR: "CVVR", typeUIR: "UIR",
}

func (t recordType) String() string {
	if name, ok := recordNames[t]; ok {
		return name
	}
	return fmt.Sprintf("record of type %d", int32(t))
}

// layout is how wide the fields of a version are.
type layout struct {
	wide     bool // offsets and sizes have 64 bits, else 32
	nameSize int  // bytes of a name
	wasted   int  // unused bytes in a variable's descriptor
}

// offsetSize is the number of bytes of an offset or size.
func (l layout) offsetSize() int {
	if l.wide {
		return 8
	}
	return 4
}

// headSize is the number of bytes before a record's own fields: its size and type.
func (l layout) headSize() int { return l.offsetSize() + 4 }

// record is an internal record whose head is read and whose place in the file is
// checked.
type record struct {
	at   int64
	size int64
	kind recordType
}

// fault makes an error of a record.
func (r record) fault(format string, args ...any) error {
	return &FormatError{Offset: r.at, Record: r.kind.String(), Detail: fmt.Sprintf(format, args...)}
}

// recordReader reads internal records.
type recordReader struct {
	*source
	layout
	// rest is how many bytes the records may have that are still to be read: as no two
	// records overlap, all of them together are no longer than the file.
	rest int64
}

// newReader gives a reader of records whose sizes count from now on.
func (s *source) newReader(l layout) *recordReader {
	return &recordReader{source: s, layout: l, rest: s.size}
}

// head reads the size and type of the record at an offset, which has to be of one of
// the types.
func (r *recordReader) head(at int64, want ...recordType) (record, error) {
	rec := record{at: at, kind: want[0]}
	headSize := int64(r.headSize())
	if at < magicSize || at > r.size-headSize {
		return rec, rec.fault("the offset is outside the file, which has %d bytes", r.size)
	}
	b := make([]byte, headSize)
	if err := r.readSmall(b, at); err != nil {
		return rec, rec.readFault(err)
	}
	f := fields{b: b, wide: r.wide}
	rec.size = f.offset()
	kind := recordType(f.i32())
	if !contains(want, kind) {
		return rec, rec.fault("there is a %v", kind)
	}
	rec.kind = kind
	if rec.size < headSize || rec.size > r.size-at {
		return rec, rec.fault("it has a size of %d bytes; there are %d to the end of the file", rec.size, r.size-at)
	}
	return rec, nil
}

func contains(list []recordType, x recordType) bool {
	for _, t := range list {
		if t == x {
			return true
		}
	}
	return false
}

// readFault is the error of a record that could not be read.
func (r record) readFault(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return r.fault("the file ends within it")
	}
	return fmt.Errorf("%s at offset %d: %w", r.kind, r.at, err)
}

// read gives a record with its fields, which have to have least bytes after the head.
func (r *recordReader) read(at int64, least int, want ...recordType) (record, *fields, error) {
	rec, err := r.head(at, want...)
	if err != nil {
		return rec, nil, err
	}
	return r.body(rec, least)
}

// body reads the fields of a record whose head was read.
func (r *recordReader) body(rec record, least int) (record, *fields, error) {
	length := rec.size - int64(r.headSize())
	if length < int64(least) {
		return rec, nil, rec.fault("it has a size of %d bytes, at least %d are needed", rec.size, least+r.headSize())
	}
	if r.rest -= rec.size; r.rest < 0 {
		return rec, nil, rec.fault("records overlap: together they are longer than the file")
	}
	b := make([]byte, length)
	start := rec.at + int64(r.headSize())
	var err error
	if length > pageSize {
		err = readFull(r.r, b, start)
	} else {
		err = r.readSmall(b, start)
	}
	if err != nil {
		return rec, nil, rec.readFault(err)
	}
	return rec, &fields{b: b, wide: r.wide}, nil
}

// fields reads the fields of a record in their order. What lies behind the end reads
// as zero and is remembered.
type fields struct {
	b     []byte
	wide  bool
	short bool
}

// take gives the next n bytes.
func (f *fields) take(n int) []byte {
	if n < 0 || n > len(f.b) {
		f.short = true
		f.b = nil
		return nil
	}
	b := f.b[:n]
	f.b = f.b[n:]
	return b
}

// i32 reads an integer of four bytes.
func (f *fields) i32() int32 {
	if b := f.take(4); b != nil {
		return int32(binary.BigEndian.Uint32(b))
	}
	return 0
}

// i32s reads n integers of four bytes.
func (f *fields) i32s(n int) []int32 {
	b := f.take(4 * n)
	if b == nil {
		return nil
	}
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(binary.BigEndian.Uint32(b[4*i:]))
	}
	return list
}

// offset reads an offset or a size.
func (f *fields) offset() int64 {
	if !f.wide {
		return int64(f.i32())
	}
	if b := f.take(8); b != nil {
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}

// name reads a name of n bytes, which ends at the first NUL or at trailing blanks.
func (f *fields) name(n int) string {
	b := f.take(n)
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return strings.ToValidUTF8(strings.TrimRight(string(b), " "), "\uFFFD")
}
