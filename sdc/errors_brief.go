package sdc

import (
	"errors"
	"fmt"
	"strings"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// ReasonOf is the reason of an error, or of the one that it wraps: of several files'
// errors the reason that they share, if there is one.
func ReasonOf(err error) Reason {
	var several interface{ sharedReason() Reason }
	if errors.As(err, &several) {
		return several.sharedReason()
	}
	var wait *transport.LongWaitError
	if errors.As(err, &wait) {
		return Busy
	}
	if datadir.IsFull(err) {
		return DiskFull
	}
	var refused *Error
	if errors.As(err, &refused) {
		return refused.Reason
	}
	var denied *datadir.DeniedError
	if errors.As(err, &denied) {
		return DataDirDenied
	}
	var reasoned *reasonedError
	if errors.As(err, &reasoned) {
		return reasoned.reason
	}
	return ""
}

// phrases say the reasons that need no more detail in a few words.
var phrases = map[Reason]string{
	NoCredential:     "needs a credential",
	OtherOrigin:      "needs a credential; the one that is set is for another URL",
	KeyRefused:       "API key refused",
	KeyReadOnly:      "the API key may read only",
	TokenRefused:     "access token refused",
	UploadNeedsKey:   "uploads take an API key",
	NotReleased:      "not released",
	NotFound:         "not in the archive",
	AlreadyExists:    "in the archive already",
	DifferentContent: "in the archive with other bytes",
	WrongURL:         "the server has no such route",
}

// Brief is an error in a few words, where the file that it is about is named beside
// it: the status and the reason in place of the request and of what the server wrote.
func Brief(err error) string {
	var refused *Error
	if datadir.IsFull(err) {
		return "no space left on device"
	}
	if !errors.As(err, &refused) {
		return err.Error()
	}
	brief, known := phrases[refused.Reason]
	switch {
	case !known:
		brief = transport.OneLine(refused.message(), maxBrief)
	case refused.Status != 0:
		brief = fmt.Sprintf("%d %s", refused.Status, brief)
	}
	return strings.Replace(err.Error(), refused.Error(), brief, 1)
}

// maxBrief is how much of a message Brief keeps, in bytes.
const maxBrief = 200

// reasonedError gives a reason to an error that is no *Error.
type reasonedError struct {
	error
	reason Reason
}

func (e *reasonedError) Unwrap() error { return e.error }

func withReason(reason Reason, err error) error { return &reasonedError{err, reason} }
