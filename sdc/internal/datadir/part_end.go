package datadir

import (
	"context"
	"errors"
	"fmt"
	"path"
	"time"
)

// Complete gives a part that is complete its final name, when its bytes are on the disk.
// Before that it gives its verification record, without archive and ingestion date, to
// keep: whoever sees the file finds its record, and a record without its file has no effect.
func (p *Part) Complete(ctx context.Context, verified Verification, keep func(Record)) error {
	digests, err := p.Digest(ctx)
	if err != nil {
		p.Leave()
		return err
	}
	modTime, err := p.sync()
	if err != nil {
		p.Leave()
		return p.writing(err)
	}
	keep(Record{FilePath: p.final, Size: p.prefix, ModTime: modTime, MD5: digests.MD5(), SHA256: digests.SHA256(), ETag: p.object.ETag,
		Verified: verified, Time: time.Now().UTC()})
	_ = p.tree.Remove(p.noteName()) // first: a kill after the rename would leave it for ever
	if err := p.tree.Rename(p.name(), p.final); err != nil {
		return fmt.Errorf("naming %s: %w", p.final, err)
	}
	return p.tree.SyncDir(path.Dir(p.final))
}

// sync brings the bytes to the disk and closes the file.
func (p *Part) sync() (modTime time.Time, err error) {
	if err := p.file.Sync(); err != nil {
		return modTime, errors.Join(err, p.file.Close())
	}
	info, err := p.file.Stat()
	if err == nil {
		modTime = info.ModTime()
		if info.Size() != p.prefix {
			err = fmt.Errorf("it has %d bytes and not the %d that came: another program writes it", info.Size(), p.prefix)
		}
	}
	return modTime, errors.Join(err, p.file.Close())
}

// Leave closes a part that is not complete: it stays if a later run can go on with it.
func (p *Part) Leave() {
	if p.Received() > 0 && p.object.ETag != "" && p.mark == "" {
		if p.noted.Prefix >= 0 && p.prefix > p.noted.Prefix {
			_ = p.Checkpoint() // else the last one counts
		}
		p.file.Close()
		return
	}
	p.Discard()
}

// Discard closes and removes a part.
func (p *Part) Discard() {
	p.file.Close()
	_ = p.tree.Remove(p.name())
	_ = p.tree.Remove(p.noteName())
}
