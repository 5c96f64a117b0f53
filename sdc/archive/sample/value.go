package sample

import (
	"encoding/binary"
	"math"
)

// value is one value of a CDF's type, or a string.
type value struct {
	dataType, elements int32
	bytes              []byte // little-endian
}

func text(s string) value { return value{typeChar, int32(len(s)), []byte(s)} }

func float(f float32) value {
	return value{typeFloat, 1, binary.LittleEndian.AppendUint32(nil, math.Float32bits(f))}
}

func nanoseconds(n int64) value {
	return value{typeTT2000, 1, binary.LittleEndian.AppendUint64(nil, uint64(n))}
}

// The fill values that ISTP gives to the types.
func fillFloat() value  { return float(-1e31) }
func fillTT2000() value { return nanoseconds(math.MinInt64) }
