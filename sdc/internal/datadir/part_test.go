package datadir

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The file that the tests write.
const (
	someName = "imap_mag_l0_raw_20250101_v001.0001.pkts"
	somePath = "imap/mag/l0/2025/01/" + someName
)

func newDir(t testing.TB) *Dir {
	d := New(filepath.Join(t.TempDir(), "data"))
	t.Cleanup(d.Close)
	return d
}

func openPart(t testing.TB, d *Dir) *Part {
	t.Helper()
	part, err := d.OpenPart(somePath)
	if err != nil {
		t.Fatal(err)
	}
	return part
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func someBytes(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{}).Read(b)
	return b
}

// file is where a file of the directory lies.
func file(d *Dir, name string) string { return filepath.Join(d.Path(), filepath.FromSlash(name)) }

func noteOf(t testing.TB, d *Dir) (note partNote) {
	t.Helper()
	text, err := os.ReadFile(file(d, somePath+partNoteEnding))
	if err != nil || json.Unmarshal(text, &note) != nil || note.Format != 1 {
		t.Fatalf("%s %v", text, err)
	}
	return note
}

// TestCheckpoints: of an object without MD5 it is noted as it comes how much is on the
// disk, and all of it when it stops.
func TestCheckpoints(t *testing.T) {
	d := newDir(t)
	part := openPart(t, d)
	must(t, part.Begin(ObjectInfo{ETag: `"abc-2"`, Size: 100 << 20}))
	megabyte := make([]byte, 1<<20)
	for range 33 {
		_, err := part.Write(megabyte)
		must(t, err)
	}
	if got := noteOf(t, d).Prefix; got != checkpointInterval {
		t.Errorf("%d bytes are noted of %d", got, part.Prefix())
	}
	part.Leave()
	if got := noteOf(t, d).Prefix; got != 33<<20 {
		t.Errorf("%d bytes are noted of %d after a clean stop", got, part.Prefix())
	}
}

// TestPartWithMD5 notes that all its bytes count: a wrong one shows in the end.
func TestPartWithMD5(t *testing.T) {
	d := newDir(t)
	part := openPart(t, d)
	must(t, part.Begin(ObjectInfo{ETag: `"1"`, Size: 100, MD5: "0123"}))
	_, err := part.Write(someBytes(60))
	must(t, err)
	part.Leave()
	if got := noteOf(t, d).Prefix; got != allCertain {
		t.Errorf("noted %d", got)
	}
	part = openPart(t, d)
	if got := part.Object(); part.Prefix() != 60 || got.MD5 != "" || got.ETag != `"1"` || part.Durable() {
		t.Errorf("%d bytes of %+v, durable %v", part.Prefix(), got, part.Durable())
	}
	part.Discard()
}

// TestRanges writes ranges in another order than that of the bytes, stops, and goes on in
// a part that was opened anew.
func TestRanges(t *testing.T) {
	d := newDir(t)
	content := someBytes(1000)
	part := openPart(t, d)
	must(t, part.Begin(ObjectInfo{ETag: `"1"`, Size: 1000}))
	write := func(span Span, each int64) {
		t.Helper()
		_, err := part.WriteAt(content[span.From:span.To], span.From)
		must(t, err)
		must(t, part.MarkDone(span, each))
	}
	write(Span{600, 700}, 1<<20)
	if noteOf(t, d).Prefix != 0 || len(noteOf(t, d).Beyond) != 0 {
		t.Errorf("noted before it was due: %+v", noteOf(t, d))
	}
	write(Span{700, 800}, 200)
	write(Span{0, 300}, 300)
	if got := noteOf(t, d); got.Prefix != 300 || len(got.Beyond) != 1 || got.Beyond[0] != (Span{600, 800}) {
		t.Errorf("%+v", got)
	}
	if part.Prefix() != 300 || part.Received() != 500 || !part.HasGaps() {
		t.Errorf("%d and %d bytes", part.Prefix(), part.Received())
	}
	if sums, err := part.Digest(t.Context()); err != nil || sums.MD5() != digestOf(content[:300]).MD5() {
		t.Error("another digest of the prefix", err)
	}
	part.Leave()
	part = openPart(t, d)
	if part.Prefix() != 300 || part.Received() != 500 {
		t.Fatalf("%d and %d bytes are there again", part.Prefix(), part.Received())
	}
	next := int64(0)
	var asked []Span
	for gap := part.Gap(next, 200); gap.From < gap.To; gap = part.Gap(next, 200) {
		asked = append(asked, gap)
		next = gap.To
	}
	if want := []Span{{300, 500}, {500, 600}, {800, 1000}}; len(asked) != 3 || asked[0] != want[0] || asked[1] != want[1] || asked[2] != want[2] {
		t.Fatalf("asked %v, want %v", asked, want)
	}
	for _, gap := range []Span{asked[2], asked[0], asked[1]} {
		write(gap, 1<<20)
	}
	var record Record
	must(t, part.Complete(t.Context(), "size", func(r Record) { record = r }))
	got, err := os.ReadFile(file(d, somePath))
	if err != nil || !bytes.Equal(got, content) || record.SHA256 != digestOf(content).SHA256() || record.Size != 1000 {
		t.Errorf("%d bytes, %+v: %v", len(got), record, err)
	}
	if _, err := os.Lstat(file(d, somePath+partNoteEnding)); err == nil {
		t.Error("the note is left")
	}
}

func digestOf(b []byte) *Digests {
	digests := newDigests()
	digests.Write(b)
	return digests
}

// TestDropBeyond: what is behind a gap is gone when the bytes are written one after the other.
func TestDropBeyond(t *testing.T) {
	d := newDir(t)
	content := someBytes(100)
	part := openPart(t, d)
	must(t, part.Begin(ObjectInfo{ETag: `"1"`, Size: 100}))
	_, err := part.WriteAt(content[50:60], 50)
	must(t, err)
	must(t, part.MarkDone(Span{50, 60}, 1))
	must(t, part.DropBeyond())
	if info, err := os.Stat(file(d, somePath+partEnding)); err != nil || info.Size() != 0 || part.HasGaps() || len(noteOf(t, d).Beyond) != 0 {
		t.Errorf("%v, %v", info, err)
	}
	_, err = part.Write(content)
	must(t, err)
	must(t, part.Complete(t.Context(), "size", func(Record) {}))
	if got, err := os.ReadFile(file(d, somePath)); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
}

// TestNotesThatAreNone: a note that contradicts the part keeps nothing of it.
func TestNotesThatAreNone(t *testing.T) {
	for name, test := range map[string]struct {
		note string
		want int64 // bytes that are kept of 100
	}{
		"no note":                     {"", 0},
		"no JSON":                     {"{", 0},
		"no ETag":                     {`{"etag":"","size":200,"whole":50}`, 0},
		"more than there is":          {`{"etag":"x","size":200,"whole":150}`, 0},
		"more than the object":        {`{"etag":"x","size":40,"whole":50}`, 0},
		"a prefix":                    {`{"etag":"x","size":200,"whole":50}`, 50},
		"spans":                       {`{"etag":"x","size":200,"whole":50,"beyond":[{"from":60,"to":70},{"from":80,"to":100}]}`, 80},
		"spans behind the end":        {`{"etag":"x","size":200,"whole":50,"beyond":[{"from":60,"to":101}]}`, 50},
		"spans that touch the prefix": {`{"etag":"x","size":200,"whole":50,"beyond":[{"from":50,"to":60}]}`, 50},
		"spans that overlap":          {`{"etag":"x","size":200,"whole":50,"beyond":[{"from":60,"to":80},{"from":70,"to":90}]}`, 50},
		"spans of an unknown size":    {`{"etag":"x","size":-1,"whole":50,"beyond":[{"from":60,"to":80}]}`, 50},
		"too long":                    {`{"etag":"` + strings.Repeat("x", maxNote) + `","size":200,"whole":50}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDir(t)
			openPart(t, d).Discard() // makes the directory
			must(t, os.WriteFile(file(d, somePath+partEnding), someBytes(100), 0o666))
			if test.note != "" {
				must(t, os.WriteFile(file(d, somePath+partNoteEnding), []byte(test.note), 0o666))
			}
			part := openPart(t, d)
			defer part.Leave()
			if got := part.Received(); got != test.want {
				t.Errorf("%d bytes, want %d", got, test.want)
			}
		})
	}
}

// TestPartsWithoutLocks: two that write the same file do not spoil it for each other.
func TestPartsWithoutLocks(t *testing.T) {
	d := newDir(t)
	d.noLocks.Store(true)
	content := someBytes(1000)
	var parts [2]*Part
	for i := range parts {
		parts[i] = openPart(t, d)
		must(t, parts[i].Begin(ObjectInfo{ETag: `"1"`, Size: 1000, MD5: "0123"}))
		_, err := parts[i].Write(content[i : i+500])
		must(t, err)
	}
	_, err := parts[0].Write(content[500:])
	must(t, err)
	must(t, parts[0].Complete(t.Context(), "md5", func(Record) {}))
	parts[1].Leave() // no process could go on with it
	entries, err := os.ReadDir(filepath.Dir(file(d, somePath)))
	if got, _ := os.ReadFile(file(d, somePath)); !bytes.Equal(got, content) || len(entries) != 1 {
		t.Errorf("%d bytes, %v, %v", len(got), entries, err)
	}
}

// TestPartThatAnotherProgramCuts: what was hashed as it came is not what lies there.
func TestPartThatAnotherProgramCuts(t *testing.T) {
	d := newDir(t)
	part := openPart(t, d)
	_, err := part.Write(someBytes(1000))
	must(t, err)
	must(t, os.Truncate(file(d, somePath+partEnding), 10))
	err = part.Complete(t.Context(), "md5", func(Record) { t.Error("it is recorded") })
	if err == nil || !strings.Contains(err.Error(), "another program writes it") {
		t.Errorf("%v", err)
	}
}

// TestDigestEndsWithItsContext, and goes on where it stopped.
func TestDigestEndsWithItsContext(t *testing.T) {
	part := openPart(t, newDir(t))
	defer part.Discard()
	content := someBytes(1000)
	must(t, part.Begin(ObjectInfo{ETag: `"1"`, Size: 1000}))
	_, err := part.WriteAt(content, 0)
	must(t, err)
	must(t, part.MarkDone(Span{0, 1000}, 1<<20))
	ended, end := context.WithCancelCause(t.Context())
	end(os.ErrDeadlineExceeded)
	if _, err := part.Digest(ended); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
	if sums, err := part.Digest(t.Context()); err != nil || sums.MD5() != digestOf(content).MD5() {
		t.Error(err)
	}
}

// TestRecordBeforeName: whoever sees a file under its name finds the record of it.
func TestRecordBeforeName(t *testing.T) {
	d := newDir(t)
	part := openPart(t, d)
	must(t, os.MkdirAll(file(d, somePath)+"/in/the/way", 0o777))
	_, err := part.Write(someBytes(10))
	must(t, err)
	kept := false
	if err := part.Complete(t.Context(), "md5", func(Record) { kept = true }); err == nil || !kept {
		t.Errorf("a directory was replaced, or nothing was recorded before: %v", err)
	}
}
