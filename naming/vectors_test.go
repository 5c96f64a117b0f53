package naming

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const vectorsFile = "../../shared/vectors/naming.jsonl"

// vector is one question with the official Python client's answer.
type vector struct {
	Op, Class, Path string
	Input           json.RawMessage
	A, B            string
	OK              bool
	Fields          answer
	Filename        string
	Major           *int
	Minor           int
	String          string
	Less, Equal     bool
}

// answer is what an answer consists of; a refusal is nil.
type answer map[string]any

func TestAgreesWithOfficialClient(t *testing.T) {
	asked := make(map[string]bool)
	for _, v := range readVectors(t) {
		question := v.question()
		asked[question] = true
		ours, err := v.ask()
		if err != nil {
			ours = nil
		}
		difference := cmp.Diff(v.official(), ours)
		rule, listed := deviations[question]
		switch {
		case difference != "" && !listed:
			t.Errorf("%s: %v\n-official +ours\n%s", question, err, difference)
		case difference == "" && listed:
			t.Errorf("%s: deviates no longer, though rule %d says so", question, rule)
		}
	}
	for question := range deviations {
		if !asked[question] {
			t.Errorf("%s: is listed, but asked by no vector", question)
		}
	}
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
	if len(vectors) != 2253 {
		t.Errorf("%d vectors, not 2253", len(vectors))
	}
	return vectors
}

func (v vector) question() string {
	switch v.Op {
	case "compare":
		return fmt.Sprintf("compare %s %s", v.A, v.B)
	case "parse", "generate":
		return fmt.Sprintf("%s %s %s", v.Op, v.Class, v.Input)
	}
	return fmt.Sprintf("%s %s", v.Op, v.Input)
}

func (v vector) official() answer {
	switch {
	case v.Op == "compare":
		return answer{"less": v.Less, "equal": v.Equal}
	case !v.OK:
		return nil
	case v.Op == "version":
		return answer{"version": v.String, "major": intOrNil(v.Major), "minor": v.Minor}
	case v.Op == "generate":
		return answer{"filename": v.Filename}
	case v.Op == "detect":
		return answer{"class": v.Class, "path": v.Path}
	}
	for name, value := range v.Fields {
		if number, ok := value.(float64); ok { // as JSON has it
			v.Fields[name] = int(number)
		}
	}
	return answer{"path": v.Path, "fields": v.Fields}
}

// ask puts the question to this package.
func (v vector) ask() (answer, error) {
	switch v.Op {
	case "compare":
		a, errA := ParseVersion(v.A)
		b, errB := ParseVersion(v.B)
		order := a.Compare(b)
		return answer{"less": order < 0, "equal": order == 0}, errors.Join(errA, errB)
	case "version":
		version, err := ParseVersion(v.text())
		fields := fieldsOf(Product{Version: version})
		return answer{"version": version.String(), "major": fields["major_version"], "minor": version.Minor}, err
	case "generate":
		path, err := v.generate()
		if err != nil {
			return nil, err
		}
		return answer{"filename": path.Filename()}, nil
	case "detect":
		path, err := Parse(v.text())
		if err != nil {
			return nil, err
		}
		return answer{"class": string(path.Class()), "path": path.ArchivePath()}, nil
	}
	path, err := parseClass(Class(v.Class), v.text())
	if err != nil {
		return nil, err
	}
	return answer{"path": path.ArchivePath(), "fields": fieldsOf(path)}, nil
}

// generate builds the name that the parts ask for. The client takes repointings
// as numbers and as repointNNNNN, and end_time "" or null as none.
func (v vector) generate() (FilePath, error) {
	var in struct {
		Instrument   Instrument
		DataLevel    DataLevel `json:"data_level"`
		Descriptor   string
		StartTime    string `json:"start_time"`
		EndTime      string `json:"end_time"`
		Repointing   any
		CR           *int
		MajorVersion *int `json:"major_version"`
		MinorVersion int  `json:"minor_version"`
		Version      string
		Extension    string
	}
	if err := json.Unmarshal(v.Input, &in); err != nil {
		return nil, err
	}
	if Class(v.Class) == ClassAncillary {
		version, err := ParseVersion(in.Version)
		if err != nil {
			return nil, err
		}
		return NewAncillary(Validity{
			Instrument: in.Instrument, Descriptor: in.Descriptor,
			StartDate: in.StartTime, EndDate: in.EndTime,
			Version: version, Extension: in.Extension,
		})
	}
	p := Product{
		Instrument: in.Instrument, DataLevel: in.DataLevel, Descriptor: in.Descriptor,
		StartDate: in.StartTime, CR: in.CR,
		Version: Version{NoMajor, in.MinorVersion}, Extension: in.Extension,
	}
	if in.MajorVersion != nil {
		p.Version.Major = *in.MajorVersion
	}
	if in.Repointing != nil {
		repointing, err := ParseRepointing(fmt.Sprint(in.Repointing))
		if err != nil {
			return nil, err
		}
		p.Repointing = &repointing
	}
	return NewScience(p)
}

// text is the input as the name or version that it is.
func (v vector) text() string {
	var text string
	_ = json.Unmarshal(v.Input, &text)
	return text
}

func fieldsOf(parts interface{ Fields() []Field }) answer {
	fields := make(answer)
	for _, field := range parts.Fields() {
		fields[field.Name] = field.Value
	}
	return fields
}

// parseClass is the parse function of a class that is known when it runs.
func parseClass(class Class, name string) (FilePath, error) {
	g := grammarOf(class)
	return g.parse(g, Base(name))
}
