package transport

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// API is the base URL of an archive's API, and the credentials of its caller. Each
// credential is bound to the origin that the base URL had when it was set, and is sent to
// no other.
type API struct {
	mu         sync.Mutex
	base       *url.URL
	key, token credential // where both are set, the key is sent
}

type credential struct{ secret, origin string }

// SetBase changes the base URL.
func (a *API) SetBase(base *url.URL) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.base = base
}

// Base is the base URL as text.
func (a *API) Base() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.base.String()
}

// Origin is the origin of the base URL, as [OriginOf] gives it.
func (a *API) Origin() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return OriginOf(a.base)
}

// SetKey binds an API key to the origin of the base URL; empty removes it.
func (a *API) SetKey(key string) error { return a.set(&a.key, key) }

// SetToken binds an access token to the origin of the base URL; empty removes it.
func (a *API) SetToken(token string) error { return a.set(&a.token, token) }

func (a *API) set(c *credential, secret string) error {
	for i := range len(secret) {
		if secret[i] <= ' ' || secret[i] > '~' { // it cannot be sent in a header
			return errors.New("it holds a space, a line break or another character that a key never has; was it copied whole?")
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	*c = credential{secret, OriginOf(a.base)}
	return nil
}

// HasKey reports whether an API key is set, whatever its origin.
func (a *API) HasKey() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.key.secret != ""
}

// HasToken reports whether an access token is set, whatever its origin.
func (a *API) HasToken() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.token.secret != ""
}

// Caller is who a request to the API comes from.
type Caller string

// The callers.
const (
	Anonymous Caller = "anonymous"
	WithKey   Caller = "API key"
	WithToken Caller = "access token"
)

// Caller is who a request to the API comes from, at its present base URL.
func (a *API) Caller() Caller {
	a.mu.Lock()
	defer a.mu.Unlock()
	caller, _ := a.caller()
	return caller
}

// caller also gives the secret that shows who it is.
func (a *API) caller() (Caller, string) {
	switch origin := OriginOf(a.base); {
	case a.key.secret != "" && a.key.origin == origin:
		return WithKey, a.key.secret
	case a.token.secret != "" && a.token.origin == origin:
		return WithToken, a.token.secret
	}
	return Anonymous, ""
}

// secrets are the credentials that are set, whatever their origin.
func (a *API) secrets() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var secrets []string
	for _, c := range []credential{a.key, a.token} {
		if c.secret != "" {
			secrets = append(secrets, c.secret)
		}
	}
	return secrets
}

// OriginOf is the scheme, host and port of a URL, the port always spelt out.
func OriginOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// apiRequest makes a request to the API. No other place adds a credential to a request.
func (c *Client) apiRequest(ctx context.Context, endpoint string, parameters url.Values) (*http.Request, error) {
	c.mu.Lock()
	base := *c.base
	caller, secret := c.caller()
	c.mu.Unlock()

	prefix := map[Caller]string{WithKey: "/api-key", WithToken: "/authorized"}[caller]
	if !strings.HasSuffix(base.Path, prefix) {
		base.Path += prefix
	}
	base.Path += endpoint
	base.RawQuery = parameters.Encode()
	request, err := c.NewRequest(ctx, http.MethodGet, base.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json, */*;q=0.1")
	switch caller {
	case WithKey:
		request.Header.Set("x-api-key", secret)
	case WithToken:
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	if caller != Anonymous {
		c.warnOfClearText(caller, &base)
	}
	return request, nil
}

// warnOfClearText warns, once for each origin, before a credential goes over http to
// another machine.
func (c *Client) warnOfClearText(caller Caller, base *url.URL) {
	if base.Scheme != "http" || isLoopback(base.Hostname()) {
		return
	}
	if _, warned := c.clearText.LoadOrStore(OriginOf(base), true); !warned {
		c.log.Warn("the " + string(caller) + " is sent to " + base.Host + " over http: everybody on the way can read it; use https")
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
