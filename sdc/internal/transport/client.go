package transport

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Options configure a [Client].
type Options struct {
	HTTP        *http.Client       // nil: one with the limits of this package; its redirect policy is replaced
	IdlePerHost int                // unused connections that are kept to each host, where HTTP is nil
	UserAgent   string             // empty: none is sent
	Log         *slog.Logger       // nil: nothing is logged
	MaxRate     int64              // bytes a second, of all transfers together; 0: no limit
	MaxRequests float64            // requests a second, to all servers together; 0: no limit
	WrapError   func(*Error) error // makes the error that callers get of a request that failed; nil: the *Error itself
}

// Client sends requests: to the API, with the caller's credential, and to object stores,
// with none. Each keeps to the pace of its origin and to the client's limits, and ends when
// its bytes stop coming. Several goroutines may use a Client at once.
type Client struct {
	API // where the API is, and who asks

	http      *http.Client
	userAgent string
	log       *slog.Logger
	bytes     *rate.Limiter // nil: no limit
	requests  *rate.Limiter // likewise
	wrapError func(*Error) error
	paces     Paces
	clearText sync.Map // origins of http for which the warning about credentials was logged
}

// NewClient makes a client; no connection is opened before its first request.
func NewClient(o Options) *Client {
	c := &Client{
		http: &http.Client{}, userAgent: o.UserAgent, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		bytes: ByteLimit(o.MaxRate), requests: RequestLimit(o.MaxRequests), wrapError: o.WrapError,
	}
	if c.wrapError == nil {
		c.wrapError = func(e *Error) error { return e }
	}
	if o.HTTP != nil {
		*c.http = *o.HTTP
	} else {
		c.http.Transport = New(o.IdlePerHost, os.Getenv)
	}
	// No redirect is followed here: where one leads decides what may be sent along.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// CloseIdleConnections closes the connections that no request uses.
func (c *Client) CloseIdleConnections() { c.http.CloseIdleConnections() }

// Get sends one GET request to the API, with the caller's credential. An answer of any
// status is no error; its body is the caller's to close. Errors, those of reading the body
// too, come from [Options.WrapError], or are the cause that ended ctx.
func (c *Client) Get(ctx context.Context, endpoint string, parameters url.Values) (*http.Response, error) {
	request, err := c.apiRequest(ctx, endpoint, parameters)
	if err != nil {
		return nil, err
	}
	return c.send(request, parameters)
}

// NewRequest makes a request to another origin than the API's, such as an object store.
// It carries no credential.
func (c *Client) NewRequest(ctx context.Context, method, target string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", c.userAgent)
	return request, nil
}

// Send sends a request that [Client.NewRequest] made. Answers and errors are those of
// [Client.Get]. The log shows no parameters, since they may be a signature.
func (c *Client) Send(request *http.Request) (*http.Response, error) { return c.send(request, nil) }

func (c *Client) send(request *http.Request, logged url.Values) (*http.Response, error) {
	if err := c.admit(request); err != nil {
		return nil, err
	}
	began := time.Now()
	watched, watchdog := watch(request, c.bytes)
	log := c.log.With("endpoint", c.Redact(EndpointOf(request)+query(logged)))
	response, err := c.http.Do(watched)
	if err != nil {
		err = c.requestError(watched, err)
		watchdog.stop()
		log.Info("request", "error", err, "duration", time.Since(began))
		return nil, err
	}
	pace := c.paceOf(request)
	if refusedForNow(response.StatusCode) {
		pace.Refused(response.StatusCode, began, retryAfter(response.Header, time.Now()))
	} else {
		pace.Answered()
	}
	response.Body = &watchedBody{body: response.Body, watchdog: watchdog, wrapError: func(err error) error {
		return c.requestError(watched, err)
	}}
	watchdog.start()
	log.Info("request", "status", response.StatusCode, "duration", time.Since(began))
	return response, nil
}

// query is the query string of a request as the log shows it.
func query(parameters url.Values) string {
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
	var held *HeldError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &held):
		return c.wrapError(&Error{Status: held.Status, Endpoint: EndpointOf(request), Detail: held.Error(), RetryAfter: held.Wait})
	}
	return err
}

func (c *Client) paceOf(request *http.Request) *Pace { return c.paces.Of(OriginOf(request.URL)) }

// Drain closes the body of an answer. It reads the little that is left of it first, so that
// its connection serves the next request.
func Drain(response *http.Response) {
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10)
	response.Body.Close()
}

// EndpointOf names a request in an error: its method and URL, without the query, which may
// hold a signature.
func EndpointOf(request *http.Request) string {
	shown := *request.URL
	shown.User = nil
	shown.RawQuery, shown.Fragment = "", ""
	return request.Method + " " + shown.String()
}
