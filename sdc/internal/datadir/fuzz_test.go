package datadir

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzPartNote: whatever a note says, no more of a part counts than its file has, and what
// counts is in order.
func FuzzPartNote(f *testing.F) {
	for _, note := range []string{
		"", "{", `{"etag":"x","size":200,"whole":50,"beyond":[{"from":60,"to":70},{"from":80,"to":100}]}`, `{"etag":"x","size":-1,"whole":-1}`,
		`{"etag":"x","size":9223372036854775807,"whole":9223372036854775807}`, `{"etag":"x","size":200,"whole":-5,"beyond":[{"from":-9,"to":-1}]}`,
	} {
		f.Add(note)
	}
	d := New(filepath.Join(f.TempDir(), "data"))
	f.Cleanup(d.Close)
	openPart(f, d).Discard() // makes the directory
	f.Fuzz(func(t *testing.T, note string) {
		must(t, os.WriteFile(file(d, somePath+partEnding), make([]byte, 100), 0o666))
		must(t, os.WriteFile(file(d, somePath+partNoteEnding), []byte(note), 0o666))
		part, err := d.OpenPart(somePath)
		if err != nil {
			return // of a newer format
		}
		defer part.Discard()
		if part.prefix < 0 || part.prefix > 100 || part.Received() > 100 || !part.beyond.valid(part.prefix, 100) {
			t.Errorf("%q: %d bytes and %v", note, part.prefix, part.beyond)
		}
	})
}

// FuzzRecordFile: lines that are no records are passed over, and never stand for one.
func FuzzRecordFile(f *testing.F) {
	for _, text := range []string{
		"", "\n\n", `{"format":1,"archive":"a","file_path":"b"}`, `{"format":2}`, `{"format":1,"archive":["a"],"file_path":"b"}`, "{\n{\x00}",
	} {
		f.Add(text)
	}
	path := filepath.Join(f.TempDir(), "data")
	name := filepath.Join(path, filepath.FromSlash(recordFileName(somePath)))
	must(f, os.MkdirAll(filepath.Dir(name), 0o777))
	f.Fuzz(func(t *testing.T, text string) {
		must(t, os.WriteFile(name, []byte(text), 0o666))
		d := New(path)
		defer d.Close()
		for record, err := range d.Records() {
			if err == nil && (record.Archive == "" || record.FilePath == "" || record.Format > recordFormat) {
				t.Errorf("%q gives %+v", text, record)
			}
		}
	})
}
