package datadir

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
)

// ObjectInfo is what an object store says of an object.
type ObjectInfo struct {
	Size int64  // bytes; -1: not said
	ETag string // strong, as it was sent; empty: none
	MD5  string // in hex; empty: not known
}

// Part is a file on its way: it has its final name only once it is complete and verified.
// Until then its bytes are in NAME.part, and NAME.part.json (see partNote) says which
// object they belong to, so that a later run goes on where this one stopped. No other code
// writes these two files.
type Part struct {
	file  *os.File
	tree  *Tree
	final string // name in the tree
	mark  string // in its names, where another process may write the same file; empty: none does

	object   ObjectInfo // what the bytes belong to; its MD5 is from the store's answer, never from the disk
	restarts int

	digests *Digests // of the first hashed bytes
	hashed  int64

	mu      sync.Mutex // guards what follows while several ranges are written
	prefix  int64      // bytes from the beginning that are there without a gap
	beyond  spans      // what is there behind a gap
	noted   partNote
	unnoted int64 // bytes that MarkDone added since the last note
}

// checkpointInterval is how many bytes are written one after the other before they are
// synced and noted, of an object without MD5.
const checkpointInterval = 32 << 20

// The endings of a part's name and of its note's.
const (
	partEnding     = ".part"
	partNoteEnding = ".part.json"
)

func (p *Part) name() string     { return beside(p.final, p.mark+partEnding) }
func (p *Part) noteName() string { return beside(p.final, p.mark+partNoteEnding) }

// OpenPart opens the part of a file, which the caller has locked, with what an earlier run
// left in it. Where there are no locks it is a new one that no other process has: two that
// write the same would spoil it for each other.
func (d *Dir) OpenPart(archivePath string) (*Part, error) {
	tree, err := d.openFor(archivePath)
	if err != nil {
		return nil, err
	}
	p := &Part{tree: tree, final: archivePath, digests: newDigests()}
	flags := os.O_RDWR | os.O_CREATE
	if d.noLocks.Load() {
		p.mark = "." + rand.Text()
		flags |= os.O_EXCL
	}
	if info, err := tree.Lstat(p.name()); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if err := tree.Remove(p.name()); err != nil { // a link would lead the bytes elsewhere
			return nil, d.wrap("removing the link "+p.name(), err)
		}
	}
	p.file, err = tree.OpenFile(p.name(), flags)
	if errors.Is(err, fs.ErrPermission) && tree.Remove(p.name()) == nil { // another user's of the group, who left it
		p.file, err = tree.OpenFile(p.name(), flags)
	}
	if err != nil {
		return nil, d.wrap("making "+p.name(), err)
	}
	if err := p.load(d); err != nil {
		p.file.Close()
		return nil, d.wrap("opening "+p.name(), err)
	}
	return p, nil
}

// load finds out how much of which object is there. What is not certain is dropped.
func (p *Part) load(d *Dir) error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	note, known, err := p.readNote(d)
	if err != nil {
		return err
	}
	prefix := info.Size()
	if note.Prefix >= 0 {
		prefix = note.Prefix
	}
	if !known || prefix > info.Size() || note.Size >= 0 && prefix > note.Size {
		return p.Restart()
	}
	p.noted, p.prefix = note, prefix
	p.object = ObjectInfo{Size: note.Size, ETag: note.ETag}
	if len(note.Beyond) > 0 && note.Prefix >= 0 && note.Beyond.valid(prefix, min(info.Size(), note.Size)) {
		p.beyond = note.Beyond
		return nil
	}
	p.noted.Beyond = nil
	return p.file.Truncate(prefix)
}

// Object is what the bytes belong to; without an ETag, no bytes are kept.
func (p *Part) Object() ObjectInfo { return p.object }

// Prefix is how many bytes from the beginning are there without a gap.
func (p *Part) Prefix() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.prefix
}

// Received is how many bytes are there, behind gaps too.
func (p *Part) Received() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.prefix + p.beyond.length()
}

// Gap is the first range from a byte on that is not there, of at most length bytes. It is
// empty behind the object's last byte.
func (p *Part) Gap(from, length int64) Span {
	p.mu.Lock()
	defer p.mu.Unlock()
	from = max(from, p.prefix)
	gap := p.beyond.gap(from, p.object.Size)
	gap.To = min(gap.To, gap.From+length)
	return gap
}

// HasGaps reports whether bytes are there behind a gap.
func (p *Part) HasGaps() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.beyond) > 0
}

// Durable reports whether the bytes from the beginning are on the disk for certain. After a
// power cut they may be zeros, which only an MD5 shows.
func (p *Part) Durable() bool { return p.prefix == 0 || p.noted.Prefix >= 0 }

// Restarts is how often bytes that were there have been dropped.
func (p *Part) Restarts() int { return p.restarts }

// Restart drops the bytes.
func (p *Part) Restart() error {
	if p.prefix > 0 {
		p.restarts++
	}
	p.object, p.prefix, p.beyond, p.noted, p.unnoted, p.hashed = ObjectInfo{Size: -1}, 0, nil, partNote{Size: -1}, 0, 0
	p.digests.reset()
	if err := p.tree.Remove(p.noteName()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return p.file.Truncate(0)
}

// Begin drops the bytes and begins an object.
func (p *Part) Begin(object ObjectInfo) error {
	if err := p.Restart(); err != nil {
		return err
	}
	p.object = object
	note := partNote{ETag: object.ETag, Size: object.Size}
	if object.MD5 != "" {
		note.Prefix = allCertain
	}
	return p.writeNote(note)
}

// GoOn keeps the bytes, which are of the object.
func (p *Part) GoOn(object ObjectInfo) error {
	p.object = object
	note := p.noted
	note.ETag, note.Size = object.ETag, object.Size
	return p.writeNote(note)
}

// DropBeyond drops what is behind a gap: what follows is written at the end of the prefix.
func (p *Part) DropBeyond() error {
	note := p.noted
	note.Beyond = nil
	if p.object.MD5 != "" {
		note.Prefix = allCertain
	}
	if len(p.beyond) == 0 && note.equal(p.noted) {
		return nil
	}
	p.beyond = nil
	if err := p.file.Truncate(p.prefix); err != nil {
		return err
	}
	return p.writeNote(note)
}

// Write adds bytes to the end of the prefix.
func (p *Part) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.file.WriteAt(b, p.prefix)
	if p.hashed == p.prefix {
		p.digests.Write(b[:n])
		p.hashed += int64(n)
	}
	p.prefix += int64(n)
	if err == nil && p.object.ETag != "" && p.noted.Prefix >= 0 && p.prefix-p.noted.Prefix >= checkpointInterval {
		err = p.checkpoint()
	}
	return n, p.writing(err)
}

// WriteAt writes bytes of a range, which MarkDone then adds.
func (p *Part) WriteAt(b []byte, offset int64) (int, error) {
	n, err := p.file.WriteAt(b, offset)
	return n, p.writing(err)
}

func (p *Part) writing(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("writing %s: %w", p.final, err)
}

// MarkDone adds a range whose bytes were written. Whenever so many bytes were added, they
// are synced and noted.
func (p *Part) MarkDone(done Span, checkpointEach int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if done.From == done.To {
		return nil
	}
	p.beyond = p.beyond.with(done)
	if p.beyond[0].From == p.prefix {
		p.prefix, p.beyond = p.beyond[0].To, p.beyond[1:]
	}
	if p.unnoted += done.To - done.From; p.unnoted < checkpointEach {
		return nil
	}
	return p.writing(p.checkpoint())
}

// Checkpoint syncs the bytes that are there, then notes them.
func (p *Part) Checkpoint() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.writing(p.checkpoint())
}

func (p *Part) checkpoint() error {
	if err := p.file.Sync(); err != nil {
		return err
	}
	note := p.noted
	note.Prefix, note.Beyond = p.prefix, p.beyond
	p.unnoted = 0
	return p.writeNote(note)
}

// Head is up to so many bytes from the beginning.
func (p *Part) Head(length int64) ([]byte, error) {
	head := make([]byte, min(length, p.prefix))
	if _, err := p.file.ReadAt(head, 0); err != nil {
		return nil, fmt.Errorf("reading %s again: %w", p.name(), err)
	}
	return head, nil
}

// Digest gives the digests of the prefix. What was not hashed as it was written is read
// again. One goroutine at a time may call it, while others write ranges.
func (p *Part) Digest(ctx context.Context) (*Digests, error) {
	end := p.Prefix()
	if p.hashed >= end {
		return p.digests, nil
	}
	n, err := io.Copy(p.digests, ReaderUntil(ctx, io.NewSectionReader(p.file, p.hashed, end-p.hashed)))
	p.hashed += n
	if err == nil && p.hashed < end {
		err = io.ErrUnexpectedEOF // another program cut it
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s again: %w", p.name(), err)
	}
	return p.digests, nil
}
