package xtce

import "encoding/binary"

// bits reads fields from a packet, most significant bit first.
type bits struct {
	data []byte
	at   int // in bits
}

func (b *bits) left() int { return len(b.data)*8 - b.at }

// uint reads n bits, 1 to 64, as an unsigned integer; ok is false where the packet ends before.
func (b *bits) uint(n int) (v uint64, ok bool) {
	if n > b.left() {
		return 0, false
	}
	byteAt, shift := b.at>>3, b.at&7
	b.at += n
	if n+shift <= 64 && byteAt+8 <= len(b.data) {
		word := binary.BigEndian.Uint64(b.data[byteAt:])
		return word << shift >> (64 - n), true
	}
	for read := 0; read < n; {
		take := min(8-shift, n-read)
		part := b.data[byteAt] << shift >> (8 - take)
		v = v<<take | uint64(part)
		read += take
		byteAt, shift = byteAt+1, 0
	}
	return v, true
}

// bytes reads n bits as bytes. Bits that fill no byte stand in the low end of the last one's value: the
// whole is the number that the bits are, in as few bytes as hold it.
func (b *bits) bytes(n int) ([]byte, bool) {
	if n > b.left() {
		return nil, false
	}
	if b.at&7 == 0 && n&7 == 0 {
		out := b.data[b.at>>3 : (b.at+n)>>3]
		b.at += n
		return out, true
	}
	out := make([]byte, 0, (n+7)/8)
	if odd := n & 7; odd != 0 {
		v, _ := b.uint(odd)
		out = append(out, byte(v))
		n -= odd
	}
	for ; n > 0; n -= 8 {
		v, _ := b.uint(8)
		out = append(out, byte(v))
	}
	return out, true
}
