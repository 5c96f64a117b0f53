package xtce

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// header is the types, parameters and containers of a primary header, and room for more of each.
const header = `<?xml version="1.0" encoding="UTF-8"?>
<xtce:SpaceSystem xmlns:xtce="http://www.omg.org/space/xtce" name="TOY">
<xtce:Header date="2026-01-01" version="1.0" author="toy"/>
<xtce:TelemetryMetaData>
<xtce:ParameterTypeSet>
  <xtce:IntegerParameterType name="U3" signed="false"><xtce:IntegerDataEncoding sizeInBits="3" encoding="unsigned"/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U1" signed="false"><xtce:IntegerDataEncoding sizeInBits="1" encoding="unsigned"/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U2" signed="false"><xtce:IntegerDataEncoding sizeInBits="2" encoding="unsigned"/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U8" signed="false"><xtce:IntegerDataEncoding/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U11" signed="false"><xtce:IntegerDataEncoding sizeInBits="11" encoding="unsigned"/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U14" signed="false"><xtce:IntegerDataEncoding sizeInBits="14" encoding="unsigned"/></xtce:IntegerParameterType>
  <xtce:IntegerParameterType name="U16" signed="false"><xtce:IntegerDataEncoding sizeInBits="16" encoding="unsigned"/></xtce:IntegerParameterType>
  %s
</xtce:ParameterTypeSet>
<xtce:ParameterSet>
  <xtce:Parameter name="VERSION" parameterTypeRef="U3"><xtce:LongDescription>CCSDS packet
     version</xtce:LongDescription></xtce:Parameter>
  <xtce:Parameter name="TYPE" parameterTypeRef="U1"/>
  <xtce:Parameter name="SEC_HDR_FLG" parameterTypeRef="U1"/>
  <xtce:Parameter name="PKT_APID" parameterTypeRef="U11"/>
  <xtce:Parameter name="SEQ_FLGS" parameterTypeRef="U2"/>
  <xtce:Parameter name="SRC_SEQ_CTR" parameterTypeRef="U14"/>
  <xtce:Parameter name="PKT_LEN" parameterTypeRef="U16"/>
  %s
</xtce:ParameterSet>
<xtce:ContainerSet>
  <xtce:SequenceContainer name="CCSDSPacket" abstract="true"><xtce:EntryList>
    <xtce:ParameterRefEntry parameterRef="VERSION"/><xtce:ParameterRefEntry parameterRef="TYPE"/>
    <xtce:ParameterRefEntry parameterRef="SEC_HDR_FLG"/><xtce:ParameterRefEntry parameterRef="PKT_APID"/>
    <xtce:ParameterRefEntry parameterRef="SEQ_FLGS"/><xtce:ParameterRefEntry parameterRef="SRC_SEQ_CTR"/>
    <xtce:ParameterRefEntry parameterRef="PKT_LEN"/>
  </xtce:EntryList></xtce:SequenceContainer>
  %s
</xtce:ContainerSet>
</xtce:TelemetryMetaData>
</xtce:SpaceSystem>`

func document(types, parameters, containers string) string {
	return fmt.Sprintf(header, types, parameters, containers)
}

// body is a container of APID 5 with the fields X, and what the types of the case say.
const body = `<xtce:SequenceContainer name="Body"><xtce:EntryList>%s</xtce:EntryList>
<xtce:BaseContainer containerRef="CCSDSPacket"><xtce:RestrictionCriteria><xtce:Comparison parameterRef="PKT_APID" value="5" useCalibratedValue="false"/></xtce:RestrictionCriteria></xtce:BaseContainer>
</xtce:SequenceContainer>`

func entries(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, `<xtce:ParameterRefEntry parameterRef="%s"/>`, n)
	}
	return fmt.Sprintf(body, b.String())
}

// packet is a telemetry packet of an APID below 256 with these bytes of data.
func packet(apid byte, data ...byte) []byte {
	n := len(data) - 1
	return append([]byte{0x08, apid, 0xc0, 0x07, byte(n >> 8), byte(n)}, data...)
}

func parse(t *testing.T, doc string) *Definition {
	t.Helper()
	def, err := Parse(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return def
}

// decode gives "NAME=raw/value" of what follows the primary header, and the bits that are left.
func decode(t *testing.T, def *Definition, packet []byte) string {
	t.Helper()
	rec, err := def.NewDecoder().Decode(packet)
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	for _, f := range rec.Data() {
		s := f.Name + "=" + f.Raw.String()
		if f.Value.Kind == None {
			s += "/none"
		} else if f.Value.String() != f.Raw.String() {
			s += "/" + f.Value.String()
		}
		out = append(out, s)
	}
	if rec.Left > 0 {
		out = append(out, fmt.Sprintf("left=%d", rec.Left))
	}
	return strings.Join(out, " ")
}

func TestFields(t *testing.T) {
	integer := func(bits int, form string) string {
		return fmt.Sprintf(`<xtce:IntegerParameterType name="T"><xtce:UnitSet><xtce:Unit>V</xtce:Unit></xtce:UnitSet><xtce:IntegerDataEncoding sizeInBits="%d" %s/></xtce:IntegerParameterType>`, bits, form)
	}
	calibrated := func(what string) string {
		return `<xtce:IntegerParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="8">` + what + `</xtce:IntegerDataEncoding></xtce:IntegerParameterType>`
	}
	float := func(bits int, form string) string {
		return fmt.Sprintf(`<xtce:FloatParameterType name="T"><xtce:FloatDataEncoding sizeInBits="%d" %s/></xtce:FloatParameterType>`, bits, form)
	}
	sized := func(kind, size string) string {
		return fmt.Sprintf(`<xtce:%sParameterType name="T"><xtce:%sDataEncoding><xtce:SizeInBits>%s</xtce:SizeInBits></xtce:%[1]sDataEncoding></xtce:%[1]sParameterType>`, kind, kind, size)
	}
	enum := `<xtce:EnumeratedParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="8"/><xtce:EnumerationList>
		<xtce:Enumeration value="0" label="OFF"/><xtce:Enumeration value="1" label="ON"/><xtce:Enumeration value="0x10" maxValue="0x12" label="SAFE"/></xtce:EnumerationList></xtce:EnumeratedParameterType>`
	tests := []struct {
		name string
		typ  string
		data []byte
		want string
	}{
		{"unsigned", integer(16, `encoding="unsigned"`), []byte{0xff, 0xfe}, "X=65534"},
		{"64 bits", integer(64, ""), []byte{255, 255, 255, 255, 255, 255, 255, 255}, "X=18446744073709551615"},
		{"no bits", integer(0, ""), []byte{7}, "X=0 left=8"},
		{"signed", integer(16, `encoding="signed"`), []byte{0xff, 0xfe}, "X=-2"},
		{"two's complement of 3 bits", integer(3, `encoding="twosComplement"`), []byte{0b10100000}, "X=-3 left=5"},
		{"two's complement of 64 bits", integer(64, `encoding="twosComplement"`), []byte{255, 255, 255, 255, 255, 255, 255, 255}, "X=-1"},
		{"one's complement", integer(8, `encoding="onesComplement"`), []byte{0xfe}, "X=-1"},
		{"sign and magnitude", integer(8, `encoding="signMagnitude"`), []byte{0x82}, "X=-2"},
		{"binary coded decimal", integer(16, `encoding="BCD"`), []byte{0x12, 0x34}, "X=1234"},
		{"binary coded decimal with a letter", integer(8, `encoding="BCD"`), []byte{0x1a}, "error: field X of container Body: the binary coded decimal 0x1a has a digit above 9"},
		{"least significant byte first", integer(24, `byteOrder="leastSignificantByteFirst"`), []byte{1, 2, 3}, "X=197121"},
		{"float32", float(32, `encoding="IEEE754"`), []byte{0x3f, 0xc0, 0, 0}, "X=1.5"},
		{"float64", float(64, `encoding="IEEE-754"`), []byte{0x3f, 0xf8, 0, 0, 0, 0, 0, 0}, "X=1.5"},
		{"float16", float(16, ""), []byte{0xc1, 0x00}, "X=-2.5"},
		{"float16, subnormal", float(16, ""), []byte{0x00, 0x01}, "X=5.960464477539063e-08"},
		{"MIL-STD-1750A", float(32, `encoding="MILSTD_1750A"`), []byte{0x60, 0, 0, 0x02}, "X=3"},
		{"MIL-STD-1750A, negative", float(32, `encoding="MILSTD_1750A"`), []byte{0xa0, 0, 0, 0xff}, "X=-0.375"},
		{"enumeration", enum, []byte{1}, "X=1/ON"},
		{"enumeration, a range", enum, []byte{0x11}, "X=17/SAFE"},
		{"enumeration, no label", enum, []byte{9}, "X=9/none"},
		{"boolean", `<xtce:BooleanParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="8"/></xtce:BooleanParameterType>`, []byte{4}, "X=4/true"},
		{"time", `<xtce:AbsoluteTimeParameterType name="T"><xtce:Encoding units="s" scale="0.5" offset="10"><xtce:IntegerDataEncoding sizeInBits="8"/></xtce:Encoding><xtce:ReferenceTime><xtce:Epoch>2010-01-01</xtce:Epoch></xtce:ReferenceTime></xtce:AbsoluteTimeParameterType>`, []byte{4}, "X=4/12"},
		{"polynomial", calibrated(`<xtce:DefaultCalibrator><xtce:PolynomialCalibrator><xtce:Term coefficient="-5" exponent="0"/><xtce:Term coefficient="0.5" exponent="1"/><xtce:Term coefficient="2" exponent="2"/></xtce:PolynomialCalibrator></xtce:DefaultCalibrator>`), []byte{4}, "X=4/29"},
		{"spline", calibrated(`<xtce:DefaultCalibrator><xtce:SplineCalibrator><xtce:SplinePoint raw="10" calibrated="100"/><xtce:SplinePoint raw="0" calibrated="0"/></xtce:SplineCalibrator></xtce:DefaultCalibrator>`), []byte{4}, "X=4/40"},
		{"spline of steps", calibrated(`<xtce:DefaultCalibrator><xtce:SplineCalibrator order="0"><xtce:SplinePoint raw="0" calibrated="7"/><xtce:SplinePoint raw="10" calibrated="9"/></xtce:SplineCalibrator></xtce:DefaultCalibrator>`), []byte{4}, "X=4/7"},
		{"outside a spline", calibrated(`<xtce:DefaultCalibrator><xtce:SplineCalibrator><xtce:SplinePoint raw="0" calibrated="0"/><xtce:SplinePoint raw="3" calibrated="9"/></xtce:SplineCalibrator></xtce:DefaultCalibrator>`), []byte{4}, "error: field X of container Body: the raw value 4 is outside the calibrator's points, 0 to 3"},
		{"outside a spline that goes on", calibrated(`<xtce:DefaultCalibrator><xtce:SplineCalibrator extrapolate="true"><xtce:SplinePoint raw="0" calibrated="0"/><xtce:SplinePoint raw="3" calibrated="9"/></xtce:SplineCalibrator></xtce:DefaultCalibrator>`), []byte{4}, "X=4/12"},
		{"calibrator by the field itself", calibrated(`<xtce:ContextCalibratorList><xtce:ContextCalibrator><xtce:ContextMatch><xtce:Comparison parameterRef="X" comparisonOperator="&gt;" value="3" useCalibratedValue="false"/></xtce:ContextMatch><xtce:Calibrator><xtce:PolynomialCalibrator><xtce:Term coefficient="10" exponent="1"/></xtce:PolynomialCalibrator></xtce:Calibrator></xtce:ContextCalibrator></xtce:ContextCalibratorList>`), []byte{4}, "X=4/40"},
		{"calibrator by another field, not the one", calibrated(`<xtce:ContextCalibratorList><xtce:ContextCalibrator><xtce:ContextMatch><xtce:Comparison parameterRef="SRC_SEQ_CTR" value="8"/></xtce:ContextMatch><xtce:Calibrator><xtce:PolynomialCalibrator><xtce:Term coefficient="10" exponent="1"/></xtce:PolynomialCalibrator></xtce:Calibrator></xtce:ContextCalibrator></xtce:ContextCalibratorList>`), []byte{4}, "X=4"},
		{"binary", sized("Binary", `<xtce:FixedValue>16</xtce:FixedValue>`), []byte{0xca, 0xfe}, "X=cafe"},
		{"binary of odd bits", sized("Binary", `<xtce:FixedValue>12</xtce:FixedValue>`), []byte{0xca, 0xf0}, "X=0caf left=4"},
		{"binary, dynamic", sized("Binary", `<xtce:DynamicValue><xtce:ParameterInstanceRef parameterRef="PKT_LEN"/><xtce:LinearAdjustment slope="8" intercept="8"/></xtce:DynamicValue>`), []byte{1, 2, 3}, "X=010203"},
		{"binary, dynamic and below zero", sized("Binary", `<xtce:DynamicValue><xtce:ParameterInstanceRef parameterRef="PKT_LEN"/><xtce:LinearAdjustment slope="8" intercept="-800"/></xtce:DynamicValue>`), []byte{1, 2, 3}, "error: field X of container Body: its size by PKT_LEN=2 is -784 bits; it must be an integer from 0"},
		{"binary, too long", sized("Binary", `<xtce:FixedValue>80</xtce:FixedValue>`), []byte{1}, "error: field X of container Body: the packet ends before it does: it has 80 bits, 8 are left"},
		{"binary, by a list", sized("Binary", `<xtce:DiscreteLookupList><xtce:DiscreteLookup value="8"><xtce:Comparison parameterRef="TYPE" value="1"/></xtce:DiscreteLookup><xtce:DiscreteLookup value="16"><xtce:Comparison parameterRef="TYPE" value="0"/></xtce:DiscreteLookup></xtce:DiscreteLookupList>`), []byte{1, 2}, "X=0102"},
		{"binary, by a list that has it not", sized("Binary", `<xtce:DiscreteLookupList><xtce:DiscreteLookup value="8"><xtce:Comparison parameterRef="TYPE" value="1"/></xtce:DiscreteLookup></xtce:DiscreteLookupList>`), []byte{1, 2}, "error: field X of container Body: no condition of its list of sizes holds"},
		{"string", sized("String", `<xtce:Fixed><xtce:FixedValue>32</xtce:FixedValue></xtce:Fixed>`), []byte("IMAP"), "X=IMAP"},
		{"string with a terminator", sized("String", `<xtce:Fixed><xtce:FixedValue>40</xtce:FixedValue></xtce:Fixed><xtce:TerminationChar>00</xtce:TerminationChar>`), []byte("MAG\x00\x00"), "X=MAG"},
		{"string without its terminator", sized("String", `<xtce:Fixed><xtce:FixedValue>24</xtce:FixedValue></xtce:Fixed><xtce:TerminationChar>00</xtce:TerminationChar>`), []byte("MAG"), "error: field X of container Body: the string has no terminator 00"},
		{"string after its length", sized("String", `<xtce:Fixed><xtce:FixedValue>40</xtce:FixedValue></xtce:Fixed><xtce:LeadingSize sizeInBitsOfSizeTag="8"/>`), []byte("\x18MAG\x00"), "X=MAG"},
		{"string that is no UTF-8", sized("String", `<xtce:FixedValue>8</xtce:FixedValue>`), []byte{0xff}, "error: field X of container Body: the bytes ff are not UTF-8"},
		{"the packet ends", integer(16, ""), []byte{1}, "error: field X of container Body: the packet ends before it does"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			def := parse(t, document(test.typ, `<xtce:Parameter name="X" parameterTypeRef="T"/>`, entries("X")))
			if got := decode(t, def, packet(5, test.data...)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestContainers(t *testing.T) {
	parameters := `<xtce:Parameter name="A" parameterTypeRef="U8"/><xtce:Parameter name="B" parameterTypeRef="U8"/>`
	heir := func(name, base, criteria, entries string) string {
		return fmt.Sprintf(`<xtce:SequenceContainer name="%s"><xtce:EntryList>%s</xtce:EntryList><xtce:BaseContainer containerRef="%s"><xtce:RestrictionCriteria>%s</xtce:RestrictionCriteria></xtce:BaseContainer></xtce:SequenceContainer>`, name, entries, base, criteria)
	}
	ref := func(name string) string { return `<xtce:ParameterRefEntry parameterRef="` + name + `"/>` }
	is := func(name, op, value string) string {
		return fmt.Sprintf(`<xtce:Comparison parameterRef="%s" comparisonOperator="%s" value="%s"/>`, name, op, value)
	}
	condition := func(name, op, value string) string {
		return fmt.Sprintf(`<xtce:Condition><xtce:ParameterInstanceRef parameterRef="%s"/><xtce:ComparisonOperator>%s</xtce:ComparisonOperator><xtce:Value>%s</xtce:Value></xtce:Condition>`, name, op, value)
	}
	tests := []struct {
		name       string
		containers string
		packet     []byte
		want       string
	}{
		{"a chain", heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A")) + heir("Low", "Mid", is("A", "&gt;=", "2"), ref("B")), packet(5, 2, 3), "A=2 B=3"},
		{"the chain ends early", heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A")) + heir("Low", "Mid", is("A", "&gt;=", "2"), ref("B")), packet(5, 1, 3), "A=1 left=8"},
		{"a list is ANDed", heir("Mid", "CCSDSPacket", `<xtce:ComparisonList>`+is("PKT_APID", "==", "5")+is("PKT_LEN", "==", "9")+`</xtce:ComparisonList>`, ref("A")), packet(5, 1), "error: no container of the definition that extends CCSDSPacket describes the packet"},
		{"one of two", heir("Mid", "CCSDSPacket", `<xtce:BooleanExpression><xtce:ORedConditions>`+condition("PKT_APID", "==", "4")+condition("PKT_APID", "==", "5")+`</xtce:ORedConditions></xtce:BooleanExpression>`, ref("A")), packet(5, 1), "A=1"},
		{"both of two", heir("Mid", "CCSDSPacket", `<xtce:BooleanExpression><xtce:ANDedConditions>`+condition("PKT_APID", "&gt;", "4")+condition("PKT_APID", "!=", "5")+`</xtce:ANDedConditions></xtce:BooleanExpression>`, ref("A")), packet(5, 1), "error: no container of the definition that extends CCSDSPacket describes the packet"},
		{"two fields compared", heir("Mid", "CCSDSPacket", `<xtce:BooleanExpression><xtce:Condition><xtce:ParameterInstanceRef parameterRef="PKT_APID"/><xtce:ComparisonOperator>&lt;</xtce:ComparisonOperator><xtce:ParameterInstanceRef parameterRef="SRC_SEQ_CTR"/></xtce:Condition></xtce:BooleanExpression>`, ref("A")), packet(5, 1), "A=1"},
		{"two containers hold", heir("One", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A")) + heir("Two", "CCSDSPacket", is("PKT_APID", "&lt;", "9"), ref("A")), packet(5, 1), "error: two containers describe the packet: One and Two"},
		{"a container inside another", `<xtce:SequenceContainer name="Part"><xtce:EntryList>` + ref("A") + ref("B") + `</xtce:EntryList></xtce:SequenceContainer>` + heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), `<xtce:ContainerRefEntry containerRef="Part"/><xtce:ContainerRefEntry containerRef="Part"/>`), packet(5, 1, 2, 3, 4), "A=1 B=2 A=3 B=4"},
		{"an entry under a condition", heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A")+`<xtce:ParameterRefEntry parameterRef="B"><xtce:IncludeCondition>`+is("A", "==", "1")+`</xtce:IncludeCondition></xtce:ParameterRefEntry>`), packet(5, 2, 9), "A=2 left=8"},
		{"a condition on what comes later", heir("Mid", "CCSDSPacket", is("B", "==", "5"), ref("B")), packet(5, 1), "error: container Mid: a condition asks for B, which does not stand before it in the packet"},
		{"no definition of the APID", heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A")), packet(6, 1), "error: no container of the definition that extends CCSDSPacket describes the packet"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := decode(t, parse(t, document("", parameters, test.containers)), test.packet); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	t.Run("what a definition does not know is told apart", func(t *testing.T) {
		def := parse(t, document("", parameters, heir("Mid", "CCSDSPacket", is("PKT_APID", "==", "5"), ref("A"))))
		var unknown *UnknownError
		if _, err := def.NewDecoder().Decode(packet(6, 1)); !errors.As(err, &unknown) || unknown.Container != "CCSDSPacket" {
			t.Errorf("got %v", err)
		}
	})
}

func TestDefinitionsThatAreRefused(t *testing.T) {
	tests := []struct{ name, doc, want string }{
		{"no XML", "PK\x03\x04", "not well-formed XML"},
		{"nothing", "", "there is no element"},
		{"another document", "<html/>", "an XTCE definition starts with SpaceSystem"},
		{"a type that is not known", document(`<xtce:ArrayParameterType name="T"/>`, "", ""), "ArrayParameterType: this element inside ParameterTypeSet is not supported"},
		{"an attribute that is not known", document(`<xtce:IntegerParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="8" changeThreshold="1"/></xtce:IntegerParameterType>`, "", ""), "the attribute changeThreshold is not supported"},
		{"bits the other way round", document(`<xtce:IntegerParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="8" bitOrder="leastSignificantBitFirst"/></xtce:IntegerParameterType>`, "", ""), "bitOrder=\"leastSignificantBitFirst\" is not supported"},
		{"too many bits", document(`<xtce:IntegerParameterType name="T"><xtce:IntegerDataEncoding sizeInBits="65"/></xtce:IntegerParameterType>`, "", ""), "sizeInBits=65 must be 0 to 64"},
		{"no such type", document("", `<xtce:Parameter name="X" parameterTypeRef="T"/>`, ""), `there is no parameter type "T"`},
		{"no such parameter", document("", "", entries("X")), `there is no parameter "X"`},
		{"a parameter twice", document("", `<xtce:Parameter name="TYPE" parameterTypeRef="U8"/>`, ""), `there are two parameters "TYPE"`},
		{"a container in itself", document("", "", `<xtce:SequenceContainer name="Loop"><xtce:EntryList><xtce:ContainerRefEntry containerRef="Loop"/></xtce:EntryList></xtce:SequenceContainer>`), `the container "Loop" holds or extends itself`},
		{"a repetition", document("", `<xtce:Parameter name="X" parameterTypeRef="U8"/>`, fmt.Sprintf(body, `<xtce:ParameterRefEntry parameterRef="X"><xtce:RepeatEntry/></xtce:ParameterRefEntry>`)), "RepeatEntry: this element inside ParameterRefEntry is not supported"},
		{"an operator", document("", "", strings.Replace(entries(), `value="5"`, `value="5" comparisonOperator="~"`, 1)), `the operator "~" must be one of`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse(strings.NewReader(test.doc))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// TestContainersThatMultiply holds that a definition of a few lines cannot keep the decoder busy for ever.
func TestContainersThatMultiply(t *testing.T) {
	var c strings.Builder
	for i := range 60 {
		fmt.Fprintf(&c, `<xtce:SequenceContainer name="N%d"><xtce:EntryList><xtce:ContainerRefEntry containerRef="N%d"/><xtce:ContainerRefEntry containerRef="N%[2]d"/></xtce:EntryList></xtce:SequenceContainer>`, i, i+1)
	}
	c.WriteString(`<xtce:SequenceContainer name="N60"><xtce:EntryList/></xtce:SequenceContainer>`)
	c.WriteString(fmt.Sprintf(body, `<xtce:ContainerRefEntry containerRef="N0"/>`))
	want := "error: the packet takes more than 1048576 entries of the definition"
	if got := decode(t, parse(t, document("", "", c.String())), packet(5, 1)); got != want {
		t.Errorf("got %s", got)
	}
}

func TestValuesAsJSON(t *testing.T) {
	tests := []struct {
		name  string
		value Value
		want  string
	}{
		{"none", Value{}, "null"},
		{"unsigned", uintValue(math.MaxUint64), "18446744073709551615"},
		{"signed", intValue(-3), "-3"},
		{"float", floatValue(0.1), "0.1"},
		{"NaN", floatValue(math.NaN()), "null"},
		{"boolean", boolValue(true), "true"},
		{"string", Value{Kind: String, text: `a "b"`}, `"a \"b\""`},
		{"bytes", Value{Kind: Bytes, bytes: []byte{1, 0xff}}, `"01ff"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, err := json.Marshal(test.value); err != nil || string(got) != test.want {
				t.Errorf("got %s (%v), want %s", got, err, test.want)
			}
		})
	}
}

func TestParametersAreDescribed(t *testing.T) {
	def := parse(t, document(`<xtce:IntegerParameterType name="T" shortDescription="a count"><xtce:UnitSet><xtce:Unit>counts</xtce:Unit></xtce:UnitSet><xtce:IntegerDataEncoding/></xtce:IntegerParameterType>`, `<xtce:Parameter name="X" parameterTypeRef="T"/>`, entries("X")))
	rec, err := def.NewDecoder().Decode(packet(5, 1))
	if err != nil {
		t.Fatal(err)
	}
	if f := rec.Fields[7]; f.Unit != "counts" || f.Description != "a count" {
		t.Errorf("got %+v", f.Parameter)
	}
	if f := rec.Fields[0]; f.Description != "CCSDS packet version" {
		t.Errorf("got %q", f.Description)
	}
	if rec.Container != "Body" || def.Name != "TOY" {
		t.Errorf("container %s of %s", rec.Container, def.Name)
	}
}

// FuzzDecode holds that no definition and no packet makes the decoder panic.
func FuzzDecode(f *testing.F) {
	typ := `<xtce:BinaryParameterType name="T"><xtce:BinaryDataEncoding><xtce:SizeInBits><xtce:DynamicValue><xtce:ParameterInstanceRef parameterRef="PKT_LEN"/><xtce:LinearAdjustment slope="8" intercept="8"/></xtce:DynamicValue></xtce:SizeInBits></xtce:BinaryDataEncoding></xtce:BinaryParameterType>`
	f.Add(document(typ, `<xtce:Parameter name="X" parameterTypeRef="T"/>`, entries("X")), packet(5, 1, 2, 3))
	f.Fuzz(func(_ *testing.T, doc string, data []byte) {
		def, err := Parse(strings.NewReader(doc))
		if err != nil {
			return
		}
		_, _ = def.NewDecoder().Decode(data)
	})
}

func BenchmarkDecode(b *testing.B) {
	const fields = 100
	var parameters strings.Builder
	var names []string
	for i := range fields {
		name := fmt.Sprintf("F%d", i)
		names = append(names, name)
		fmt.Fprintf(&parameters, `<xtce:Parameter name="%s" parameterTypeRef="%s"/>`, name, []string{"U16", "U11", "C"}[i%3])
	}
	typ := `<xtce:IntegerParameterType name="C"><xtce:IntegerDataEncoding sizeInBits="13"><xtce:DefaultCalibrator><xtce:PolynomialCalibrator><xtce:Term coefficient="1" exponent="0"/><xtce:Term coefficient="0.5" exponent="1"/></xtce:PolynomialCalibrator></xtce:DefaultCalibrator></xtce:IntegerDataEncoding></xtce:IntegerParameterType>`
	def, err := Parse(strings.NewReader(document(typ, parameters.String(), entries(names...))))
	if err != nil {
		b.Fatal(err)
	}
	d, p := def.NewDecoder(), packet(5, make([]byte, 200)...)
	for b.Loop() {
		if rec, err := d.Decode(p); err != nil || len(rec.Fields) != fields+7 {
			b.Fatal(err, len(rec.Fields))
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "packets/s")
}
