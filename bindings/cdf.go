package bindings

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/istp"
)

// cdfFile is an open CDF in JavaScript.
type cdfFile struct {
	*cdf.File
	path   string
	source io.Closer
	*reading
}

// fileAttrs are the global attributes, each a value or a list of them.
func fileAttrs(f *cdf.File) []api.Property {
	var attrs []api.Property
	for _, a := range f.Attributes {
		var values []any
		for _, e := range a.Entries {
			values = append(values, entryValue(e))
		}
		var value any = values
		if len(values) == 1 {
			value = values[0]
		}
		attrs = append(attrs, api.Property{Name: a.Name, Value: value})
	}
	return attrs
}

// variableAttrs are the attributes of a variable.
func variableAttrs(v *cdf.Variable) []api.Property {
	var attrs []api.Property
	for _, a := range v.Attributes {
		attrs = append(attrs, api.Property{Name: a.Name, Value: entryValue(a.Entry)})
	}
	return attrs
}

// entryValue is an attribute's value in JavaScript: a string, a number, or a list; an
// integer of 64 bits is a BigInt, a time its UTC.
func entryValue(e cdf.Entry) any {
	switch {
	case e.Err != nil || e.Records == 0:
		return nil
	case e.Type.IsText():
		if list := e.Strings(); len(list) > 1 {
			return list
		}
		return e.String(0)
	}
	list := make([]any, e.Len())
	for i := range list {
		switch {
		case e.Type.IsTime():
			list[i] = e.String(i)
		case e.Type == cdf.Int8:
			list[i] = big.NewInt(e.Int64(i))
		case e.Type.IsInteger():
			list[i] = e.Int64(i)
		default:
			list[i] = e.Float64(i)
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

// variable is what a file says of a variable, in JavaScript.
func variable(v *cdf.Variable) []api.Property {
	return []api.Property{
		{Name: "name", Value: v.Name}, {Name: "type", Value: v.Type.String()}, {Name: "dims", Value: numbers(v.Dims)},
		{Name: "records", Value: v.Records}, {Name: "record_vary", Value: v.RecordVary}, {Name: "attrs", Value: variableAttrs(v)},
	}
}

func numbers(list []int) []any {
	values := make([]any, len(list))
	for i, n := range list {
		values[i] = n
	}
	return values
}

// cdfFields are the properties of a CDFFile.
var cdfFields = []api.Prop{
	{Name: "path", Doc: "where the file is on this machine"},
	{Name: "version", Doc: "version of the format, such as 3.9.0"},
	{Name: "encoding", Doc: "how numbers are stored: IBMPC, NETWORK, …"},
	{Name: "attrs", Doc: "global attributes: a value each, or a list"},
	{Name: "variables", Doc: "of each variable its name, type, dims, records and attrs"},
	{Name: "warnings", Doc: "what is odd in the file"},
}

// Names lists the properties.
func (cdfFile) Names() []string {
	names := make([]string, len(cdfFields))
	for i, p := range cdfFields {
		names[i] = p.Name
	}
	return names
}

// Get is a property.
func (f cdfFile) Get(name string) (any, bool) {
	switch name {
	case "path":
		return f.path, true
	case "version":
		return f.VersionString(), true
	case "encoding":
		return f.Encoding.String(), true
	case "attrs":
		return fileAttrs(f.File), true
	case "variables":
		list := make([]any, len(f.Variables))
		for i, v := range f.Variables {
			list[i] = variable(v)
		}
		return list, true
	case "warnings":
		return append([]string{}, f.Warnings...), true
	}
	return nil, false
}

// find gives a variable, or says which there are.
func (f cdfFile) find(call, name string) (*cdf.Variable, error) {
	if v, ok := f.Variable(name); ok {
		return v, nil
	}
	names := make([]string, len(f.Variables))
	for i, v := range f.Variables {
		names[i] = v.Name
	}
	return nil, api.Usagef("%s: unknown variable %q%s", call, name, api.SuggestFrom("variables", name, names))
}

type openInput struct {
	File files `arg:"file" complete:"path" doc:"path of a CDF, or a name, a record or a path object of the archive's"`
}

func (h Host) open() *api.Func {
	return api.Define("open", "Opens a CDF file, which is fetched when it is not here; gives a CDFFile.",
		func(ctx context.Context, in openInput) (cdfFile, error) {
			if in.File.many {
				return cdfFile{}, api.Usagef("open: takes one file; series reads several: query(…).series('b_dsrf')")
			}
			return h.openProduct(ctx, in.File.list[0])
		},
		api.Example("open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf')"),
		api.Example("open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').get('b_dsrf', {from: '2026-01-05T06:00', to: '07:00'})"),
	)
}

// openProduct opens a CDF of this machine, or of the archive.
func (h Host) openProduct(ctx context.Context, file sdc.File) (cdfFile, error) {
	opened, path, err := h.openFile(ctx, file)
	return h.opened(ctx, opened, path, err)
}

// opened reads the descriptors of an open file, which it closes where that fails.
func (h Host) opened(ctx context.Context, file *os.File, path string, err error) (cdfFile, error) {
	if err != nil {
		return cdfFile{}, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = api.Usagef("open: %s: it is not a file", path)
	}
	var f *cdf.File
	told := &reading{}
	if err == nil {
		finished := h.watch(path, told)
		f, err = cdf.Open(ctx, file, info.Size(), cdf.Options{MaxBytes: h.MaxMemory, Progress: told.report})
		finished()
	}
	if err != nil {
		_ = file.Close()
		return cdfFile{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return cdfFile{File: f, path: path, source: file, reading: told}, nil // it is closed when nobody holds it any more, if not before
}

type timesInput struct {
	Variable string `arg:"variable?" doc:"a variable of times, or one whose times are meant; left out: the first one of times"`
	As       timeAs `name:"as" doc:"utc: ISO 8601; tt2000: nanoseconds since J2000 as BigInt; date: Date, in milliseconds"`
}

// timeAs is a form of times.
type timeAs string

// Values lists the forms.
func (timeAs) Values() []string { return []string{"utc", "tt2000", "date"} }

func (h Host) cdfFileClass() *api.Class {
	return api.NewClass("CDFFile", "An open CDF file; open gives it.",
		api.Describe[cdfFile](cdfFields...),
		api.Text(func(f cdfFile) string { return f.path }),
		api.Brief(func(f cdfFile) string { return "CDFFile " + termtext.EscapeLine(filepath.Base(f.path)) }),
		api.Inspected(func(f cdfFile) string { return present.CDF(f.File, filepath.Base(f.path), h.width()) }),
		api.Method("get", "Reads a variable, whole or between two times; gives a CDFValues.", func(ctx context.Context, f cdfFile, in getInput) (*cdfValues, error) {
			defer h.watch(f.path, f.reading)()
			return f.get(ctx, in)
		}),
		api.Method("times", "Gives the times of a variable's records: exact UTC strings, or {as: 'tt2000'} a BigInt64Array.", func(ctx context.Context, f cdfFile, in timesInput) (any, error) {
			v, err := f.timesOf(in.Variable)
			if err != nil {
				return nil, err
			}
			defer h.watch(f.path, f.reading)()
			values, err := v.Read(ctx)
			if err != nil {
				return nil, err
			}
			return timesAs(ctx, values, in.As)
		}),
		api.Method("check", "Checks the file against the ISTP guidelines and against its name; gives a list of findings.", func(ctx context.Context, f cdfFile, _ api.None) ([]any, error) {
			defer h.watch(f.path, f.reading)()
			findings, err := sdc.CheckOpenProduct(ctx, f.File, filepath.Base(f.path))
			return findingList(findings), err
		}),
		api.Method("plot", plotDoc, h.plotOpen),
		api.Method("table", "Prints the first records of a variable.", func(ctx context.Context, f cdfFile, in getTableInput) (api.None, error) {
			finished := h.watch(f.path, f.reading)
			values, err := f.get(ctx, in.getInput)
			finished()
			if err != nil {
				return api.None{}, err
			}
			return api.None{}, h.printValues(ctx, values, in.Rows)
		}),
		api.Shown[cdfFile]("open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').attrs.Logical_source"),
		api.Shown[cdfFile]("open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').times('epoch')[0]"),
		api.Shown[cdfFile]("open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').check().length"),
	)
}

// timesOf finds the variable of times that a name means.
func (f cdfFile) timesOf(name string) (*cdf.Variable, error) {
	if name == "" {
		for _, v := range f.Variables {
			if t, ok := v.TimeVariable(); ok && t == v {
				return v, nil
			}
		}
		return nil, api.Usagef("times: the file has no variable of times")
	}
	v, err := f.find("times", name)
	if err != nil {
		return nil, err
	}
	if v.Type.IsTime() {
		return v, nil
	}
	t, ok := v.TimeVariable()
	if !ok {
		return nil, noTimes("times", v)
	}
	return t, nil
}

func noTimes(call string, v *cdf.Variable) error {
	return api.Usagef("%s: %s has no times: DEPEND_0 names no variable of times", call, v.Name)
}

// findingList are findings as plain objects.
func findingList(findings []istp.Finding) []any {
	list := make([]any, len(findings))
	for i, f := range findings {
		list[i] = []api.Property{{Name: "rule", Value: f.Rule}, {Name: "level", Value: string(f.Level)}, {Name: "variable", Value: f.Variable},
			{Name: "found", Value: f.Found}, {Name: "right", Value: f.Right}}
	}
	return list
}

// printValues prints the first rows of values, and how many there are.
func (h Host) printValues(ctx context.Context, v *cdfValues, rows *int) error {
	most := 20
	if rows != nil {
		most = *rows
	}
	text, err := v.rows(ctx, max(most, 0))
	if err != nil {
		return err
	}
	_, err = io.WriteString(h.Stdout, text)
	return err
}
