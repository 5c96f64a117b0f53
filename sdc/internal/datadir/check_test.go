package datadir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const archive = "https://api.test:443"

// store makes a file with its record.
func store(t testing.TB, d *Dir, archivePath string, content []byte) {
	t.Helper()
	part, err := d.OpenPart(archivePath)
	if err != nil {
		t.Fatal(err)
	}
	_, err = part.Write(content)
	must(t, err)
	must(t, part.Complete(context.Background(), "md5", func(record Record) {
		record.Archive = archive
		must(t, d.AddRecord(record))
	}))
}

func TestCheck(t *testing.T) {
	content := someBytes(1000)
	flipped := slices.Clone(content)
	flipped[500] ^= 1
	later := time.Now().Add(time.Hour)
	for _, test := range []struct {
		name          string
		change        func(d *Dir, file string) error
		archive       string // that is asked about; empty: the one of the record
		shallow, deep FileState
	}{
		{"as it came", func(*Dir, string) error { return nil }, "", FileIntact, FileIntact},
		{"touched", func(_ *Dir, file string) error { return os.Chtimes(file, later, later) }, "", FileChanged, FileIntact},
		{"cut", func(_ *Dir, file string) error { return os.Truncate(file, 10) }, "", FileChanged, FileChanged},
		{"a bit flipped, the time kept", func(_ *Dir, file string) error {
			info, err := os.Stat(file)
			return errors.Join(err, os.WriteFile(file, flipped, 0o666), os.Chtimes(file, info.ModTime(), info.ModTime()))
		}, "", FileIntact, FileChanged},
		{"a bit flipped, recorded without SHA-256", func(d *Dir, file string) error {
			record, _, err := d.Record(archive, somePath)
			record.SHA256 = ""
			return errors.Join(err, d.AddRecord(record), os.WriteFile(file, flipped, 0o666), os.Chtimes(file, record.ModTime, record.ModTime))
		}, "", FileIntact, FileChanged},
		{"removed", func(_ *Dir, file string) error { return os.Remove(file) }, "", FileMissing, FileMissing},
		{"of another archive", func(*Dir, string) error { return nil }, "https://other.test:443", FileUnrecorded, FileUnrecorded},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDir(t)
			store(t, d, somePath, content)
			must(t, test.change(d, file(d, somePath)))
			if test.archive == "" {
				test.archive = archive
			}
			for deep, want := range map[bool]FileState{false: test.shallow, true: test.deep} {
				check, err := d.Check(t.Context(), test.archive, somePath, deep)
				if err != nil || check.State != want || (check.Difference != "") != (want == FileChanged) {
					t.Errorf("deep %v: %+v %v, want %s", deep, check, err, want)
				}
			}
		})
	}
	t.Run("neither file nor record", func(t *testing.T) {
		if _, err := newDir(t).Check(t.Context(), archive, somePath, true); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v", err)
		}
	})
	t.Run("a record without hash", func(t *testing.T) {
		d := newDir(t)
		store(t, d, somePath, content)
		record, _, err := d.Record(archive, somePath)
		record.SHA256, record.MD5 = "", ""
		must(t, errors.Join(err, d.AddRecord(record)))
		if _, err := d.Check(t.Context(), archive, somePath, true); err == nil || !strings.Contains(err.Error(), "no hash") {
			t.Errorf("%v", err)
		}
	})
}

func TestFilesAndRecords(t *testing.T) {
	d := newDir(t)
	for range d.Files() {
		t.Error("a file before there is a directory")
	}
	for range d.Records() {
		t.Error("a record before there is a directory")
	}
	var want []string
	for _, day := range []string{"20250203", "20250101", "20250102"} {
		name := fmt.Sprintf("imap/mag/l0/2025/%s/imap_mag_l0_raw_%s_v001.0001.pkts", day[4:6], day)
		store(t, d, name, []byte(day))
		want = append(want, name)
	}
	slices.Sort(want)
	dir := path.Dir(want[0])
	for _, left := range []string{want[0] + partEnding, want[0] + partNoteEnding, dir + "/.upload-X", dir + "/.unreleased"} {
		must(t, os.WriteFile(file(d, left), nil, 0o666))
	}
	must(t, os.WriteFile(filepath.Join(d.Path(), "notes.txt"), nil, 0o666))
	must(t, os.WriteFile(file(d, dir+"/misnamed.txt"), nil, 0o666))
	collect := func() (files, records []string) {
		for name, err := range d.Files() {
			must(t, err)
			files = append(files, name)
		}
		for record, err := range d.Records() {
			must(t, err)
			records = append(records, record.FilePath)
		}
		return files, records
	}
	files, records := collect()
	if !slices.Equal(records, want) {
		t.Errorf("records of %q, want %q", records, want)
	}
	if all := append(slices.Clone(want), dir+"/misnamed.txt"); !slices.Equal(slices.Sorted(slices.Values(files)), slices.Sorted(slices.Values(all))) {
		t.Errorf("files %q, want %q", files, all)
	}
	for range d.Files() { // ends when it is left
		break
	}
	for range d.Records() {
		break
	}
	must(t, os.WriteFile(file(d, recordFileName(want[0])), []byte(`{"format": 2}`), 0o666))
	again := New(d.Path())
	defer again.Close()
	var last error
	for _, err := range again.Records() {
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), "written by a newer version") {
		t.Errorf("%v", last)
	}
}

// BenchmarkCheck looks at 100,000 files that are here, by size and time, as a keeper does
// that has nothing to do.
func BenchmarkCheck(b *testing.B) {
	d := newDir(b)
	const n = 100_000
	for i := range n {
		r := benchRecord(i)
		name := file(d, r.FilePath)
		if i%1000 == 0 {
			must(b, os.MkdirAll(filepath.Dir(name), 0o777))
		}
		must(b, os.WriteFile(name, nil, 0o666))
		info, err := os.Stat(name)
		must(b, err)
		r.Archive, r.Size, r.ModTime = archive, 0, info.ModTime()
		must(b, d.AddRecord(r))
	}
	d.Close()
	for b.Loop() {
		d, intact := New(d.Path()), 0
		for record, err := range d.Records() {
			must(b, err)
			check, err := d.Check(b.Context(), archive, record.FilePath, false)
			must(b, err)
			if check.State == FileIntact {
				intact++
			}
		}
		d.Close()
		if intact != n {
			b.Fatal(intact)
		}
	}
}

// BenchmarkDeepCheck hashes a file of 64 MB.
func BenchmarkDeepCheck(b *testing.B) {
	d := newDir(b)
	content := someBytes(64 << 20)
	store(b, d, somePath, content)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		check, err := d.Check(b.Context(), archive, somePath, true)
		if err != nil || check.State != FileIntact {
			b.Fatal(check, err)
		}
	}
}
