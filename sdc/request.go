package sdc

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"imapsh/sdc/internal/transport"
)

// get asks the API, with the caller's credential, once. The response is always
// one with the status wanted; its body is the caller's to close.
func (c *Client) get(ctx context.Context, want int, endpoint string, parameters url.Values) (*http.Response, error) {
	request, err := c.apiRequest(ctx, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	response, err := c.do(request, parameters)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != want {
		defer drain(response)
		return nil, c.statusError(request, response)
	}
	return response, nil
}

// do sends a request, at the pace of its origin and within the client's limits, and
// watches that its bytes keep coming. Its errors, and those of reading the response's
// body, are an *Error or the cause that ended the request's context. The log shows the
// parameters given here; those of a URL that the archive signed are never among them.
func (c *Client) do(request *http.Request, parameters url.Values) (*http.Response, error) {
	if err := c.admit(request); err != nil {
		return nil, err
	}
	began := time.Now()
	watched, watch := watchRequest(request, c.bytes)
	log := c.log.With("endpoint", c.redacted(endpointOf(request)+shown(parameters)))
	response, err := c.http.Do(watched)
	if err != nil {
		err = c.requestError(watched, err)
		watch.stop()
		log.Info("request", "error", err, "duration", time.Since(began))
		return nil, err
	}
	pace := c.paceOf(request)
	if refusedForNow(response.StatusCode) {
		pace.Refused(response.StatusCode, began, retryAfter(response.Header, time.Now()))
	} else {
		pace.Answered()
	}
	response.Body = &watchedBody{body: response.Body, watch: watch, explain: func(err error) error {
		return c.requestError(watched, err)
	}}
	watch.start()
	log.Info("request", "status", response.StatusCode, "duration", time.Since(began))
	return response, nil
}

// shown is the query of a request as the log shows it.
func shown(parameters url.Values) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		pairs = append(pairs, name+"="+strings.Join(parameters[name], ","))
	}
	if len(pairs) == 0 {
		return ""
	}
	return "?" + strings.Join(pairs, "&")
}

// admit waits until a request may be sent.
func (c *Client) admit(request *http.Request) error {
	ctx := request.Context()
	err := c.paceOf(request).Wait(ctx)
	if err == nil && c.requests != nil {
		err = c.requests.Wait(ctx)
	}
	var held *transport.HeldError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &held):
		return &Error{Status: held.Status, Endpoint: endpointOf(request), Detail: held.Error(), RetryAfter: held.Wait}
	}
	return err
}

func (c *Client) paceOf(request *http.Request) *transport.Pace {
	return c.paces.Of(origin(request.URL))
}

// refusedForNow reports whether a status refuses a request only because of how many there are.
func refusedForNow(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// drain reads the little that is left of an answer, so that its connection
// serves the next request, and closes it.
func drain(response *http.Response) {
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10)
	response.Body.Close()
}

// apiRequest is the one place that adds a credential to a request.
func (c *Client) apiRequest(ctx context.Context, endpoint string, parameters url.Values) (*http.Request, error) {
	c.mu.Lock()
	base, credential := *c.base, c.credential
	c.mu.Unlock()

	prefix, header, value := credential.forOrigin(origin(&base))
	if !strings.HasSuffix(base.Path, prefix) {
		base.Path += prefix
	}
	base.Path += endpoint
	base.RawQuery = parameters.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", c.userAgent)
	request.Header.Set("Accept", "application/json, */*;q=0.1")
	if header != "" {
		request.Header.Set(header, value)
		c.warnOfClearText(&base)
	}
	return request, nil
}

// warnOfClearText warns, once for each origin, before a credential goes over http to
// another machine.
func (c *Client) warnOfClearText(base *url.URL) {
	if base.Scheme != "http" || isLoopback(base.Hostname()) {
		return
	}
	at := origin(base)
	c.mu.Lock()
	warned := c.clearText[at]
	if c.clearText == nil {
		c.clearText = map[string]bool{}
	}
	c.clearText[at] = true
	c.mu.Unlock()
	if !warned {
		c.log.Warn("the " + c.Caller() + " is sent to " + base.Host + " over http: everybody on the way can read it; use https")
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// bareRequest is a request to another origin than the API's: the object store's.
// It carries no credential.
func (c *Client) bareRequest(ctx context.Context, method, target string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return nil, &Error{Endpoint: method + " at the object store", Detail: "the archive gave no URL that can be used", Reason: InvalidAnswer}
	}
	request.Header.Set("User-Agent", c.userAgent)
	return request, nil
}
