package cdf_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

func TestOtherFiles(t *testing.T) {
	t.Parallel()
	good := cdftest.File{}.Encode()
	for _, c := range []struct{ name, bytes, want string }{
		{"empty", "", "not a CDF: the file is empty"},
		{"short", "\xCD\xF3\x00", "not a CDF: the file ends within the magic number"},
		{"HDF5", "\x89HDF\r\n\x1a\n\x00\x00", "not a CDF: this is an HDF5 file (or netCDF-4, which is HDF5)"},
		{"netCDF", "CDF\x01\x00\x00\x00\x00", "not a CDF: this is a netCDF file (classic)"},
		{"netCDF, 64 bits", "CDF\x02\x00\x00\x00\x00", "not a CDF: this is a netCDF file (64-bit offsets)"},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "not a CDF: this is a gzip archive: decompress it first"},
		{"HTML", "\n<!DOCTYPE html><title>no</title>", "not a CDF: this is an HTML page"},
		{"text", "I'm not a CDF file\n", "not a CDF: this is text"},
		{"other", "\x00\x01\x02\x03\x04\x05\x06\x07", "not a CDF: it does not begin with the magic number of a CDF"},
		{"replacement characters", strings.ToValidUTF8(string(good), "\uFFFD"), "in text mode (its magic number holds EF BF BD"},
		{"each byte a replacement", "\xEF\xBF\xBD\xEF\xBF\xBD\x00\x01\x00\x00\xEF\xBF\xBD", "in text mode (its magic number holds EF BF BD"},
		{"Latin-1 to UTF-8", "\u00CD\u00F3\x00\x01\x00\x00\u00FF\u00FF", "in text mode (its bytes were converted"},
		{"seven bits", "\x4D\x73\x00\x01\x00\x00\x7F\x7F", "in text mode (the eighth bit"},
		{"CR LF", strings.ReplaceAll(string(good), "\n", "\r\n"), "in text mode (its line feeds became CR LF)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := cdf.Open(context.Background(), strings.NewReader(c.bytes), int64(len(c.bytes)), cdf.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// record is where an internal record of a file of version 3 is.
type record struct{ at, size, kind int }

// records lists the internal records of a file of version 3 in their order.
func records(b []byte) []record {
	var list []record
	for at := 8; at+12 <= len(b); {
		size := int(binary.BigEndian.Uint64(b[at:]))
		list = append(list, record{at, size, int(binary.BigEndian.Uint32(b[at+8:]))})
		at += size
	}
	return list
}

// nth finds a record by its type.
func nth(b []byte, kind, n int) record {
	for _, r := range records(b) {
		if r.kind == kind {
			if n == 0 {
				return r
			}
			n--
		}
	}
	panic(fmt.Sprint("no record of type ", kind))
}

// readAll opens a file and reads every variable.
func readAll(b []byte) error {
	f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{MaxBytes: 1 << 20})
	if err != nil {
		return err
	}
	for _, v := range f.Variables {
		if _, err := v.Read(context.Background()); err != nil {
			return err
		}
	}
	return nil
}

func TestDamaged(t *testing.T) {
	t.Parallel()
	sample := cdftest.File{
		Attributes: []cdftest.Attribute{cdftest.TextAttribute("a", "1"), {Name: "b", Entries: []cdftest.Value{cdftest.Text("2"), cdftest.Text("3")}}},
		Variables: []cdftest.Variable{
			{Name: "x", Type: 4, Records: 6, Values: pattern(24), Blocks: singles(6), IndexPlaces: 2},
			{Name: "y", Type: 4, Records: 6, Values: pattern(24), Compression: 5},
			{Name: "z", Type: 4, Records: 6, Values: pattern(24), Blocks: singles(6), IndexPlaces: 2, Tree: true},
		}}.Encode()
	if err := readAll(sample); err != nil {
		t.Fatal(err)
	}
	put64 := func(at int, x int64) func([]byte) {
		return func(b []byte) { binary.BigEndian.PutUint64(b[at:], uint64(x)) }
	}
	put32 := func(at int, x int32) func([]byte) {
		return func(b []byte) { binary.BigEndian.PutUint32(b[at:], uint32(x)) }
	}
	gdr, adr, entry := nth(sample, 2, 0).at, nth(sample, 4, 0).at, nth(sample, 5, 1).at
	adr2, x, y, vxr, vxr2 := nth(sample, 4, 1).at, nth(sample, 8, 0).at, nth(sample, 8, 1).at, nth(sample, 6, 0).at, nth(sample, 6, 1).at
	cvvr := nth(sample, 13, 0)
	for _, c := range []struct {
		name   string
		damage func([]byte)
		want   string
	}{
		{"GDR behind the end", put64(8+12, 1<<40), "GDR at offset 1099511627776: the offset is outside the file"},
		{"GDR negative", put64(8+12, -5), "GDR at offset -5: the offset is outside"},
		{"GDR elsewhere", put64(8+12, int64(adr)), fmt.Sprintf("GDR at offset %d: there is a ADR", adr)},
		{"size of a record", put64(gdr, 1<<50), fmt.Sprintf("GDR at offset %d: it has a size of 1125899906842624 bytes", gdr)},
		{"size too small", put64(gdr, 13), "it has a size of 13 bytes, at least 84"},
		{"cut off", put64(gdr+36, int64(len(sample)+1)), "it is cut off"},
		{"unknown encoding", put32(8+28, 99), "CDR at offset 8: it names an unknown encoding: 99"},
		{"version", put32(8+20, 2), "CDR at offset 8: it says version 2.9"},
		{"multi-file", put32(8+32, 1), "a multi-file CDF"},
		{"count of variables", put32(gdr+60, 4), "zVDR at offset 0: the offset is outside the file"},
		{"negative count", put32(gdr+60, -1), "it counts"},
		{"circle of variables", put64(y+12, int64(x)), fmt.Sprintf("zVDR at offset %d: the list of variables leads here twice", x)},
		{"circle of attributes", put64(adr+12, int64(adr)), "ADR at offset"},
		{"circle of entries", put64(entry+12, int64(entry)), "the list of entries of attribute \"b\" leads here twice"},
		{"count of entries", put32(adr2+36, 3), "AgrEDR at offset 0"},
		{"length of an entry", put32(entry+32, 1<<30), "1073741824 elements of CHAR are longer than the record"},
		{"type of an entry", put32(entry+24, 7), "unknown data type 7"},
		{"type of a variable", put32(x+20, 7), "variable \"x\" has an unknown data type: 7"},
		{"elements", put32(x+64, 5), "5 elements a value"},
		{"dimensions", put32(x+340, 77), "77 dimensions"},
		{"last record", put32(x+24, -7), "its last record has the number -7"},
		{"sparse", put32(x+48, 5), "unknown kind 5 of sparse records"},
		{"circle of indexes", put64(vxr2+12, int64(vxr)), fmt.Sprintf("VXR at offset %d: the list of indexes leads here twice", vxr)},
		{"index of itself", put64(vxr+28+16, int64(vxr)), fmt.Sprintf("VXR at offset %d: the list of indexes leads here twice", vxr)},
		{"used places", put32(vxr+24, 9), "9 of 2 places are used"},
		{"places", put32(vxr+20, 1<<29), "of 536870912 places are used"},
		{"records of a place", put32(vxr+28, 7), "place 0 is for records 7 to 0"},
		{"block in two places", put32(vxr+28+8, 1), "records 1 to 1 are there twice"},
		{"block elsewhere", put64(vxr+28+16, int64(adr)), "there is a ADR"},
		{"block too short", func(b []byte) {
			put32(x+24, 7)(b)
			put32(nth(b, 6, 2).at+28+8+4, 7)(b)
		}, "it has 4 bytes of values; records 5 to 7 need 12"},
		{"too many records for a block", func(b []byte) {
			v := nth(b, 6, 3) // y's index
			put32(y+24, 1<<20)(b)
			put32(v.at+28+12, 1<<20)(b)
		}, "would take 4.2 MB of memory; the limit is 1.0 MB"},
		{"compressed length", put64(cvvr.at+16, 1<<20), fmt.Sprintf("CVVR at offset %d: it says that it has 1048576 compressed bytes", cvvr.at)},
		{"compressed bytes", func(b []byte) { b[cvvr.at+cvvr.size-5] ^= 0xFF }, "checksum of its compressed data is wrong"},
		{"compressed start", func(b []byte) { b[cvvr.at+24] = 0 }, "do not begin as GZIP does"},
		{"not compressed", put32(y+44, 1), "the variable's descriptor says that they are not"},
		{"method of compression", put32(nth(sample, 11, 0).at+12, 9), "CPR at offset"},
		{"Huffman", put32(nth(sample, 11, 0).at+12, 2), "Huffman compression is not supported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bytes.Clone(sample)
			c.damage(b)
			err := readAll(b)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// TestCutOff cuts a file off at every place.
func TestCutOff(t *testing.T) {
	t.Parallel()
	for _, compression := range []int{0, 1, 5} {
		whole := cdftest.File{Compression: compression, Variables: everything()[:3], Attributes: []cdftest.Attribute{cdftest.TextAttribute("a", "b")}}.Encode()
		for n := range whole {
			if err := readAll(whole[:n]); err == nil {
				t.Fatalf("compression %d: the first %d of %d bytes are read", compression, n, len(whole))
			}
		}
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	b := cdftest.File{Variables: []cdftest.Variable{{Name: "big", Type: 45, Dims: []int{1000, 1000}, Records: 1 << 30, Blocks: [][2]int{}, Sparse: 1}}}.Encode()
	f, err := cdf.Open(context.Background(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Variables[0].Read(context.Background())
	var limit *cdf.LimitError
	if !errors.As(err, &limit) || limit.Need != 8_000_000<<30 || limit.Limit != cdf.DefaultMaxBytes {
		t.Error(err)
	}
	if got, err := f.Variables[0].ReadRange(context.Background(), 5, 6); err != nil || got.Float64(999_999) != -1e30 {
		t.Error(err)
	}
	whole := cdftest.File{Compression: 5, Variables: []cdftest.Variable{{Name: "v", Type: 1, Records: 100_000, Values: make([]byte, 100_000)}}}.Encode()
	_, err = cdf.Open(context.Background(), bytes.NewReader(whole), int64(len(whole)), cdf.Options{MaxBytes: 50_000})
	if !errors.As(err, &limit) || limit.Need < 100_000 {
		t.Error(err)
	}
}

// TestDamagedShared reads real files of which single bytes are changed, and looks that
// each answer is values or an error.
func TestDamagedShared(t *testing.T) {
	t.Parallel()
	path := filepath.Join(shared, "data", "cdf", "jcdf_example1.cdf")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared data are not here: ", err)
	}
	for at := 0; at < len(whole); at += 7 {
		b := bytes.Clone(whole)
		b[at] ^= 0x41
		_ = readAll(b) // either is right; a panic or a circle is not
	}
}
