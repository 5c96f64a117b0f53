package sdc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// recorded is the verification record that a later call finds of the file of the tests.
func (r *rig) recorded() (VerificationRecord, bool) {
	dir := r.client.openDataDir()
	defer dir.Close()
	info, err := dir.Stat(somePath)
	record, known, recordErr := dir.Record(r.client.Archive(), somePath)
	return record, known && err == nil && recordErr == nil && info != nil && record.Holds(info)
}

func (r *rig) recordFile() string { return r.client.LocalPath(recordFile) }

func TestVerificationRecord(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		if _, ok := r.recorded(); ok {
			t.Error("there is one before")
		}
		r.complete(t)
		record, ok := r.recorded()
		sum := sha256.Sum256(r.content)
		want := VerificationRecord{Format: 1, Archive: "http://api.test:80", FilePath: somePath, Size: 1 << 20, MD5: md5Hex(r.content),
			SHA256: hex.EncodeToString(sum[:]), ETag: `"` + md5Hex(r.content) + `"`, Verified: VerifiedMD5}
		record.ModTime, record.Time = time.Time{}, time.Time{}
		if diff := cmp.Diff(want, record); diff != "" || !ok {
			t.Errorf("%v\n%s", ok, diff)
		}
		text, err := os.ReadFile(r.recordFile())
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			name string
			text []byte
			want bool
		}{
			{"a torn line after it, as a crash leaves it", append(slices.Clone(text), `{"file_path":"imap/mag`...), true},
			{"a long line before it, as a power cut leaves it", slices.Concat(make([]byte, 70_000), []byte("\n"), text), true},
			{"without an archive, as older programs wrote it", []byte(strings.Replace(string(text), `"archive"`, `"x"`, 1)), false},
			{"a torn line alone", []byte(`{"file_path":"imap/mag`), false},
		} {
			write(t, r.recordFile(), test.text)
			if _, ok := r.recorded(); ok != test.want {
				t.Errorf("%s: recorded %v", test.name, ok)
			}
		}
		if _, err := r.download(DownloadOptions{}); err != nil { // compares it
			t.Fatal(err)
		}
		if _, ok := r.recorded(); !ok {
			t.Error("lost to a torn line before it")
		}
	})
}

// TestRecordOfAnotherArchive: what was verified against one archive says nothing of
// another's file, and each has its own record.
func TestRecordOfAnotherArchive(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.complete(t)
		mine := r.content
		r.content = someBytes(1<<20, 2)
		if err := r.client.SetURL("http://other-api.test"); err != nil {
			t.Fatal(err)
		}
		r.listener["other-api.test:80"] = r.listener["api.test:80"]
		if _, err := r.download(DownloadOptions{}); err == nil || !strings.Contains(err.Error(), "is not the archive's file") {
			t.Errorf("another archive's bytes: %v", err)
		}
		r.content = mine
		for range 2 {
			r.forget()
			if transfer, err := r.download(DownloadOptions{}); err != nil || transfer.Status != Skipped {
				t.Errorf("the same bytes: %+v %v", transfer, err)
			}
		}
		if asked, _ := r.requests(); len(asked) > 0 {
			t.Errorf("with a record of both archives: %q", asked)
		}
		if err := r.client.SetURL("http://api.test"); err != nil {
			t.Fatal(err)
		}
		if _, ok := r.recorded(); !ok {
			t.Error("the first archive's record is lost")
		}
	})
}

// TestRecordsOfANewerFormat are refused, and nothing is written to them.
func TestRecordsOfANewerFormat(t *testing.T) {
	for _, o := range []DownloadOptions{{}, {Verify: true}, {Overwrite: true}} {
		inRig(t, func(t *testing.T, r *rig) {
			r.complete(t)
			newer := []byte(`{"format": 2, "archive": ["http://api.test:80"], "file_path": {}}` + "\n")
			write(t, r.recordFile(), newer)
			r.forget()
			_, err := r.download(o)
			asked, _ := r.requests()
			if text, _ := os.ReadFile(r.recordFile()); err == nil || !strings.Contains(err.Error(), "its format is 2, written by a newer version") ||
				string(text) != string(newer) || len(asked) > 0 {
				t.Errorf("%+v: %v, %q, asked %q", o, err, text, asked)
			}
		})
	}
}

// TestNamedArchive: the files of a named archive stay apart from all others.
func TestNamedArchive(t *testing.T) {
	for _, test := range []struct {
		name   string
		before func(t *testing.T, r *rig)
		want   string // in the error; empty: none
	}{
		{"nothing", func(*testing.T, *rig) {}, ""},
		{"its own files", func(t *testing.T, r *rig) {
			if err := r.client.NameArchive("http://api.test", "demo"); err != nil {
				t.Fatal(err)
			}
			r.complete(t)
			write(t, r.client.LocalPath("imap/mag/l0/2025/01/imap_mag_l0_raw_20250102_v001.0001.pkts.part"), nil)
		}, ""},
		{"another archive's records", func(t *testing.T, r *rig) { r.complete(t) }, "verification records of http://api.test:80"},
		{"a file without a record", func(t *testing.T, r *rig) { r.foreign(t) }, somePath + ", which has no verification record"},
		{"files of no archive", func(t *testing.T, r *rig) { write(t, r.client.LocalPath("imap/notes.txt"), nil) }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				test.before(t, r)
				if err := r.client.NameArchive("http://api.test", "demo"); err != nil {
					t.Fatal(err)
				}
				set := r.client.SetDataDir(r.client.DataDir())
				r.forget()
				_, err := r.download(DownloadOptions{Overwrite: true})
				asked, _ := r.requests()
				switch {
				case test.want == "" && (set != nil || err != nil):
					t.Errorf("%v %v", set, err)
				case test.want != "" && (len(asked) > 0 || !strings.Contains(fmt.Sprint(set), test.want) || !strings.Contains(fmt.Sprint(err), test.want)):
					t.Errorf("%v, %v, asked %q; want %s", set, err, asked, test.want)
				}
			})
		})
	}
}

func TestArchiveIdentity(t *testing.T) {
	for url, want := range map[string]string{
		"https://api.imap-mission.com":         "https://api.imap-mission.com:443",
		"https://API.imap-mission.com:443/":    "https://api.imap-mission.com:443",
		"https://api.imap-mission.com/api-key": "https://api.imap-mission.com:443",
		"http://127.0.0.1:8123":                "http://127.0.0.1:8123",
	} {
		if got := newClient(t, Options{URL: url}).Archive(); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

// A nightly comparison that finds what it found before adds nothing to the record file.
func TestVerifyingAgainAddsNoRecord(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.whole(r.download(DownloadOptions{}))
		name := filepath.Join(r.client.DataDir(), filepath.FromSlash(recordFile))
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			time.Sleep(24 * time.Hour)
			if transfer, err := r.download(DownloadOptions{Verify: true}); err != nil || transfer.Status != Skipped {
				t.Fatalf("%v, %v", transfer, err)
			}
		}
		after, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("the record file has %d bytes, it had %d (%v)", len(after), len(before), err)
		}
	})
}
