package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Error is a request that a server refused or never answered, or whose answer broke off.
// It is not changed once it is made.
type Error struct {
	Status     int           // HTTP status; 0 when there was no answer
	Endpoint   string        // method and URL, without credentials and signatures
	Detail     string        // what the server said, or what broke
	Code       string        // the error code of an object store; empty: it named none
	RetryAfter time.Duration // the wait that the server asks for; 0: none
	Err        error         // the cause, when there was no answer

	pace *Pace // of the origin that refused it for now; nil: it did not
}

func (e *Error) Error() string { return Say(e.Endpoint, e.Message()) }

func (e *Error) Unwrap() error { return e.Err }

// Message is the error without the endpoint.
func (e *Error) Message() string {
	if e.Status == 0 {
		return e.Detail
	}
	return Say(strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))), e.Detail)
}

// Say joins a string and a detail, with a colon unless the detail is a remark in brackets.
func Say(text, detail string) string {
	switch {
	case detail == "":
		return text
	case strings.HasPrefix(detail, " ("):
		return text + detail
	}
	return text + ": " + detail
}

// StatusError reads what an answer with an unwanted status says. Its body stays open.
func (c *Client) StatusError(response *http.Response) *Error {
	detail, code := detailOf(response)
	e := &Error{
		Status:     response.StatusCode,
		Endpoint:   EndpointOf(response.Request),
		Detail:     c.Redact(detail),
		Code:       code,
		RetryAfter: retryAfter(response.Header, time.Now()),
	}
	if refusedForNow(response.StatusCode) {
		e.pace = c.paceOf(response.Request)
	}
	return e
}

// refusedForNow reports whether a status refuses a request only because of how many there are.
func refusedForNow(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// requestError is the error of a request that got no answer, or no complete one.
func (c *Client) requestError(request *http.Request, err error) error {
	e := &Error{Endpoint: EndpointOf(request)}
	cause := context.Cause(request.Context())
	switch {
	case errors.Is(cause, errStalled):
		e.Detail, e.Err = stallDetail(), errStalled
		return c.wrapError(e)
	case cause != nil:
		return cause
	}
	var wrapped *url.Error // it would repeat the URL, signature and all
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	e.Detail = c.Redact(err.Error())
	e.Err = &hiddenCause{e.Detail, err}
	var lookup *net.DNSError
	switch {
	case errors.As(err, &lookup):
		e.Detail = c.Redact("no address found for " + lookup.Name)
		if c.paceOf(request).AnsweredSoFar() > 0 { // the name had an address: it is the network that is gone for now
			return Classify(RetryLater, c.wrapError(e))
		}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Detail = "the connection ended before the answer did"
	}
	return c.wrapError(e)
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

// detailOf is the server's own message in one line: the message of a JSON object, a JSON
// string, or the start of a string; and the error code of an object store.
func detailOf(response *http.Response) (text, code string) {
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	body = bytes.TrimSpace(body)
	var fields map[string]any
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
		text, code = element(string(body), "Message"), element(string(body), "Code")
	case bytes.HasPrefix(body, []byte("<")):
		text = "an HTML page instead of an answer"
	default:
		text = string(body)
	}
	return OneLine(text, 1<<16), code // it is shortened when no secret can be cut in two
}

// element is the text of the first element of a name in an XML error of an object store.
func element(xml, name string) string {
	_, rest, _ := strings.Cut(xml, "<"+name+">")
	text, _, _ := strings.Cut(rest, "</"+name+">")
	return text
}

// retryAfter is the wait that an answer asks for: seconds, or a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	seconds, err := strconv.ParseInt(text, 10, 32) // of a larger number it gives the largest
	if (err == nil || errors.Is(err, strconv.ErrRange)) && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(text); err == nil && date.After(now) {
		return date.Sub(now)
	}
	return 0
}
