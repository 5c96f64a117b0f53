package cdf

import (
	"context"
	"fmt"
	"math/bits"
)

// Sparseness is what stands in place of records that were not written.
type Sparseness int32

// The kinds of sparse records.
const (
	NotSparse      Sparseness = 0
	SparsePad      Sparseness = 1 // the pad value
	SparsePrevious Sparseness = 2 // the last record before them
)

// Variable is what a file says of a variable.
type Variable struct {
	Name   string
	Number int  // among the rVariables or the zVariables
	IsZ    bool // a zVariable, with dimensions of its own
	Type   Type
	// Elements is the number of characters of each value of text; 1 for numbers.
	Elements int
	// Dims are the sizes of the dimensions along which values vary. Dimensions without
	// variance hold one value only and are left out.
	Dims []int
	// DimSizes and DimVarys are all dimensions, and whether values vary along them.
	DimSizes []int
	DimVarys []bool
	// RecordVary reports whether there is a value for each record. Without it one record
	// holds for all.
	RecordVary bool
	// Records is the number of records.
	Records        int
	Sparse         Sparseness
	Compression    Compression
	BlockingFactor int
	// Pad is the declared pad value, little-endian; nil where there is none.
	Pad []byte
	// Attributes are the variable's own, in the order of the file's attributes.
	Attributes []VariableAttribute

	file       *File
	indexAt    int64 // of the first VXR, 0 where nothing is written
	compressed bool
	valueSize  int   // bytes of a value
	recordSize int64 // bytes of a record
	at         record
	unreadable error // why its values cannot be read
}

// VariableAttribute is the entry of an attribute for one variable.
type VariableAttribute struct {
	Name string
	Entry
}

// Attribute finds the variable's entry of an attribute; case counts.
func (v *Variable) Attribute(name string) (Entry, bool) {
	for _, a := range v.Attributes {
		if a.Name == name {
			return a.Entry, true
		}
	}
	return Entry{}, false
}

// Text is the variable's entry of an attribute as a string without blanks around it;
// "" where there is none or it is not a string.
func (v *Variable) Text(attribute string) string {
	e, _ := v.Attribute(attribute)
	return e.Text()
}

// RecordBytes is the number of bytes of one record's values.
func (v *Variable) RecordBytes() int64 { return v.recordSize }

// Bits of a variable descriptor's flags.
const (
	flagRecordVary = 1 << 0
	flagPad        = 1 << 1
	flagCompressed = 1 << 2
)

// readVariables reads the descriptors of all variables.
func (f *File) readVariables(ctx context.Context, g globals) error {
	r := f.source.newReader(f.layout)
	for _, list := range []struct {
		kind  recordType
		at    int64
		count int
	}{{typeRVDR, g.rVariables, g.rCount}, {typeZVDR, g.zVariables, g.zCount}} {
		seen := map[int64]bool{}
		at := list.at
		for i := range list.count {
			if i%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if seen[at] {
				return record{at: at, kind: list.kind}.fault("the list of variables leads here twice")
			}
			seen[at] = true
			v, next, err := f.readVariable(r, at, list.kind, g)
			if err != nil {
				return err
			}
			f.Variables = append(f.Variables, v)
			if _, twice := f.byName[v.Name]; twice {
				f.warn("two variables are called %q: the first is read by that name", v.Name)
			} else {
				f.byName[v.Name] = v
			}
			at = next
		}
	}
	return nil
}

// readVariable reads the descriptor of a variable, and gives where the next one is.
func (f *File) readVariable(r *recordReader, at int64, kind recordType, g globals) (*Variable, int64, error) {
	least := 4*r.offsetSize() + 10*4 + r.wasted + r.nameSize
	rec, b, err := r.read(at, least, kind)
	if err != nil {
		return nil, 0, err
	}
	v := &Variable{file: f, at: rec, IsZ: kind == typeZVDR}
	next := b.offset()
	v.Type = Type(b.i32())
	lastRecord := b.i32()
	v.indexAt = b.offset()
	b.offset() // the last VXR
	flags := b.i32()
	v.Sparse = Sparseness(b.i32())
	b.i32s(3)
	b.take(r.wasted)
	v.Elements = int(b.i32())
	v.Number = int(b.i32())
	parametersAt := b.offset()
	v.BlockingFactor = int(b.i32())
	v.Name = b.name(r.nameSize)

	sizes := g.rDims
	if v.IsZ {
		n := b.i32()
		if n < 0 || n > maxDims {
			return nil, 0, rec.fault("variable %q has %d dimensions; the format allows %d", v.Name, n, maxDims)
		}
		sizes = b.i32s(int(n))
	}
	varys := b.i32s(len(sizes))
	if b.short {
		return nil, 0, rec.fault("variable %q: it ends before the dimensions do", v.Name)
	}
	v.RecordVary = flags&flagRecordVary != 0
	v.compressed = flags&flagCompressed != 0
	if lastRecord < -1 {
		return nil, 0, rec.fault("variable %q: its last record has the number %d", v.Name, lastRecord)
	}
	v.Records = int(lastRecord) + 1
	if !v.RecordVary {
		v.Records = min(v.Records, 1)
	}
	if err := v.measure(sizes, varys); err != nil {
		return nil, 0, err
	}
	if err := v.readPad(b, flags); err != nil {
		return nil, 0, err
	}
	if v.Sparse < NotSparse || v.Sparse > SparsePrevious {
		return nil, 0, rec.fault("variable %q: unknown kind %d of sparse records", v.Name, v.Sparse)
	}
	if v.compressed {
		if v.Compression, err = f.readCompression(parametersAt); err != nil {
			return nil, 0, err
		}
	}
	return v, next, nil
}

// measure finds the size of a value and of a record.
func (v *Variable) measure(sizes, varys []int32) error {
	info, known := v.Type.describe()
	switch {
	case !known:
		return v.at.fault("variable %q has an unknown data type: %d", v.Name, int32(v.Type))
	case v.Elements < 1:
		return v.at.fault("variable %q has %d elements a value", v.Name, v.Elements)
	case v.Elements != 1 && info.kind != text:
		return v.at.fault("variable %q has %d elements a value; a value of %v has one", v.Name, v.Elements, v.Type)
	}
	v.valueSize = info.size * v.Elements
	v.recordSize = int64(v.valueSize)
	v.Dims, v.DimSizes, v.DimVarys = []int{}, []int{}, []bool{}
	for i, n := range sizes {
		if n < 1 {
			return v.at.fault("variable %q: dimension %d has a size of %d", v.Name, i+1, n)
		}
		v.DimSizes = append(v.DimSizes, int(n))
		v.DimVarys = append(v.DimVarys, varys[i] != 0)
		if varys[i] == 0 {
			continue
		}
		v.Dims = append(v.Dims, int(n))
		high, low := bits.Mul64(uint64(v.recordSize), uint64(n))
		if high != 0 || low > 1<<40 {
			return v.at.fault("variable %q: a record of its dimensions would be too large", v.Name)
		}
		v.recordSize = int64(low)
	}
	if v.file.Encoding.VAXFloats() && v.Type.IsFloat() {
		v.unreadable = &UnsupportedError{Feature: fmt.Sprintf("VAX floating point (encoding %v, variable %s)", v.file.Encoding, v.Name)}
	}
	return nil
}

// readPad reads the pad value at the end of the descriptor.
func (v *Variable) readPad(b *fields, flags int32) error {
	if flags&flagPad == 0 || v.unreadable != nil {
		return nil
	}
	pad := b.take(v.valueSize)
	if pad == nil {
		// Early libraries shortened the pad value of text.
		if v.Type.IsText() {
			return nil
		}
		return v.at.fault("variable %q: it ends before the pad value", v.Name)
	}
	v.Pad = append([]byte{}, pad...)
	v.toLittleEndian(v.Pad)
	return nil
}

// padValue is the value of records that were not written, little-endian.
func (v *Variable) padValue() []byte {
	if v.Pad != nil {
		return v.Pad
	}
	one := v.Type.defaultPad()
	pad := make([]byte, 0, v.valueSize)
	for len(pad) < v.valueSize {
		pad = append(pad, one...)
	}
	return pad
}
