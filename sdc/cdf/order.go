package cdf

import (
	"context"
	"encoding/binary"
)

// turn changes the byte order of units of 1, 2, 4 or 8 bytes in place.
func turn(b []byte, unit int) {
	switch unit {
	case 2:
		for ; len(b) >= 2; b = b[2:] {
			binary.LittleEndian.PutUint16(b, binary.BigEndian.Uint16(b))
		}
	case 4:
		for ; len(b) >= 4; b = b[4:] {
			binary.LittleEndian.PutUint32(b, binary.BigEndian.Uint32(b))
		}
	case 8:
		for ; len(b) >= 8; b = b[8:] {
			binary.LittleEndian.PutUint64(b, binary.BigEndian.Uint64(b))
		}
	}
}

// toLittleEndian changes the byte order of values in place where the file's is the other.
func (v *Variable) toLittleEndian(b []byte) {
	if v.file.Encoding.BigEndian() {
		info, _ := v.Type.describe()
		turn(b, info.unit)
	}
}

// convert makes stored records little-endian and row-major, in place.
func (v *Variable) convert(ctx context.Context, b []byte) error {
	bigEndian := v.file.Encoding.BigEndian() && !v.Type.IsText() && v.Type.Size() > 1
	columns := !v.file.RowMajor && len(v.Dims) > 1
	if !bigEndian && !columns {
		return nil
	}
	var t *transposer
	if columns {
		t = newTransposer(ctx, v.Dims, v.valueSize)
	}
	for len(b) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(max(stepSize/int(v.recordSize), 1)*int(v.recordSize), len(b))
		if bigEndian {
			for turned := 0; turned < n; turned += stepSize {
				v.toLittleEndian(b[turned:min(turned+stepSize, n)])
				if err := ctx.Err(); err != nil {
					return err
				}
			}
		}
		for i := 0; columns && i < n; i += int(v.recordSize) {
			if err := t.rowMajor(b[i : i+int(v.recordSize)]); err != nil {
				return err
			}
		}
		b = b[n:]
	}
	return nil
}

// transposer reorders the values of a record from column to row majority.
type transposer struct {
	ctx     context.Context
	dims    []int
	strides []int // from one value to the next along each dimension, in column-major order
	size    int   // bytes of a value
	scratch []byte
}

// newTransposer prepares for records of a shape.
func newTransposer(ctx context.Context, dims []int, size int) *transposer {
	t := &transposer{ctx: ctx, dims: dims, strides: make([]int, len(dims)), size: size}
	count := 1
	for i, n := range dims { // the first dimension varies fastest
		t.strides[i] = count
		count *= n
	}
	t.scratch = make([]byte, count*size)
	return t
}

// rowMajor reorders one record in place.
func (t *transposer) rowMajor(b []byte) error {
	copy(t.scratch, b)
	last := len(t.dims) - 1
	at := make([]int, last) // of a row, along the dimensions but the last
	row, untilLook := 0, stepSize
	for {
		b = t.row(b, row)
		if untilLook -= t.dims[last] * t.size; untilLook < 0 {
			if err := t.ctx.Err(); err != nil {
				return err
			}
			untilLook = stepSize
		}
		d := last - 1
		for ; d >= 0; d-- {
			at[d]++
			row += t.strides[d]
			if at[d] < t.dims[d] {
				break
			}
			row -= t.strides[d] * t.dims[d]
			at[d] = 0
		}
		if d < 0 {
			return nil
		}
	}
}

// row puts the values along the last dimension that begin at a place in column-major
// order at the beginning of b, and gives what is behind them.
func (t *transposer) row(b []byte, place int) []byte {
	n, stride, size := t.dims[len(t.dims)-1], t.strides[len(t.strides)-1], t.size
	from := t.scratch
	switch size {
	case 4:
		for i := range n {
			*(*[4]byte)(b[4*i:]) = [4]byte(from[4*(place+i*stride):])
		}
	case 8:
		for i := range n {
			*(*[8]byte)(b[8*i:]) = [8]byte(from[8*(place+i*stride):])
		}
	default:
		for i := range n {
			copy(b[i*size:(i+1)*size], from[(place+i*stride)*size:])
		}
	}
	return b[n*size:]
}
