package transport

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Transport makes connections within this package's limits, through the proxies and with
// the certificates that the environment names, which are read when they are first needed.
type Transport struct {
	*http.Transport
	getenv func(string) string

	read         sync.Once
	proxies      *proxies
	certificates error // why the certificates that the environment names cannot be read
}

// New makes a transport that keeps so many unused connections to each host.
func New(idlePerHost int, getenv func(string) string) *Transport {
	t := &Transport{getenv: getenv, Transport: Direct(idlePerHost)}
	t.Transport.Proxy = func(request *http.Request) (*url.URL, error) { return t.proxies.of(request) }
	return t
}

// Direct is one that knows no proxies and the system's certificates.
func Direct(idlePerHost int) *http.Transport {
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: time.Minute, // the API's own limit on a query is half a minute
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   idlePerHost, // the default of 2 would open a connection for nearly every file
		ForceAttemptHTTP2:     true,
		// A connection whose other end is gone is found out and given up, or all
		// tries would go to it: the machine slept, or changed networks.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second},
	}
}

// RoundTrip sends a request. Its errors may be a *SettingError or a *ProxyError.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	t.read.Do(t.readEnvironment)
	if t.certificates != nil && request.URL.Scheme == "https" {
		return nil, t.certificates
	}
	response, err := t.Transport.RoundTrip(request)
	if explained := t.proxies.failure(request, response, err); explained != nil {
		if err == nil {
			response.Body.Close()
		}
		return nil, explained
	}
	return response, nil
}

func (t *Transport) readEnvironment() {
	t.proxies = newProxies(t.getenv)
	t.Transport.OnProxyConnectResponse = t.proxies.connected
	pool, err := trusted(t.getenv)
	t.certificates = err
	if pool != nil {
		t.Transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
}
