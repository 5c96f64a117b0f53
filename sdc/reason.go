package sdc

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// Reason classifies an error by its cause, so that a program can say what to do about
// it in its own terms. The zero value means that no more is known than the error says.
type Reason string

// The reasons of an *Error.
const (
	NoCredential   Reason = "no_credential"    // the archive wants a credential, and there is none
	OtherOrigin    Reason = "other_origin"     // the credential was given for another URL and is not sent
	KeyRefused     Reason = "key_refused"      // the archive does not accept the API key
	KeyReadOnly    Reason = "key_read_only"    // the API key may read and not change anything
	TokenRefused   Reason = "token_refused"    // the archive does not accept the access token: it may have expired
	UploadNeedsKey Reason = "upload_needs_key" // uploads take an API key, and none was sent
	NotReleased    Reason = "not_released"     // the file is not public yet

	NotFound         Reason = "not_found"         // the archive has no such file
	AlreadyExists    Reason = "already_exists"    // the archive has a file of this name
	DifferentContent Reason = "different_content" // likewise, and its bytes differ
	Unconfirmed      Reason = "unconfirmed"       // the answer to an upload was lost, and the archive does not give the file out yet

	WrongURL      Reason = "wrong_url"       // the server has no such route: it is not the archive's API
	Unreachable   Reason = "unreachable"     // no answer came
	Certificate   Reason = "certificate"     // the server's certificate is not trusted
	OtherHost     Reason = "other_host"      // the server's certificate is for another host
	Expired       Reason = "expired"         // the server's certificate is not valid at this time
	ProxyRefused  Reason = "proxy_refused"   // a proxy does not accept the user, or does not allow the host
	ProxyFailed   Reason = "proxy_failed"    // a proxy cannot be reached, or reaches nothing
	Environment   Reason = "environment"     // a variable of the environment about proxies or certificates cannot be used
	Intercepted   Reason = "intercepted"     // something between here and the archive answered in its place
	InvalidAnswer Reason = "invalid_answer"  // the answer is not what the API promises
	Down          Reason = "down"            // the service failed
	Busy          Reason = "busy"            // the service asks to wait for longer than the client waits
	TooLarge      Reason = "too_large"       // the answer to a query is too large
	OverBudget    Reason = "over_budget"     // a query takes more requests or bytes than it may
	MaybeTooLarge Reason = "maybe_too_large" // the service failed, perhaps since the answer is too large

	StoreRefused Reason = "store_refused" // the object store refused a URL that the archive had just signed
	StoreFailed  Reason = "store_failed"  // the object store failed
	Interrupted  Reason = "interrupted"   // the transfer broke off, or the object changed under it
	Damaged      Reason = "damaged"       // the bytes that came are not the archive's
	StoredBadly  Reason = "stored_badly"  // the archive holds other bytes than were sent
)

// The reasons of other errors.
const (
	ReadOnly        Reason = "read_only"         // the client may not change the archive
	DataDirDenied   Reason = "data_dir_denied"   // the data directory may not be read or written
	CredentialInURL Reason = "credential_in_url" // the base URL holds a user or password
	DiskFull        Reason = "disk_full"         // there is no space left for the data
)

// ReasonOf is the reason of an error, or of the one that it wraps: of several files'
// errors the reason that they share, if there is one.
func ReasonOf(err error) Reason {
	var several *TransferError
	if errors.As(err, &several) {
		failed := several.Report.With(Failed)
		shared := ReasonOf(several.Report.FirstFailure().Err)
		for _, t := range failed {
			if ReasonOf(t.Err) != shared {
				return ""
			}
		}
		return shared
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

// What the API's gateway says of a path that it does not know: an HTTP API with status
// 404, a REST API with 403.
const (
	noSuchRoute    = "Not Found"
	noSuchEndpoint = "Missing Authentication Token"
)

// reasonOfStatus is the reason of an answer of the API with an unwanted status.
func (c *Client) reasonOfStatus(endpoint string, refused *transport.Error) Reason {
	caller, status, detail := c.transport.Caller(), refused.Status, refused.Detail
	upload := strings.HasPrefix(endpoint, "/upload/")
	query := endpoint == "/query" || endpoint == "/spice-query"
	noRoute := detail == noSuchRoute && status == http.StatusNotFound || detail == noSuchEndpoint && status == http.StatusForbidden ||
		query && status == http.StatusNotFound
	denied := status == http.StatusUnauthorized || status == http.StatusForbidden
	switch {
	case upload && caller == transport.WithToken && (denied || noRoute), upload && caller == transport.Anonymous && !c.transport.HasKey() && noRoute:
		return UploadNeedsKey
	case noRoute || status >= 300 && status < 400:
		return WrongURL
	case denied && caller == transport.Anonymous && (c.transport.HasKey() || c.transport.HasToken()):
		return OtherOrigin
	case denied && caller == transport.Anonymous && strings.Contains(detail, "public release"):
		return NotReleased
	case denied && caller == transport.Anonymous:
		return NoCredential
	case denied && caller == transport.WithKey && strings.Contains(detail, "read-only"):
		return KeyReadOnly
	case denied && caller == transport.WithKey:
		return KeyRefused
	case denied:
		return TokenRefused
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusConflict:
		return AlreadyExists
	case status == http.StatusRequestEntityTooLarge && query:
		return TooLarge
	case query && (status == http.StatusInternalServerError || status == http.StatusBadGateway || status == http.StatusGatewayTimeout):
		return MaybeTooLarge
	case status >= 500:
		return Down
	}
	return ""
}

// connectionError gives the error of a request without an answer, or without a whole one,
// its reason.
func connectionError(e *transport.Error) error {
	var certificate *tls.CertificateVerificationError
	var setting *transport.SettingError
	var proxy *transport.ProxyError
	switch {
	case errors.As(e, &setting):
		return errorOf(e, Environment)
	case errors.As(e, &proxy) && proxy.Refused():
		return errorOf(e, ProxyRefused)
	case errors.As(e, &proxy):
		return errorOf(e, ProxyFailed)
	case errors.As(e, &certificate):
		return errorOf(e, reasonOfCertificate(e))
	case e.Status != 0: // an earlier answer asked for a pause
		return errorOf(e, "")
	}
	return errorOf(e, Unreachable)
}

// reasonOfCertificate is why a server's certificate was refused.
func reasonOfCertificate(err error) Reason {
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &host):
		return OtherHost
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return Expired
	}
	return Certificate
}
