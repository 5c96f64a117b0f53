package sdc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"imapsh/naming"
)

// Status is how a transfer ended.
type Status string

// The ends of a transfer.
const (
	Downloaded Status = "downloaded"
	Uploaded   Status = "uploaded"
	Skipped    Status = "skipped" // it was there already
	Planned    Status = "planned" // a dry run: it would be transferred
	Failed     Status = "failed"
)

// Verification is how bytes were compared with the archive's.
type Verification string

// The ways to compare, the stronger first.
const (
	VerifiedMD5  Verification = "md5"  // the archive's MD5 of the object
	VerifiedSize Verification = "size" // the announced length: the archive gave no hash
)

// Transfer is the outcome of one file.
type Transfer struct {
	FilePath string // in the archive, imap/…
	Path     string // on this machine
	Status   Status
	Bytes    int64 // moved by this transfer
	Seconds  float64
	Verified Verification // empty when nothing was compared
	Err      error        // why it failed
}

// Report is the outcome of several files, in the order they were asked for.
type Report []Transfer

// With lists the transfers that ended so.
func (r Report) With(status Status) Report {
	return slices.DeleteFunc(slices.Clone(r), func(t Transfer) bool { return t.Status != status })
}

// FilePaths lists the archive paths of the transfers. Those of With(Failed) are
// what to ask for again.
func (r Report) FilePaths() []string {
	paths := make([]string, len(r))
	for i, t := range r {
		paths[i] = t.FilePath
	}
	return paths
}

// Err is a *TransferError when any file failed.
func (r Report) Err() error {
	if len(r.With(Failed)) > 0 {
		return &TransferError{Report: r}
	}
	return nil
}

// TransferError tells that some files of several failed; the others are done.
type TransferError struct{ Report Report }

func (e *TransferError) Error() string {
	failed := e.Report.With(Failed)
	first := failed[0]
	if len(e.Report) == 1 {
		return first.Err.Error()
	}
	reason := first.Err.Error()
	var refused *Error
	if errors.As(first.Err, &refused) { // the file's name says what was asked for
		reason = refused.message()
	}
	return fmt.Sprintf("%d of %d files failed; the first was %s: %s", len(failed), len(e.Report), oneLine(naming.Base(first.FilePath), 300), reason)
}

// Unwrap gives the failures, so that errors.As finds what they have in common.
func (e *TransferError) Unwrap() []error {
	var errs []error
	for _, t := range e.Report.With(Failed) {
		errs = append(errs, t.Err)
	}
	return errs
}

// Summary is one line: "480 downloaded (1.2 GB), 17 already present, 3 failed".
func (r Report) Summary() string {
	var parts []string
	for _, s := range []struct {
		status Status
		words  string
	}{
		{Downloaded, "downloaded"}, {Uploaded, "uploaded"}, {Planned, "would be transferred"},
		{Skipped, "already present"}, {Failed, "failed"},
	} {
		of := r.With(s.status)
		if len(of) == 0 {
			continue
		}
		part := fmt.Sprintf("%d %s", len(of), s.words)
		if sum := of.bytes(); sum > 0 {
			part += " (" + humanize.Bytes(uint64(sum)) + ")"
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "no files"
	}
	return strings.Join(parts, ", ")
}

func (r Report) bytes() (sum int64) {
	for _, t := range r {
		sum += t.Bytes
	}
	return sum
}
