package xtce

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"strconv"
)

// Kind is what a [Value] holds.
type Kind uint8

// The kinds of values.
const (
	None   Kind = iota // no value: an enumeration without a label for the raw value
	Uint               // unsigned integer
	Int                // signed integer
	Float              // floating point number
	Bool               // boolean
	String             // string
	Bytes              // binary field
)

// Value is a field's value. The zero value is None.
type Value struct {
	Kind  Kind
	bits  uint64
	bytes []byte
	text  string
}

func uintValue(u uint64) Value   { return Value{Kind: Uint, bits: u} }
func intValue(i int64) Value     { return Value{Kind: Int, bits: uint64(i)} }
func floatValue(f float64) Value { return Value{Kind: Float, bits: math.Float64bits(f)} }
func boolValue(b bool) Value {
	v := Value{Kind: Bool}
	if b {
		v.bits = 1
	}
	return v
}

// Any is the value as uint64, int64, float64, bool, string or []byte; nil for None.
func (v Value) Any() any {
	switch v.Kind {
	case Uint:
		return v.bits
	case Int:
		return int64(v.bits)
	case Float:
		return math.Float64frombits(v.bits)
	case Bool:
		return v.bits != 0
	case String:
		return v.text
	case Bytes:
		return v.bytes
	}
	return nil
}

// Number is the value as a number; ok is false where it is none.
func (v Value) Number() (f float64, ok bool) {
	switch v.Kind {
	case Uint, Bool:
		return float64(v.bits), true
	case Int:
		return float64(int64(v.bits)), true
	case Float:
		return math.Float64frombits(v.bits), true
	}
	return 0, false
}

// integer is the value as the key of an enumeration.
func (v Value) integer() int64 {
	if v.Kind == Float {
		return int64(math.Float64frombits(v.bits))
	}
	return int64(v.bits)
}

// String is the value in decimal, as text, or in hexadecimal for binary fields; empty for None.
func (v Value) String() string {
	switch v.Kind {
	case Uint:
		return strconv.FormatUint(v.bits, 10)
	case Int:
		return strconv.FormatInt(int64(v.bits), 10)
	case Float:
		return strconv.FormatFloat(math.Float64frombits(v.bits), 'g', -1, 64)
	case Bool:
		return strconv.FormatBool(v.bits != 0)
	case String:
		return v.text
	case Bytes:
		return hex.EncodeToString(v.bytes)
	}
	return ""
}

// MarshalJSON writes numbers as numbers, binary fields in hexadecimal, None and what JSON has no number for (NaN, infinities) as null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.Kind {
	case None:
		return []byte("null"), nil
	case Float:
		if f := math.Float64frombits(v.bits); math.IsNaN(f) || math.IsInf(f, 0) {
			return []byte("null"), nil
		}
		return []byte(v.String()), nil
	case Uint, Int, Bool:
		return []byte(v.String()), nil
	}
	return json.Marshal(v.String())
}
