package sdc

import (
	"context"
	"fmt"
	"io/fs"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
)

// skipUnstarted reports whether a file whose transfer was not begun, since an error stopped
// all transfers, needs none: it is here, and stays as it is.
func (d *download) skipUnstarted(stopped context.Context, name string) (Transfer, bool) {
	named, err := naming.Parse(name)
	if err != nil {
		return Transfer{}, false
	}
	object := d.ahead.object(stopped, named.ArchivePath())
	defer object.releaseAhead()
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
		err = d.dir.CheckLetterCase(object.path)
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
		return "", invalidf("%s is there and cannot be compared: the archive gives neither the length nor a hash of its file; overwrite fetches it again", t.Path)
	}
	ingested := t.IngestionDate
	if ingested == "" && theirs.ETag == before.ETag {
		ingested = before.IngestionDate
	}
	d.record(VerificationRecord{FilePath: archivePath, Size: info.Size(), MD5: sum, SHA256: digests.SHA256(), ETag: theirs.ETag, IngestionDate: ingested,
		Verified: t.Verified, ModTime: info.ModTime(), Time: time.Now().UTC()})
	return "", nil
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
