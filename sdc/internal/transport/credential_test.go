package transport

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// newClient is a client of an API, with a key and a token for its origin.
func newClient(t testing.TB, base, key, token string, o Options) *Client {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(o)
	c.SetBase(u)
	for _, err := range []error{c.SetKey(key), c.SetToken(token)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// TestCredentialOfARequest: an API key wins over a token, each has its path prefix, and
// neither goes to another origin than its own.
func TestCredentialOfARequest(t *testing.T) {
	for _, test := range []struct {
		name             string
		base, key, token string
		moved            string // the base URL after the credentials were set; empty: the same
		url              string
		header           http.Header
		caller           Caller
	}{
		{name: "none", base: "https://api.test", url: "https://api.test/query?table=spice", caller: Anonymous},
		{name: "key", base: "https://api.test", key: secret, url: "https://api.test/api-key/query?table=spice",
			header: http.Header{"X-Api-Key": {secret}}, caller: WithKey},
		{name: "token", base: "https://api.test", token: secret, url: "https://api.test/authorized/query?table=spice",
			header: http.Header{"Authorization": {"Bearer " + secret}}, caller: WithToken},
		{name: "both", base: "https://api.test", key: secret, token: "other", url: "https://api.test/api-key/query?table=spice",
			header: http.Header{"X-Api-Key": {secret}}, caller: WithKey},
		{name: "prefix in the base URL", base: "https://api.test/api-key", key: secret, url: "https://api.test/api-key/query?table=spice",
			header: http.Header{"X-Api-Key": {secret}}, caller: WithKey},
		{name: "the port spelt out", base: "https://api.test", key: secret, moved: "https://API.test:443", url: "https://API.test:443/api-key/query?table=spice",
			header: http.Header{"X-Api-Key": {secret}}, caller: WithKey},
		{name: "another host", base: "https://api.test", key: secret, moved: "https://other.test", url: "https://other.test/query?table=spice", caller: Anonymous},
		{name: "another port", base: "https://api.test", token: secret, moved: "https://api.test:8443", url: "https://api.test:8443/query?table=spice", caller: Anonymous},
		{name: "another scheme", base: "https://api.test", key: secret, moved: "http://api.test:443", url: "http://api.test:443/query?table=spice", caller: Anonymous},
		{name: "loopback by another name", base: "http://127.0.0.1:80", key: secret, moved: "http://localhost:80", url: "http://localhost:80/query?table=spice", caller: Anonymous},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, test.base, test.key, test.token, Options{})
			if test.moved != "" {
				u, err := url.Parse(test.moved)
				if err != nil {
					t.Fatal(err)
				}
				c.SetBase(u)
			}
			request, err := c.apiRequest(t.Context(), "/query", url.Values{"table": {"spice"}})
			if err != nil || request.URL.String() != test.url || c.Caller() != test.caller {
				t.Fatalf("%v %v %v, want %s and %s", request.URL, c.Caller(), err, test.url, test.caller)
			}
			for _, name := range []string{"X-Api-Key", "Authorization"} {
				if got, want := request.Header.Get(name), test.header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

// TestStoreRequestsHaveNoCredential: not even at the API's own origin.
func TestStoreRequestsHaveNoCredential(t *testing.T) {
	c := newClient(t, "https://api.test", secret, secret, Options{UserAgent: "test"})
	request, err := c.NewRequest(t.Context(), http.MethodGet, "https://api.test/object", nil)
	if err != nil || strings.Contains(strings.Join(append(request.Header["X-Api-Key"], request.Header["Authorization"]...), ""), secret) {
		t.Errorf("%v %v", request.Header, err)
	}
}

// TestSecretsThatNoHeaderHolds are refused without being repeated.
func TestSecretsThatNoHeaderHolds(t *testing.T) {
	a := newAPI(t, "", "")
	for _, text := range []string{"a b", "a\n", "ä", "\x7f"} {
		if err := a.SetKey(text); err == nil || strings.Contains(err.Error(), text) || a.HasKey() {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestCredentialInClearText: the client warns once for each host, before it is sent.
func TestCredentialInClearText(t *testing.T) {
	for base, want := range map[string]int{
		"http://archive.test": 1, "http://192.0.2.7:8080": 1, "https://archive.test": 0, "http://127.0.0.1:1": 0, "http://localhost:1": 0, "http://[::1]:1": 0,
	} {
		for _, key := range []string{secret, ""} {
			if key == "" {
				want = 0
			}
			var log bytes.Buffer
			c := newClient(t, base, key, "", Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
			for range 2 {
				if _, err := c.apiRequest(t.Context(), "/query", nil); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Count(log.String(), "over http: everybody on the way can read it"); got != want || strings.Contains(log.String(), secret) {
				t.Errorf("%s, key %t: warned %d times, want %d\n%s", base, key != "", got, want, log.String())
			}
		}
	}
}
