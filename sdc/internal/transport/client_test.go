package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// tripper answers requests in place of a network.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(r *http.Request, status int, body string, headers ...string) *http.Response {
	header := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}
}

func over(network tripper) Options {
	return Options{HTTP: &http.Client{Transport: network}, UserAgent: "test"}
}

// TestStatusError reads what servers say, in one line and without secrets.
func TestStatusError(t *testing.T) {
	for _, test := range []struct {
		name         string
		status       int
		body         string
		headers      []string
		detail, code string
		retryAfter   time.Duration
	}{
		{name: "a message in an object", status: 400, body: `{"message": "no such\n parameter"}`, detail: "no such  parameter"},
		{name: "an error in an object", status: 409, body: `{"error": "FileAlreadyExists"}`, detail: "FileAlreadyExists"},
		{name: "a JSON string", status: 400, body: `"valid are a, b"`, detail: "valid are a, b"},
		{name: "an object that says nothing", status: 500, body: `{"x": 1}`},
		{name: "a text", status: 404, body: "File not found", detail: "File not found"},
		{name: "an HTML page", status: 502, body: "<html><body>Bad gateway", detail: "an HTML page instead of an answer"},
		{name: "the object store", status: 403, body: `<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>Request has expired</Message></Error>`,
			detail: "Request has expired", code: "ExpiredToken"},
		{name: "a pause in seconds", status: 503, headers: []string{"Retry-After", "7"}, retryAfter: 7 * time.Second},
		{name: "a secret that the server repeats", status: 401, body: "no " + secret + " here", detail: "no … here"},
		{name: "what moves the cursor", status: 400, body: "\x1b[2Jx", detail: "\uFFFD[2Jx"},
		{name: "nothing", status: 500},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, "https://api.test", secret, "", over(func(r *http.Request) (*http.Response, error) {
				return answer(r, test.status, test.body, test.headers...), nil
			}))
			response, err := c.Get(t.Context(), "/query", url.Values{"a": {"b"}})
			if err != nil {
				t.Fatal(err)
			}
			got := c.StatusError(response)
			Drain(response)
			want := fmt.Sprintf("GET https://api.test/api-key/query: %d %s", test.status, http.StatusText(test.status))
			if test.detail != "" {
				want += ": " + test.detail
			}
			if got.Detail != test.detail || got.Code != test.code || got.RetryAfter != test.retryAfter || got.Error() != want {
				t.Errorf("%+v, %v, want %s", got, got, want)
			}
		})
	}
}

// TestRequestsThatFail: the error says what broke, without the URL's signature, and
// whether it is tried again.
func TestRequestsThatFail(t *testing.T) {
	signed := "https://store.test/x?X-Amz-Signature=sigsecret"
	for _, test := range []struct {
		name   string
		err    error
		detail string
		class  RetryClass
	}{
		{"a reset", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, "read: connection reset by peer", RetryLater},
		{"nobody listens", &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, "dial: connection refused", RetryLater},
		{"an end", io.ErrUnexpectedEOF, "the connection ended before the answer did", RetryLater},
		{"no such host", &net.DNSError{Err: "no such host", Name: "store.test", IsNotFound: true}, "no address found for store.test", RetryNever},
		{"a name server that fails", &net.DNSError{Err: "server misbehaving", Name: "store.test"}, "no address found for store.test", RetryLater},
		{"a Location that is none", errors.New(`failed to parse Location header "` + signed + `"`), `failed to parse Location header "https://store.test/x?X-Amz-Signature=…"`, RetryNever},
		{"a setting", &SettingError{"HTTPS_PROXY", errors.New("it must be a URL")}, "HTTPS_PROXY: it must be a URL", RetryNever},
		{"a proxy that refuses", &ProxyError{Variable: "HTTPS_PROXY", Proxy: "p:1", Status: 407}, "the proxy p:1 (HTTPS_PROXY) answered 407 Proxy Authentication Required", RetryNever},
		{"a proxy that fails", &ProxyError{Variable: "HTTPS_PROXY", Proxy: "p:1", Err: syscall.ECONNRESET}, "the proxy p:1 (HTTPS_PROXY) failed: connection reset by peer", RetryLater},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, "https://api.test", "", "", over(func(*http.Request) (*http.Response, error) { return nil, test.err }))
			request, err := c.NewRequest(t.Context(), http.MethodGet, signed, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.Send(request)
			var failure *Error
			if !errors.As(err, &failure) || failure.Status != 0 || failure.Detail != test.detail || failure.Endpoint != "GET https://store.test/x" {
				t.Fatalf("%+v", err)
			}
			if got := retryClassOf(err); got != test.class || strings.Contains(fmt.Sprintf("%v %+v", err, failure.Err), "sigsecret") {
				t.Errorf("class %d, want %d: %v", got, test.class, err)
			}
		})
	}
}

// TestLostName: the address of a host that had answered is looked for again.
func TestLostName(t *testing.T) {
	gone := false
	c := newClient(t, "https://api.test", "", "", over(func(r *http.Request) (*http.Response, error) {
		if gone {
			return nil, &net.DNSError{Err: "no such host", Name: "api.test", IsNotFound: true}
		}
		return answer(r, 200, "[]"), nil
	}))
	if _, err := c.Get(t.Context(), "/query", nil); err != nil {
		t.Fatal(err)
	}
	gone = true
	if _, err := c.Get(t.Context(), "/query", nil); retryClassOf(err) != RetryLater {
		t.Errorf("%v", err)
	}
}

// TestErrorsAreWrapped: every failure, of a body too, passes through Options.WrapError.
func TestErrorsAreWrapped(t *testing.T) {
	type own struct{ error }
	o := over(func(r *http.Request) (*http.Response, error) {
		response := answer(r, 200, "")
		response.Body = io.NopCloser(io.MultiReader(strings.NewReader("begun"), failingReader{io.ErrUnexpectedEOF}))
		return response, nil
	})
	o.WrapError = func(e *Error) error { return own{e} }
	c := newClient(t, "https://api.test", "", "", o)
	response, err := c.Get(t.Context(), "/query", nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	var wrapped own
	if string(text) != "begun" || !errors.As(err, &wrapped) {
		t.Errorf("%q %v", text, err)
	}
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// TestEndOfTheContext is told by its cause, not as a failure of the server.
func TestEndOfTheContext(t *testing.T) {
	stopped := errors.New("^C")
	ctx, stop := context.WithCancelCause(t.Context())
	c := newClient(t, "https://api.test", "", "", over(func(r *http.Request) (*http.Response, error) {
		stop(stopped)
		return nil, r.Context().Err()
	}))
	for range 2 { // the second time it is over before anything is sent
		if _, err := c.Get(ctx, "/query", nil); err != stopped {
			t.Errorf("%v", err)
		}
	}
}

// endless is a body whose bytes come one by one, each after a wait, until its request ends.
type endless struct {
	ctx  context.Context
	wait time.Duration // 0: none ever comes
}

func (e endless) Read(p []byte) (int, error) {
	if e.wait == 0 {
		<-e.ctx.Done()
		return 0, e.ctx.Err()
	}
	if err := Sleep(e.ctx, e.wait); err != nil {
		return 0, e.ctx.Err()
	}
	return 1, nil
}

// TestStalls: silence and crawling end a request, in both directions; what is fast enough
// and what waits for the client's own limit do not.
func TestStalls(t *testing.T) {
	for _, test := range []struct {
		name string
		wait time.Duration // between the bytes
		rate int64         // the client's own limit, bytes a second
		ends time.Duration // 0: it does not within an hour
	}{
		{name: "silence", ends: stallWindow},
		{name: "a byte a second", wait: time.Second, ends: stallWindow},
		{name: "just under the floor", wait: stallWindow/stallFloor + time.Microsecond, ends: stallWindow},
		{name: "over the floor", wait: stallWindow / stallFloor / 2},
		{name: "the client's own limit", wait: time.Microsecond, rate: 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := over(func(r *http.Request) (*http.Response, error) {
					response := answer(r, 200, "")
					response.Body = io.NopCloser(endless{r.Context(), test.wait})
					return response, nil
				})
				o.MaxRate = test.rate
				c := newClient(t, "https://api.test", "", "", o)
				response, err := c.Get(t.Context(), "/query", nil)
				if err != nil {
					t.Fatal(err)
				}
				defer response.Body.Close()
				began := time.Now()
				one := make([]byte, 1)
				for err == nil && time.Since(began) < 2*stallWindow {
					_, err = response.Body.Read(one)
				}
				switch {
				case test.ends == 0 && err != nil:
					t.Errorf("ended after %v: %v", time.Since(began), err)
				case test.ends > 0 && (!errors.Is(err, errStalled) || retryClassOf(err) != RetryLater || time.Since(began) > test.ends+time.Second):
					t.Errorf("after %v: %v", time.Since(began), err)
				}
			})
		})
	}
	t.Run("sending", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c := newClient(t, "https://api.test", "", "", over(func(r *http.Request) (*http.Response, error) {
				_, err := io.Copy(io.Discard, r.Body) // until it is ended
				return nil, err
			}))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			request, err := c.NewRequest(ctx, http.MethodPut, "https://store.test/x", endless{wait: 0, ctx: ctx})
			if err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() {
				_, err := c.Send(request)
				done <- err
			}()
			time.Sleep(stallWindow + time.Second)
			cancel() // the body that nobody fills; the request has ended before
			if err := <-done; !errors.Is(err, errStalled) {
				t.Errorf("%v", err)
			}
		})
	})
}

// TestSharedPause: after a refusal for now, the next request to the origin waits.
func TestSharedPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		c := newClient(t, "https://api.test", "", "", over(func(r *http.Request) (*http.Response, error) {
			if asked.Add(1) == 1 {
				return answer(r, 429, "", "Retry-After", "20"), nil
			}
			return answer(r, 200, ""), nil
		}))
		began := time.Now()
		first, err := c.Get(t.Context(), "/query", nil)
		if err != nil || first.StatusCode != 429 {
			t.Fatal(err)
		}
		if e := c.StatusError(first); e.pace == nil || e.RetryAfter != 20*time.Second {
			t.Errorf("%+v", e)
		}
		second, err := c.Get(t.Context(), "/query", nil)
		if err != nil || second.StatusCode != 200 || time.Since(began) < 20*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // one that is too long is not waited for
		var asked atomic.Int64
		c := newClient(t, "https://api.test", "", "", over(func(r *http.Request) (*http.Response, error) {
			asked.Add(1)
			return answer(r, 503, "", "Retry-After", "3600"), nil
		}))
		for range 2 {
			_, err := Retry(t.Context(), ForTransfers(), func() (int, error) {
				response, err := c.Get(t.Context(), "/query", nil)
				if err == nil {
					err = c.StatusError(response)
				}
				return 0, err
			})
			var wait *LongWaitError
			if !errors.As(err, &wait) || wait.Limit != 2*time.Minute || !strings.Contains(err.Error(), "asks to wait") {
				t.Errorf("%v", err)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times", asked.Load())
		}
	})
}

// TestRequestLimit spreads requests evenly.
func TestRequestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := over(func(r *http.Request) (*http.Response, error) { return answer(r, 200, ""), nil })
		o.MaxRequests = 2
		c := newClient(t, "https://api.test", "", "", o)
		began := time.Now()
		for range 11 {
			if _, err := c.Get(t.Context(), "/query", nil); err != nil {
				t.Fatal(err)
			}
		}
		if lasted := time.Since(began); lasted != 5*time.Second {
			t.Errorf("11 requests at 2 a second took %v", lasted)
		}
	})
}

// TestLog: the parameters of the API's questions are logged, those of other requests never.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	o := over(func(r *http.Request) (*http.Response, error) { return answer(r, 200, ""), nil })
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	c := newClient(t, "https://api.test", secret, "", o)
	if _, err := c.Get(t.Context(), "/query", url.Values{"instrument": {"mag"}, "a": {"1", "2"}}); err != nil {
		t.Fatal(err)
	}
	request, err := c.NewRequest(t.Context(), http.MethodGet, "https://me:pw@store.test/x?X-Amz-Signature=sigsecret", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(request); err != nil {
		t.Fatal(err)
	}
	text := log.String()
	if !strings.Contains(text, "/api-key/query?a=1,2&instrument=mag") || !strings.Contains(text, "https://store.test/x") {
		t.Errorf("log: %s", text)
	}
	for _, hidden := range []string{secret, "sigsecret", "pw"} {
		if strings.Contains(text, hidden) {
			t.Errorf("%q is in the log: %s", hidden, text)
		}
	}
	if request.Header.Get("User-Agent") != "test" {
		t.Error("no User-Agent")
	}
}
