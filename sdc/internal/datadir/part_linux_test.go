package datadir

import (
	"os"
	"testing"
)

// TestFullDiskOnClose: some file systems report at fsync or close only that they are full.
func TestFullDiskOnClose(t *testing.T) {
	full := func(d *Dir) *Part {
		part := openPart(t, d)
		part.file.Close()
		var err error
		if part.file, err = os.OpenFile("/dev/full", os.O_WRONLY, 0); err != nil {
			t.Skip(err)
		}
		return part
	}
	d := newDir(t)
	part := full(d)
	if _, err := part.Write([]byte("x")); !IsFull(err) {
		t.Errorf("write: %v", err)
	}
	if err := part.Complete(t.Context(), "md5", func(Record) { t.Error("it is recorded") }); err == nil { // its fsync fails
		t.Error("a file that could not be written is complete")
	}
	part.Leave()
	if entries, err := os.ReadDir(file(d, "imap/mag/l0/2025/01")); err != nil || len(entries) != 0 {
		t.Errorf("%v %v", entries, err)
	}
	part = full(d)
	part.object, part.noted = ObjectInfo{ETag: `"1"`, Size: 100}, partNote{ETag: `"1"`, Size: 100}
	if err := part.MarkDone(Span{0, 10}, 1); err == nil || part.noted.Prefix != 0 {
		t.Errorf("ranges that are not on the disk are noted: %v", err)
	}
	part.Leave()
}
