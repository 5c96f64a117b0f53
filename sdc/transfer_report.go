package sdc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// Status is how a transfer ended.
type Status string

// The ends of a transfer.
const (
	Downloaded Status = "downloaded"
	Replaced   Status = "replaced" // it was there, differed from the archive's, and was fetched
	Uploaded   Status = "uploaded"
	Skipped    Status = "skipped" // it was there already
	Planned    Status = "planned" // a dry run: it would be transferred
	Failed     Status = "failed"
)

// Verification is how bytes were compared with the archive's; empty: they were not.
type Verification = datadir.Verification

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
	Size     int64 // of the whole file; 0 where it is not known
	Seconds  float64
	Verified Verification // empty when nothing was compared
	Err      error        // why it failed

	// IngestionDate is that of the catalog record by which the file was asked for; empty
	// when it was asked for by its name.
	IngestionDate string
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

// Failures divides the transfers that failed: those that did so by themselves, and those
// that were cancelled since an earlier error affects every file.
func (r Report) Failures() (own, cancelled Report) {
	for _, t := range r.With(Failed) {
		if t.cancelled() {
			cancelled = append(cancelled, t)
		} else {
			own = append(own, t)
		}
	}
	return own, cancelled
}

// FirstFailure is the first transfer that failed by itself, and was not cancelled for
// the failure of another. There is one where [Report.Err] is an error.
func (r Report) FirstFailure() Transfer {
	own, cancelled := r.Failures()
	return append(own, cancelled...)[0]
}

// Err is a *TransferError when any file failed.
func (r Report) Err() error {
	if len(r.With(Failed)) > 0 {
		return &TransferError{Report: r}
	}
	return nil
}

// TransferError is the error of several files of which some failed; the others are done.
type TransferError struct{ Report Report }

func (e *TransferError) Error() string {
	first := e.Report.FirstFailure()
	if len(e.Report) == 1 {
		return first.Err.Error()
	}
	return fmt.Sprintf("%s; the first was %s: %s", e.Report.FailureCount(), transport.OneLine(naming.Base(first.FilePath), 300), Brief(first.Err))
}

// FailureCount counts what failed: "2 of 5 files failed and 3
// were cancelled".
func (r Report) FailureCount() string {
	own, cancelled := r.Failures()
	text := fmt.Sprintf("%d of %d files failed", len(own), len(r))
	switch n := len(cancelled); n {
	case 0:
	case 1:
		text += " and 1 was cancelled"
	default:
		text += fmt.Sprintf(" and %d were cancelled", n)
	}
	return text
}

// Unwrap gives the failures, so that errors.As finds what they have in common.
func (e *TransferError) Unwrap() []error {
	var errs []error
	for _, t := range e.Report.With(Failed) {
		errs = append(errs, t.Err)
	}
	return errs
}

// sharedReason is the reason of all failures; empty where they differ.
func (e *TransferError) sharedReason() Reason {
	shared := ReasonOf(e.Report.FirstFailure().Err)
	for _, t := range e.Report.With(Failed) {
		if ReasonOf(t.Err) != shared {
			return ""
		}
	}
	return shared
}

// Summary is one line: "480 downloaded (1.2 GB), 17 already present, 3 failed".
func (r Report) Summary() string {
	var parts []string
	for _, s := range []struct {
		status Status
		words  string
	}{
		{Downloaded, "downloaded"}, {Replaced, "replaced"}, {Uploaded, "uploaded"}, {Planned, "would be transferred"}, {Skipped, "already present"},
	} {
		of := r.With(s.status)
		if len(of) == 0 {
			continue
		}
		part := fmt.Sprintf("%d %s", len(of), s.words)
		if detail := of.detail(s.status); detail != "" {
			part += " (" + detail + ")"
		}
		parts = append(parts, part)
	}
	own, cancelled := r.Failures()
	if n := len(own); n > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", n))
	}
	if n := len(cancelled); n > 0 {
		parts = append(parts, fmt.Sprintf("%d cancelled", n))
	}
	if len(parts) == 0 {
		return "no files"
	}
	return strings.Join(parts, ", ")
}

// detail is what there is to say of transfers that ended alike: the bytes that moved
// or would move, or how files that stay as they are were compared.
func (r Report) detail(status Status) string {
	var moved, size int64
	unknown := false
	verified := map[Verification]int{}
	for _, t := range r {
		moved += t.Bytes
		size += t.Size
		unknown = unknown || t.Size == 0
		verified[t.Verified]++
	}
	bytes := moved
	if status == Planned || status == Skipped {
		bytes = size
	}
	text := ""
	if bytes > 0 {
		text = humanize.Bytes(uint64(bytes))
	}
	if text == "" && status == Skipped {
		text = "0 B"
	}
	switch {
	case status == Planned && unknown && text != "":
		return "at least " + text
	case status != Skipped:
		return text
	case verified[VerifiedMD5]+verified[VerifiedSize] == 0: // their records hold: nothing was compared
		return ""
	case verified[VerifiedMD5] == len(r):
		return text + ", verified by MD5"
	case verified[VerifiedSize] == len(r):
		return text + ", verified by size"
	}
	return fmt.Sprintf("%s, verified: %d by MD5, %d by size", text, verified[VerifiedMD5], verified[VerifiedSize])
}

// CancelledError is the error of a file that was not transferred, since the failure of
// another would have been its own.
type CancelledError struct{ Cause error }

func (e *CancelledError) Error() string {
	return "cancelled: an earlier error affects every file: " + Brief(e.Cause)
}

func (e *CancelledError) Unwrap() error { return e.Cause }

// cancelled reports whether a transfer failed for the sake of another.
func (t Transfer) cancelled() bool {
	var cancelled *CancelledError
	return errors.As(t.Err, &cancelled)
}
