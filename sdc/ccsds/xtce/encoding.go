package xtce

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding is how a field's raw value stands in the packet.
type encoding interface {
	read(b *bits, d *Decoder) (Value, error)
}

var errPacketEnds = errorf("the packet ends before it does")

// integerEncoding is an integer of 0 to 64 bits.
type integerEncoding struct {
	bits   int
	form   string // unsigned, twosComplement, onesComplement, signMagnitude, BCD
	little bool   // least significant byte first
}

func (e *integerEncoding) read(b *bits, _ *Decoder) (Value, error) {
	if e.bits == 0 {
		return uintValue(0), nil
	}
	u, ok := b.uint(e.bits)
	if !ok {
		return Value{}, errPacketEnds
	}
	if e.little {
		u = swap(u, e.bits)
	}
	sign := u>>(e.bits-1) != 0
	switch e.form {
	case "twosComplement":
		return intValue(int64(u<<(64-e.bits)) >> (64 - e.bits)), nil
	case "onesComplement":
		if sign {
			return intValue(-int64(^u & (1<<e.bits - 1))), nil
		}
		return intValue(int64(u)), nil
	case "signMagnitude":
		magnitude := int64(u &^ (1 << (e.bits - 1)))
		if sign {
			magnitude = -magnitude
		}
		return intValue(magnitude), nil
	case "BCD":
		v := uint64(0)
		for i := e.bits - 4; i >= 0; i -= 4 {
			digit := u >> i & 0xf
			if digit > 9 {
				return Value{}, errorf("the binary coded decimal %#x has a digit above 9", u)
			}
			v = v*10 + digit
		}
		return uintValue(v), nil
	}
	return uintValue(u), nil
}

func swap(u uint64, n int) uint64 {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], u<<(64-n))
	slices.Reverse(b[:n/8])
	return binary.BigEndian.Uint64(b[:]) >> (64 - n)
}

// forms are the names of integer encodings, those of the standard and those that are written for them.
var forms = map[string]string{
	"": "unsigned", "unsigned": "unsigned", "signed": "twosComplement", "twosComplement": "twosComplement",
	"twosCompliment": "twosComplement", "onesComplement": "onesComplement", "signMagnitude": "signMagnitude",
	"BCD": "BCD", "packedBCD": "BCD",
}

func readIntegerEncoding(n *node) (*integerEncoding, error) {
	e := &integerEncoding{}
	size, err := n.integer("sizeInBits", 8)
	if err != nil {
		return nil, err
	}
	// Definitions that a program writes have types of 0 bits, and fields of them.
	if size < 0 || size > 64 {
		return nil, n.errorf("sizeInBits=%d must be 0 to 64", size)
	}
	e.bits = int(size)
	var ok bool
	if e.form, ok = forms[n.attrs["encoding"]]; !ok {
		return nil, n.errorf("encoding=%q is not supported; known are unsigned, twosComplement, onesComplement, signMagnitude, BCD", n.attrs["encoding"])
	}
	if e.form == "BCD" && e.bits%4 != 0 {
		return nil, n.errorf("sizeInBits=%d of binary coded decimals must be a multiple of 4", e.bits)
	}
	e.little, err = littleEndian(n, e.bits)
	return e, err
}

// littleEndian reads byteOrder and bitOrder.
func littleEndian(n *node, size int) (bool, error) {
	if order, ok := n.attrs["bitOrder"]; ok && order != "mostSignificantBitFirst" {
		return false, n.errorf("bitOrder=%q is not supported; mostSignificantBitFirst is", order)
	}
	switch order := n.attrs["byteOrder"]; order {
	case "", "mostSignificantByteFirst":
		return false, nil
	case "leastSignificantByteFirst":
		if size%8 != 0 {
			return false, n.errorf("byteOrder=%q needs whole bytes; the field has %d bits", order, size)
		}
		return true, nil
	default:
		return false, n.errorf("byteOrder=%q must be mostSignificantByteFirst or leastSignificantByteFirst", order)
	}
}

// floatEncoding is a floating point number.
type floatEncoding struct {
	bits   int
	mil    bool // MIL-STD-1750A
	little bool
}

func (e *floatEncoding) read(b *bits, _ *Decoder) (Value, error) {
	u, ok := b.uint(e.bits)
	if !ok {
		return Value{}, errPacketEnds
	}
	if e.little {
		u = swap(u, e.bits)
	}
	switch {
	case e.mil: // 24 bits of mantissa, 8 of exponent, both in two's complement
		return floatValue(math.Ldexp(float64(int32(u)>>8), int(int8(u))-23)), nil
	case e.bits == 16:
		return floatValue(half(uint16(u))), nil
	case e.bits == 32:
		return floatValue(float64(math.Float32frombits(uint32(u)))), nil
	}
	return floatValue(math.Float64frombits(u)), nil
}

// half is the value of an IEEE 754 binary16.
func half(h uint16) float64 {
	exponent, fraction := int(h>>10&0x1f), float64(h&0x3ff)
	var f float64
	switch exponent {
	case 0:
		f = math.Ldexp(fraction, -24)
	case 0x1f:
		f = math.Inf(1)
		if fraction != 0 {
			f = math.NaN()
		}
	default:
		f = math.Ldexp(fraction+1024, exponent-25)
	}
	if h>>15 != 0 {
		f = -f
	}
	return f
}

func readFloatEncoding(n *node) (*floatEncoding, error) {
	e := &floatEncoding{}
	size, err := n.integer("sizeInBits", 32)
	if err != nil {
		return nil, err
	}
	e.bits = int(size)
	switch form := n.attrs["encoding"]; form {
	case "", "IEEE754", "IEEE-754", "IEEE754_1985":
		if size != 16 && size != 32 && size != 64 {
			return nil, n.errorf("sizeInBits=%d must be 16, 32 or 64", size)
		}
	case "MILSTD_1750A", "MIL-1750A":
		if e.mil = true; size != 32 {
			return nil, n.errorf("sizeInBits=%d of MIL-STD-1750A must be 32", size)
		}
	default:
		return nil, n.errorf("encoding=%q is not supported; known are IEEE754 and MILSTD_1750A", form)
	}
	e.little, err = littleEndian(n, e.bits)
	return e, err
}

// binaryEncoding is a field of bits that mean nothing to the definition.
type binaryEncoding struct{ size size }

func (e *binaryEncoding) read(b *bits, d *Decoder) (Value, error) {
	n, err := e.size.of(d)
	if err != nil {
		return Value{}, err
	}
	data, ok := b.bytes(n)
	if !ok {
		return Value{}, errorf("the packet ends before it does: it has %d bits, %d are left", n, b.left())
	}
	return Value{Kind: Bytes, bytes: data}, nil
}

// stringEncoding is a string in a field of some size: all of it, up to a terminator, or as long as a number before it says.
type stringEncoding struct {
	size       size
	charset    string
	terminator []byte
	leading    int // size in bits of the length before the string, itself in bits
}

func (e *stringEncoding) read(b *bits, d *Decoder) (Value, error) {
	n, err := e.size.of(d)
	if err != nil {
		return Value{}, err
	}
	field, ok := b.bytes(n)
	if !ok {
		return Value{}, errorf("the packet ends before it does: it has %d bits, %d are left", n, b.left())
	}
	text := field
	if e.leading > 0 {
		inner := bits{data: field}
		length, ok := inner.uint(e.leading)
		if !ok || length%8 != 0 || length > uint64(inner.left()) {
			return Value{}, errorf("the length before the string, %d bits, does not fit its field of %d bits", length, n)
		}
		text, _ = inner.bytes(int(length))
	}
	if len(e.terminator) > 0 {
		at := bytes.Index(text, e.terminator)
		if at < 0 {
			return Value{}, errorf("the string has no terminator %x", e.terminator)
		}
		text = text[:at]
	}
	s, err := decodeText(text, e.charset)
	return Value{Kind: String, text: s, bytes: field}, err
}

func decodeText(b []byte, charset string) (string, error) {
	switch charset {
	case "ISO-8859-1":
		runes := make([]rune, len(b))
		for i, c := range b {
			runes[i] = rune(c)
		}
		return string(runes), nil
	case "UTF-16BE", "UTF-16LE":
		var order binary.ByteOrder = binary.BigEndian
		if charset == "UTF-16LE" {
			order = binary.LittleEndian
		}
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = order.Uint16(b[2*i:])
		}
		return string(utf16.Decode(units)), nil
	}
	if !utf8.Valid(b) || charset == "US-ASCII" && bytes.ContainsFunc(b, func(r rune) bool { return r > 0x7f }) {
		return "", errorf("the bytes %x are not %s", b, charset)
	}
	return string(b), nil
}

func (b *builder) stringEncoding(n *node) (*stringEncoding, error) {
	size := n.child("SizeInBits")
	if size == nil {
		return nil, n.errorf("SizeInBits is missing; strings of variable size are not supported otherwise")
	}
	if err := size.only("Fixed FixedValue DynamicValue DiscreteLookupList TerminationChar LeadingSize", ""); err != nil {
		return nil, err
	}
	e := &stringEncoding{charset: n.attrs["encoding"]}
	if e.charset == "" {
		e.charset = "UTF-8"
	}
	if e.charset == "UTF-16" {
		e.charset = "UTF-16BE"
	}
	if !slices.Contains([]string{"UTF-8", "US-ASCII", "ISO-8859-1", "UTF-16BE", "UTF-16LE"}, e.charset) {
		return nil, n.errorf("encoding=%q is not supported; known are UTF-8, US-ASCII, ISO-8859-1, UTF-16BE, UTF-16LE", e.charset)
	}
	if c := size.child("TerminationChar"); c != nil {
		terminator, err := hex.DecodeString(strings.TrimSpace(c.text))
		if err != nil || len(terminator) == 0 {
			return nil, c.errorf("%q must be hexadecimal, such as 00", c.text)
		}
		e.terminator = terminator
	}
	if c := size.child("LeadingSize"); c != nil {
		bits, err := c.integer("sizeInBitsOfSizeTag", 16)
		if err != nil {
			return nil, err
		}
		if bits < 1 || bits > 64 {
			return nil, c.errorf("sizeInBitsOfSizeTag=%d must be 1 to 64", bits)
		}
		e.leading = int(bits)
	}
	if fixed := size.child("Fixed"); fixed != nil {
		size = fixed
	}
	var err error
	e.size, err = b.size(size)
	return e, err
}
