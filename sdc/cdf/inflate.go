package cdf

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math/bits"
)

// inflate decompresses a GZIP stream (RFC 1952) that is in memory into out, which has
// the length that is wanted, and reports whether it could. It takes only streams of the
// plain form that CDF's library and others write: one member, whose decompressed length
// is out's. Everything else is left to compress/gzip, which says what is wrong.
//
// compress/flate reads byte by byte through an interface and keeps a window of its own.
// With both ends in memory the same takes a third of the time, and decompressing is most
// of what reading a product takes.
func (d *deflate) inflate(stream, out []byte) bool {
	const head, tail = 10, 8
	if len(stream) < head+tail || stream[0] != 0x1F || stream[1] != 0x8B || stream[2] != 8 || stream[3] != 0 {
		return false
	}
	end := stream[len(stream)-tail:]
	if binary.LittleEndian.Uint32(end[4:]) != uint32(len(out)) {
		return false
	}
	d.in, d.at, d.out, d.done = stream[head:len(stream)-tail], 0, out, 0
	d.bits, d.count = 0, 0
	for last := false; !last; {
		header := d.take(3)
		last = header&1 != 0
		var err error
		switch header >> 1 {
		case 0:
			err = d.stored()
		case 1:
			err = d.fixed()
		case 2:
			err = d.dynamic()
		default:
			err = errDeflate
		}
		if err != nil {
			return false
		}
	}
	return d.done == len(out) && d.at == len(d.in) && d.count < 8 && crc32.ChecksumIEEE(out) == binary.LittleEndian.Uint32(end)
}

var errDeflate = errors.New("not a DEFLATE stream of the plain form")

// deflate is the state of a decompression; it is used again for the next one.
type deflate struct {
	in    []byte
	at    int    // of in
	bits  uint64 // read ahead, the next one lowest
	count uint   // of bits
	out   []byte
	done  int // bytes of out

	literals, distances codes
}

// fill makes at least 56 bits ready, where the stream has them.
func (d *deflate) fill() {
	if len(d.in)-d.at >= 8 {
		d.bits |= binary.LittleEndian.Uint64(d.in[d.at:]) << d.count
		n := (63 - d.count) >> 3
		d.at += int(n)
		d.count += n * 8
		return
	}
	for d.count <= 56 && d.at < len(d.in) {
		d.bits |= uint64(d.in[d.at]) << d.count
		d.at++
		d.count += 8
	}
}

// take gives the next n bits, at most 16; behind the end they are 0, which is noticed
// where the lengths are compared.
func (d *deflate) take(n uint) uint {
	if d.count < n {
		d.fill()
	}
	x := uint(d.bits) & (1<<n - 1)
	d.drop(n)
	return x
}

func (d *deflate) drop(n uint) {
	d.bits >>= n
	if d.count -= n; d.count > 64 { // taken from behind the end
		d.count, d.at = 0, len(d.in)
		d.done = len(d.out) + 1
	}
}

// stored copies a block that is not compressed.
func (d *deflate) stored() error {
	d.take(d.count & 7)
	n, complement := d.take(16), d.take(16)
	if n != ^complement&0xFFFF || d.done > len(d.out) || int(n) > len(d.out)-d.done {
		return errDeflate
	}
	for n > 0 && d.count >= 8 {
		d.out[d.done] = byte(d.take(8))
		d.done++
		n--
	}
	if int(n) > len(d.in)-d.at {
		return errDeflate
	}
	if n > 0 {
		d.bits, d.count = 0, 0
	}
	copy(d.out[d.done:], d.in[d.at:d.at+int(n)])
	d.at, d.done = d.at+int(n), d.done+int(n)
	return nil
}

// fixed decompresses a block with the codes of the standard.
func (d *deflate) fixed() error {
	var lengths [288]byte
	for i := range lengths {
		switch {
		case i < 144, i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	var five [32]byte
	for i := range five {
		five[i] = 5
	}
	if !d.literals.build(lengths[:], false) || !d.distances.build(five[:], true) {
		return errDeflate
	}
	return d.compressed()
}

// codeOrder is the order in which the lengths of the code of lengths stand.
var codeOrder = [19]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// dynamic decompresses a block that begins with its codes.
func (d *deflate) dynamic() error {
	nLiterals, nDistances, nCodes := int(d.take(5))+257, int(d.take(5))+1, int(d.take(4))+4
	if nLiterals > 286 || nDistances > 30 {
		return errDeflate
	}
	var codeLengths [19]byte
	for i := range nCodes {
		codeLengths[codeOrder[i]] = byte(d.take(3))
	}
	if !d.literals.build(codeLengths[:], false) {
		return errDeflate
	}
	var lengths [286 + 30]byte
	for i := 0; i < nLiterals+nDistances; {
		d.fill()
		symbol, ok := d.literals.next(d)
		if !ok {
			return errDeflate
		}
		if symbol < 16 {
			lengths[i] = byte(symbol)
			i++
			continue
		}
		value, n := byte(0), 0
		switch symbol {
		case 16:
			if i == 0 {
				return errDeflate
			}
			value, n = lengths[i-1], int(d.take(2))+3
		case 17:
			n = int(d.take(3)) + 3
		default:
			n = int(d.take(7)) + 11
		}
		if n > nLiterals+nDistances-i {
			return errDeflate
		}
		for range n {
			lengths[i] = value
			i++
		}
	}
	if lengths[256] == 0 || !d.literals.build(lengths[:nLiterals], false) || !d.distances.build(lengths[nLiterals:nLiterals+nDistances], true) {
		return errDeflate
	}
	return d.compressed()
}

// The lengths and distances that symbols stand for: the smallest, and how many further
// bits follow.
var (
	lengthBase    = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra   = [29]byte{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase  = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceExtra = [30]byte{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// compressed decompresses the symbols of a block.
func (d *deflate) compressed() error {
	const endOfBlock = 256
	for {
		d.fill() // 56 bits are enough for a length with its distance: 15+5+15+13
		symbol, ok := d.literals.next(d)
		switch {
		case !ok:
			return errDeflate
		case symbol < endOfBlock:
			if d.done >= len(d.out) {
				return errDeflate
			}
			d.out[d.done] = byte(symbol)
			d.done++
			continue
		case symbol == endOfBlock:
			return nil
		case symbol-257 >= uint(len(lengthBase)):
			return errDeflate
		}
		n := int(lengthBase[symbol-257]) + int(d.ready(uint(lengthExtra[symbol-257])))
		far, ok := d.distances.next(d)
		if !ok || far >= uint(len(distanceBase)) {
			return errDeflate
		}
		distance := int(distanceBase[far]) + int(d.ready(uint(distanceExtra[far])))
		if d.done > len(d.out) || distance > d.done || n > len(d.out)-d.done {
			return errDeflate
		}
		d.repeat(n, distance)
	}
}

// ready takes bits that fill has made ready.
func (d *deflate) ready(n uint) uint {
	x := uint(d.bits) & (1<<n - 1)
	d.drop(n)
	return x
}

// repeat appends n bytes from distance bytes back.
func (d *deflate) repeat(n, distance int) {
	from, to := d.done-distance, d.done
	d.done += n
	switch {
	case n >= 64 && distance == 1 && d.out[from] == 0: // zeros, of which products are full
		clear(d.out[to:d.done])
	case n >= 64:
		for run := distance; to < d.done; run *= 2 {
			to += copy(d.out[to:d.done], d.out[from:from+run])
		}
	case distance >= 8 && d.done+8 <= len(d.out):
		// Eight bytes at a time: what is written too far is written again.
		for ; to < d.done; from, to = from+8, to+8 {
			binary.LittleEndian.PutUint64(d.out[to:], binary.LittleEndian.Uint64(d.out[from:]))
		}
	default:
		for ; to < d.done; from, to = from+1, to+1 {
			d.out[to] = d.out[from]
		}
	}
}

// tableBits is how many bits of a code are looked up at once; longer codes are rare.
const tableBits = 10

// codes are a Huffman code (RFC 1951, 3.2.2).
type codes struct {
	table   [1 << tableBits]uint16 // symbol<<4 and length, by the next bits; 0: longer
	symbols [288]uint16            // ordered by their codes
	counts  [16]uint16             // codes of each length
}

// build makes the code from the lengths of its symbols' codes. A code must be complete;
// one of distances may have a single symbol, or none.
func (c *codes) build(lengths []byte, distances bool) bool {
	c.counts = [16]uint16{}
	for _, n := range lengths {
		c.counts[n]++
	}
	used := len(lengths) - int(c.counts[0])
	c.counts[0] = 0
	left := 1
	for n := 1; n < 16; n++ {
		if left = left<<1 - int(c.counts[n]); left < 0 {
			return false
		}
	}
	if left > 0 && !(distances && used <= 1) {
		return false
	}
	var code, place [16]uint
	for n := 1; n < 15; n++ {
		code[n+1] = (code[n] + uint(c.counts[n])) << 1
		place[n+1] = place[n] + uint(c.counts[n])
	}
	clear(c.table[:])
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		c.symbols[place[n]] = uint16(symbol)
		place[n]++
		if n <= tableBits {
			reversed := bits.Reverse16(uint16(code[n])) >> (16 - n)
			for at := uint(reversed); at < 1<<tableBits; at += 1 << n {
				c.table[at] = uint16(symbol)<<4 | uint16(n)
			}
		}
		code[n]++
	}
	return true
}

// next gives the next symbol from bits that fill has made ready.
func (c *codes) next(d *deflate) (symbol uint, ok bool) {
	if entry := uint(c.table[d.bits&(1<<tableBits-1)]); entry != 0 {
		d.drop(entry & 15)
		return entry >> 4, true
	}
	code, first, place := 0, 0, 0
	for n := uint(1); n < 16; n++ {
		code |= int(d.bits>>(n-1)) & 1
		count := int(c.counts[n])
		if code-first < count {
			d.drop(n)
			return uint(c.symbols[place+code-first]), true
		}
		place += count
		first = (first + count) << 1
		code <<= 1
	}
	return 0, false
}

// mostInMemory is how long a block may be, compressed and decompressed, that is
// decompressed in memory, without a look at the context: some 30 ms. Longer ones are
// streamed.
const mostInMemory = 16 << 20

// inMemory decompresses a GZIP block of a number of records, and fills part with what is
// behind the first skip bytes. It reports false where the block is too long or of
// another form.
func (r *rangeReader) inMemory(data *io.SectionReader, part []byte, skip int64, records int) (bool, error) {
	if r.v.Compression != GZIP || data.Size() > mostInMemory || int64(records) > mostInMemory/r.v.recordSize {
		return false, nil
	}
	size := int64(records) * r.v.recordSize
	r.stream = sized(r.stream, data.Size())
	if err := readFull(data, r.stream, 0); err != nil {
		return false, err
	}
	whole := part
	if size != int64(len(part)) {
		r.scratch = sized(r.scratch, size)
		whole = r.scratch
	}
	if r.deflate == nil {
		r.deflate = &deflate{}
	}
	if !r.deflate.inflate(r.stream, whole) {
		return false, nil
	}
	if size != int64(len(part)) {
		copy(part, whole[skip:])
	}
	return true, r.step(len(part))
}

// sized gives a slice of n bytes, b's own where they are enough.
func sized(b []byte, n int64) []byte {
	if int64(cap(b)) < n {
		return make([]byte, n)
	}
	return b[:n]
}
