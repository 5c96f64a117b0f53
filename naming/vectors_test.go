package naming

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const vectorsFile = "../../shared/vectors/naming.jsonl"

// vector is one answer of the official Python client.
type vector struct {
	Op, Class, Path string
	Input           json.RawMessage
	OK              bool
	Major           *int
	Minor           int
	String          string
	A, B            string
	Equal, Less     bool
}

func readVectors(t *testing.T) []vector {
	t.Helper()
	file, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Skipf("the official client's answers are not beside this checkout: %v", err)
	}
	var vectors []vector
	lines := bufio.NewScanner(bytes.NewReader(file))
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		vectors = append(vectors, v)
	}
	return vectors
}

func TestParseAgreesWithOfficialClient(t *testing.T) {
	for _, v := range readVectors(t) {
		if v.Op != "parse" || v.Class == "spice" {
			continue
		}
		var input string
		_ = json.Unmarshal(v.Input, &input)
		g := grammarOf(Class(v.Class))
		path, err := g.parse(g, input)
		if (err == nil) != v.OK {
			if v.OK && stricter(input) {
				continue
			}
			t.Errorf("%s %q: official ok %v, ours %v", v.Class, input, v.OK, err)
			continue
		}
		if v.OK && (path.ArchivePath() != v.Path || path.Filename() != input) {
			t.Errorf("%s %q: path %q, official %q", v.Class, input, path.ArchivePath(), v.Path)
		}
	}
}

// stricter reports whether a deliberate deviation refuses what the official
// client accepts: text after the end of a name, a path, other digits than ASCII's.
func stricter(input string) bool {
	return strings.HasSuffix(input, "\n") || strings.ContainsAny(input, `/\`) ||
		strings.ContainsFunc(input, func(r rune) bool { return r > 127 })
}

func TestVersionsAgreeWithOfficialClient(t *testing.T) {
	for _, v := range readVectors(t) {
		switch v.Op {
		case "version":
			var input string
			_ = json.Unmarshal(v.Input, &input)
			got, err := ParseVersion(input)
			if (err == nil) != v.OK {
				t.Errorf("%q: official ok %v, ours %v", input, v.OK, err)
				continue
			}
			major := NoMajor
			if v.Major != nil {
				major = *v.Major
			}
			if v.OK && (got.Major != major || got.Minor != v.Minor || got.String() != v.String) {
				t.Errorf("%q: got %+v %s", input, got, got)
			}
		case "compare":
			a, _ := ParseVersion(v.A)
			b, _ := ParseVersion(v.B)
			if (a.Compare(b) == 0) != v.Equal || (a.Compare(b) < 0) != v.Less {
				t.Errorf("compare %s %s = %d, official equal %v less %v", a, b, a.Compare(b), v.Equal, v.Less)
			}
		}
	}
}
