package xtce

import "strings"

// Parameter is a field that packets may have.
type Parameter struct {
	Name        string
	Description string // of the parameter, or of its type
	Unit        string // of its calibrated value
	typ         *parameterType
	id          int
}

// parameterType is how the fields of a type are read and calibrated.
type parameterType struct {
	encoding  encoding
	def       calibrator
	contexts  []contextCalibrator
	labels    map[int64]string // of an enumeration
	boolean   bool
	scale     *[2]float64 // factor and offset of a time
	unit      string
	described string
}

var typeNames = strings.Fields("IntegerParameterType FloatParameterType EnumeratedParameterType BooleanParameterType " +
	"StringParameterType BinaryParameterType AbsoluteTimeParameterType RelativeTimeParameterType")

const encodingNames = "IntegerDataEncoding FloatDataEncoding StringDataEncoding BinaryDataEncoding"

func (b *builder) parameterType(n *node) (*parameterType, error) {
	children := encodingNames + " ValidRange ValidRangeSet DefaultAlarm ToString SizeRangeInCharacters"
	switch n.name {
	case "EnumeratedParameterType":
		children += " EnumerationList"
	case "AbsoluteTimeParameterType", "RelativeTimeParameterType":
		children = "Encoding ReferenceTime"
	}
	if err := n.only(children, "name signed sizeInBits encoding oneStringValue zeroStringValue characterWidth"); err != nil {
		return nil, err
	}
	t := &parameterType{boolean: n.name == "BooleanParameterType", described: description(n)}
	if u := n.child("UnitSet"); u != nil && u.child("Unit") != nil {
		t.unit = strings.TrimSpace(u.child("Unit").text)
	}
	where := n
	if e := n.child("Encoding"); e != nil {
		if err := e.only(encodingNames, "units scale offset"); err != nil {
			return nil, err
		}
		scale, err := e.float("scale", 1)
		if err != nil {
			return nil, err
		}
		offset, err := e.float("offset", 0)
		if err != nil {
			return nil, err
		}
		where, t.scale = e, &[2]float64{scale, offset}
		t.unit = e.attrs["units"]
	}
	if err := b.encoding(where, t); err != nil {
		return nil, err
	}
	if n.name == "EnumeratedParameterType" {
		return t, t.readLabels(n)
	}
	return t, nil
}

// encoding reads the one encoding that stands in n into t.
func (b *builder) encoding(n *node, t *parameterType) (err error) {
	for _, c := range n.children {
		switch c.name {
		case "IntegerDataEncoding", "FloatDataEncoding":
			if err := c.only("DefaultCalibrator ContextCalibratorList", "sizeInBits encoding byteOrder bitOrder"); err != nil {
				return err
			}
			if c.name == "FloatDataEncoding" {
				t.encoding, err = readFloatEncoding(c)
			} else {
				t.encoding, err = readIntegerEncoding(c)
			}
			if err != nil {
				return err
			}
			t.def, t.contexts, err = b.calibrators(c)
			return err
		case "StringDataEncoding":
			if err := c.only("SizeInBits", "encoding sizeInBits byteOrder bitOrder"); err != nil {
				return err
			}
			t.encoding, err = b.stringEncoding(c)
			return err
		case "BinaryDataEncoding":
			if err := c.only("SizeInBits", "encoding sizeInBits byteOrder bitOrder"); err != nil {
				return err
			}
			if _, err := littleEndian(c, 8); err != nil {
				return err
			}
			size := c.child("SizeInBits")
			if size == nil {
				return c.errorf("SizeInBits is missing")
			}
			if err := size.only("FixedValue DynamicValue DiscreteLookupList", ""); err != nil {
				return err
			}
			e := &binaryEncoding{}
			e.size, err = b.size(size)
			t.encoding = e
			return err
		}
	}
	return n.errorf("there is no encoding; known are %s", orNone(encodingNames))
}

func (t *parameterType) readLabels(n *node) error {
	list := n.child("EnumerationList")
	if list == nil {
		return n.errorf("EnumerationList is missing")
	}
	t.labels = map[int64]string{}
	for _, e := range list.all("Enumeration") {
		if err := e.only("", "value label maxValue"); err != nil {
			return err
		}
		value, err := e.need("value")
		if err != nil {
			return err
		}
		from, err := parseInteger(value)
		if err != nil {
			return e.errorf("value=%q must be an integer", value)
		}
		to, err := e.integer("maxValue", from)
		if err != nil {
			return err
		}
		if to < from || to-from > 1<<16 {
			return e.errorf("maxValue=%d must be %d to %d", to, from, from+1<<16)
		}
		for v := from; v <= to; v++ {
			t.labels[v] = e.attrs["label"]
		}
	}
	return nil
}

func description(n *node) string {
	if s := n.attrs["shortDescription"]; s != "" {
		return s
	}
	if c := n.child("LongDescription"); c != nil {
		return strings.Join(strings.Fields(c.text), " ")
	}
	return ""
}

// calibrated is the value that a raw value stands for.
func (t *parameterType) calibrated(raw Value, d *Decoder) (Value, error) {
	if t.labels != nil {
		label, known := t.labels[raw.integer()]
		if !known {
			return Value{}, nil
		}
		return Value{Kind: String, text: label}, nil
	}
	if t.boolean {
		n, ok := raw.Number()
		if !ok {
			return boolValue(raw.String() != ""), nil
		}
		return boolValue(n != 0), nil
	}
	use := t.def
	for _, c := range t.contexts {
		ok, err := c.when.holds(d)
		if err != nil {
			return Value{}, err
		}
		if ok {
			use = c.calibrator
			break
		}
	}
	if use == nil && t.scale == nil {
		return raw, nil
	}
	n, ok := raw.Number()
	if !ok {
		return Value{}, errorf("the value %s cannot be calibrated", raw)
	}
	if use != nil {
		var err error
		if n, err = use.calibrate(n); err != nil {
			return Value{}, err
		}
	}
	if t.scale != nil {
		n = n*t.scale[0] + t.scale[1]
	}
	return floatValue(n), nil
}
