package datadir

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// leftovers are files that killed processes leave, with the kind that each has.
var leftovers = []Leftover{
	{Path: ".imapsh/locks/" + someName + ".lock", Kind: LeftLock},
	{Path: "imap/mag/l0/2025/01/.upload-KILLED", Kind: LeftUpload, Size: 3},
	{Path: somePath + ".part", Kind: LeftPart, Size: 4},
	{Path: somePath + ".part.json", Kind: LeftNote, Size: 2},
}

func leave(t *testing.T, dir string, age time.Duration) {
	t.Helper()
	for _, left := range leftovers {
		name := filepath.Join(dir, filepath.FromSlash(left.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.Repeat("x", int(left.Size))), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClean(t *testing.T) {
	young := 3 // the unfinished upload may be another process's
	for _, test := range []struct {
		name   string
		age    time.Duration
		dryRun bool
		want   int
	}{
		{"after two days", 48 * time.Hour, false, len(leftovers)},
		{"after two days, dry run", 48 * time.Hour, true, len(leftovers)},
		{"at once", 0, false, young},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDir(t)
			leave(t, d.Path(), test.age)
			kept := filepath.Join(d.Path(), filepath.FromSlash(somePath))
			if err := os.WriteFile(kept, []byte("whole"), 0o666); err != nil {
				t.Fatal(err)
			}
			found, err := d.Clean(t.Context(), test.dryRun)
			if err != nil || len(found) != test.want {
				t.Fatalf("found %v, %v", found, err)
			}
			if test.want == len(leftovers) && !cmp.Equal(found, leftovers) {
				t.Error(cmp.Diff(leftovers, found))
			}
			for _, left := range found {
				_, err := os.Lstat(filepath.Join(d.Path(), filepath.FromSlash(left.Path)))
				if there := err == nil; there != test.dryRun {
					t.Errorf("%s: there %v", left.Path, there)
				}
			}
			if _, err := os.Stat(kept); err != nil {
				t.Errorf("a complete file: %v", err)
			}
		})
	}
}

func TestCleanLeavesWhatIsUnderWay(t *testing.T) {
	d := newDir(t)
	leave(t, d.Path(), 0)
	unlock, err := d.Lock(t.Context(), somePath)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := d.Clean(t.Context(), false); err != nil || len(found) != 0 {
		t.Errorf("found %v, %v", found, err)
	}
	unlock()
	if found, err := d.Clean(t.Context(), false); err != nil || len(found) != 2 { // the lock went when it was released
		t.Errorf("afterwards found %v, %v", found, err)
	}
}

// TestSweepParts removes the parts of complete files alone.
func TestSweepParts(t *testing.T) {
	d := newDir(t)
	leave(t, d.Path(), 0)
	dirs := slices.Values([]string{path.Dir(somePath)})
	d.SweepParts(dirs)
	if _, err := os.Lstat(file(d, somePath+partEnding)); err != nil {
		t.Errorf("the part of a file that is not complete: %v", err)
	}
	must(t, os.WriteFile(file(d, somePath), []byte("complete"), 0o666))
	d.SweepParts(dirs)
	for _, ending := range []string{partEnding, partNoteEnding} {
		if _, err := os.Lstat(file(d, somePath+ending)); err == nil {
			t.Errorf("%s is left of a file that is complete", ending)
		}
	}
}

func TestCleanOfNoDirectory(t *testing.T) {
	d := newDir(t)
	if found, err := d.Clean(t.Context(), false); err == nil {
		t.Errorf("found %v and no error", found)
	}
}
