package api

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// Param is a parameter or an option.
type Param struct {
	Name     string   // data_level
	Doc      string   // what it says
	Values   []string // the allowed words; empty: any
	Forms    []string // where Values is empty, examples of what it takes besides Words
	Words    []string // where Values is empty, words that it takes: today
	Type     string   // word, date, number, boolean, …, for help
	List     bool     // takes a list as well
	Variadic bool     // takes all arguments that are left
	Complete string   // kind of word that completes it: of Memory, with - where a minus may stand before it, "path" for local files, or "topic"
	Optional bool
	NoFlag   bool // is no flag of the function's command

	goType reflect.Type // of its field
}

// field is an exported field of an input struct with its declaration.
type field struct {
	Param
	index      []int
	positional bool
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
		p.NoFlag = f.Tag.Get("flag") == "-"
		p.declaredBy(f.Type)
		p.Type, p.goType = typeName(f.Type), f.Type
		fields = append(fields, field{Param: p, index: f.Index, positional: positional})
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

// typeName is the word for a type in help and flags.
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

// vocabulary is a type whose values are a closed list of words.
type vocabulary interface{ Values() []string }

// formed is a type whose values are no closed list. Completion offers the words; help
// shows the examples and the words, and neither where there are no examples.
type formed interface {
	Forms() (examples, words []string)
}

// OptionsOf lists the options that a type declares, for a command's flags.
func OptionsOf[In any]() []Param {
	_, options := describe[In]()
	return options
}

// FlagName is the name of the flag that stands for an option: data-level.
func FlagName(option string) string { return strings.ReplaceAll(option, "_", "-") }

// FlagDoc is what a command's help says of the option: what it is, then what it takes.
func (p Param) FlagDoc() string {
	if takes := slices.Concat(p.Values, p.Forms, p.Words); len(takes) > 0 {
		return p.Doc + ": " + strings.Join(takes, " ")
	}
	return p.Doc
}

// Allowed are the words that complete a value of the option on a command line; empty
// where it may be anything.
func (p Param) Allowed() []string { return slices.Concat(p.Values, p.Words) }
