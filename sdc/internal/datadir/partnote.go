package datadir

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
)

// partFormat is the format of NAME.part.json that this program writes, and the newest
// one that it reads.
const partFormat = 1

// maxNote is the length of the longest NAME.part.json that is read, in bytes.
const maxNote = 1 << 20

// partNote is what NAME.part.json holds.
type partNote struct {
	Format int    `json:"format"` // 1; older programs wrote none
	ETag   string `json:"etag"`   // strong: without one no part is resumed
	Size   int64  `json:"size"`   // -1: not known

	// Prefix is how many bytes from the beginning are on the disk for certain: the rest
	// may be zeros after a power cut, which no hash shows of an object without MD5.
	// allCertain means all that the file has, of an object with MD5.
	Prefix int64 `json:"whole"`
	// Beyond is what is there behind that.
	Beyond spans `json:"beyond,omitempty"`
}

const allCertain = -1

func (n partNote) equal(m partNote) bool {
	return n.ETag == m.ETag && n.Size == m.Size && n.Prefix == m.Prefix && slices.Equal(n.Beyond, m.Beyond)
}

// readNote gives the note of an earlier run, known when it says which object the part is of.
func (p *Part) readNote(d *Dir) (note partNote, known bool, err error) {
	text, err := p.tree.ReadFile(p.noteName(), maxNote)
	if IsNotRegular(err) || IsRefusedLink(err) {
		return note, false, err
	}
	if err == nil {
		err = json.Unmarshal(text, &note)
	}
	if note.Format > partFormat { // its other fields may be of other types
		return note, false, newerFormat(p.noteName(), d.path, note.Format, partFormat)
	}
	return note, err == nil && note.ETag != "", nil
}

// writeNote replaces the note; on the disk only if it is of use to a later run.
func (p *Part) writeNote(note partNote) error {
	note.Format = partFormat
	if note.equal(p.noted) {
		return nil
	}
	p.noted = note
	if note.ETag == "" {
		return nil
	}
	text, err := json.Marshal(note)
	if err != nil {
		return err
	}
	file, err := p.tree.OpenFile(p.noteName(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil && note.Prefix >= 0 { // after a power cut no gap may count as bytes
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
