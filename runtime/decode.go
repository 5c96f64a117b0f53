package runtime

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime/inspect"
)

// Decoder is an input that reads its value itself: a string, number, bool, nil,
// []any, map[string]any, time.Time, or the Go value behind an instance.
type Decoder interface{ Decode(value any) error }

// vocabulary is a type whose values are a closed list of words.
type vocabulary interface{ Values() []string }

// formed is a type whose values are no closed list. Completion offers the words; help
// shows the examples and the words, and neither where there are no examples.
type formed interface {
	Forms() (examples, words []string)
}

// field is an exported field of an input struct with its declaration.
type field struct {
	Param
	index      []int
	positional bool
	json       bool // takes any value
}

// fieldsOf reads the declarations of an input struct; those of embedded structs
// are its own.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	if t.Kind() != reflect.Struct {
		return nil
	}
	for f := range t.Fields() {
		if f.Anonymous {
			for _, inner := range fieldsOf(f.Type) {
				inner.index = append(slices.Clone(f.Index), inner.index...)
				fields = append(fields, inner)
			}
			continue
		}
		name, positional := f.Tag.Lookup("arg")
		if !positional {
			name = f.Tag.Get("name")
		}
		if name == "" || name == "-" {
			continue
		}
		name, variadic := strings.CutSuffix(name, "...")
		name, optional := strings.CutSuffix(name, "?")
		p := Param{Name: name, Doc: f.Tag.Get("doc"), Optional: optional || !positional, Variadic: variadic}
		p.Complete = cmp.Or(f.Tag.Get("complete"), name)
		p.List = f.Type.Kind() == reflect.Slice
		p.declaredBy(f.Type)
		p.Type = typeName(f.Type)
		fields = append(fields, field{Param: p, index: f.Index, positional: positional, json: f.Type == reflect.TypeFor[JSON]()})
	}
	return fields
}

// declaredBy adds what a type, or a list of it, says that it takes.
func (p *Param) declaredBy(t reflect.Type) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch v := reflect.Zero(t).Interface().(type) {
	case vocabulary:
		p.Values = v.Values()
	case formed:
		p.Forms, p.Words = v.Forms()
	}
}

func typeName(t reflect.Type) string {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	}
	return "string"
}

// describe splits an input's declarations into parameters and options.
func describe[In any]() (params, options []Param) {
	for _, f := range fieldsOf(reflect.TypeFor[In]()) {
		if f.positional {
			params = append(params, f.Param)
		} else {
			options = append(options, f.Param)
		}
	}
	return params, options
}

// decodeCall reads the arguments of a call: the parameters in their order, then
// an object of options.
func decodeCall[In any](s *Session, f *Func, args []goja.Value) (In, error) {
	var in In
	fields := fieldsOf(reflect.TypeFor[In]())
	target := reflect.ValueOf(&in).Elem()
	for _, d := range fields {
		if !d.positional {
			continue
		}
		given := args[:min(1, len(args))]
		if d.Variadic {
			given = args
		}
		args = args[len(given):]
		value := s.argument(d, given)
		if value == nil {
			if !d.Optional {
				return in, Usagef("%s: %s is missing: %s", f.Name, d.Name, d.Doc)
			}
		} else if err := decodeField(target.FieldByIndex(d.index), value); err != nil {
			return in, fmt.Errorf("%s: %w", f.Name, faultOf(d.Param, err))
		}
	}
	if len(f.Options) > 0 && len(args) > 0 {
		options := s.plain(args[0])
		args = args[1:]
		if options != nil {
			named, ok := options.(map[string]any)
			if !ok {
				return in, Usagef("%s: options are given as an object, such as %s", f.Name, f.exampleCall())
			}
			if err := decodeOptions(f.Name, fields, target, named); err != nil {
				return in, err
			}
		}
	}
	if len(args) > 0 {
		return in, Usagef("%s: %d %s too many; it is called as %s", f.Name, len(args), inspect.Plural(len(args), "argument"), f.signature())
	}
	return in, nil
}

// exampleCall is a call that shows how options are given.
func (f *Func) exampleCall() string {
	for _, example := range f.Examples {
		if strings.Contains(example, "{") {
			return example
		}
	}
	return "{" + f.Options[0].Name + ": …}"
}

// argument is the value of a parameter in Go, nil when it is not given.
func (s *Session) argument(d field, given []goja.Value) any {
	switch {
	case len(given) == 0:
		return nil
	case d.json:
		return s.stringify(given[0])
	case !d.Variadic:
		return s.plain(given[0])
	}
	var items []any
	for _, value := range given {
		switch v := s.plain(value).(type) {
		case []any: // f(['a', 'b']) is f('a', 'b')
			items = append(items, v...)
		default:
			items = append(items, v)
		}
	}
	return items
}

// JSON is a value as JSON text: an input of this type takes any value, and a
// result of it becomes the value that the text says.
type JSON string

func (s *Session) stringify(value goja.Value) JSON {
	text, err := s.prelude.stringify(goja.Undefined(), value)
	if err != nil {
		panic(err) // a toJSON of the script's threw
	}
	return JSON(text.String())
}

// JS is the value that the text says. Text that is no JSON throws.
func (j JSON) JS(s *Session) goja.Value {
	value, err := s.parseJSON(goja.Undefined(), s.vm.ToValue(string(j)))
	if err != nil {
		panic(err)
	}
	return value
}

// Decode reads named values, such as a command's flags, into an input: the same
// names, checks and errors as a call's options.
func Decode[In any](name string, in *In, values map[string]any) error {
	return decodeOptions(name, fieldsOf(reflect.TypeFor[In]()), reflect.ValueOf(in).Elem(), values)
}

// OptionsOf lists the options that a type declares, for a command's flags.
func OptionsOf[In any]() []Param {
	_, options := describe[In]()
	return options
}

func decodeOptions(name string, fields []field, target reflect.Value, values map[string]any) error {
	names := make([]string, 0, len(fields))
	byName := map[string]field{}
	for _, f := range fields {
		if !f.positional {
			names = append(names, f.Name)
			byName[f.Name] = f
		}
	}
	given := make([]string, 0, len(values))
	for key := range values {
		given = append(given, key)
	}
	slices.Sort(given) // the same error every time
	set := map[string]string{}
	for _, key := range given {
		f, ok := byName[key]
		if !ok {
			f, ok = byName[Snake(key)]
		}
		if !ok {
			return about(key, Usagef("%s: unknown option %q%s", name, key, SuggestFrom("options", Snake(key), names)))
		}
		if other, twice := set[f.Name]; twice {
			return Usagef("%s: %s and %s are the same option", name, other, key)
		}
		set[f.Name] = key
		if values[key] == nil {
			continue
		}
		if err := decodeField(target.FieldByIndex(f.index), values[key]); err != nil {
			return about(key, fmt.Errorf("%s: %w", name, faultOf(f.Param, err)))
		}
	}
	return nil
}

// faultOf says which parameter an error is about. A type's own check may begin
// with that name already.
func faultOf(p Param, err error) error {
	var usage *UsageError
	token := ""
	if errors.As(err, &usage) {
		token = usage.Token
	}
	return about(token, Usagef("%s %s", p.Name, strings.TrimPrefix(err.Error(), p.Name+" ")))
}

func decodeField(target reflect.Value, value any) error {
	if text, ok := value.(JSON); ok {
		target.SetString(string(text))
		return nil
	}
	if d, ok := target.Addr().Interface().(Decoder); ok {
		return d.Decode(value)
	}
	if target.Kind() == reflect.Slice {
		return decodeList(target, value)
	}
	if target.Kind() == reflect.Pointer {
		target.Set(reflect.New(target.Type().Elem()))
		return decodeField(target.Elem(), value)
	}
	if target.Kind() == reflect.Interface && target.NumMethod() == 0 {
		target.Set(reflect.ValueOf(value))
		return nil
	}
	if u, ok := target.Addr().Interface().(encoding.TextUnmarshaler); ok {
		text, ok := textOf(value)
		if !ok {
			return Usagef("%s: must be a text", shown(value))
		}
		return u.UnmarshalText([]byte(text))
	}
	switch target.Kind() {
	case reflect.String:
		return decodeWord(target, value)
	case reflect.Bool:
		b, ok := value.(bool)
		if !ok {
			return Usagef("%s: must be true or false", shown(value))
		}
		target.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, ok := wholeNumber(value)
		if !ok || target.OverflowInt(n) {
			return Usagef("%s: must be a whole number", shown(value))
		}
		target.SetInt(n)
	case reflect.Float64:
		n, ok := number(value)
		if !ok {
			return Usagef("%s: must be a number", shown(value))
		}
		target.SetFloat(n)
	default:
		return fmt.Errorf("the declaration has a field of type %s, which no value fits", target.Type())
	}
	return nil
}

// decodeList takes a list, or one value as a list of one.
func decodeList(target reflect.Value, value any) error {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	if len(items) == 0 { // perhaps of a filter that found none: to leave it out would ask for all
		return Usagef("[]: must name one or more; leave the option out for any")
	}
	list := reflect.MakeSlice(target.Type(), len(items), len(items))
	for i, item := range items {
		if err := decodeField(list.Index(i), item); err != nil {
			return err
		}
	}
	target.Set(list)
	return nil
}

func decodeWord(target reflect.Value, value any) error {
	word, ok := value.(string)
	if named, isNamed := value.(fmt.Stringer); isNamed && !ok { // a path object stands for its name
		word, ok = named.String(), true
	}
	if !ok {
		return Usagef("%s: must be a text", shown(value))
	}
	if v, ok := target.Interface().(vocabulary); ok && !slices.Contains(v.Values(), word) {
		return about(word, Usagef("%q: must be one of %s%s", word, strings.Join(v.Values(), ", "), Suggest(word, v.Values())))
	}
	target.SetString(word)
	return nil
}

// textOf is a value where a text is wanted: a day may come as a Date or as the
// number 20260105.
func textOf(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case int64:
		return strconv.FormatInt(v, 10), true
	case time.Time:
		return v.UTC().Format("2006-01-02"), true
	case fmt.Stringer:
		return v.String(), true
	}
	return "", false
}

func wholeNumber(value any) (int64, bool) {
	switch v := value.(type) {
	case int64:
		return v, true
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) < 1<<53
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil
	}
	return 0, false
}

func number(value any) (float64, bool) {
	switch v := value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v)
	case string:
		n, err := strconv.ParseFloat(v, 64)
		return n, err == nil && !math.IsNaN(n)
	}
	return 0, false
}

// shown is a wrong value in an error.
func shown(value any) string {
	switch v := value.(type) {
	case string:
		return strconv.Quote(v)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case nil:
		return "null"
	case int64, float64, bool:
		return fmt.Sprint(v)
	case time.Time:
		return "a Date"
	}
	return "a value of another kind"
}
