package cdf

import (
	"context"
	"fmt"
	"strings"
)

// Attribute is a global attribute: a name with numbered entries.
type Attribute struct {
	Name    string
	Entries []Entry // by number; numbers without an entry are left out
}

// Text is the first entry as a string without blanks around it; "" where there is none
// or it is not a string.
func (a Attribute) Text() string {
	if len(a.Entries) == 0 {
		return ""
	}
	return a.Entries[0].Text()
}

// Entry is a value of an attribute: a string, or one or several numbers.
type Entry struct {
	Number int // of the entry, or of the variable that it describes
	// Values holds one record: a string, or numbers along one dimension.
	Values
	// Err is why the entry cannot be read: VAX floating point.
	Err error
}

// Text is a string without blanks around it; "" if the entry is not a string.
func (e Entry) Text() string {
	if !e.Type.IsText() || e.Records == 0 {
		return ""
	}
	return strings.TrimSpace(e.String(0))
}

// Strings splits a text that holds several strings, as files of version 3.7 and later
// may, at the separator `\N `.
func (e Entry) Strings() []string {
	if !e.Type.IsText() || e.Records == 0 {
		return nil
	}
	return strings.Split(e.String(0), `\N `)
}

// Scopes of attributes are odd for global ones.
const scopeGlobal = 1

// readAttributes reads all attributes with their entries.
func (f *File) readAttributes(ctx context.Context, g globals) error {
	r := f.source.newReader(f.layout)
	seen := map[int64]bool{}
	at := g.attributes
	for i := range g.attributeCount {
		if i%16 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if seen[at] {
			return record{at: at, kind: typeADR}.fault("the list of attributes leads here twice")
		}
		seen[at] = true
		next, err := f.readAttribute(ctx, r, at, g)
		if err != nil {
			return err
		}
		at = next
	}
	return nil
}

// readAttribute reads the attribute at an offset, and gives where the next one is.
func (f *File) readAttribute(ctx context.Context, r *recordReader, at int64, g globals) (next int64, err error) {
	least := 3*r.offsetSize() + 8*4 + r.nameSize
	rec, b, err := r.read(at, least, typeADR)
	if err != nil {
		return 0, err
	}
	next = b.offset()
	firstAt := b.offset()
	scope := b.i32()
	b.i32() // its number
	count := int(b.i32())
	b.i32s(2)
	firstZAt := b.offset()
	zCount := int(b.i32())
	b.i32s(2)
	name := b.name(r.nameSize)
	if count < 0 || zCount < 0 {
		return 0, rec.fault("attribute %q counts %d and %d entries", name, count, zCount)
	}
	a := attributeReader{f: f, r: r, name: name, global: scope&scopeGlobal != 0}
	if err := a.entries(ctx, firstAt, count, typeAgrEDR, f.Variables[:g.rCount]); err != nil {
		return 0, err
	}
	if err := a.entries(ctx, firstZAt, zCount, typeAzEDR, f.Variables[g.rCount:]); err != nil {
		return 0, err
	}
	if a.global {
		f.Attributes = append(f.Attributes, Attribute{Name: name, Entries: a.list})
	}
	return next, nil
}

// attributeReader reads the entries of one attribute.
type attributeReader struct {
	f      *File
	r      *recordReader
	name   string
	global bool
	list   []Entry
}

// entries reads a list of entries, and gives them to the variables that they describe.
func (a *attributeReader) entries(ctx context.Context, at int64, count int, kind recordType, variables []*Variable) error {
	seen := map[int64]bool{}
	for i := range count {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		if seen[at] {
			return record{at: at, kind: kind}.fault("the list of entries of attribute %q leads here twice", a.name)
		}
		seen[at] = true
		entry, next, err := a.entry(at, kind)
		if err != nil {
			return err
		}
		at = next
		if a.global {
			a.list = append(a.list, entry)
		} else if v := numbered(variables, entry.Number); v != nil {
			v.Attributes = append(v.Attributes, VariableAttribute{Name: a.name, Entry: entry})
		} else {
			a.f.warn("attribute %q has an entry for variable number %d, which does not exist", a.name, entry.Number)
		}
	}
	return nil
}

// numbered finds the variable of a number, which is its place in the list as a rule.
func numbered(variables []*Variable, number int) *Variable {
	if number >= 0 && number < len(variables) && variables[number].Number == number {
		return variables[number]
	}
	for _, v := range variables {
		if v.Number == number {
			return v
		}
	}
	return nil
}

// entry reads one entry, and gives where the next one is.
func (a *attributeReader) entry(at int64, kind recordType) (e Entry, next int64, err error) {
	rec, b, err := a.r.read(at, a.r.offsetSize()+9*4, kind)
	if err != nil {
		return e, 0, err
	}
	next = b.offset()
	b.i32() // the attribute's number
	e.Type = Type(b.i32())
	e.Number = int(b.i32())
	elements := int(b.i32())
	b.i32s(5)
	info, known := e.Type.describe()
	switch {
	case !known:
		return e, 0, rec.fault("attribute %q: unknown data type %d", a.name, int32(e.Type))
	case elements < 0 || elements > len(b.b)/info.size:
		return e, 0, rec.fault("attribute %q: %d elements of %v are longer than the record", a.name, elements, e.Type)
	}
	e.Records, e.Elements, e.Dims = 1, 1, []int{}
	if info.kind == text {
		e.Elements = elements
	} else {
		e.Dims = []int{elements}
	}
	if a.f.Encoding.VAXFloats() && info.kind == floating {
		e.Records, e.Dims = 0, []int{0}
		e.Err = &UnsupportedError{Feature: fmt.Sprintf("VAX floating point (encoding %v, attribute %s)", a.f.Encoding, a.name)}
		return e, next, nil
	}
	e.Bytes = b.take(elements * info.size)
	if a.f.Encoding.BigEndian() {
		turn(e.Bytes, info.unit)
	}
	return e, next, nil
}
