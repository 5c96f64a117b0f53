package sdc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"imapsh/sdc/internal/transport"
)

// get asks the API once, about a file where filePath is not empty. The response always has
// the status wanted; its body is the caller's to close.
func (c *Client) get(ctx context.Context, want int, endpoint string, parameters url.Values, filePath string) (*http.Response, error) {
	response, err := c.transport.Get(ctx, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == want {
		return response, nil
	}
	defer transport.Drain(response)
	refused := c.transport.StatusError(response)
	e := errorOf(refused, c.reasonOfStatus(endpoint, refused))
	e.FilePath = filePath
	return nil, e
}

// storeRequest makes a request to an object store, at a URL that is itself the permission.
func (c *Client) storeRequest(ctx context.Context, method string, target *url.URL, body io.Reader) (*http.Request, error) {
	request, err := c.transport.NewRequest(ctx, method, target.String(), body)
	if err != nil {
		return nil, &Error{Endpoint: method + " at the object store", Detail: "the archive gave no URL that can be used", Reason: InvalidAnswer}
	}
	return request, nil
}

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
