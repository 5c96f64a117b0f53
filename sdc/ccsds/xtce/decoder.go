package xtce

import "fmt"

// Field is one field of a packet.
type Field struct {
	*Parameter
	Raw   Value // as the packet has it
	Value Value // calibrated, or the label of an enumeration (None where the raw value has none)
}

// Record is a packet, decoded.
type Record struct {
	Container string  // name of the container that describes the packet
	Fields    []Field // in the order of the packet
	Left      int     // bits at the end of the packet that no field describes
}

// primaryFields is how many fields the primary header of a packet has.
const primaryFields = 7

// Data are the fields after those of the primary header, with which a definition starts.
func (r Record) Data() []Field { return r.Fields[min(primaryFields, len(r.Fields)):] }

// UnknownError says that a definition describes a packet's header and no more of it: no container's criteria hold.
type UnknownError struct {
	Container string // the abstract container that describes the packet so far
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("no container of the definition that extends %s describes the packet", e.Container)
}

// Decoder decodes packets one after another. It is for one goroutine.
type Decoder struct {
	def    *Definition
	fields []Field
	at     []int // by parameter: index in fields plus one, where round says that it is this packet's
	round  []int
	packet int
	steps  int
}

// NewDecoder returns a decoder for packets of the definition.
func (d *Definition) NewDecoder() *Decoder {
	return &Decoder{def: d, at: make([]int, len(d.parameters)), round: make([]int, len(d.parameters))}
}

// Decode decodes a whole packet, primary header included. The record is valid until the next call, and
// its binary values share packet's memory. The error is an [*UnknownError], or names the field that could not be read.
func (d *Decoder) Decode(packet []byte) (Record, error) {
	d.packet++
	d.steps = 0
	d.fields = d.fields[:0]
	b := &bits{data: packet}
	at := d.def.root
	for {
		if err := d.container(at, b); err != nil {
			return Record{}, err
		}
		next, err := d.heir(at)
		if err != nil {
			return Record{}, err
		}
		if next == nil {
			if at.abstract {
				return Record{}, &UnknownError{Container: at.name}
			}
			return Record{Container: at.name, Fields: d.fields, Left: b.left()}, nil
		}
		at = next
	}
}

// heir is the one container that extends c and whose criteria hold; nil where there is none.
func (d *Decoder) heir(c *container) (*container, error) {
	var found *container
	for _, h := range c.heirs {
		if h.when != nil {
			ok, err := h.when.holds(d)
			if err != nil {
				return nil, fmt.Errorf("container %s: %w", h.name, err)
			}
			if !ok {
				continue
			}
		}
		if found != nil {
			return nil, errorf("two containers describe the packet: %s and %s", found.name, h.name)
		}
		found = h
	}
	return found, nil
}

// maxSteps bounds how many entries a packet may take: containers that hold one another twice and again
// would take for ever. The longest packet has 524,336 bits.
const maxSteps = 1 << 20

func (d *Decoder) container(c *container, b *bits) error {
	for _, e := range c.entries {
		if d.steps++; d.steps > maxSteps {
			return errorf("the packet takes more than %d entries of the definition", maxSteps)
		}
		if e.when != nil {
			ok, err := e.when.holds(d)
			if err != nil {
				return fmt.Errorf("container %s: %w", c.name, err)
			}
			if !ok {
				continue
			}
		}
		if e.container != nil {
			if err := d.container(e.container, b); err != nil {
				return err
			}
			continue
		}
		if err := d.parameter(e.parameter, b); err != nil {
			return fmt.Errorf("field %s of container %s: %w", e.parameter.Name, c.name, err)
		}
	}
	return nil
}

func (d *Decoder) parameter(p *Parameter, b *bits) error {
	raw, err := p.typ.encoding.read(b, d)
	if err != nil {
		return err
	}
	d.fields = append(d.fields, Field{Parameter: p, Raw: raw, Value: raw})
	at := len(d.fields) - 1
	d.at[p.id], d.round[p.id] = at+1, d.packet
	// A context calibrator may ask for the field's own raw value, which is there now.
	value, err := p.typ.calibrated(raw, d)
	if err != nil {
		return err
	}
	d.fields[at].Value = value
	return nil
}

// field is the field of a parameter in this packet, the last one where it stands there twice; nil where it has not been read yet.
func (d *Decoder) field(p *Parameter) *Field {
	if d.round[p.id] != d.packet {
		return nil
	}
	return &d.fields[d.at[p.id]-1]
}
