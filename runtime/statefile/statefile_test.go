package statefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckFormat(t *testing.T) {
	for contents, newer := range map[string]bool{
		"": false, "no JSON": false, `{"format":`: false, `{"other": 9}`: false, `["format"]`: false,
		`{"format": 2}`: false, `{"format": "3"}`: false, "{\"format\": 1}\n{\"format\": 3}": false,
		`{"format": 3}`: true, `{"words": [], "format": 3}`: true, "{\"format\": 3}\nno JSON": true,
	} {
		err := CheckFormat("a.json", []byte(contents), 2)
		if newer && (err == nil || !strings.Contains(err.Error(), "a.json: its format is 3,")) || !newer && err != nil {
			t.Errorf("%s: %v", contents, err)
		}
	}
}

func TestReplace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	path := filepath.Join(dir, "words.json")
	for _, contents := range []string{"first", "second"} {
		if err := Replace(path, []byte(contents)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != contents {
			t.Errorf("%q %v", got, err)
		}
	}
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Replace(taken, nil); err == nil {
		t.Error("a directory was replaced")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("a failure leaves %v (%v)", entries, err)
	}
}

func TestReadRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "it is not a regular file") {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Read(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := Check(filepath.Join(dir, "none")); err != nil {
		t.Errorf("no file: %v", err)
	}
}
