package sample

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"imapsh/sdc/archive"
)

func TestStoreHoldsTheFiles(t *testing.T) {
	files := Released(Files()[:20])
	store := Store(files)
	var walked []string
	err := store.Walk(t.Context(), func(path string, state func() (archive.State, error)) error {
		walked = append(walked, path)
		is, err := state()
		if i := len(walked) - 1; err == nil && !is.ModTime.Equal(files[i].Ingested) {
			t.Errorf("%s: modified at %s, want %s", path, is.ModTime, files[i].Ingested)
		}
		return err
	})
	if err != nil || len(walked) != len(files) {
		t.Fatalf("%d of %d files: %v", len(walked), len(files), err)
	}
	object, err := store.Open(files[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer object.Close()
	if content, err := io.ReadAll(object); err != nil || !bytes.Equal(content, files[0].Bytes()) {
		t.Errorf("%d bytes, %v", len(content), err)
	}
}

func TestReleasedLeavesTheListAsItWas(t *testing.T) {
	all := Files()
	released := Released(all)
	hidden := len(all) - len(released)
	if hidden == 0 || slices.ContainsFunc(released, func(f File) bool { return !f.Released }) {
		t.Errorf("%d files are left out", hidden)
	}
	if !slices.Equal(all, Files()) {
		t.Error("the list that was given has changed")
	}
}
