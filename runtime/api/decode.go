package api

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Decoder is an input that reads its value itself: a string, number, bool, nil,
// []any, map[string]any, time.Time, or the Go value behind an instance.
type Decoder interface{ Decode(value any) error }

// decodeCall reads the arguments of a call: the parameters in their order, then
// an object of options.
func decodeCall[In any](f *Func, args []Value) (In, error) {
	var in In
	fields := fieldsOf(reflect.TypeFor[In]())
	target := reflect.ValueOf(&in).Elem()
	for _, d := range fields {
		if !d.positional || d.Optional && len(f.Options) > 0 && len(args) == 1 && skipped(target.FieldByIndex(d.index), args[0]) {
			continue
		}
		given := args[:min(1, len(args))]
		if d.Variadic {
			given = args
		}
		args = args[len(given):]
		ok, err := decodeArgument(target.FieldByIndex(d.index), d, given)
		switch {
		case err != nil:
			return in, fmt.Errorf("%s: %w", f.Name, faultOf(d.Param, err))
		case !ok && !d.Optional:
			return in, Usagef("%s: %s is missing: %s", f.Name, d.Name, d.Doc)
		}
	}
	if len(f.Options) > 0 && len(args) > 0 {
		options := args[0].Plain()
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
		noun := "arguments"
		if len(args) == 1 {
			noun = "argument"
		}
		return in, Usagef("%s: %d %s too many; it is called as %s", f.Name, len(args), noun, f.Signature())
	}
	return in, nil
}

// skipped reports whether the only argument of a call is its options, and the optional parameter before them
// is left out: f.times({as: 'date'}).
func skipped(target reflect.Value, given Value) bool {
	t := target.Type()
	if _, own := target.Addr().Interface().(Decoder); own {
		return false
	}
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		_, options := given.Plain().(map[string]any)
		return options
	}
	return false
}

// decodeArgument reads a parameter; ok is false where none is given.
func decodeArgument(target reflect.Value, d field, given []Value) (ok bool, err error) {
	if len(given) == 0 {
		return false, nil
	}
	var value any
	switch as := target.Addr().Interface().(type) {
	case *[]Value:
		*as = given
		return true, nil
	case *Value:
		*as = given[0]
		return true, nil
	case *JSON:
		*as = given[0].JSON()
		return true, nil
	}
	if !d.Variadic {
		value = given[0].Plain()
	} else {
		var items []any
		for _, item := range given {
			switch v := item.Plain().(type) {
			case []any: // f(['a', 'b']) is f('a', 'b')
				items = append(items, v...)
			default:
				items = append(items, v)
			}
		}
		value = items
	}
	if value == nil {
		return false, nil
	}
	return true, decodeField(target, value)
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

// Decode reads named values, such as a command's flags, into an input: the same
// names, checks and errors as a call's options.
func Decode[In any](name string, in *In, values map[string]any) error {
	return decodeOptions(name, fieldsOf(reflect.TypeFor[In]()), reflect.ValueOf(in).Elem(), values)
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
			return About(key, Usagef("%s: unknown option %q%s", name, key, SuggestFrom("options", Snake(key), names)))
		}
		if other, twice := set[f.Name]; twice {
			return Usagef("%s: %s and %s are the same option", name, other, key)
		}
		set[f.Name] = key
		if values[key] == nil {
			continue
		}
		if err := decodeField(target.FieldByIndex(f.index), values[key]); err != nil {
			return About(key, fmt.Errorf("%s: %w", name, faultOf(f.Param, err)))
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
	return About(token, Usagef("%s %s", p.Name, strings.TrimPrefix(err.Error(), p.Name+" ")))
}

func decodeField(target reflect.Value, value any) error {
	if call, ok := target.Addr().Interface().(*Callback); ok {
		if *call, ok = value.(Callback); !ok {
			return Usagef("%s: must be a function", shown(value))
		}
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
		text, ok := StringOf(value)
		if !ok {
			return Usagef("%s: must be a string", shown(value))
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
			return Usagef("%s: must be an integer", shown(value))
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
		return Usagef("%s: must be a string", shown(value))
	}
	if v, ok := target.Interface().(vocabulary); ok && !slices.Contains(v.Values(), word) {
		return About(word, Usagef("%q: must be one of %s%s", word, strings.Join(v.Values(), ", "), Suggest(word, v.Values())))
	}
	target.SetString(word)
	return nil
}

// StringOf is a value where a string is wanted: a day may come as a Date or as the
// number 20260105.
func StringOf(value any) (string, bool) {
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
	case Callback:
		return "a function"
	}
	return "a value of another kind"
}
