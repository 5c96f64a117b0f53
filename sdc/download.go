package sdc

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"path"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
)

// DownloadOptions say how files are fetched. The tags are the shell's and the
// command line's names and help.
type DownloadOptions struct {
	Concurrency Concurrency `name:"concurrency" doc:"how many files at a time, 1 to 64 (default 8)"`
	Overwrite   bool        `name:"overwrite" doc:"fetch files again that are there already"`
	Verify      bool        `name:"verify" doc:"compare files that are there already with the archive's, and replace those that differ"`
	DryRun      bool        `name:"dry_run" doc:"only say what would be fetched"`

	Progress func(Event) `name:"-"` // called with each step, by one goroutine at a time; may be nil
}

// defaultConcurrency is how many downloads run at a time where nothing is said.
const defaultConcurrency = 8

// Concurrency is how many files are transferred at a time; 0 where nothing is said.
type Concurrency int

// Decode reads a number that was given: one that says something.
func (c *Concurrency) Decode(value any) error {
	n, err := strconv.Atoi(fmt.Sprint(value))
	if err != nil || n < 1 || n > maxConcurrency {
		return usagef("%v: must be from 1 to %d", value, maxConcurrency)
	}
	*c = Concurrency(n)
	return nil
}

// Download fetches one file, given by its name or its archive path, and returns
// where it lies. A file with a verification record of this archive is skipped; one
// without is compared with the archive's, or skipped unverified where the archive
// cannot be reached or does not give the file out.
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

// DownloadAll fetches several files, given as in [Client.Download].
func (c *Client) DownloadAll(ctx context.Context, names []string, o DownloadOptions) (Report, error) {
	return c.DownloadFiles(ctx, FilesNamed(names), o)
}

// DownloadFiles fetches several files at a time and tries every one: its error is
// a *TransferError when some failed. What makes all others fail as well (the API
// does not know the caller or is gone, the disk is full, ctx is done) stops it.
func (c *Client) DownloadFiles(ctx context.Context, files []File, o DownloadOptions) (Report, error) {
	d := newDownload(c, o)
	defer d.dir.Close()
	if err := c.refuseForeign(d.dir); err != nil {
		return nil, err
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.Name
		if path, err := naming.Parse(file.Name); err == nil { // a list may hold a file twice
			d.ingested[path.ArchivePath()] = max(d.ingested[path.ArchivePath()], file.IngestionDate)
		}
	}
	if !o.DryRun {
		d.ahead.names = names
	}
	defer d.ahead.stop()
	defer func() { d.uncompared.warn(c.log) }()
	report, err := transferAll(ctx, names, int(cmp.Or(o.Concurrency, defaultConcurrency)), o.Progress, d.file, d.skipUnstarted)
	d.dir.SweepParts(directories(report.With(Skipped)))
	d.dir.SweepLocks()
	return report, err
}

// download is what the files of one call have in common.
type download struct {
	client  *Client
	options DownloadOptions
	dir     *datadir.Dir
	archive string // the archive's identity
	ahead   *lookahead

	ingested map[string]string // ingestion dates of catalog records, by archive path

	unrecorded sync.Once // the warning that a record cannot be kept
	uncompared uncompared
}

func newDownload(c *Client, o DownloadOptions) *download {
	d := &download{client: c, options: o, dir: c.openDataDir(), archive: c.Archive(), ingested: map[string]string{}}
	d.ahead = newLookahead(c, d.dir, o.Overwrite)
	return d
}

// file fetches one of them.
func (d *download) file(ctx context.Context, name string, notifier *notifier, idleSlots *semaphore.Weighted) (Transfer, error) {
	named, err := naming.Parse(name)
	if err != nil {
		return Transfer{FilePath: name}, err
	}
	began := time.Now()
	object := d.ahead.object(ctx, named.ArchivePath())
	defer object.releaseAhead()
	t := Transfer{FilePath: object.path, Path: localPath(d.dir.Path(), object.path), IngestionDate: d.ingested[object.path]}
	if skip, err := d.skip(ctx, object, &t); err != nil || skip {
		return t, err
	}
	if d.options.DryRun {
		theirs, err := object.info(ctx)
		if err == nil {
			t.Status, t.Size = Planned, max(theirs.Size, 0)
		}
		return t, err
	}
	unlock, err := d.dir.Lock(ctx, object.path)
	if err != nil {
		return t, err
	}
	defer unlock()
	if record, done := d.done(&t, began); done {
		t.Status, t.Verified, t.Size = Skipped, record.Verified, record.Size
		return t, nil
	}
	if info, _ := d.dir.Stat(object.path); info != nil { // since it was looked for, perhaps
		if err := d.dir.CheckLetterCase(object.path); err != nil {
			return t, err
		}
	}
	meter := notifier.meter(object.path)
	meter.start()
	err = d.fetch(ctx, object, meter, idleSlots, &t)
	t.Bytes = meter.moved
	return t, err
}

// record keeps a verification record. A file is no worse if that fails, as in a data
// directory that belongs to somebody else: it is compared again the next time.
func (d *download) record(record VerificationRecord) {
	if d.options.DryRun {
		return
	}
	record.Archive = d.archive
	if err := d.dir.AddRecord(record); err != nil {
		d.unrecorded.Do(func() {
			d.client.log.Warn("what was verified is not recorded, so that it is compared again next time", "file", record.FilePath, "error", err)
		})
	}
}

// fetch brings the file, which is locked, under its final name.
func (d *download) fetch(ctx context.Context, object *object, meter *meter, idleSlots *semaphore.Weighted, t *Transfer) error {
	part, err := d.dir.OpenPart(object.path)
	if err != nil {
		return err
	}
	f := &fetch{object: object, part: part, meter: meter, idleSlots: idleSlots}
	verified, err := f.run(ctx)
	if err != nil {
		part.Leave()
		return err
	}
	if err := d.checkContent(part, object.path, verified); err != nil {
		part.Discard()
		return err
	}
	if err := d.complete(ctx, part, t.IngestionDate, verified); err != nil {
		return err
	}
	t.Verified, t.Size, t.Status = verified, part.Prefix(), cmp.Or(t.Status, Downloaded) // or Replaced
	return nil
}

// checkContent looks at the beginning of a part. The archive's MD5 wins: what agrees with
// it is the archive's file, whatever it holds.
func (d *download) checkContent(part *datadir.Part, name string, verified Verification) error {
	if verified == VerifiedMD5 {
		return nil
	}
	head, err := part.Head(contentHead)
	if err != nil {
		return err
	}
	refused, doubt := checkContent(name, head, part.Prefix())
	switch {
	case refused != "":
		return invalidf("%s: what came is not kept: %s, and no MD5 of the archive's agrees with it", name, refused)
	case doubt != "":
		d.client.log.Warn("the content may not be what the name says: "+doubt, "file", name)
	}
	return nil
}

// complete gives a part its final name, and its verification record before that.
func (d *download) complete(ctx context.Context, part *datadir.Part, ingestionDate string, verified Verification) error {
	return part.Complete(ctx, verified, func(record VerificationRecord) {
		record.IngestionDate = ingestionDate
		d.record(record)
	})
}

// directories are those that the files of a report lie in.
func directories(report Report) iter.Seq[string] {
	dirs := map[string]bool{}
	for _, t := range report {
		dirs[path.Dir(t.FilePath)] = true
	}
	return maps.Keys(dirs)
}
