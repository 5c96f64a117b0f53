package sdc

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
)

// DownloadOptions say how files are fetched. The tags are the shell's and the
// command line's names and help.
type DownloadOptions struct {
	Concurrency int  `name:"concurrency" doc:"how many files at a time, 1 to 64 (default 8)"`
	Overwrite   bool `name:"overwrite" doc:"fetch files again that are there already"`
	Verify      bool `name:"verify" doc:"compare files that are there already with the archive's, and fetch again those that differ"`
	DryRun      bool `name:"dry_run" doc:"only say what would be fetched"`

	Progress func(Event) `name:"-"` // told of each step, by one goroutine at a time; may be nil
}

// defaultConcurrency is how many downloads run at a time, maxConcurrency how
// many may.
const (
	defaultConcurrency = 8
	maxConcurrency     = 64
)

// Download fetches one file, given by its name or its archive path, and returns
// where it lies. A file that this program completed before is left alone; one of
// other origin is compared with the archive's.
//
// What broke off goes on where it stopped, in this call and in later ones. The
// file has its name only when it is whole, verified and on the disk.
func (c *Client) Download(ctx context.Context, name string, o DownloadOptions) (Transfer, error) {
	report, err := c.DownloadAll(ctx, []string{name}, o)
	if len(report) == 0 {
		return Transfer{FilePath: name, Status: Failed, Err: err}, err
	}
	return report[0], report[0].Err
}

// DownloadAll fetches several files at a time and tries every one: its error is
// a *TransferError when some failed. What makes all others fail as well (the API
// does not know the caller or is gone, the disk is full, ctx is done) stops it.
func (c *Client) DownloadAll(ctx context.Context, names []string, o DownloadOptions) (Report, error) {
	d := download{client: c, options: o, dir: c.openDataDir()}
	defer d.dir.close()
	return transferAll(ctx, names, cmp.Or(o.Concurrency, defaultConcurrency), o.Progress, d.file)
}

// download is what the files of one call have in common.
type download struct {
	client  *Client
	options DownloadOptions
	dir     *dataDir

	unrecorded sync.Once // that a proof cannot be kept is told
}

// file fetches one of them.
func (d *download) file(ctx context.Context, name string, tell *teller, spare *semaphore.Weighted) (Transfer, error) {
	named, err := naming.Parse(name)
	if err != nil {
		return Transfer{FilePath: name}, err
	}
	began := time.Now()
	object := &object{client: d.client, path: named.ArchivePath()}
	t := Transfer{FilePath: object.path, Path: localPath(d.dir.path, object.path)}
	if skip, err := d.skip(ctx, object, &t); err != nil || skip {
		return t, err
	}
	if d.options.DryRun {
		t.Status = Planned
		return t, nil
	}
	unlock, err := d.dir.lock(ctx, object.path)
	if err != nil {
		return t, err
	}
	defer unlock()
	if proof, done := d.done(object.path, began); done {
		t.Status, t.Verified = Skipped, proof.Verified
		return t, nil
	}
	meter := tell.meter(object.path)
	meter.start()
	err = d.fetch(ctx, object, meter, spare, &t)
	t.Bytes = meter.moved
	return t, err
}

// skip tells whether a file that is there stays as it is.
func (d *download) skip(ctx context.Context, object *object, t *Transfer) (bool, error) {
	info, err := d.dir.stat(object.path)
	if err != nil || info == nil || d.options.Overwrite {
		return false, err
	}
	proof, known := d.dir.ledger.find(object.path)
	known = known && proof.holds(info)
	if known && !d.options.Verify {
		t.Status = Skipped
		return true, nil
	}
	theirs, err := object.facts(ctx)
	if err != nil {
		return false, fmt.Errorf("comparing %s with the archive's: %w", t.Path, err)
	}
	difference, err := d.compare(ctx, object.path, info, theirs, proof, t)
	switch {
	case err != nil:
		return false, err
	case difference == "":
		t.Status = Skipped
		return true, nil
	case d.options.Verify:
		return false, nil
	}
	return false, invalidf("%s is there but is not the archive's file (%s): verify or overwrite fetches it again, or move it away", t.Path, difference)
}

// compare tells how a file differs from the archive's, if it does, and records
// it if not. Where the archive gives no hash, its ETag tells whether it is still
// the object of an earlier proof, and no more is claimed than was proved then.
func (d *download) compare(ctx context.Context, archivePath string, info fs.FileInfo, theirs facts, before Proof, t *Transfer) (difference string, err error) {
	if theirs.md5 == "" && theirs.etag != "" && before.ETag != "" && theirs.etag != before.ETag {
		return "the archive's object is another than the one that came", nil
	}
	if theirs.size >= 0 && info.Size() != theirs.size {
		return fmt.Sprintf("%d bytes, the archive's has %d", info.Size(), theirs.size), nil
	}
	sum, err := d.dir.md5(ctx, archivePath)
	if err != nil {
		return "", err
	}
	switch {
	case theirs.md5 != "" && sum != theirs.md5:
		return fmt.Sprintf("its MD5 is %s, the archive's %s", sum, theirs.md5), nil
	case theirs.md5 != "":
		t.Verified = VerifiedMD5
	case theirs.etag != "" && theirs.etag == before.ETag && sum != before.MD5:
		return fmt.Sprintf("its MD5 is %s, it was %s when it came", sum, before.MD5), nil
	case theirs.etag != "" && theirs.etag == before.ETag:
		t.Verified = before.Verified
	case theirs.size >= 0:
		t.Verified = VerifiedSize
	default:
		return "", invalidf("%s is there and cannot be compared: the archive tells neither the length nor a hash of its file; overwrite fetches it again", t.Path)
	}
	d.record(Proof{FilePath: archivePath, Size: info.Size(), MD5: sum, ETag: theirs.etag,
		Verified: t.Verified, ModTime: info.ModTime(), Time: time.Now().UTC()})
	return "", nil
}

// record keeps a proof. A file is no worse if that fails, as in a data directory
// that belongs to somebody else: it is compared again the next time.
func (d *download) record(proof Proof) {
	if d.options.DryRun {
		return
	}
	if err := d.dir.ledger.add(proof); err != nil {
		d.unrecorded.Do(func() {
			d.client.log.Warn("what was verified is not recorded, so that it is compared again next time", "file", proof.FilePath, "error", err)
		})
	}
}

// done tells whether another process has fetched the file while this one waited
// for it: since this one began, where the file is to be verified.
func (d *download) done(archivePath string, began time.Time) (Proof, bool) {
	if d.options.Overwrite {
		return Proof{}, false
	}
	info, err := d.dir.stat(archivePath)
	if err != nil || info == nil {
		return Proof{}, false
	}
	d.dir.ledger.forget(archivePath)
	proof, known := d.dir.ledger.find(archivePath)
	return proof, known && proof.holds(info) && (!d.options.Verify || proof.Time.After(began))
}

// fetch brings the file, which is locked, under its final name.
func (d *download) fetch(ctx context.Context, object *object, meter *meter, spare *semaphore.Weighted, t *Transfer) error {
	part, err := d.dir.openPart(object.path)
	if err != nil {
		return err
	}
	f := &fetch{object: object, part: part, meter: meter, spare: spare}
	if t.Verified, err = f.run(ctx); err != nil {
		t.Verified = ""
		part.leave()
		return err
	}
	if err := d.complete(ctx, part, t.Verified); err != nil {
		return err
	}
	t.Status = Downloaded
	return nil
}

// complete gives a part that is whole its final name. The proof goes first: who
// sees the file finds that it is known, and of a file that never came it says
// nothing.
func (d *download) complete(ctx context.Context, part *part, verified Verification) error {
	proof, err := part.proof(ctx, verified)
	if err == nil {
		proof.ModTime, err = part.seal()
	}
	if err != nil {
		part.leave()
		return err
	}
	d.record(proof)
	return part.publish()
}
