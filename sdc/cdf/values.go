package cdf

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// Values are values of one type: records of a variable, or an attribute's entry.
type Values struct {
	Type Type
	// Elements is the number of characters of each value of text; 1 for numbers.
	Elements int
	// Dims are the sizes of a record's dimensions.
	Dims []int
	// Records is the number of records.
	Records int
	// Bytes holds the values as they are in the file, but little-endian and in row-major
	// order, one record after another.
	Bytes []byte
}

// PerRecord is the number of values in one record.
func (v Values) PerRecord() int {
	n := 1
	for _, d := range v.Dims {
		n *= d
	}
	return n
}

// Len is the number of values.
func (v Values) Len() int { return v.Records * v.PerRecord() }

// Record gives the values of one record, which share v's bytes.
func (v Values) Record(i int) Values { return v.Slice(i, i+1) }

// Slice gives the records from first to before end, which share v's bytes.
func (v Values) Slice(first, end int) Values {
	size := v.Type.Size() * v.Elements * v.PerRecord()
	v.Bytes = v.Bytes[first*size : end*size : end*size]
	v.Records = end - first
	return v
}

// Float64 gives a value as a number: an integer of 64 bits is rounded, EPOCH16 is
// given in seconds, text is NaN.
func (v Values) Float64(i int) float64 {
	switch v.Type {
	case Real4, Float:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(v.Bytes[4*i:])))
	case Real8, Double, Epoch:
		return math.Float64frombits(binary.LittleEndian.Uint64(v.Bytes[8*i:]))
	case Epoch16:
		t := v.epoch16(i)
		return t.Seconds + t.Picoseconds*1e-12
	case Char, Uchar:
		return math.NaN()
	}
	return float64(v.Int64(i))
}

// Int64 gives a value as an integer: a floating-point number is cut off, text is 0.
func (v Values) Int64(i int) int64 {
	switch v.Type {
	case Int1, Byte:
		return int64(int8(v.Bytes[i]))
	case Int2:
		return int64(int16(binary.LittleEndian.Uint16(v.Bytes[2*i:])))
	case Int4:
		return int64(int32(binary.LittleEndian.Uint32(v.Bytes[4*i:])))
	case Int8, TT2000:
		return int64(binary.LittleEndian.Uint64(v.Bytes[8*i:]))
	case Uint1:
		return int64(v.Bytes[i])
	case Uint2:
		return int64(binary.LittleEndian.Uint16(v.Bytes[2*i:]))
	case Uint4:
		return int64(binary.LittleEndian.Uint32(v.Bytes[4*i:]))
	case Char, Uchar:
		return 0
	}
	return int64(v.Float64(i))
}

// Float64s gives all values as Float64 does.
func (v Values) Float64s() []float64 {
	list := make([]float64, v.Len())
	for i := range list {
		list[i] = v.Float64(i)
	}
	return list
}

// Int64s gives all values as Int64 does.
func (v Values) Int64s() []int64 {
	list := make([]int64, v.Len())
	for i := range list {
		list[i] = v.Int64(i)
	}
	return list
}

// Strings gives all values as String does.
func (v Values) Strings() []string {
	list := make([]string, v.Len())
	for i := range list {
		list[i] = v.String(i)
	}
	return list
}

// String gives a value as it is read by people: a string up to its padding by NULs, a
// number with as many digits as tell it from its neighbours, a time in UTC as ISO 8601.
func (v Values) String(i int) string {
	if v.Type.IsText() {
		b := v.Bytes[i*v.Elements : (i+1)*v.Elements]
		return strings.ToValidUTF8(strings.TrimRight(string(b), "\x00"), "\uFFFD")
	}
	return string(v.Append(nil, i))
}

// Append appends a value as String gives it.
func (v Values) Append(b []byte, i int) []byte {
	switch v.Type {
	case TT2000:
		return TimeTT2000(v.Int64(i)).Append(b)
	case Epoch:
		return TimeEpoch(v.Float64(i)).Append(b)
	case Epoch16:
		return v.epoch16(i).Append(b)
	case Real4, Float:
		return appendFloat(b, v.Float64(i), 32)
	case Real8, Double:
		return appendFloat(b, v.Float64(i), 64)
	case Char, Uchar:
		return append(b, v.String(i)...)
	}
	return strconv.AppendInt(b, v.Int64(i), 10)
}

// appendFloat appends the shortest decimal number that reads as x.
func appendFloat(b []byte, x float64, bits int) []byte {
	if magnitude := math.Abs(x); magnitude != 0 && (magnitude < 1e-5 || magnitude >= 1e16) {
		return strconv.AppendFloat(b, x, 'e', -1, bits)
	}
	return strconv.AppendFloat(b, x, 'f', -1, bits)
}

// epoch16 gives a value of EPOCH16.
func (v Values) epoch16(i int) TimeEpoch16 {
	b := v.Bytes[16*i:]
	return TimeEpoch16{
		Seconds:     math.Float64frombits(binary.LittleEndian.Uint64(b)),
		Picoseconds: math.Float64frombits(binary.LittleEndian.Uint64(b[8:])),
	}
}
