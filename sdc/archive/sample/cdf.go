package sample

// Constants of the CDF format, version 3: NASA's "CDF Internal Format
// Description", chapters 2 and 4, and "CDF User's Guide", 2.5.
const (
	magic = "\xCD\xF3\x00\x01\x00\x00\xFF\xFF" // version 3, not compressed

	recordCDR    = 1  // CDF descriptor
	recordGDR    = 2  // global descriptor
	recordADR    = 4  // attribute descriptor
	recordAgrEDR = 5  // entry of a global attribute
	recordVXR    = 6  // index of a variable's values
	recordVVR    = 7  // values
	recordZVDR   = 8  // variable descriptor
	recordAzEDR  = 9  // entry of a variable attribute
	noOffset     = -1 // where there is no record to point to

	encodingIBMPC  = 6 // values are little-endian; records are big-endian always
	rowMajorSingle = 3 // flags: row majority, all in one file

	typeTT2000 = 33
	typeFloat  = 44
	typeChar   = 51
)

// cdf is what a CDF file holds.
type cdf struct {
	global    []attribute
	variables []variable
}

// attribute is a name with a value.
type attribute struct {
	name  string
	value value
}

// variable is a zVariable, with every value of a record along every dimension. One that
// is fixed has one record, which holds for all records of the others.
type variable struct {
	name       string
	dataType   int32
	elements   int32 // characters of a string; 0 stands for 1
	dimensions []int32
	records    int
	fixed      bool
	pad        []byte // one value
	values     []byte // of all records, little-endian
	attributes []attribute
}

// encode lays the records out as the libraries do: each attribute's descriptor
// before its entries, each variable's descriptor, values and index in this order.
func (c cdf) encode() []byte {
	size := 8192
	for _, v := range c.variables {
		size += len(v.values)
	}
	w := recordWriter{b: make([]byte, 0, size)}
	w.b = append(w.b, magic...)

	cdr := w.begin(recordCDR)
	gdrAt := w.offset(0)
	w.i32(3, 9) // version and release
	w.i32(encodingIBMPC, rowMajorSingle)
	w.i32(0, 0, 0) // two reserved, increment
	w.i32(2, -1)   // identifier, reserved
	w.text(copyright, 256)
	w.end(cdr)

	names := c.variableAttributes()
	gdr := w.begin(recordGDR)
	w.point(gdrAt, gdr)
	w.offset(0) // rVariables
	nextVariable := w.offset(0)
	nextAttribute := w.offset(0)
	fileSize := w.offset(0)
	w.i32(0)                                 // rVariables
	w.i32(int32(len(c.global) + len(names))) // attributes
	w.i32(-1, 0)                             // last record and dimensions of the rVariables
	w.i32(int32(len(c.variables)))           // zVariables
	w.offset(0)                              // unused records
	w.i32(0, lastLeapSecond, -1)             // reserved, leap second, reserved
	w.end(gdr)

	for i, a := range c.global {
		nextAttribute = w.globalAttribute(nextAttribute, int32(i), a)
	}
	for i, name := range names {
		nextAttribute = w.variableAttribute(nextAttribute, int32(len(c.global)+i), name, c.variables)
	}
	for i, v := range c.variables {
		nextVariable = w.variable(nextVariable, int32(i), v)
	}
	w.point(fileSize, len(w.b))
	return w.b
}

// lastLeapSecond is the day of the newest leap second in the table that the times
// were made with.
const lastLeapSecond = 20170101

// copyright is the notice that the format asks for.
const copyright = "\nCommon Data Format (CDF)\nhttps://cdf.gsfc.nasa.gov\n" +
	"Space Physics Data Facility\nNASA/Goddard Space Flight Center\n" +
	"Greenbelt, Maryland 20771 USA\n(User support: gsfc-cdf-support@lists.nasa.gov)\n"

// variableAttributes lists the names of the variables' attributes, each once, in
// the order they are met.
func (c cdf) variableAttributes() []string {
	var names []string
	seen := map[string]bool{}
	for _, v := range c.variables {
		for _, a := range v.attributes {
			if !seen[a.name] {
				seen[a.name] = true
				names = append(names, a.name)
			}
		}
	}
	return names
}

// attributeDescriptor adds an ADR for the chain at link. It returns the links to
// the next ADR and to the entries of globals or of zVariables.
func (w *recordWriter) attributeDescriptor(link int, number int32, name string, zEntries int, lastZ int32) (next, global, z int) {
	const globalScope, variableScope = 1, 2
	at := w.begin(recordADR)
	w.point(link, at)
	next = w.offset(0)
	global = w.offset(0)
	if zEntries == 0 {
		w.i32(globalScope, number, 1, 0) // one entry, the last has number 0
	} else {
		w.i32(variableScope, number, 0, -1)
	}
	w.i32(0) // reserved
	z = w.offset(0)
	w.i32(int32(zEntries), lastZ, -1)
	w.text(name, 256)
	w.end(at)
	return next, global, z
}

func (w *recordWriter) globalAttribute(link int, number int32, a attribute) (next int) {
	next, entries, _ := w.attributeDescriptor(link, number, a.name, 0, -1)
	w.entry(entries, recordAgrEDR, number, 0, a.value)
	return next
}

func (w *recordWriter) variableAttribute(link int, number int32, name string, variables []variable) (next int) {
	count, last := 0, int32(-1)
	for i, v := range variables {
		if _, ok := v.attribute(name); ok {
			count, last = count+1, int32(i)
		}
	}
	next, _, entries := w.attributeDescriptor(link, number, name, count, last)
	for i, v := range variables {
		if value, ok := v.attribute(name); ok {
			entries = w.entry(entries, recordAzEDR, number, int32(i), value)
		}
	}
	return next
}

func (v variable) attribute(name string) (value value, ok bool) {
	for _, a := range v.attributes {
		if a.name == name {
			return a.value, true
		}
	}
	return value, false
}

// entry adds the value of an attribute, for the file or for one variable.
func (w *recordWriter) entry(link int, record, attribute, number int32, v value) (next int) {
	at := w.begin(record)
	w.point(link, at)
	next = w.offset(0)
	w.i32(attribute, v.dataType, number, v.elements)
	strings := int32(0) // in a string of a variable
	if record == recordAzEDR && v.dataType == typeChar {
		strings = 1
	}
	w.i32(strings, 0, 0, -1, -1) // then reserved fields
	w.b = append(w.b, v.bytes...)
	w.end(at)
	return next
}

// variable adds a variable's descriptor, its values in one block, and the index
// that points to them.
func (w *recordWriter) variable(link int, number int32, v variable) (next int) {
	const recordsVary, hasPad = 1, 2
	at := w.begin(recordZVDR)
	w.point(link, at)
	next = w.offset(0)
	w.i32(v.dataType, int32(v.records-1))
	indexHead := w.offset(0)
	indexTail := w.offset(0)
	flags := int32(recordsVary | hasPad)
	if v.fixed {
		flags = hasPad
	}
	w.i32(flags, 0)  // no sparse records
	w.i32(0, -1, -1) // reserved
	w.i32(max(1, v.elements), number)
	w.offset(noOffset) // neither compressed nor sparse
	w.i32(1)           // blocking factor
	w.text(v.name, 256)
	w.i32(int32(len(v.dimensions)))
	w.i32(v.dimensions...)
	for range v.dimensions {
		w.i32(-1) // values vary along it
	}
	w.b = append(w.b, v.pad...)
	w.end(at)

	values := w.begin(recordVVR)
	w.b = append(w.b, v.values...)
	w.end(values)

	// Seven places of which one is used, as the libraries leave room for growth.
	const places = 7
	index := w.begin(recordVXR)
	w.point(indexHead, index)
	w.point(indexTail, index)
	w.offset(0) // no further index
	w.i32(places, 1)
	w.i32(0, -1, -1, -1, -1, -1, -1)                  // first record of each place
	w.i32(int32(v.records-1), -1, -1, -1, -1, -1, -1) // last record
	w.offset(int64(values))
	for range places - 1 {
		w.offset(noOffset)
	}
	w.end(index)
	return next
}
