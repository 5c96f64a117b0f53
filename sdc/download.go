package sdc

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
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

	Progress func(Event) `name:"-"` // told of each step, by one goroutine at a time; may be nil
}

// defaultConcurrency is how many downloads run at a time, maxConcurrency how
// many may.
const (
	defaultConcurrency = 8
	maxConcurrency     = 64
)

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

// File is a file to download.
type File struct {
	Name string // file name or archive path
	// IngestionDate is that of the file's catalog record, as the archive gave it. A file
	// that was verified at another ingestion date is compared with the archive's again.
	// Empty: not known, and a file that was verified is not compared.
	IngestionDate string
}

// FilesNamed lists files of which no more than the name is known.
func FilesNamed(names []string) []File {
	files := make([]File, len(names))
	for i, name := range names {
		files[i].Name = name
	}
	return files
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
	d.ahead.names = names
	defer d.ahead.stop()
	defer d.warnUncompared()
	report, err := transferAll(ctx, names, int(cmp.Or(o.Concurrency, defaultConcurrency)), o.Progress, d.file, d.left)
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
	d.ahead = newLookahead(d)
	return d
}

// file fetches one of them.
func (d *download) file(ctx context.Context, name string, tell *teller, idleSlots *semaphore.Weighted) (Transfer, error) {
	named, err := naming.Parse(name)
	if err != nil {
		return Transfer{FilePath: name}, err
	}
	began := time.Now()
	object := d.ahead.object(ctx, named.ArchivePath())
	defer object.leave()
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
		if err := d.dir.RefuseTaken(object.path); err != nil {
			return t, err
		}
	}
	meter := tell.meter(object.path)
	meter.start()
	err = d.fetch(ctx, object, meter, idleSlots, &t)
	t.Bytes = meter.moved
	return t, err
}

// left reports whether a file that was not begun, since an error stopped all transfers,
// needs none: it is here, and stays as it is.
func (d *download) left(stopped context.Context, name string) (Transfer, bool) {
	named, err := naming.Parse(name)
	if err != nil {
		return Transfer{}, false
	}
	object := d.ahead.object(stopped, named.ArchivePath())
	defer object.leave()
	t := Transfer{FilePath: object.path, Path: localPath(d.dir.Path(), object.path), IngestionDate: d.ingested[object.path]}
	skipped, err := d.skip(stopped, object, &t)
	return t, skipped && err == nil
}

// skip reports whether a file that is there stays as it is. One that is to be
// replaced has the status Replaced.
func (d *download) skip(ctx context.Context, object *object, t *Transfer) (bool, error) {
	info, err := d.dir.Stat(object.path)
	if err != nil {
		return false, err
	}
	record, known, err := d.dir.Record(d.archive, object.path)
	if err != nil || info == nil {
		return false, err
	}
	known = known && record.Holds(info)
	if !known {
		err = d.dir.RefuseTaken(object.path)
	}
	if err != nil || d.options.Overwrite {
		return false, err
	}
	t.Size = info.Size()
	if known && !d.options.Verify && (t.IngestionDate == "" || t.IngestionDate == record.IngestionDate) {
		t.Status = Skipped
		return true, nil
	}
	if !known && !d.options.Verify && d.uncompared.offline(object.path) {
		t.Status = Skipped
		return true, nil
	}
	theirs, err := object.info(ctx)
	switch {
	case err != nil && !known && !d.options.Verify && d.uncompared.add(object.path, err):
		t.Status = Skipped
		return true, nil
	case err != nil:
		return false, fmt.Errorf("comparing %s with the archive's: %w", t.Path, err)
	case known && !d.options.Verify:
		return d.fresh(record, theirs, t), nil
	}
	difference, err := d.compare(ctx, object.path, info, theirs, record, t)
	switch {
	case err != nil:
		return false, err
	case difference == "":
		t.Status = Skipped
		return true, nil
	case d.options.Verify:
		t.Status = Replaced
		return false, nil
	}
	return false, invalidf("%s is there but is not the archive's file (%s): verify or overwrite fetches it again, or move it away", t.Path, difference)
}

// fresh reports whether a verified file, whose record the catalog has changed, is
// still the archive's: by ETag or MD5, and by size.
func (d *download) fresh(record VerificationRecord, theirs datadir.ObjectInfo, t *Transfer) bool {
	sameSize := theirs.Size < 0 || theirs.Size == record.Size
	sameBytes := theirs.MD5 != "" && theirs.MD5 == record.MD5 || theirs.ETag != "" && theirs.ETag == record.ETag
	if !sameSize || !sameBytes {
		t.Status = Replaced
		return false
	}
	record.IngestionDate, record.Time = t.IngestionDate, time.Now().UTC()
	d.record(record)
	t.Status, t.Verified = Skipped, record.Verified
	return true
}

// compare says how a file differs from the archive's, if it does, and records
// it if not. Where the archive gives no hash, its ETag shows whether it is still
// the object of an earlier record, and no more is claimed than was verified then.
func (d *download) compare(ctx context.Context, archivePath string, info fs.FileInfo, theirs datadir.ObjectInfo, before VerificationRecord, t *Transfer) (difference string, err error) {
	if theirs.MD5 == "" && theirs.ETag != "" && before.ETag != "" && theirs.ETag != before.ETag {
		return "the archive's object is another than the one that came", nil
	}
	if theirs.Size >= 0 && info.Size() != theirs.Size {
		return fmt.Sprintf("%d bytes, the archive's has %d", info.Size(), theirs.Size), nil
	}
	digests, err := d.dir.Digest(ctx, archivePath)
	if err != nil {
		return "", err
	}
	sum := digests.MD5()
	switch {
	case theirs.MD5 != "" && sum != theirs.MD5:
		return fmt.Sprintf("its MD5 is %s, the archive's %s", sum, theirs.MD5), nil
	case theirs.MD5 != "":
		t.Verified = VerifiedMD5
	case theirs.ETag != "" && theirs.ETag == before.ETag && sum != before.MD5:
		return fmt.Sprintf("its MD5 is %s, it was %s when it came", sum, before.MD5), nil
	case theirs.ETag != "" && theirs.ETag == before.ETag:
		t.Verified = before.Verified
	case theirs.Size >= 0:
		t.Verified = VerifiedSize
	default:
		return "", invalidf("%s is there and cannot be compared: the archive tells neither the length nor a hash of its file; overwrite fetches it again", t.Path)
	}
	ingested := t.IngestionDate
	if ingested == "" && theirs.ETag == before.ETag {
		ingested = before.IngestionDate
	}
	d.record(VerificationRecord{FilePath: archivePath, Size: info.Size(), MD5: sum, SHA256: digests.SHA256(), ETag: theirs.ETag, IngestionDate: ingested,
		Verified: t.Verified, ModTime: info.ModTime(), Time: time.Now().UTC()})
	return "", nil
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

// done reports whether another process has fetched the file while this one waited
// for it: since this one began, where the file is to be verified.
func (d *download) done(t *Transfer, began time.Time) (VerificationRecord, bool) {
	if d.options.Overwrite {
		return VerificationRecord{}, false
	}
	info, err := d.dir.Stat(t.FilePath)
	if err != nil || info == nil {
		return VerificationRecord{}, false
	}
	d.dir.ReadRecordsAgain(t.FilePath)
	record, known, err := d.dir.Record(d.archive, t.FilePath)
	current := t.IngestionDate == "" || t.IngestionDate == record.IngestionDate
	return record, err == nil && known && record.Holds(info) && current && (!d.options.Verify || record.Time.After(began))
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

// refuseForeign keeps the files of a named archive, which may have the names of real
// ones, out of a data directory that holds another archive's.
func (c *Client) refuseForeign(dir *datadir.Dir) error {
	name, named := c.name(c.transport.Origin())
	if !named {
		return nil
	}
	found, err := dir.Foreign(name)
	if err == nil && found != "" {
		err = usagef("data directory %s: it holds %s; the %s archive needs a directory of its own, since its files would take the place of real ones", dir.Path(), found, name)
	}
	return err
}
