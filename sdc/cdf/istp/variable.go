package istp

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"imapsh/sdc/cdf"
)

// The values of VAR_TYPE.
const (
	data        = "data"
	supportData = "support_data"
	metadata    = "metadata"
	ignoreData  = "ignore_data"
)

// displayTypes are the values of DISPLAY_TYPE, before a ">".
var displayTypes = []string{
	"time_series", "spectrogram", "stack_plot", "image", "no_plot", "orbit", "map_image", "plasmagram",
	"movie", "mapped", "radar", "topside_ionogram", "bottomside_ionogram", "timetext", "plasma_movie", "flux_image",
	"rgb_image", "phase_plot", "vector_plot", "sky_map",
}

// variable checks what a variable's attributes say.
func (c *checker) variable(v *cdf.Variable) {
	if !described(v) {
		c.fail(v.Name, "attributes", "it has none of the attributes of the guidelines", "VAR_TYPE, CATDESC, FIELDNAM, UNITS and their like")
		return
	}
	kind := strings.ToLower(v.Text("VAR_TYPE"))
	switch kind {
	case data, supportData, metadata, ignoreData:
	case "":
		c.fail(v.Name, "VAR_TYPE", "the attribute is missing", "data, support_data, metadata or ignore_data")
		kind = guessKind(v)
	default:
		c.fail(v.Name, "VAR_TYPE", fmt.Sprintf("it is %q", kind), "data, support_data, metadata or ignore_data")
		kind = guessKind(v)
	}
	if kind == ignoreData {
		return
	}
	missing := Warning
	if kind == data {
		missing = Error
	}
	c.need(v, missing, "CATDESC", "a description of about 80 characters")
	c.need(v, missing, "FIELDNAM", "a short name for a plot's title")
	surplus := c.surplusDimension(v)
	c.references(v, surplus)
	if !surplus {
		c.dimensions(v, kind)
	}
	c.conversion(v)
	if kind == metadata {
		return
	}
	c.fill(v, missing)
	c.valid(v, missing)
	c.units(v, kind)
	c.format(v, kind)
	if kind == data {
		c.display(v)
		if !surplus {
			c.labels(v)
		}
	}
}

// described reports whether a variable has any of the attributes that describe it.
func described(v *cdf.Variable) bool {
	for _, name := range []string{"VAR_TYPE", "CATDESC", "FIELDNAM", "DEPEND_0", "UNITS", "FILLVAL"} {
		if _, ok := v.Attribute(name); ok {
			return true
		}
	}
	return false
}

// guessKind is what a variable is that does not say.
func guessKind(v *cdf.Variable) string {
	switch {
	case v.Type.IsText():
		return metadata
	case v.Type.IsTime(), !v.RecordVary:
		return supportData
	}
	return data
}

// need finds an attribute that is missing or empty.
func (c *checker) need(v *cdf.Variable, level Level, attribute, right string) {
	if _, ok := v.Attribute(attribute); !ok {
		c.add(level, v.Name, attribute, "the attribute is missing", right)
	} else if v.Text(attribute) == "" {
		c.warn(v.Name, attribute, "the attribute is empty", right)
	}
}

// fills are the fill values of the types, as they are printed.
var fills = map[cdf.Type]string{
	cdf.Int1: "-128", cdf.Byte: "-128", cdf.Int2: "-32768", cdf.Int4: "-2147483648", cdf.Int8: "-9223372036854775808",
	cdf.TT2000: "-9223372036854775808", cdf.Uint1: "255", cdf.Uint2: "65535", cdf.Uint4: "4294967295",
	cdf.Real4: "-1e+31", cdf.Float: "-1e+31", cdf.Real8: "-1e+31", cdf.Double: "-1e+31", cdf.Epoch: "-1e+31", cdf.Epoch16: "-1e+31",
}

// number prints a value that may be a time as a number.
func number(e cdf.Values, i int) string {
	switch e.Type {
	case cdf.TT2000:
		return strconv.FormatInt(e.Int64(i), 10)
	case cdf.Epoch, cdf.Epoch16:
		return strconv.FormatFloat(e.Float64(i), 'g', -1, 64)
	}
	return e.String(i)
}

// fill checks FILLVAL.
func (c *checker) fill(v *cdf.Variable, missing Level) {
	want, ok := fills[v.Type]
	if !ok || !v.RecordVary { // text, and what has one record only, need none
		return
	}
	e, ok := v.Attribute("FILLVAL")
	right := fmt.Sprintf("%s of type %v", want, v.Type)
	switch {
	case !ok || e.Len() == 0:
		c.add(missing, v.Name, "FILLVAL", "the attribute is missing", right)
	case !sameType(e.Type, v.Type):
		c.warn(v.Name, "FILLVAL", fmt.Sprintf("it is of type %v", e.Type), right)
	case number(e.Values, 0) != want:
		c.warn(v.Name, "FILLVAL", "it is "+number(e.Values, 0), right)
	}
}

// sameType reports whether two types store values alike, as REAL4 and FLOAT do.
func sameType(a, b cdf.Type) bool {
	return canonical(a) == canonical(b)
}

func canonical(t cdf.Type) cdf.Type {
	switch t {
	case cdf.Real4:
		return cdf.Float
	case cdf.Real8:
		return cdf.Double
	case cdf.Byte:
		return cdf.Int1
	case cdf.Uchar:
		return cdf.Char
	}
	return t
}

// valid checks that VALIDMIN and VALIDMAX are there and fit one another.
func (c *checker) valid(v *cdf.Variable, missing Level) {
	if v.Type.IsText() || !v.RecordVary {
		return
	}
	for _, name := range []string{"VALIDMIN", "VALIDMAX"} {
		e, ok := v.Attribute(name)
		switch {
		case !ok || e.Len() == 0:
			c.add(missing, v.Name, name, "the attribute is missing", fmt.Sprintf("a value of type %v", v.Type))
		case e.Type.IsText():
			c.fail(v.Name, name, "it is text", fmt.Sprintf("a value of type %v", v.Type))
		case !sameType(e.Type, v.Type):
			c.warn(v.Name, name, fmt.Sprintf("it is of type %v", e.Type), fmt.Sprintf("type %v", v.Type))
		}
	}
	low, high, ok := bounds(v)
	if ok && low.Len() == high.Len() {
		for i := range low.Len() {
			if low.Float64(i) > high.Float64(i) {
				c.fail(v.Name, "VALIDMIN", fmt.Sprintf("it is %s, more than VALIDMAX, %s", number(low, i), number(high, i)), "VALIDMIN below VALIDMAX")
				return
			}
		}
	}
}

// bounds gives VALIDMIN and VALIDMAX where both are numbers.
func bounds(v *cdf.Variable) (low, high cdf.Values, ok bool) {
	a, okA := v.Attribute("VALIDMIN")
	b, okB := v.Attribute("VALIDMAX")
	ok = okA && okB && a.Len() > 0 && b.Len() > 0 && !a.Type.IsText() && !b.Type.IsText()
	return a.Values, b.Values, ok
}

// units checks UNITS or UNIT_PTR.
func (c *checker) units(v *cdf.Variable, kind string) {
	if v.Text("UNIT_PTR") != "" || v.Type.IsTime() || v.Type.IsText() {
		return
	}
	_, ok := v.Attribute("UNITS")
	const right = `a unit in UNITS (nT), or a variable that holds them in UNIT_PTR; 1 or " " for none`
	switch {
	case !ok && kind == data:
		c.fail(v.Name, "UNITS", "UNITS and UNIT_PTR are missing", right)
	case !ok:
		c.warn(v.Name, "UNITS", "UNITS and UNIT_PTR are missing", right)
	case kind == data && v.Text("UNITS") == "":
		c.warn(v.Name, "UNITS", "it is blank for a variable of data", right)
	}
}

// formats are what FORMAT may be: an edit descriptor of Fortran, or one of C.
var formats = regexp.MustCompile(`(?i)^(?:\d*\(?\s*([IFEGAZBD])(?:[ENS])?(\d+)?(?:\.\d+)?(?:E\d+)?\s*\)?|%[-+ #0]*\d*(?:\.\d+)?l*([duxXfegEGsc]))$`)

// format checks FORMAT.
func (c *checker) format(v *cdf.Variable, kind string) {
	if v.Text("FORM_PTR") != "" || v.Type.IsTime() {
		return
	}
	s := v.Text("FORMAT")
	right := map[bool]string{true: "a format of integers: I8", false: "a format of numbers: F10.3 or E12.4"}[v.Type.IsInteger()]
	if v.Type.IsText() {
		right = fmt.Sprintf("a format of text: A%d", v.Elements)
	}
	if s == "" {
		if kind == data {
			c.warn(v.Name, "FORMAT", "FORMAT and FORM_PTR are missing or blank", right)
		}
		return
	}
	m := formats.FindStringSubmatch(s)
	if m == nil {
		c.warn(v.Name, "FORMAT", fmt.Sprintf("it is %q, which is no format", s), right)
		return
	}
	letter := strings.ToUpper(m[1] + m[3])
	text := strings.Contains("ASC", letter)
	integer := strings.Contains("IDUXZB", letter)
	if text != v.Type.IsText() || v.Type.IsFloat() && integer {
		c.warn(v.Name, "FORMAT", fmt.Sprintf("it is %q; values are %v", s, v.Type), right)
	}
}

// display checks DISPLAY_TYPE.
func (c *checker) display(v *cdf.Variable) {
	right := "how it is drawn: " + strings.Join(displayTypes[:5], ", ") + ", …"
	whole := v.Text("DISPLAY_TYPE")
	if whole == "" {
		c.warn(v.Name, "DISPLAY_TYPE", "the attribute is missing", right)
		return
	}
	word, _, _ := strings.Cut(strings.ToLower(whole), ">")
	for _, known := range displayTypes {
		if strings.TrimSpace(word) == known {
			return
		}
	}
	c.warn(v.Name, "DISPLAY_TYPE", fmt.Sprintf("it is %q", whole), right)
}

// labels checks that axes have labels.
func (c *checker) labels(v *cdf.Variable) {
	if len(v.Dims) == 0 {
		if v.Text("LABLAXIS") == "" {
			c.warn(v.Name, "LABLAXIS", "the attribute is missing", "a short label of the axis")
		}
		return
	}
	for i := range v.Dims {
		pointer, depend := fmt.Sprintf("LABL_PTR_%d", i+1), fmt.Sprintf("DEPEND_%d", i+1)
		if v.Text(pointer) == "" && v.Text(depend) == "" && v.Text("LABLAXIS") == "" {
			c.warn(v.Name, pointer, fmt.Sprintf("%s and LABLAXIS are missing", pointer), "a variable with the labels along the dimension, or one label")
		}
	}
}
