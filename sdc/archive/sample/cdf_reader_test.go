package sample

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// errFeature is the error of a CDF that uses what readCDF does not know.
var errFeature = errors.New("not supported by this reader")

// readVariable is a zVariable as it was read.
type readVariable struct {
	name       string
	dataType   int
	elements   int
	dimensions []int
	records    int
	values     []byte // as they stand in the file
	attributes map[string]string
}

// readFile is a CDF as it was read.
type readFile struct {
	encoding  int
	globals   map[string][]string
	variables []readVariable
}

// reader walks the records of a CDF version 3. It shares nothing with the writer:
// offsets of fields are written out as in NASA's format description.
type reader struct {
	b       []byte
	extents map[int]int // start of each record met, and its size
}

// readCDF reads a CDF by following its links from the descriptor on, and checks
// that the records met cover the file without a gap.
func readCDF(b []byte) (file readFile, err error) {
	defer func() {
		// A link that leads out of the file is a fault of the file.
		if r := recover(); r != nil {
			err = fmt.Errorf("broken: %v", r)
		}
	}()
	r := &reader{b: b, extents: map[int]int{}}
	if magic := r.u32(0); magic != 0xCDF30001 {
		return file, fmt.Errorf("magic number %08X: %w", magic, errFeature)
	}
	if second := r.u32(4); second != 0x0000FFFF {
		return file, fmt.Errorf("second magic number %08X (compressed?): %w", second, errFeature)
	}

	cdr, err := r.record(8, 1, 312)
	if err != nil {
		return file, err
	}
	file.encoding = r.i32(cdr + 28)
	if flags := r.i32(cdr + 32); flags != 3 {
		return file, fmt.Errorf("flags %b (column majority, several files or a checksum): %w", flags, errFeature)
	}
	if version := r.i32(cdr + 20); version != 3 {
		return file, fmt.Errorf("version %d", version)
	}

	gdr, err := r.record(r.i64(cdr+12), 2, 84)
	if err != nil {
		return file, err
	}
	if r.i32(gdr+44) != 0 {
		return file, fmt.Errorf("rVariables: %w", errFeature)
	}
	if r.i64(gdr+64) != 0 {
		return file, fmt.Errorf("unused records: %w", errFeature)
	}
	if size := r.i64(gdr + 36); size != len(b) {
		return file, fmt.Errorf("the file should have %d bytes, it has %d", size, len(b))
	}

	if err := r.variables(&file, r.i64(gdr+20), r.i32(gdr+60)); err != nil {
		return file, err
	}
	if err := r.attributes(&file, r.i64(gdr+28), r.i32(gdr+48)); err != nil {
		return file, err
	}
	return file, r.covered()
}

func (r *reader) u32(at int) uint32 { return binary.BigEndian.Uint32(r.b[at:]) }
func (r *reader) i32(at int) int    { return int(int32(r.u32(at))) }
func (r *reader) i64(at int) int    { return int(int64(binary.BigEndian.Uint64(r.b[at:]))) }

func (r *reader) name(at int) string {
	return strings.TrimRight(string(r.b[at:at+256]), "\x00")
}

// record checks the head of a record; a size of -1 is any.
func (r *reader) record(at, kind, size int) (int, error) {
	got, gotKind := r.i64(at), r.i32(at+8)
	if gotKind != kind {
		return 0, fmt.Errorf("offset %d: record type %d, want %d", at, gotKind, kind)
	}
	if size >= 0 && got != size {
		return 0, fmt.Errorf("offset %d: record of type %d has %d bytes, want %d", at, kind, got, size)
	}
	if _, seen := r.extents[at]; seen {
		return 0, fmt.Errorf("offset %d: two links lead here", at)
	}
	r.extents[at] = got
	return at, nil
}

// covered checks that the records follow one another from the magic numbers to the end.
func (r *reader) covered() error {
	at, count := 8, 0
	for at < len(r.b) {
		size, ok := r.extents[at]
		if !ok {
			return fmt.Errorf("offset %d: no link leads here", at)
		}
		at, count = at+size, count+1
	}
	if at != len(r.b) || count != len(r.extents) {
		return fmt.Errorf("the records end at %d of %d bytes; %d of %d are in line", at, len(r.b), count, len(r.extents))
	}
	return nil
}

// attributes reads the chain of ADRs and the entries of each.
func (r *reader) attributes(file *readFile, at, count int) error {
	file.globals = map[string][]string{}
	number := 0
	for ; at != 0; number++ {
		adr, err := r.record(at, 4, 324)
		if err != nil {
			return err
		}
		name, scope := r.name(adr+68), r.i32(adr+28)
		if got := r.i32(adr + 32); got != number {
			return fmt.Errorf("attribute %s has number %d, want %d", name, got, number)
		}
		global, variable := scope == 1, scope == 2
		if !global && !variable {
			return fmt.Errorf("attribute %s has scope %d", name, scope)
		}
		last, err := r.entries(r.i64(adr+20), 5, number, r.i32(adr+36), func(_ int, text string) error {
			if !global {
				return fmt.Errorf("attribute %s: an entry of its scope is missing", name)
			}
			file.globals[name] = append(file.globals[name], text)
			return nil
		})
		if err != nil {
			return err
		}
		if got := r.i32(adr + 40); got != last {
			return fmt.Errorf("attribute %s: greatest entry %d, want %d", name, got, last)
		}
		last, err = r.entries(r.i64(adr+48), 9, number, r.i32(adr+56), func(i int, text string) error {
			if !variable || i >= len(file.variables) {
				return fmt.Errorf("attribute %s: entry %d is out of place", name, i)
			}
			file.variables[i].attributes[name] = text
			return nil
		})
		if err != nil {
			return err
		}
		if got := r.i32(adr + 60); got != last {
			return fmt.Errorf("attribute %s: greatest zEntry %d, want %d", name, got, last)
		}
		at = r.i64(adr + 12)
	}
	if number != count {
		return fmt.Errorf("%d attributes, want %d", number, count)
	}
	return nil
}

// entries reads a chain of AEDRs and gives the greatest number of an entry, or -1.
func (r *reader) entries(at, kind, attribute, count int, each func(number int, text string) error) (last int, err error) {
	last = -1
	for ; at != 0; count-- {
		aedr, err := r.record(at, kind, -1)
		if err != nil {
			return 0, err
		}
		if got := r.i32(aedr + 20); got != attribute {
			return 0, fmt.Errorf("offset %d: entry of attribute %d, want %d", at, got, attribute)
		}
		dataType, number, elements := r.i32(aedr+24), r.i32(aedr+28), r.i32(aedr+32)
		size := elements * valueSize(dataType)
		if got := r.extents[at]; got != 56+size {
			return 0, fmt.Errorf("offset %d: entry of %d bytes, want %d", at, got, 56+size)
		}
		text := ""
		if dataType == 51 {
			text = string(r.b[aedr+56 : aedr+56+size])
		}
		if err := each(number, text); err != nil {
			return 0, err
		}
		last = max(last, number)
		at = r.i64(aedr + 12)
	}
	if count != 0 {
		return 0, fmt.Errorf("attribute %d: %d entries are missing", attribute, count)
	}
	return last, nil
}

// variables reads the chain of zVDRs and the values of each.
func (r *reader) variables(file *readFile, at, count int) error {
	for ; at != 0; count-- {
		vdr, err := r.record(at, 8, -1)
		if err != nil {
			return err
		}
		v := readVariable{
			name:       r.name(vdr + 84),
			dataType:   r.i32(vdr + 20),
			elements:   r.i32(vdr + 64),
			records:    r.i32(vdr+24) + 1,
			attributes: map[string]string{},
		}
		if got := r.i32(vdr + 68); got != len(file.variables) {
			return fmt.Errorf("variable %s has number %d, want %d", v.name, got, len(file.variables))
		}
		flags := r.i32(vdr + 44)
		if flags&4 != 0 || r.i64(vdr+72) != -1 {
			return fmt.Errorf("variable %s is compressed or sparse: %w", v.name, errFeature)
		}
		dimensions := r.i32(vdr + 340)
		size := v.elements * valueSize(v.dataType) // of a record
		pad := size
		for i := range dimensions {
			v.dimensions = append(v.dimensions, r.i32(vdr+344+4*i))
			if r.i32(vdr+344+4*dimensions+4*i) != -1 {
				return fmt.Errorf("variable %s does not vary along dimension %d: %w", v.name, i, errFeature)
			}
			size *= v.dimensions[i]
		}
		if flags&2 == 0 {
			pad = 0
		}
		if got, want := r.extents[at], 344+8*dimensions+pad; got != want {
			return fmt.Errorf("variable %s: descriptor of %d bytes, want %d", v.name, got, want)
		}
		if flags&1 == 0 && v.records > 1 {
			return fmt.Errorf("variable %s has %d records, which do not vary", v.name, v.records)
		}
		tail, err := r.values(&v, size, r.i64(vdr+28))
		if err != nil {
			return err
		}
		if got := r.i64(vdr + 36); got != tail {
			return fmt.Errorf("variable %s: last index at %d, want %d", v.name, got, tail)
		}
		if len(v.values) != v.records*size {
			return fmt.Errorf("variable %s: %d bytes of values for %d records of %d", v.name, len(v.values), v.records, size)
		}
		file.variables = append(file.variables, v)
		at = r.i64(vdr + 12)
	}
	if count != 0 {
		return fmt.Errorf("%d variables are missing", count)
	}
	return nil
}

// values reads a chain of VXRs whose places point to VVRs, and gives the last of the chain.
func (r *reader) values(v *readVariable, size, at int) (tail int, err error) {
	next := 0
	for at != 0 {
		vxr, err := r.record(at, 6, -1)
		if err != nil {
			return 0, err
		}
		places, used := r.i32(vxr+20), r.i32(vxr+24)
		if got := r.extents[at]; got != 28+16*places || used > places {
			return 0, fmt.Errorf("offset %d: index of %d bytes for %d of %d places", at, got, used, places)
		}
		for i := range used {
			first, last := r.i32(vxr+28+4*i), r.i32(vxr+28+4*places+4*i)
			block := r.i64(vxr + 28 + 8*places + 8*i)
			if kind := r.i32(block + 8); kind != 7 {
				return 0, fmt.Errorf("variable %s: values in a record of type %d: %w", v.name, kind, errFeature)
			}
			vvr, err := r.record(block, 7, 12+(last-first+1)*size)
			if err != nil {
				return 0, err
			}
			if first != next {
				return 0, fmt.Errorf("variable %s: record %d follows %d", v.name, first, next-1)
			}
			next = last + 1
			v.values = append(v.values, r.b[vvr+12:vvr+r.extents[vvr]]...)
		}
		tail, at = at, r.i64(vxr+12)
	}
	if next != v.records {
		return 0, fmt.Errorf("variable %s: %d records, want %d", v.name, next, v.records)
	}
	return tail, nil
}

// valueSize is the length of a value in bytes, by data type.
func valueSize(dataType int) int {
	switch dataType {
	case 1, 11, 41, 51, 52:
		return 1
	case 2, 12:
		return 2
	case 4, 14, 21, 44:
		return 4
	case 8, 22, 31, 33, 45:
		return 8
	case 32:
		return 16
	}
	panic(fmt.Sprintf("data type %d", dataType))
}
