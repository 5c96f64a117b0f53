package cdf_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"imapsh/sdc/cdf"
)

// shared is where the data that several projects share lies, where it does.
const shared = "../../../shared"

// vector is what independent readers found in a variable.
type vector struct {
	File, Variable, Type string
	Records              int
	Dims                 []int
	SHA256               string
	Attributes           int
}

// readVectors gives the vectors of each file, by its path under data.
func readVectors(t testing.TB) map[string][]vector {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, "vectors", "cdf.jsonl"))
	if err != nil {
		t.Skip("the shared vectors are not here: ", err)
	}
	defer file.Close()
	files := map[string][]vector{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		files[v.File] = append(files[v.File], v)
	}
	if lines.Err() != nil || len(files) == 0 {
		t.Fatal(len(files), "files of vectors", lines.Err())
	}
	return files
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for path, vectors := range readVectors(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f, err := cdf.OpenFile(context.Background(), filepath.Join(shared, "data", path), cdf.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if len(f.Variables) != len(vectors) {
				t.Errorf("%d variables, want %d", len(f.Variables), len(vectors))
			}
			for _, want := range vectors {
				check(t, f, want)
			}
		})
	}
}

func check(t *testing.T, f *cdf.File, want vector) {
	t.Helper()
	v, ok := f.Variable(want.Variable)
	if !ok {
		t.Errorf("%s: no such variable", want.Variable)
		return
	}
	values, err := v.Read(context.Background())
	if err != nil {
		t.Error(err)
		return
	}
	if v.Type.String() != want.Type || values.Records != want.Records || !slices.Equal(v.Dims, want.Dims) {
		t.Errorf("%s: %v, %d records, dimensions %v; want %s, %d, %v", want.Variable, v.Type, values.Records, v.Dims, want.Type, want.Records, want.Dims)
	}
	if len(v.Attributes) != want.Attributes {
		t.Errorf("%s: %d attributes, want %d", want.Variable, len(v.Attributes), want.Attributes)
	}
	b := values.Bytes
	if v.Type.IsText() {
		b = bytes.ReplaceAll(b, []byte{0}, []byte{' '})
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != want.SHA256 {
		t.Errorf("%s: SHA-256 of the values is %s, want %s", want.Variable, got, want.SHA256)
	}
	inPieces(t, v, values.Bytes)
}

// inPieces reads a variable in ranges, which together have to give the same.
func inPieces(t *testing.T, v *cdf.Variable, want []byte) {
	t.Helper()
	var got []byte
	step := max(v.Records/3, 1)
	for first := 0; first < v.Records; first += step {
		part, err := v.ReadRange(context.Background(), first, min(first+step, v.Records))
		if err != nil {
			t.Errorf("%s from record %d: %v", v.Name, first, err)
			return
		}
		got = append(got, part.Bytes...)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: the ranges together are not the whole", v.Name)
	}
}

func TestNotACDF(t *testing.T) {
	t.Parallel()
	path := filepath.Join(shared, "data", "cdf", "cdfpp_not_a_cdf.cdf")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the shared data are not here: ", err)
	}
	_, err := cdf.OpenFile(context.Background(), path, cdf.Options{})
	var notCDF *cdf.NotCDFError
	if !errors.As(err, &notCDF) || notCDF.Looks != "text" {
		t.Fatal(err)
	}
}
