package bindings

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/sdc/cdf"
)

type getInput struct {
	Variable string  `arg:"variable" doc:"name of a variable"`
	From     instant `name:"from" doc:"first time, in UTC: '2026-01-20T06:00'"`
	To       instant `name:"to" doc:"end, which is not included; a day is; '07:00' is on the day of from"`
	Fill     fill    `name:"fill" doc:"'nan': NaN in place of the fill value"`
}

type getTableInput struct {
	getInput
	Rows *int `name:"rows" doc:"how many records; left out: 20"`
}

// fill is what stands in place of the fill value.
type fill string

// Values lists what can.
func (fill) Values() []string { return []string{"nan"} }

// instant is a time as text; a Date stands for its own.
type instant string

// Decode reads a text or a Date.
func (t *instant) Decode(value any) error {
	switch v := value.(type) {
	case string:
		*t = instant(v)
		return nil
	case time.Time:
		*t = instant(v.UTC().Format("2006-01-02T15:04:05.999999999"))
		return nil
	}
	return api.Usagef("must be a time such as '2026-01-20T06:00', or a Date")
}

// span is the time between from and to.
func (in getInput) span(call string) (cdf.Span, error) {
	span, err := cdf.ParseSpan(string(in.From), string(in.To))
	if err != nil {
		return span, api.Usagef("%s: %v", call, err)
	}
	return span, nil
}

// cdfValues are values of a variable in JavaScript, with their times.
type cdfValues struct {
	variable    *cdf.Variable
	values      cdf.Values
	timeValues  cdf.Values // no records: there are no times
	fill        fill
	data, times *api.Lazy
}

// get reads a variable.
func (f cdfFile) get(ctx context.Context, in getInput) (*cdfValues, error) {
	v, err := f.find("get", in.Variable)
	if err != nil {
		return nil, err
	}
	span, err := in.span("get")
	if err != nil {
		return nil, err
	}
	if _, timed := v.TimeVariable(); !timed && span != cdf.Always() {
		return nil, noTimes("get", v)
	}
	if err := in.Fill.check("get", v); err != nil {
		return nil, err
	}
	selection, err := v.Select(ctx, &span)
	if err != nil {
		return nil, err
	}
	values, err := selection.Values(ctx)
	if err != nil {
		return nil, err
	}
	var times cdf.Values
	if selection.Time != nil {
		if times, err = selection.Times(ctx); err != nil {
			return nil, err
		}
	}
	return newValues(v, values, times, in.Fill), nil
}

// newValues makes the JavaScript form of values.
func newValues(v *cdf.Variable, values, times cdf.Values, f fill) *cdfValues {
	c := &cdfValues{variable: v, values: values, timeValues: times, fill: f}
	c.data = &api.Lazy{Make: func(context.Context) (any, error) { return c.array(), nil }}
	c.times = &api.Lazy{Make: func(ctx context.Context) (any, error) {
		if c.timeValues.Records == 0 && c.values.Records > 0 {
			return nil, nil
		}
		return timesAs(ctx, c.timeValues, "utc")
	}}
	return c
}

// check refuses a fill for integers that a number of JavaScript cannot hold.
func (f fill) check(call string, v *cdf.Variable) error {
	switch {
	case f == "":
		return nil
	case v.Type == cdf.Int8 || v.Type == cdf.TT2000:
		return api.Usagef("%s: fill: %s is %v, whose values have more digits than a number: NaN cannot stand among them", call, v.Name, v.Type)
	case v.Type.IsText():
		return api.Usagef("%s: fill: %s is text, which has no NaN", call, v.Name)
	}
	return nil
}

// arrayTypes are the arrays of JavaScript for the types of a CDF.
var arrayTypes = map[cdf.Type]string{
	cdf.Int1: "Int8Array", cdf.Byte: "Int8Array", cdf.Int2: "Int16Array", cdf.Int4: "Int32Array", cdf.Int8: "BigInt64Array",
	cdf.Uint1: "Uint8Array", cdf.Uint2: "Uint16Array", cdf.Uint4: "Uint32Array",
	cdf.Real4: "Float32Array", cdf.Float: "Float32Array", cdf.Real8: "Float64Array", cdf.Double: "Float64Array",
	cdf.Epoch: "Float64Array", cdf.Epoch16: "Float64Array", cdf.TT2000: "BigInt64Array",
}

// array is the values: a typed array over the bytes that were read, or strings.
func (c *cdfValues) array() any {
	if c.values.Type.IsText() {
		list := c.values.Strings()
		for i, s := range list {
			list[i] = strings.TrimRight(s, " ")
		}
		return list
	}
	if c.fill == "" {
		return api.TypedArray{Type: arrayTypes[c.values.Type], Bytes: c.values.Bytes}
	}
	name, b := withoutFill(c.variable, c.values)
	return api.TypedArray{Type: name, Bytes: b}
}

// withoutFill puts NaN in the place of FILLVAL, and among floating-point numbers of
// -1e31 too, which the guidelines name and which is no measurement. Integers become
// Float64Array.
func withoutFill(v *cdf.Variable, values cdf.Values) (arrayType string, b []byte) {
	declared := math.NaN()
	if e, ok := v.Attribute("FILLVAL"); ok && e.Len() > 0 && !e.Type.IsText() {
		declared = e.Float64(0)
	}
	switch values.Type {
	case cdf.Real4, cdf.Float:
		b = append([]byte{}, values.Bytes...)
		for i := range len(b) / 4 {
			if x := values.Float64(i); x == declared || x == float64(float32(cdf.FillEpoch)) {
				binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(float32(math.NaN())))
			}
		}
		return "Float32Array", b
	case cdf.Real8, cdf.Double, cdf.Epoch, cdf.Epoch16:
		b = append([]byte{}, values.Bytes...)
		for i := range len(b) / 8 {
			if x := math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:])); x == declared || x == cdf.FillEpoch {
				binary.LittleEndian.PutUint64(b[8*i:], math.Float64bits(math.NaN()))
			}
		}
		return "Float64Array", b
	}
	b = make([]byte, 0, 8*values.Len())
	for i := range values.Len() {
		x := values.Float64(i)
		if x == declared {
			x = math.NaN()
		}
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	return "Float64Array", b
}

// timesAs gives times in a form.
func timesAs(ctx context.Context, values cdf.Values, as timeAs) (any, error) {
	n := values.Len()
	switch as {
	case "tt2000":
		if values.Type == cdf.TT2000 {
			return api.TypedArray{Type: "BigInt64Array", Bytes: values.Bytes}, nil
		}
		b := make([]byte, 0, 8*n)
		for i := range n {
			t, _ := values.TT2000(i)
			b = binary.LittleEndian.AppendUint64(b, uint64(t))
		}
		return api.TypedArray{Type: "BigInt64Array", Bytes: b}, nil
	case "date":
		list := make([]any, n)
		for i := range list {
			if t, ok := values.TT2000(i); ok {
				list[i] = t.Time()
			}
		}
		return list, ctx.Err()
	}
	list := make([]string, n)
	for i := range list {
		if i%65536 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		list[i] = values.String(i)
	}
	return list, nil
}

// valueFields are the properties of CDFValues.
var valueFields = []api.Prop{
	{Name: "name", Doc: "name of the variable"},
	{Name: "type", Doc: "type in the file: FLOAT, INT8, …"},
	{Name: "units", Doc: "its UNITS"},
	{Name: "data", Doc: "the values, record after record, each row-major: a typed array; BigInt64Array for INT8 and TIME_TT2000; strings"},
	{Name: "shape", Doc: "number of records, then the sizes of the dimensions"},
	{Name: "times", Doc: "UTC of each record; null: the variable has no times"},
	{Name: "attrs", Doc: "attributes of the variable"},
}

// Names lists the properties.
func (*cdfValues) Names() []string {
	names := make([]string, len(valueFields))
	for i, p := range valueFields {
		names[i] = p.Name
	}
	return names
}

// Get is a property.
func (c *cdfValues) Get(name string) (any, bool) {
	switch name {
	case "name":
		return c.variable.Name, true
	case "type":
		return c.variable.Type.String(), true
	case "units":
		return c.variable.Text("UNITS"), true
	case "data":
		return c.data, true
	case "shape":
		return numbers(c.shape()), true
	case "times":
		return c.times, true
	case "attrs":
		return variableAttrs(c.variable), true
	}
	return nil, false
}

// shape is the number of records and the dimensions; of EPOCH16 two numbers a value.
func (c *cdfValues) shape() []int {
	shape := append([]int{c.values.Records}, c.values.Dims...)
	if c.values.Type == cdf.Epoch16 {
		shape = append(shape, 2)
	}
	return shape
}

// brief is one line: CDFValues b_dsrf FLOAT 172800 × 3, 2026-01-20T… to ….
func (c *cdfValues) brief() string {
	s := fmt.Sprintf("CDFValues %s %v %s", c.variable.Name, c.variable.Type, present.Dimensions(c.shape()))
	if units := c.variable.Text("UNITS"); units != "" {
		s += " " + units
	}
	if n := c.timeValues.Records; n > 0 {
		s += fmt.Sprintf(", %s to %s", c.timeValues.String(0), c.timeValues.String(n-1))
	}
	return s
}

// timeColumn are the times that stand beside the values: none beside times.
func (c *cdfValues) timeColumn() cdf.Values {
	if c.variable.Type.IsTime() {
		return cdf.Values{}
	}
	return c.timeValues
}

// rows are the first records as a table, under a line that says how many there are.
func (c *cdfValues) rows(ctx context.Context, most int) (string, error) {
	n := min(most, c.values.Records)
	var out strings.Builder
	times := c.timeColumn()
	err := present.WriteRows(ctx, &out, present.Rows{Name: c.variable.Name, Values: c.values.Slice(0, n), TimeName: "time", Times: times.Slice(0, min(n, times.Records))}, "table")
	if rest := c.values.Records - n; rest > 0 {
		fmt.Fprintf(&out, "… %d more records; toCSV() gives all\n", rest)
	}
	return out.String(), err
}

func (h Host) cdfValuesClass() *api.Class {
	return api.NewClass("CDFValues", "Values of a CDF's variable with their times; get gives them.",
		api.Describe[*cdfValues](valueFields...),
		api.Text((*cdfValues).brief),
		api.Brief((*cdfValues).brief),
		api.Inspected(func(c *cdfValues) string {
			text, err := c.rows(context.Background(), 10)
			if err != nil {
				return c.brief()
			}
			return c.brief() + "\n" + strings.TrimRight(text, "\n")
		}),
		api.Method("table", "Prints the first records as a table.", func(ctx context.Context, c *cdfValues, in rowsInput) (api.None, error) {
			return api.None{}, h.printValues(ctx, c, in.Rows)
		}),
		api.Method("toCSV", "Gives all records as CSV text with a line of names.", func(ctx context.Context, c *cdfValues, _ api.None) (string, error) {
			var out strings.Builder
			err := present.WriteRows(ctx, &out, present.Rows{Name: c.variable.Name, Values: c.values, TimeName: "time", Times: c.timeColumn()}, "csv")
			return out.String(), err
		}),
	)
}

type rowsInput struct {
	Rows *int `name:"rows" doc:"how many records; left out: 20"`
}
