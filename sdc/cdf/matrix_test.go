package cdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

// open opens a CDF in memory.
func open(t testing.TB, b []byte) *cdf.File {
	t.Helper()
	f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// pattern makes n bytes that differ from their neighbours, with runs of zeros.
func pattern(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		if i/37%3 == 1 {
			continue
		}
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// allTypes are the numbers of all data types.
var allTypes = []int{1, 2, 4, 8, 11, 12, 14, 21, 22, 31, 32, 33, 41, 44, 45, 51, 52}

// everything makes variables of every type and arrangement.
func everything() []cdftest.Variable {
	var list []cdftest.Variable
	add := func(name string, v cdftest.Variable) {
		v.Name = name
		if v.Elements == 0 {
			v.Elements = 1
		}
		size := cdftest.Size(v.Type) * v.Elements
		dims := v.Dims
		if v.R {
			dims = []int{2, 3}
		}
		for i, n := range dims {
			if v.DimVarys == nil || v.DimVarys[i] {
				size *= n
			}
		}
		written := v.Records
		if v.Blocks != nil {
			written = 0
			for _, b := range v.Blocks {
				written += b[1] - b[0] + 1
			}
		}
		v.Values = pattern(written * size)
		v.Attributes = []cdftest.Attribute{cdftest.TextAttribute("CATDESC", "what "+name+" is")}
		list = append(list, v)
	}
	for _, dataType := range allTypes {
		elements := 1
		if dataType > 50 {
			elements = 5
		}
		add(fmt.Sprintf("scalar%d", dataType), cdftest.Variable{Type: dataType, Elements: elements, Records: 7})
		add(fmt.Sprintf("cube%d", dataType), cdftest.Variable{Type: dataType, Elements: elements, Dims: []int{2, 3, 4}, Records: 5})
	}
	add("r", cdftest.Variable{R: true, Type: 21, Records: 4})
	add("r half", cdftest.Variable{R: true, Type: 12, DimVarys: []bool{false, true}, Records: 3})
	add("once", cdftest.Variable{Type: 45, Dims: []int{3, 2}, NoRecordVary: true, Records: 1})
	add("thin", cdftest.Variable{Type: 4, Dims: []int{4, 5, 2}, DimVarys: []bool{true, false, true}, Records: 3})
	add("none", cdftest.Variable{Type: 45, Dims: []int{3}})
	add("gzip", cdftest.Variable{Type: 21, Dims: []int{3, 2}, Records: 12, Blocks: [][2]int{{0, 4}, {5, 11}}, Compression: 5})
	add("rle", cdftest.Variable{Type: 8, Records: 12, Blocks: [][2]int{{0, 4}, {5, 11}}, Compression: 1})
	add("list", cdftest.Variable{Type: 2, Dims: []int{2}, Records: 10, Blocks: singles(10), IndexPlaces: 2})
	add("tree", cdftest.Variable{Type: 2, Dims: []int{2}, Records: 23, Blocks: singles(23), IndexPlaces: 2, Tree: true})
	return list
}

// singles are blocks of one record each.
func singles(n int) [][2]int {
	var list [][2]int
	for i := range n {
		list = append(list, [2]int{i, i})
	}
	return list
}

// TestMatrix reads every type and arrangement in every version, encoding, majority and
// compression of the whole.
func TestMatrix(t *testing.T) {
	t.Parallel()
	versions := [][2]int{{2, 4}, {2, 5}, {2, 6}, {2, 7}, {3, 0}, {3, 9}}
	encodings := []int{1, 2, 4, 5, 6, 7, 9, 11, 12, 13, 16, 17, 18, 19}
	for _, version := range versions {
		for _, encoding := range encodings {
			for _, columnMajor := range []bool{false, true} {
				for _, compression := range []int{0, 1, 5} {
					if compression != 0 && (version[0] == 2 && version[1] < 6 || encoding > 6) {
						continue // earlier versions compress no file, and what is compressed has any encoding
					}
					file := cdftest.File{Version: version[0], Release: version[1], Encoding: encoding, ColumnMajor: columnMajor,
						Compression: compression, RDims: []int{2, 3}, Variables: everything(), Attributes: []cdftest.Attribute{
							{Name: "TEXT", Entries: []cdftest.Value{cdftest.Text("one"), cdftest.Text("two")}},
							{Name: "numbers", Entries: []cdftest.Value{cdftest.Doubles(1.5, -2)}}}}
					name := fmt.Sprintf("%d.%d encoding %d column %v compression %d", version[0], version[1], encoding, columnMajor, compression)
					t.Run(name, func(t *testing.T) { readBack(t, file) })
				}
			}
		}
	}
}

// readBack reads what was written.
func readBack(t *testing.T, file cdftest.File) {
	t.Helper()
	f := open(t, file.Encode())
	if len(f.Variables) != len(file.Variables) || len(f.Warnings) != 0 {
		t.Fatal(len(f.Variables), "variables;", f.Warnings)
	}
	if f.Version != file.Version || int(f.Encoding) != file.Encoding || f.RowMajor == file.ColumnMajor || int(f.Compression) != file.Compression {
		t.Error(f.Header)
	}
	if a := f.Attributes; len(a) != 2 || a[0].Entries[1].Text() != "two" || a[1].Entries[0].Float64(1) != -2 {
		t.Error(a)
	}
	for _, want := range file.Variables {
		v, ok := f.Variable(want.Name)
		if !ok {
			t.Fatal("no variable ", want.Name)
		}
		got, err := v.Read(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes, want.Values) || got.Records != want.Records {
			t.Errorf("%s: %d records, %x\nwant %d, %x", want.Name, got.Records, got.Bytes, want.Records, want.Values)
		}
		if s := v.Text("CATDESC"); s != "what "+want.Name+" is" {
			t.Errorf("%s: CATDESC is %q", want.Name, s)
		}
		inPieces(t, v, got.Bytes)
	}
}

func TestSparseRecords(t *testing.T) {
	t.Parallel()
	pad := []byte{9, 9}
	values := []byte{2, 0, 3, 0, 6, 0}
	for _, c := range []struct {
		name   string
		sparse int
		pad    []byte
		want   string
	}{
		{"pad", 1, pad, "0909 0909 0200 0300 0909 0909 0600 0909"},
		{"previous", 2, pad, "0909 0909 0200 0300 0300 0300 0600 0600"},
		{"default pad", 1, nil, "0180 0180 0200 0300 0180 0180 0600 0180"},
		{"not sparse, with records that were never written", 0, pad, "0909 0909 0200 0300 0909 0909 0600 0909"},
	} {
		for _, compression := range []int{0, 5} {
			for _, tree := range []bool{false, true} {
				for _, encoding := range []int{1, 6} {
					t.Run(fmt.Sprint(c.name, compression, tree, encoding), func(t *testing.T) {
						f := open(t, cdftest.File{Encoding: encoding, Variables: []cdftest.Variable{{
							Name: "v", Type: 2, Records: 8, Blocks: [][2]int{{2, 2}, {3, 3}, {6, 6}}, IndexPlaces: 2, Tree: tree,
							Values: values, Pad: c.pad, Sparse: c.sparse, Compression: compression,
						}}}.Encode())
						v, _ := f.Variable("v")
						got, err := v.Read(context.Background())
						want := strings.ReplaceAll(c.want, " ", "")
						if err != nil || fmt.Sprintf("%x", got.Bytes) != want {
							t.Errorf("%x, want %s (%v)", got.Bytes, want, err)
						}
						for i := range v.Records {
							one, err := v.ReadRange(context.Background(), i, i+1)
							if err != nil || fmt.Sprintf("%x", one.Bytes) != want[4*i:4*i+4] {
								t.Errorf("record %d: %x, want %s (%v)", i, one.Bytes, want[4*i:4*i+4], err)
							}
						}
					})
				}
			}
		}
	}
}

func TestDefaultPads(t *testing.T) {
	t.Parallel()
	want := map[int]string{
		1: "-127", 2: "-32767", 4: "-2147483647", 8: "-9223372036854775807", 11: "254", 12: "65534", 14: "4294967294",
		21: "-1e+30", 22: "-1e+30", 31: "0000-01-01T00:00:00.000", 32: "0000-01-01T00:00:00.000000000000",
		33: "0000-01-01T00:00:00.000000000", 41: "-127", 44: "-1e+30", 45: "-1e+30", 51: "   ", 52: "   ",
	}
	for _, dataType := range allTypes {
		elements := 1
		if dataType > 50 {
			elements = 3
		}
		f := open(t, cdftest.File{Variables: []cdftest.Variable{{
			Name: "v", Type: dataType, Elements: elements, Records: 2, Blocks: [][2]int{{1, 1}}, Values: make([]byte, 16*elements), Sparse: 1,
		}}}.Encode())
		got, err := f.Variables[0].Read(context.Background())
		if err != nil || got.String(0) != want[dataType] {
			t.Errorf("type %d: %q (%v), want %q", dataType, got.String(0), err, want[dataType])
		}
	}
}

func TestVAXFloatsAreRefused(t *testing.T) {
	t.Parallel()
	for _, encoding := range []int{3, 14, 15, 20, 21} {
		f := open(t, cdftest.File{Encoding: encoding, Variables: []cdftest.Variable{
			{Name: "float", Type: 21, Records: 1, Values: make([]byte, 4), Pad: make([]byte, 4), Attributes: []cdftest.Attribute{{Name: "FILLVAL", Entries: []cdftest.Value{cdftest.Doubles(1)}}}},
			{Name: "epoch", Type: 31, Records: 1, Values: make([]byte, 8)},
			{Name: "integer", Type: 4, Records: 1, Values: []byte{7, 0, 0, 0}},
		}}.Encode())
		for _, v := range f.Variables[:2] {
			_, err := v.Read(context.Background())
			var unsupported *cdf.UnsupportedError
			if !errors.As(err, &unsupported) || !strings.Contains(err.Error(), "VAX") || !strings.Contains(err.Error(), f.Encoding.String()) {
				t.Errorf("encoding %d: %v", encoding, err)
			}
		}
		if e, _ := f.Variables[0].Attribute("FILLVAL"); e.Err == nil || e.Len() != 0 {
			t.Errorf("encoding %d: an attribute is read: %v", encoding, e)
		}
		if got, err := f.Variables[2].Read(context.Background()); err != nil || got.Int64(0) != 7 {
			t.Errorf("encoding %d: integer %v (%v)", encoding, got, err)
		}
	}
}
