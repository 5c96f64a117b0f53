package cdftest

import "bytes"

// variable writes a variable's descriptor, index and values at a link, and gives the
// next link.
func (w *writer) variable(link, number int, v Variable) (next int) {
	if v.Elements == 0 {
		v.Elements = 1
	}
	if v.R {
		v.Dims = w.f.RDims
	}
	if v.DimVarys == nil {
		for range v.Dims {
			v.DimVarys = append(v.DimVarys, true)
		}
	}
	if v.Blocks == nil && v.Records > 0 {
		v.Blocks = [][2]int{{0, v.Records - 1}}
	}
	kind := int32(8)
	if v.R {
		kind = 3
	}
	at := w.begin(kind)
	w.point(link, int64(at))
	next = w.offset(0)
	w.i32(int32(v.Type), int32(v.Records-1))
	headAt, tailAt := w.offset(0), w.offset(0)
	flags := int32(0)
	if !v.NoRecordVary {
		flags |= 1
	}
	if v.Pad != nil {
		flags |= 2
	}
	if v.Compression != 0 {
		flags |= 4
	}
	w.i32(flags, int32(v.Sparse), 0, -1, -1)
	if w.f.Version == 2 && w.f.Release < 5 {
		w.b = append(w.b, make([]byte, 128)...)
	}
	w.i32(int32(v.Elements), int32(number))
	parametersAt := w.offset(-1)
	w.i32(0)
	w.name(v.Name)
	if !v.R {
		w.i32(int32(len(v.Dims)))
		for _, n := range v.Dims {
			w.i32(int32(n))
		}
	}
	for _, varies := range v.DimVarys {
		if varies {
			w.i32(-1)
		} else {
			w.i32(0)
		}
	}
	w.b = append(w.b, w.stored(v.Type, v.Pad)...)
	w.end(at)
	if v.Compression != 0 {
		w.point(parametersAt, int64(w.parameters(v.Compression)))
	}
	if len(v.Blocks) > 0 {
		head, tail := w.index(v, w.blocks(v))
		w.point(headAt, int64(head))
		w.point(tailAt, int64(tail))
	}
	return next
}

// place is an entry of an index.
type place struct{ first, last, at int }

// blocks writes the blocks of a variable's values.
func (w *writer) blocks(v Variable) []place {
	size := v.Elements * Size(v.Type)
	dims := []int{}
	for i, n := range v.Dims {
		if v.DimVarys[i] {
			dims = append(dims, n)
			size *= n
		}
	}
	values := w.stored(v.Type, v.Values)
	if w.f.ColumnMajor {
		for i := 0; i+size <= len(values); i += size {
			copy(values[i:], columnMajor(values[i:i+size], dims))
		}
	}
	var places []place
	for _, b := range v.Blocks {
		n := (b[1] - b[0] + 1) * size
		part := values[:n]
		values = values[n:]
		at := len(w.b)
		if v.Compression == 0 {
			w.begin(7)
			w.b = append(w.b, part...)
		} else {
			packed := compress(v.Compression, part)
			w.begin(13)
			w.i32(0)
			w.offset(int64(len(packed)))
			w.b = append(w.b, packed...)
		}
		w.end(at)
		places = append(places, place{b[0], b[1], at})
	}
	return places
}

// columnMajor reorders a record from row to column majority.
func columnMajor(record []byte, dims []int) []byte {
	count := 1
	for _, n := range dims {
		count *= n
	}
	if len(dims) < 2 || count == 0 {
		return record
	}
	size := len(record) / count
	out := bytes.Clone(record)
	at := make([]int, len(dims))
	for i := range count {
		to, stride := 0, 1
		for d, x := range at {
			to += x * stride
			stride *= dims[d]
		}
		copy(out[to*size:(to+1)*size], record[i*size:])
		for d := len(dims) - 1; d >= 0; d-- {
			if at[d]++; at[d] < dims[d] {
				break
			}
			at[d] = 0
		}
	}
	return out
}

// index writes indexes over places: a list of them, or a tree.
func (w *writer) index(v Variable, places []place) (head, tail int) {
	size := v.IndexPlaces
	if size == 0 {
		size = 3
	}
	if v.Tree {
		size = max(size, 2) // a tree of single places has no top
	}
	for {
		var list []place
		link := -1
		for len(places) > 0 {
			n := min(size, len(places))
			at := w.begin(6)
			if link >= 0 && !v.Tree {
				w.point(link, int64(at))
			}
			link = w.offset(0)
			w.places(places[:n], size)
			w.end(at)
			list = append(list, place{places[0].first, places[n-1].last, at})
			places = places[n:]
		}
		if !v.Tree || len(list) == 1 {
			return list[0].at, list[len(list)-1].at
		}
		places = list
	}
}

// places writes the entries of an index, and leaves the rest of its places unused.
func (w *writer) places(list []place, size int) {
	w.i32(int32(size), int32(len(list)))
	for _, last := range []bool{false, true} {
		for i := range size {
			switch {
			case i >= len(list):
				w.i32(-1)
			case last:
				w.i32(int32(list[i].last))
			default:
				w.i32(int32(list[i].first))
			}
		}
	}
	for i := range size {
		if i < len(list) {
			w.offset(int64(list[i].at))
		} else {
			w.offset(-1)
		}
	}
}
