package sdc

import (
	"os"
	"slices"
	"testing"
)

// TestDataDir: a keeper sees the files, the records of its archive alone, and what changed.
func TestDataDir(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		names := manyNames(3)
		paths := archivePaths(t, names)
		if _, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		unrecorded := "imap/swe/l0/2025/01/imap_swe_l0_raw_20250101_v001.0001.pkts"
		write(t, r.client.LocalPath(unrecorded), []byte("unrecorded"))
		write(t, r.client.LocalPath(paths[0]+partEnding), []byte("left"))
		if err := os.Truncate(r.client.LocalPath(paths[1]), 1); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(r.client.LocalPath(paths[2])); err != nil {
			t.Fatal(err)
		}
		r.forget()
		dir := r.client.OpenDataDir()
		defer dir.Close()
		var files, recorded []string
		for name, err := range dir.Files() {
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, name)
		}
		for record, err := range dir.Records() {
			if err != nil || record.Archive != r.client.Archive() {
				t.Fatal(record, err)
			}
			recorded = append(recorded, record.FilePath)
		}
		slices.Sort(files)
		if want := slices.Sorted(slices.Values([]string{paths[0], paths[1], unrecorded})); !slices.Equal(files, want) || !slices.Equal(recorded, paths) {
			t.Errorf("files %q, records %q", files, recorded)
		}
		for path, want := range map[string]FileState{paths[0]: FileIntact, paths[1]: FileChanged, paths[2]: FileMissing, unrecorded: FileUnrecorded} {
			check, err := dir.Check(t.Context(), path, true)
			if _, known, _ := dir.Record(path); err != nil || check.State != want || known != (want != FileUnrecorded) {
				t.Errorf("%s: %+v %v, recorded %v, want %s", path, check, err, known, want)
			}
		}
		if left, err := dir.Leftovers(t.Context()); err != nil || len(left) != 1 || left[0].Path != paths[0]+partEnding {
			t.Errorf("%v %v", left, err)
		}
		if asked, _ := r.requests(); len(asked) != 0 {
			t.Errorf("asked %q", asked)
		}
		if err := r.client.SetURL("http://other.test"); err != nil {
			t.Fatal(err)
		}
		other := r.client.OpenDataDir()
		defer other.Close()
		for record := range other.Records() {
			t.Errorf("a record of another archive: %+v", record)
		}
	})
}
