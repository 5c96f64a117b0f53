package parseargs

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

// Type is what an option takes.
type Type string

// The types, by the names that a recipe writes.
const (
	String     Type = "string"
	Boolean    Type = "boolean"    // takes no value
	Number     Type = "number"     // a finite number
	Integer    Type = "integer"    // an integer that a double holds exactly
	Date       Type = "date"       // any form that query takes; gives YYYYMMDD
	Instrument Type = "instrument" // mag, swe, …
	DataLevel  Type = "data_level" // l0, l1a, …
	Descriptor Type = "descriptor" // the name of a product, in part or whole
	File       Type = "file"       // a path, which need not exist
)

var types = []Type{String, Boolean, Number, Integer, Date, Instrument, DataLevel, Descriptor, File}

func typeNames() []string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	return names
}

func typeOf(value any) (Type, error) {
	name, ok := value.(string)
	if !ok {
		return "", invalid("type", value, "one of "+strings.Join(typeNames(), ", "))
	}
	if !slices.Contains(types, Type(name)) {
		return "", faulty(name, "type %q: must be one of %s%s", name, strings.Join(typeNames(), ", "), api.Suggest(name, typeNames()))
	}
	return Type(name), nil
}

// Words are the values that an option allows; empty: they are no closed list.
func (o Option) Words() []string {
	switch {
	case o.Choices != nil:
		return o.Choices
	case o.Type == Instrument:
		return naming.Instrument("").Values()
	case o.Type == DataLevel:
		return naming.DataLevel("").Values()
	}
	return nil
}

// read gives the value of a string: a string, float64, int64; a date as YYYYMMDD.
func (o Option) read(text string, now time.Time) (any, error) {
	var value any = text
	wrong := func(allowed string) error { return faulty(text, "%q: must be %s", text, allowed) }
	switch o.Type {
	case Number:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, wrong("a number")
		}
		value = n
	case Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n >= 1<<53 || n <= -1<<53 {
			return nil, wrong("an integer")
		}
		value = n
	case Date:
		day, err := sdc.ParseDate(text, now)
		if err != nil {
			return nil, faulty(text, "%v", err)
		}
		value = string(day)
	case Descriptor:
		if text == "" || strings.ContainsAny(text, `_/\`) {
			return nil, wrong("the descriptor of a product, such as norm-mago, without _ and /")
		}
	case File:
		if text == "" || strings.ContainsRune(text, 0) {
			return nil, wrong("the path of a file")
		}
	}
	if words := o.Words(); words != nil && !slices.Contains(words, text) {
		if f, ok := value.(float64); ok && slices.Contains(words, number(f)) { // 1.0 is 1
			return value, nil
		}
		return nil, faulty(text, "%q: must be one of %s%s", text, strings.Join(words, ", "), api.Suggest(text, words))
	}
	return value, nil
}

// negative reports whether a value of the type may begin with a minus.
func (t Type) negative() bool { return t == Number || t == Integer || t == Date }

// number is a number as JavaScript writes it.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
