package sdc

import (
	"fmt"
	"net/http"
	"time"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// UsageError is a call that cannot be carried out as it was made. What is wrong lies
// with the caller or on this machine, not with the archive.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

// InvalidFileError is a file of this machine that is not what it should be: it stands
// where the archive's belongs and differs from it, or it cannot be sent.
type InvalidFileError = datadir.InvalidFileError

func invalidf(format string, args ...any) error {
	return &InvalidFileError{Message: fmt.Sprintf(format, args...)}
}

func usagef(format string, args ...any) error {
	return &UsageError{fmt.Sprintf(format, args...)}
}

// Error is a request that the archive refused or never answered, or an answer that cannot
// be used. It is not changed once it is made.
type Error struct {
	Status   int    // HTTP status; 0 when there was no answer
	Endpoint string // method and URL, without credentials and signatures
	Detail   string // what the server said, or what broke
	Reason   Reason // what the error comes from
	FilePath string // archive path of the file that the API was asked about; empty: about none
	Err      error  // the cause, such as the failure of the request

	RetryAfter time.Duration // the wait that the server asks for; 0: none
}

// errorOf gives a request that failed its reason.
func errorOf(e *transport.Error, reason Reason) *Error {
	return &Error{Status: e.Status, Endpoint: e.Endpoint, Detail: e.Detail, Reason: reason, RetryAfter: e.RetryAfter, Err: e}
}

func (e *Error) Error() string { return transport.Say(e.Endpoint, e.message()) }

// message is the error without the endpoint.
func (e *Error) message() string {
	return (&transport.Error{Status: e.Status, Detail: e.Detail}).Message()
}

func (e *Error) Unwrap() error { return e.Err }

// Unauthorized reports whether the archive wants another credential.
func (e *Error) Unauthorized() bool {
	return e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden && e.Reason != WrongURL || e.Reason == UploadNeedsKey
}

// NotFound reports whether the archive has no such file.
func (e *Error) NotFound() bool {
	return e.Status == http.StatusNotFound && e.Reason != WrongURL && e.Reason != UploadNeedsKey
}

// Exists reports whether the archive has the file already.
func (e *Error) Exists() bool { return e.Status == http.StatusConflict }

// AttemptsError is the last failure (Err) of a request that was made several times
// (Attempts) in a time (Elapsed) and is given up.
type AttemptsError = transport.AttemptsError
