package transport

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// proxies choose the proxy of a request by the conventional variables: HTTPS_PROXY or
// HTTP_PROXY, by the scheme of the request, else ALL_PROXY, and NO_PROXY; each in small
// letters too, which win.
type proxies struct {
	choose    func(*url.URL) (*url.URL, error)
	variables map[string]string // the variable that says it, by scheme
	invalid   map[string]error  // where that holds no URL, by scheme
}

func newProxies(getenv func(string) string) *proxies {
	p := &proxies{variables: map[string]string{}, invalid: map[string]error{}}
	first := func(names ...string) (name, value string) {
		for _, name := range names {
			for _, name := range []string{name, strings.ToUpper(name)} {
				if value := strings.TrimSpace(getenv(name)); value != "" {
					return name, value
				}
			}
		}
		return "", ""
	}
	chosen := map[string]string{}
	for _, scheme := range []string{"http", "https"} {
		name, value := first(scheme+"_proxy", "all_proxy")
		if value == "" {
			continue
		}
		p.variables[scheme] = name
		proxy, err := parseProxy(value)
		if err != nil {
			p.invalid[scheme] = &SettingError{name, err}
			proxy = &url.URL{Scheme: "http", Host: "invalid"} // it is never asked
		}
		chosen[scheme] = proxy.String()
	}
	_, except := first("no_proxy")
	config := httpproxy.Config{HTTPProxy: chosen["http"], HTTPSProxy: chosen["https"], NoProxy: except, CGI: getenv("REQUEST_METHOD") != ""}
	p.choose = config.ProxyFunc()
	return p
}

// of is the proxy of a request; nil for none.
func (p *proxies) of(request *http.Request) (*url.URL, error) {
	proxy, err := p.choose(request.URL)
	if proxy != nil && p.invalid[request.URL.Scheme] != nil {
		return nil, p.invalid[request.URL.Scheme]
	}
	return proxy, err
}

// parseProxy reads the URL of a proxy. Its errors do not repeat it, since it may hold a password.
func parseProxy(text string) (*url.URL, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	if strings.Contains(text, "#") {
		return nil, errors.New("a # in the user or password of a proxy must be written %23")
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.RawQuery != "" || strings.Contains(u.Path, "@") {
		return nil, errors.New("it must be a URL such as http://user:password@proxy.example:3128; # / ? @ in the user or password are written %23 %2F %3F %40")
	}
	if !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
		return nil, fmt.Errorf("the scheme %q is none of a proxy: must be http, https, socks5 or socks5h", u.Scheme)
	}
	return u, nil
}

// SettingError is a variable of the environment whose value cannot be used.
type SettingError struct {
	Variable string
	Err      error
}

func (e *SettingError) Error() string { return e.Variable + ": " + e.Err.Error() }
func (e *SettingError) Unwrap() error { return e.Err }

// ProxyError is a failure of a proxy, not of the server behind it.
type ProxyError struct {
	Variable string // that names the proxy
	Proxy    string // its host and port
	Target   string // the host that was wanted; empty where it does not matter
	Status   int    // of its answer; 0: none came
	Err      error  // the cause, where none came
}

func (e *ProxyError) Error() string {
	proxy := fmt.Sprintf("the proxy %s (%s)", e.Proxy, e.Variable)
	if e.Status == 0 {
		return fmt.Sprintf("%s failed: %v", proxy, e.Err)
	}
	text := fmt.Sprintf("%s answered %s", proxy, strings.TrimSpace(fmt.Sprint(e.Status, " ", http.StatusText(e.Status))))
	if e.Target != "" {
		text += " for " + e.Target
	}
	return text
}

func (e *ProxyError) Unwrap() error { return e.Err }

// Refused reports whether the proxy refuses what it was asked for, however often it is
// asked: it wants another user or password, or does not allow the host.
func (e *ProxyError) Refused() bool {
	return e.Status == http.StatusProxyAuthRequired || e.Status == http.StatusForbidden || e.Status == http.StatusUnauthorized ||
		errors.Is(e.Err, errSOCKSRefused)
}

var errSOCKSRefused = errors.New("it does not accept the user and password")

// connected looks at a proxy's answer to the request for a tunnel.
func (p *proxies) connected(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	e := p.newError("https", proxy)
	e.Status = answer.StatusCode
	if answer.Request != nil {
		e.Target = answer.Request.Host
	}
	return e
}

// failure finds the failures of a proxy among those of a round trip.
func (p *proxies) failure(request *http.Request, response *http.Response, err error) error {
	proxy, chooseErr := p.of(request)
	if proxy == nil || chooseErr != nil {
		return err
	}
	e := p.newError(request.URL.Scheme, proxy)
	var failed *net.OpError
	switch {
	case err == nil && response.StatusCode == http.StatusProxyAuthRequired:
		e.Status = response.StatusCode
		return e
	case err == nil || !errors.As(err, &failed):
		return err
	case failed.Op == "proxyconnect":
		if known := new(ProxyError); errors.As(failed.Err, &known) {
			return known
		}
		e.Err = failed.Err
		return e
	case strings.HasPrefix(failed.Op, "socks"):
		e.Err = failed.Err
		if text := failed.Err.Error(); strings.Contains(text, "authentication") {
			e.Err = errSOCKSRefused
		}
		return e
	}
	return err
}

func (p *proxies) newError(scheme string, proxy *url.URL) *ProxyError {
	return &ProxyError{Variable: cmp.Or(p.variables[scheme], "proxy"), Proxy: proxy.Host}
}
