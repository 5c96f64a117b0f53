package sample

import "encoding/binary"

// recordWriter builds the records of a CDF file: big-endian fields, and offsets
// that count from the start of the file.
type recordWriter struct{ b []byte }

// begin starts a record: its size, set by end, and its type.
func (w *recordWriter) begin(record int32) (at int) {
	at = len(w.b)
	w.offset(0)
	w.i32(record)
	return at
}

// end sets the size of the record that starts at an offset.
func (w *recordWriter) end(at int) {
	w.point(at, len(w.b)-at)
}

// offset adds a field of eight bytes and says where it is, for point to set it later.
func (w *recordWriter) offset(value int64) (at int) {
	at = len(w.b)
	w.b = binary.BigEndian.AppendUint64(w.b, uint64(value))
	return at
}

// point sets the field of eight bytes at an offset.
func (w *recordWriter) point(field, value int) {
	binary.BigEndian.PutUint64(w.b[field:], uint64(value))
}

func (w *recordWriter) i32(values ...int32) {
	for _, v := range values {
		w.b = binary.BigEndian.AppendUint32(w.b, uint32(v))
	}
}

// text adds a string and fills it up to a size with zero bytes.
func (w *recordWriter) text(s string, size int) {
	w.b = append(w.b, s...)
	w.b = append(w.b, make([]byte, size-len(s))...)
}
