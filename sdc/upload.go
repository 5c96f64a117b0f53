package sdc

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
)

// UploadOptions say how files are sent. The tags are the shell's and the command
// line's names and help.
type UploadOptions struct {
	SkipExisting bool `name:"skip_existing" doc:"no error when the archive holds the same bytes already"`
	DryRun       bool `name:"dry_run" doc:"check the files and only say what would be sent"`
	Strict       bool `name:"strict" doc:"refuse a CDF whose content has errors against the ISTP guidelines or its name, in place of warning"`

	Progress func(Event) `name:"-"` // called with each step, by one goroutine at a time; may be nil

	// Open opens a file of this machine by the name that was given; nil: as the operating
	// system does. Where it gives fs.ErrNotExist, the data directory is searched.
	Open func(name string) (*os.File, error) `name:"-"`
}

// uploadConcurrency is how many files are sent at a time.
const uploadConcurrency = 4

// Upload sends one file of this machine to the archive. Its name must follow the
// conventions; a science file's version must have a major part. A bare name is
// looked up in the working directory and in the data directory's layout.
func (c *Client) Upload(ctx context.Context, name string, o UploadOptions) (Transfer, error) {
	report, err := c.UploadAll(ctx, []string{name}, o)
	if len(report) == 0 {
		return Transfer{FilePath: name, Status: Failed, Err: err}, err
	}
	return report[0], report[0].Err
}

// UploadAll sends several files and tries every one: its error is a
// *TransferError when some failed.
func (c *Client) UploadAll(ctx context.Context, names []string, o UploadOptions) (Report, error) {
	return transferAll(ctx, names, uploadConcurrency, o.Progress,
		func(ctx context.Context, name string, notifier *notifier, _ *semaphore.Weighted) (Transfer, error) {
			return c.upload(ctx, name, o, notifier)
		}, nil)
}

func (c *Client) upload(ctx context.Context, name string, o UploadOptions, notifier *notifier) (Transfer, error) {
	t := Transfer{FilePath: name, Path: name}
	if c.readOnly {
		return t, withReason(ReadOnly, usagef("upload: refused, since this session is read-only"))
	}
	open := o.Open
	if open == nil {
		open = openFile
	}
	named, err := uploadName(name)
	var invalid *naming.InvalidNameError
	if errors.As(err, &invalid) { // perhaps it is none at all
		file, openErr := openRegular(name, open)
		switch {
		case errors.Is(openErr, fs.ErrNotExist):
			return t, fmt.Errorf("%s: there is no such file, and %w", name, err)
		case openErr != nil:
			return t, openErr
		}
		file.Close()
	}
	if err != nil {
		return t, err
	}
	t.FilePath = named.ArchivePath()
	source, err := c.openSource(name, named, open)
	if err != nil {
		return t, err
	}
	defer source.Close()
	t.Path, t.Size = source.Name(), source.size
	if err := c.checkSource(ctx, source, named, o.Strict); err != nil {
		return t, err
	}
	if o.DryRun {
		t.Status = Planned
		return t, nil
	}
	if err := source.measure(ctx); err != nil {
		return t, err
	}
	u := uploader{client: c, named: named, source: source, meter: notifier.meter(t.FilePath)}
	u.meter.set(0, source.size)
	u.meter.start()
	switch err := u.run(ctx); {
	case err == nil:
		t.Status, t.Bytes, t.Verified = Uploaded, source.size, VerifiedMD5
		return t, nil
	case !o.SkipExisting || !isConflict(err):
		return t, err
	}
	if err := u.compare(ctx); err != nil {
		return t, err
	}
	t.Status, t.Verified = Skipped, VerifiedMD5
	return t, nil
}

// uploadName checks a name before anything is asked of the archive.
func uploadName(name string) (naming.FilePath, error) {
	path, err := naming.Parse(name)
	if err != nil {
		return nil, err
	}
	if err := naming.CheckUpload(path); err != nil {
		return nil, usagef("%v", err)
	}
	return path, nil
}
