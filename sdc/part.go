package sdc

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"time"

	"imapsh/sdc/internal/datadir"
)

// part is a file on its way: it has its final name only once it is whole and
// verified. Until then its bytes are in NAME.part, and NAME.part.json says which
// object they belong to, so that a later run goes on where this one stopped.
type part struct {
	file  *os.File
	tree  *datadir.Tree
	final string // name in the root
	mark  string // in its names, where somebody else may write the same file; empty: nobody does

	tag  partTag
	have int64 // bytes from the beginning that are there

	drops int // how often what was there was dropped

	sums   *digests // of the first hashed bytes
	hashed int64
}

// partFormat is the format of NAME.part.json that this program writes, and the newest
// one that it reads.
const partFormat = 1

// maxNote is the length that NAME.part.json has at most, in bytes.
const maxNote = 1 << 20

// checkpointEach is how many bytes come before it is noted again that they are on the
// disk, of an object without MD5.
const checkpointEach = 32 << 20

// partTag is what NAME.part.json holds.
type partTag struct {
	Format int    `json:"format"` // 1; older programs wrote none
	ETag   string `json:"etag"`   // strong: without one nothing is resumed
	Size   int64  `json:"size"`   // -1: not known
	MD5    string `json:"-"`      // from the store's answer, never from the disk; empty: not known

	// Whole is how many bytes from the beginning are on the disk for certain: the rest
	// may be zeros after a power cut, which no hash shows of an object without MD5. -1
	// means all that the file has, of an object with MD5.
	Whole int64 `json:"whole"`
	// Beyond is what is there behind that, in order.
	Beyond []span `json:"beyond,omitempty"`
}

// span is a part of an object, from a byte to before another.
type span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

func (t partTag) equal(u partTag) bool {
	return t.ETag == u.ETag && t.Size == u.Size && t.MD5 == u.MD5 && t.Whole == u.Whole && slices.Equal(t.Beyond, u.Beyond)
}

// inOrder tells whether what is beyond can be what was written of a file so long.
func (t partTag) inOrder(length int64) bool {
	last := t.Whole
	for _, s := range t.Beyond {
		if s.From <= last || s.To <= s.From || s.To > length || s.To > t.Size {
			return false
		}
		last = s.To
	}
	return true
}

// The endings of a part's name and of its note's.
const (
	partEnding     = ".part"
	partNoteEnding = ".part.json"
)

func (p *part) name() string    { return beside(p.final, p.mark+partEnding) }
func (p *part) tagName() string { return beside(p.final, p.mark+partNoteEnding) }

// openPart opens the part of a file, which the caller has locked, with what an
// earlier run left in it. Where there are no locks it is a new one that nobody
// else has: two that write the same would spoil it for each other.
func (d *dataDir) openPart(archivePath string) (*part, error) {
	tree, err := d.openFor(archivePath)
	if err != nil {
		return nil, err
	}
	p := &part{tree: tree, final: archivePath, sums: newDigests()}
	flags := os.O_RDWR | os.O_CREATE
	if d.noLocks.Load() {
		p.mark = "." + rand.Text()
		flags |= os.O_EXCL
	}
	if info, err := tree.Lstat(p.name()); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if err := tree.Remove(p.name()); err != nil { // a link would lead the bytes elsewhere
			return nil, d.explain("removing the link "+p.name(), err)
		}
	}
	p.file, err = tree.OpenFile(p.name(), flags)
	if errors.Is(err, fs.ErrPermission) && tree.Remove(p.name()) == nil { // another user's of the group, who left it
		p.file, err = tree.OpenFile(p.name(), flags)
	}
	if err != nil {
		return nil, d.explain("making "+p.name(), err)
	}
	if err := p.recall(d); err != nil {
		p.file.Close()
		return nil, d.explain("opening "+p.name(), err)
	}
	return p, nil
}

// recall finds out how much of which object is there. What is not certain is dropped.
func (p *part) recall(d *dataDir) error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	text, err := p.tree.ReadFile(p.tagName(), maxNote)
	if datadir.IsNotRegular(err) || datadir.IsRefusedLink(err) {
		return err
	}
	tag := partTag{}
	if err == nil {
		err = json.Unmarshal(text, &tag)
	}
	if tag.Format > partFormat { // its other fields may be of other types
		return newerFormat(p.tagName(), d.path, tag.Format, partFormat)
	}
	have := info.Size()
	if tag.Whole >= 0 {
		have = tag.Whole
	}
	if err != nil || tag.ETag == "" || have > info.Size() || tag.Size >= 0 && have > tag.Size {
		return p.restart()
	}
	p.tag, p.have = tag, have
	if len(tag.Beyond) > 0 && tag.Whole >= 0 && tag.inOrder(info.Size()) {
		return nil
	}
	p.tag.Beyond = nil
	return p.file.Truncate(have)
}

// straighten drops what lies behind a hole: what follows is written at the end.
func (p *part) straighten() error {
	tag := p.tag
	tag.Beyond = nil
	if tag.MD5 != "" {
		tag.Whole = -1
	}
	if tag.equal(p.tag) {
		return nil
	}
	if err := p.file.Truncate(p.have); err != nil {
		return err
	}
	return p.note(tag)
}

// checkpoint notes that all bytes up to the end of what came without a hole are on the disk.
func (p *part) checkpoint() error {
	if err := p.file.Sync(); err != nil {
		return err
	}
	tag := p.tag
	tag.Whole = p.have
	return p.note(tag)
}

// present is how many bytes are there, behind holes too.
func (p *part) present() int64 {
	sum := p.have
	for _, s := range p.tag.Beyond {
		sum += s.To - s.From
	}
	return sum
}

// restart drops what is there.
func (p *part) restart() error {
	if p.have > 0 {
		p.drops++
	}
	p.tag, p.have, p.hashed = partTag{Size: -1}, 0, 0
	p.sums.reset()
	if err := p.tree.Remove(p.tagName()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return p.file.Truncate(0)
}

// note remembers which object the bytes belong to, and how many there are for
// certain; on the disk only if that is of use to a later run.
func (p *part) note(tag partTag) error {
	if tag.equal(p.tag) {
		return nil
	}
	p.tag = tag
	if tag.ETag == "" {
		return nil
	}
	tag.Format = partFormat
	text, err := json.Marshal(tag)
	if err != nil {
		return err
	}
	file, err := p.tree.OpenFile(p.tagName(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil && tag.Whole >= 0 { // a power cut must not make holes count
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// Write adds bytes at the end.
func (p *part) Write(b []byte) (int, error) {
	n, err := p.file.WriteAt(b, p.have)
	if p.hashed == p.have {
		p.sums.Write(b[:n])
		p.hashed += int64(n)
	}
	p.have += int64(n)
	if err == nil && p.tag.ETag != "" && p.tag.Whole >= 0 && p.have-p.tag.Whole >= checkpointEach {
		err = p.checkpoint()
	}
	return n, err
}

// digests are those of the bytes that are there; what was not hashed as it came is
// read again.
func (p *part) digests(ctx context.Context) (*digests, error) {
	return p.sums, p.hashTo(ctx, p.have)
}

func (p *part) hashTo(ctx context.Context, end int64) error {
	if p.hashed >= end {
		return nil
	}
	n, err := io.Copy(p.sums, &interruptible{ctx, io.NewSectionReader(p.file, p.hashed, end-p.hashed)})
	p.hashed += n
	if err == nil && p.hashed < end {
		err = io.ErrUnexpectedEOF // somebody else cut it
	}
	if err != nil {
		return fmt.Errorf("reading %s again: %w", p.name(), err)
	}
	return nil
}

// seal brings the bytes to the disk.
func (p *part) seal() (modTime time.Time, err error) {
	if err = p.file.Sync(); err == nil {
		var info fs.FileInfo
		if info, err = p.file.Stat(); err == nil {
			modTime = info.ModTime()
			if info.Size() != p.have {
				err = fmt.Errorf("it has %d bytes and not the %d that came: something else writes it", info.Size(), p.have)
			}
		}
	}
	if err := errors.Join(err, p.file.Close()); err != nil {
		return modTime, fmt.Errorf("writing %s: %w", p.final, err)
	}
	return modTime, nil
}

// publish gives a sealed part its final name.
func (p *part) publish() error {
	_ = p.tree.Remove(p.tagName()) // first: a kill after the rename would leave it for ever
	if err := p.tree.Rename(p.name(), p.final); err != nil {
		return fmt.Errorf("naming %s: %w", p.final, err)
	}
	return p.tree.SyncDir(path.Dir(p.final))
}

// head is up to so many bytes from the beginning.
func (p *part) head(length int64) ([]byte, error) {
	head := make([]byte, min(length, p.have))
	if _, err := p.file.ReadAt(head, 0); err != nil {
		return nil, fmt.Errorf("reading %s again: %w", p.name(), err)
	}
	return head, nil
}

// discard closes and removes a part.
func (p *part) discard() {
	p.file.Close()
	_ = p.tree.Remove(p.name())
	_ = p.tree.Remove(p.tagName())
}

// leave closes a part that is not whole: it stays if a later run can go on with it.
func (p *part) leave() {
	if p.present() > 0 && p.tag.ETag != "" && p.mark == "" {
		if p.tag.Whole >= 0 && p.have > p.tag.Whole {
			_ = p.checkpoint() // else the last one counts
		}
		p.file.Close()
		return
	}
	p.discard()
}

// record is the verification record of a part that is whole, without its archive.
func (p *part) record(ctx context.Context, verified Verification) (VerificationRecord, error) {
	sums, err := p.digests(ctx)
	return VerificationRecord{FilePath: p.final, Size: p.have, MD5: sums.md5(), SHA256: sums.sha256(), ETag: p.tag.ETag,
		Verified: verified, Time: time.Now().UTC()}, err
}
