package cdf

import (
	"context"
	"slices"
)

// block is where some of a variable's records are: a VVR or a CVVR.
type block struct {
	record
	first, last int // the variable's records that it holds
}

// maxIndexDepth is how deep the tree of indexes may be. The library makes three levels.
const maxIndexDepth = 32

// indexWalk collects the blocks that hold records of a range from a tree of VXRs.
type indexWalk struct {
	ctx      context.Context
	r        *recordReader
	from, to int // the range of records wanted, to included
	blocks   []block
	before   *block         // the nearest one before the range: a block, or an index of blocks
	state    map[int64]bool // indexes met: true while they are being walked
}

// find gives the blocks that hold records from … to, in their order, and the nearest
// one before them if a record before the range is asked for.
func (v *Variable) find(ctx context.Context, from, to int, wantBefore bool) (blocks []block, before *block, err error) {
	w := &indexWalk{ctx: ctx, r: v.file.source.newReader(v.file.layout), from: from, to: to, state: map[int64]bool{}}
	if err := w.chain(v.indexAt, 0); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(w.blocks, func(a, b block) int { return a.first - b.first })
	for i := 1; i < len(w.blocks); i++ {
		if a, b := w.blocks[i-1], w.blocks[i]; b.first <= a.last {
			return nil, nil, b.fault(
				"variable %q: records %d to %d are there twice, here and at offset %d", v.Name, b.first, min(a.last, b.last), a.at)
		}
	}
	if !wantBefore || w.before == nil {
		return w.blocks, nil, nil
	}
	// The nearest one may be an index: its last record is in one of its own blocks.
	last := w.before.last
	blocks, _, err = v.find(ctx, last, last, false)
	if err == nil && len(blocks) == 0 {
		err = w.before.fault("variable %q: the index has no record %d in it", v.Name, last)
	}
	if err != nil {
		return nil, nil, err
	}
	return w.blocks, &blocks[0], nil
}

// chain walks a list of indexes.
func (w *indexWalk) chain(at int64, depth int) error {
	if depth > maxIndexDepth {
		return record{at: at, kind: typeVXR}.fault("indexes lie more than %d levels deep", maxIndexDepth)
	}
	var walked []int64
	for at != 0 && at != -1 {
		walking, met := w.state[at]
		if walking {
			return record{at: at, kind: typeVXR}.fault("the list of indexes leads here twice")
		}
		if met {
			break // what follows was walked as part of another list
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		w.state[at] = true
		walked = append(walked, at)
		next, err := w.index(at, depth)
		if err != nil {
			return err
		}
		at = next
	}
	for _, at := range walked {
		w.state[at] = false
	}
	return nil
}

// index walks one index, and gives where the next one of its list is.
func (w *indexWalk) index(at int64, depth int) (next int64, err error) {
	r := w.r
	rec, b, err := r.read(at, r.offsetSize()+2*4, typeVXR)
	if err != nil {
		return 0, err
	}
	next = b.offset()
	places, used := int(b.i32()), int(b.i32())
	if places < 0 || used < 0 || used > places || places > len(b.b)/(8+r.offsetSize()) {
		return 0, rec.fault("%d of %d places are used; it is %d bytes long", used, places, rec.size)
	}
	firsts, lasts := b.i32s(places), b.i32s(places)
	for i := range used {
		offset := b.offset()
		entry := block{first: int(firsts[i]), last: int(lasts[i]), record: record{at: offset, kind: typeVXR}}
		switch {
		case entry.first < 0 || entry.last < entry.first:
			return 0, rec.fault("place %d is for records %d to %d", i, entry.first, entry.last)
		case entry.first > w.to:
			continue
		case entry.last < w.from:
			if w.before == nil || entry.last > w.before.last {
				w.before = &entry
			}
			continue
		}
		if entry.record, err = r.head(offset, typeVVR, typeCVVR, typeVXR); err != nil {
			return 0, err
		}
		if entry.kind == typeVXR {
			err = w.chain(offset, depth+1)
		} else {
			w.blocks = append(w.blocks, entry)
		}
		if err != nil {
			return 0, err
		}
	}
	return next, nil
}
