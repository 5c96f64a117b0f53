package cdf

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Type is the data type of a variable or of an attribute's entry.
type Type int32

// The data types, with the numbers that files hold.
const (
	Int1    Type = 1
	Int2    Type = 2
	Int4    Type = 4
	Int8    Type = 8
	Uint1   Type = 11
	Uint2   Type = 12
	Uint4   Type = 14
	Real4   Type = 21
	Real8   Type = 22
	Epoch   Type = 31 // milliseconds since year 0, a float64
	Epoch16 Type = 32 // seconds since year 0 and picoseconds, two float64
	TT2000  Type = 33 // nanoseconds since J2000 with leap seconds, an int64
	Byte    Type = 41
	Float   Type = 44
	Double  Type = 45
	Char    Type = 51
	Uchar   Type = 52
)

// kind is how the bytes of a value are to be understood.
type kind uint8

const (
	signed kind = iota + 1
	unsigned
	floating
	text
)

// typeInfo describes a data type.
type typeInfo struct {
	name string
	size int // bytes of one element
	unit int // bytes that a change of byte order turns round at once
	kind kind
}

// describe gives what is known of a type.
func (t Type) describe() (typeInfo, bool) {
	switch t {
	case Int1:
		return typeInfo{name: "INT1", size: 1, unit: 1, kind: signed}, true
	case Int2:
		return typeInfo{name: "INT2", size: 2, unit: 2, kind: signed}, true
	case Int4:
		return typeInfo{name: "INT4", size: 4, unit: 4, kind: signed}, true
	case Int8:
		return typeInfo{name: "INT8", size: 8, unit: 8, kind: signed}, true
	case Uint1:
		return typeInfo{name: "UINT1", size: 1, unit: 1, kind: unsigned}, true
	case Uint2:
		return typeInfo{name: "UINT2", size: 2, unit: 2, kind: unsigned}, true
	case Uint4:
		return typeInfo{name: "UINT4", size: 4, unit: 4, kind: unsigned}, true
	case Real4:
		return typeInfo{name: "REAL4", size: 4, unit: 4, kind: floating}, true
	case Real8:
		return typeInfo{name: "REAL8", size: 8, unit: 8, kind: floating}, true
	case Epoch:
		return typeInfo{name: "EPOCH", size: 8, unit: 8, kind: floating}, true
	case Epoch16:
		return typeInfo{name: "EPOCH16", size: 16, unit: 8, kind: floating}, true
	case TT2000:
		return typeInfo{name: "TIME_TT2000", size: 8, unit: 8, kind: signed}, true
	case Byte:
		return typeInfo{name: "BYTE", size: 1, unit: 1, kind: signed}, true
	case Float:
		return typeInfo{name: "FLOAT", size: 4, unit: 4, kind: floating}, true
	case Double:
		return typeInfo{name: "DOUBLE", size: 8, unit: 8, kind: floating}, true
	case Char:
		return typeInfo{name: "CHAR", size: 1, unit: 1, kind: text}, true
	case Uchar:
		return typeInfo{name: "UCHAR", size: 1, unit: 1, kind: text}, true
	}
	return typeInfo{}, false
}

// String gives the type's name without the prefix CDF_, as in "REAL4".
func (t Type) String() string {
	if info, ok := t.describe(); ok {
		return info.name
	}
	return fmt.Sprintf("type %d", int32(t))
}

// Size is the number of bytes of one element: a number, or one character.
func (t Type) Size() int {
	info, _ := t.describe()
	return info.size
}

// IsText reports whether values are character strings.
func (t Type) IsText() bool { return t == Char || t == Uchar }

// IsTime reports whether values are times.
func (t Type) IsTime() bool { return t == Epoch || t == Epoch16 || t == TT2000 }

// IsFloat reports whether values are floating-point numbers; EPOCH and EPOCH16 are.
func (t Type) IsFloat() bool {
	info, _ := t.describe()
	return info.kind == floating
}

// IsInteger reports whether values are integers; TIME_TT2000 is.
func (t Type) IsInteger() bool {
	info, _ := t.describe()
	return info.kind == signed || info.kind == unsigned
}

// defaultPad is the value, little-endian, that stands for records which were never
// written, where the variable declares none: the library's ("CDF User's Guide", 2.3.20).
func (t Type) defaultPad() []byte {
	switch t {
	case Int1, Byte:
		return []byte{0x81} // -127
	case Int2:
		return binary.LittleEndian.AppendUint16(nil, 0x8001) // -32767
	case Int4:
		return binary.LittleEndian.AppendUint32(nil, 0x80000001)
	case Int8, TT2000:
		return binary.LittleEndian.AppendUint64(nil, 0x8000000000000001)
	case Uint1:
		return []byte{254}
	case Uint2:
		return binary.LittleEndian.AppendUint16(nil, 65534)
	case Uint4:
		return binary.LittleEndian.AppendUint32(nil, 4294967294)
	case Real4, Float:
		return binary.LittleEndian.AppendUint32(nil, math.Float32bits(-1e30))
	case Real8, Double:
		return binary.LittleEndian.AppendUint64(nil, math.Float64bits(-1e30))
	case Epoch, Epoch16:
		return make([]byte, t.Size())
	default:
		return []byte{' '}
	}
}
