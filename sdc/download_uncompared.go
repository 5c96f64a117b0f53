package sdc

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
)

// uncompared are the files of a download that are here without a verification record
// and that could not be compared with the archive's: they are left as they are.
type uncompared struct {
	mu        sync.Mutex
	files     int
	first     string // of them
	cause     error  // why that one was not compared
	noArchive bool   // the archive does not answer: it is not asked for the others
}

// withoutArchive are the reasons for which no file can be compared, withoutFile those
// that concern one file.
var (
	withoutArchive = []Reason{Unreachable, Down, Busy, Intercepted}
	withoutFile    = []Reason{NotFound, NotReleased, NoCredential}
)

// add counts a file whose comparison failed, and reports whether the failure is one
// that leaves a file as it is: the archive does not answer, or does not give it out.
func (u *uncompared) add(archivePath string, err error) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	var cancelled *CancelledError
	if errors.As(err, &cancelled) {
		err = cancelled.Cause
	}
	var refused *Error
	gone := errors.As(err, &refused) && refused.NotFound()
	noArchive := slices.Contains(withoutArchive, ReasonOf(err))
	if !gone && !noArchive && !slices.Contains(withoutFile, ReasonOf(err)) {
		return false
	}
	u.noArchive = u.noArchive || noArchive
	if u.files++; u.files == 1 {
		u.first, u.cause = archivePath, err
	}
	return true
}

// offline counts a file that needs no question, since the archive did not answer the
// one about another file.
func (u *uncompared) offline(archivePath string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.noArchive {
		u.files++
	}
	return u.noArchive
}

// warn warns once of all files that were not compared.
func (u *uncompared) warn(log *slog.Logger) {
	switch {
	case u.files == 1:
		log.Warn(fmt.Sprintf("%s is here without a verification record and could not be compared with the archive's; it is left as it is: %v", u.first, u.cause))
	case u.files > 1:
		log.Warn(fmt.Sprintf("%d files are here without a verification record and could not be compared with the archive's; they are left as they are; the first is %s: %v",
			u.files, u.first, u.cause))
	}
}
