package cdf

import (
	"context"
	"fmt"
	"io"
	"math"
)

// Read reads all records of a variable.
func (v *Variable) Read(ctx context.Context) (Values, error) {
	return v.ReadRange(ctx, 0, v.Records)
}

// ReadRange reads the records from first to before end. Only the blocks that hold them
// are read, and of a compressed block only the part up to the last one. Records that
// were never written have the pad value, or that of the record before them.
func (v *Variable) ReadRange(ctx context.Context, first, end int) (Values, error) {
	values := Values{Type: v.Type, Elements: v.Elements, Dims: v.Dims, Records: end - first}
	switch {
	case v.unreadable != nil:
		return Values{}, v.unreadable
	case first < 0 || end < first || end > v.Records:
		return Values{}, fmt.Errorf("variable %s has records 0 to %d: %d to %d cannot be read", v.Name, v.Records-1, first, end-1)
	}
	if err := ctx.Err(); err != nil {
		return Values{}, err
	}
	if first == end {
		values.Bytes = []byte{}
		return values, nil
	}
	need := int64(math.MaxInt64)
	if n := int64(end - first); n <= math.MaxInt64/v.recordSize {
		need = n * v.recordSize
	}
	if err := v.file.limit(fmt.Sprintf("variable %s, %d records,", v.Name, end-first), need); err != nil {
		return Values{}, err
	}
	r := rangeReader{v: v, first: first, end: end, progress: progress{ctx: ctx, report: v.file.options.Progress, total: need}}
	var err error
	values.Bytes, err = r.read(need)
	if err != nil {
		return Values{}, fmt.Errorf("variable %s: %w", v.Name, err)
	}
	return values, nil
}

// rangeReader reads a range of a variable's records.
type rangeReader struct {
	progress
	v          *Variable
	first, end int
	out        []byte
	inflater   inflater
	deflate    *deflate // for blocks in memory
	stream     []byte   // the compressed bytes of one
	scratch    []byte   // the decompressed ones, where not all are wanted
}

// read gives the values of the range, in need bytes.
func (r *rangeReader) read(need int64) ([]byte, error) {
	v := r.v
	blocks, before, err := v.find(r.ctx, r.first, r.end-1, v.Sparse == SparsePrevious)
	if err != nil {
		return nil, err
	}
	if err := r.checkBlocks(blocks); err != nil {
		return nil, err
	}
	r.out = make([]byte, need)
	next := r.first // the first record that is not yet there
	for _, b := range blocks {
		from, to := max(b.first, r.first), min(b.last+1, r.end)
		if err := r.gap(next, from, before); err != nil {
			return nil, err
		}
		part := r.part(from, to)
		if err := r.block(b, part, from); err != nil {
			return nil, err
		}
		if err := v.convert(r.ctx, part); err != nil {
			return nil, err
		}
		next = to
	}
	return r.out, r.gap(next, r.end, before)
}

// part is the place of the records from … before to.
func (r *rangeReader) part(from, to int) []byte {
	size := r.v.recordSize
	return r.out[int64(from-r.first)*size : int64(to-r.first)*size]
}

// checkBlocks finds out before anything is allocated whether the blocks can hold what
// the index promises.
func (r *rangeReader) checkBlocks(blocks []block) error {
	headSize := int64(r.v.file.layout.headSize())
	for _, b := range blocks {
		records := int64(min(b.last+1, r.end) - b.first)
		if records > math.MaxInt64/r.v.recordSize {
			return b.fault("it cannot hold %d records", records)
		}
		need, have := records*r.v.recordSize, b.size-headSize
		if b.kind == typeVVR && need > have {
			return b.fault("it has %d bytes of values; records %d to %d need %d", have, b.first, b.first+int(records)-1, need)
		}
		if b.kind == typeCVVR && !r.v.Compression.plausible(have, need) {
			return b.fault("%d bytes cannot decompress to the %d of records %d to %d", have, need, b.first, b.first+int(records)-1)
		}
	}
	return nil
}

// block fills part with the records of a block from a record on, as they are stored.
func (r *rangeReader) block(b block, part []byte, from int) error {
	source, layout := r.v.file.source, r.v.file.layout
	skip := int64(from-b.first) * r.v.recordSize
	start := b.at + int64(layout.headSize())
	if b.kind == typeVVR {
		if err := r.fillAt(source.r, part, start+skip); err != nil {
			return b.readFault(err)
		}
		return nil
	}
	if r.v.Compression == Uncompressed {
		return b.fault("its values are compressed; the variable's descriptor says that they are not")
	}
	head := make([]byte, 4+layout.offsetSize())
	if err := source.readSmall(head, start); err != nil {
		return b.readFault(err)
	}
	f := fields{b: head, wide: layout.wide}
	f.i32()
	size, room := f.offset(), b.size-int64(layout.headSize()+len(head))
	if size < 0 || size > room {
		return b.fault("it says that it has %d compressed bytes; there is room for %d", size, room)
	}
	data := io.NewSectionReader(source.r, start+int64(len(head)), size)
	if done, err := r.inMemory(data, part, skip, b.last-b.first+1); done || err != nil {
		return err
	}
	return r.compressed(b.record, data, part, skip, b.last < r.end)
}

// compressed fills part from compressed bytes after skip decompressed ones. Where the
// block is read to its end, its checksum is verified.
func (r *rangeReader) compressed(rec record, data io.Reader, part []byte, skip int64, toEnd bool) error {
	z, err := r.inflater.open(r.v.Compression, data)
	if err == nil {
		err = r.skip(z, skip)
	}
	if err == nil {
		err = r.fill(z, part)
	}
	if err == nil && toEnd {
		var one [1]byte
		if _, end := io.ReadFull(z, one[:]); end != nil && end != io.EOF {
			err = end
		}
	}
	if err != nil {
		return decompressionFault(rec, err)
	}
	return nil
}

// gap fills the records from … before to, which were not written.
func (r *rangeReader) gap(from, to int, before *block) error {
	if from >= to {
		return nil
	}
	v := r.v
	one := make([]byte, v.recordSize)
	repeat(one, v.padValue())
	if v.Sparse == SparsePrevious {
		switch {
		case from > r.first:
			copy(one, r.part(from-1, from))
		case before != nil:
			earlier := rangeReader{v: v, first: before.last, end: before.last + 1, progress: progress{ctx: r.ctx}}
			b, err := earlier.read(v.recordSize)
			if err != nil {
				return err
			}
			one = b
		}
	}
	part := r.part(from, to)
	for len(part) > 0 {
		n := min(len(part), max(stepSize/len(one), 1)*len(one))
		repeat(part[:n], one)
		part = part[n:]
		if err := r.step(n); err != nil {
			return err
		}
	}
	return nil
}

// repeat fills b with copies of unit, whose length divides b's.
func repeat(b, unit []byte) {
	if len(unit) == 0 {
		return
	}
	n := copy(b, unit)
	for n < len(b) {
		n += copy(b[n:], b[:n])
	}
}
