package sdc

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"imapsh/sdc/internal/transport"
)

// UsageError is a call that cannot be carried out as it was made. What is wrong lies
// with the caller or on this machine, not with the archive.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

// InvalidFileError is a file of this machine that is not what it should be: it stands
// where the archive's belongs and differs from it, or it cannot be sent.
type InvalidFileError struct{ Message string }

func (e *InvalidFileError) Error() string { return e.Message }

func invalidf(format string, args ...any) error {
	return &InvalidFileError{fmt.Sprintf(format, args...)}
}

func usagef(format string, args ...any) error {
	return &UsageError{fmt.Sprintf(format, args...)}
}

// Error is a request that the archive refused or never answered.
type Error struct {
	Status   int    // HTTP status; 0 when there was no answer
	Endpoint string // method and URL, without credentials and signatures
	Detail   string // what the server said, or what broke
	Reason   Reason // what the error comes from
	FilePath string // archive path of the file that was asked for, where it is known
	Err      error  // the cause, when there was no answer

	RetryAfter time.Duration // the wait that the server asks for; 0: none

	pace *transport.Pace // of the origin that refused it for now; nil: it did not
}

func (e *Error) Error() string { return say(e.Endpoint, e.message()) }

// message is the error without what was asked.
func (e *Error) message() string {
	if e.Status == 0 {
		return e.Detail
	}
	return say(strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))), e.Detail)
}

// say puts a detail after a text: with a colon, unless it is but a remark in brackets.
func say(text, detail string) string {
	switch {
	case detail == "":
		return text
	case strings.HasPrefix(detail, " ("):
		return text + detail
	}
	return text + ": " + detail
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

// What the API's gateway says of a path that it does not know: an HTTP API with status
// 404, a REST API with 403.
const (
	noSuchRoute    = "Not Found"
	noSuchEndpoint = "Missing Authentication Token"
)

// statusError reads what an answer with an unwanted status says.
func (c *Client) statusError(request *http.Request, response *http.Response) error {
	e := &Error{
		Status:   response.StatusCode,
		Endpoint: endpointOf(request),
		Detail:   c.redacted(detailOf(response)),

		RetryAfter: retryAfter(response.Header, time.Now()),
		pace:       c.paceIfRefused(request, response),
	}
	e.Reason = c.reasonOfStatus(request, e.Status, e.Detail)
	return e
}

// storeError reads what the object store says instead of doing what it was asked.
func (c *Client) storeError(request *http.Request, response *http.Response, reason Reason) *Error {
	return &Error{
		Status:     response.StatusCode,
		Endpoint:   endpointOf(request),
		Detail:     c.redacted(detailOf(response)),
		Reason:     reason,
		RetryAfter: retryAfter(response.Header, time.Now()),
		pace:       c.paceIfRefused(request, response),
	}
}

func (c *Client) paceIfRefused(request *http.Request, response *http.Response) *transport.Pace {
	if !refusedForNow(response.StatusCode) {
		return nil
	}
	return c.paceOf(request)
}

// requestError explains a request that got no answer, or no whole one.
func (c *Client) requestError(request *http.Request, err error) error {
	cause := context.Cause(request.Context())
	switch {
	case errors.Is(cause, errStalled):
		return &Error{Endpoint: endpointOf(request), Detail: stallDetail(), Reason: Unreachable, Err: errStalled}
	case cause != nil:
		return cause
	}
	var wrapped *url.Error // it would repeat the URL, signature and all
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	text := c.redacted(err.Error())
	e := &Error{Endpoint: endpointOf(request), Detail: text, Reason: Unreachable, Err: &hiddenCause{text, err}}
	var certificate *tls.CertificateVerificationError
	var lookup *net.DNSError
	var setting *transport.SettingError
	var proxy *transport.ProxyError
	switch {
	case errors.As(err, &setting):
		e.Reason = Environment
	case errors.As(err, &proxy):
		e.Reason = ProxyFailed
		if proxy.Refused() {
			e.Reason = ProxyRefused
		}
	case errors.As(err, &certificate):
		e.Reason = reasonOfCertificate(err)
	case errors.As(err, &lookup):
		e.Detail = c.redacted("no address found for " + lookup.Name)
		if c.paceOf(request).AnsweredSoFar() > 0 { // the name had an address: it is the network that is gone for now
			return classify(retryLater, e)
		}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Detail = "the connection ended before the answer did"
	}
	return e
}

// reasonOfCertificate says why a server's certificate was refused.
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

// hiddenCause is what broke a request. It shows no more than the Error around it, since
// its own text may repeat a URL; errors.Is and errors.As see what it is.
type hiddenCause struct {
	text string
	err  error
}

func (c *hiddenCause) Error() string        { return c.text }
func (c *hiddenCause) Is(target error) bool { return errors.Is(c.err, target) }
func (c *hiddenCause) As(target any) bool   { return errors.As(c.err, target) }

// endpointOf names a request in an error: what was asked of whom, with no query
// but the API's own, since the store's holds a signature.
func endpointOf(request *http.Request) string {
	shown := *request.URL
	shown.User = nil
	shown.RawQuery, shown.Fragment = "", ""
	return request.Method + " " + shown.String()
}

// mostDetail is how much of a server's text an error repeats, in bytes.
const mostDetail = 2000

// detailOf is the server's own message in one line: the message of a JSON
// object, a JSON string, or the start of a text.
func detailOf(response *http.Response) string {
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	body = bytes.TrimSpace(body)
	var fields map[string]any
	var text string
	switch {
	case json.Unmarshal(body, &text) == nil:
	case json.Unmarshal(body, &fields) == nil:
		for _, key := range []string{"message", "Message", "error", "detail"} {
			if s, ok := fields[key].(string); ok {
				text = s
				break
			}
		}
	case bytes.HasPrefix(body, []byte("<?xml")), bytes.HasPrefix(body, []byte("<Error")):
		text = element(string(body), "Message")
	case bytes.HasPrefix(body, []byte("<")):
		text = "an HTML page instead of an answer"
	default:
		text = string(body)
	}
	return oneLine(text, 1<<16) // cut when no secret can be cut in two
}

// element is the text of the first element of a name in an XML error of the store.
func element(xml, name string) string {
	_, rest, _ := strings.Cut(xml, "<"+name+">")
	text, _, _ := strings.Cut(rest, "</"+name+">")
	return text
}

// oneLine keeps a server's text from moving the cursor or filling the screen.
func oneLine(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsPrint(r):
			return r
		}
		return unicode.ReplacementChar
	}, text)
	text = strings.TrimSpace(text)
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + " …"
	}
	return text
}
