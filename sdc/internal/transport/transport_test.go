package transport

import (
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func environment(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func TestProxyOfARequest(t *testing.T) {
	for _, test := range []struct {
		name      string
		variables map[string]string
		url       string
		want      string // the proxy's URL, or part of the error
	}{
		{"none", nil, "https://archive.test/", ""},
		{"https", map[string]string{"HTTPS_PROXY": "http://p:1"}, "https://archive.test/", "http://p:1"},
		{"https, for http", map[string]string{"HTTPS_PROXY": "http://p:1"}, "http://archive.test/", ""},
		{"http", map[string]string{"http_proxy": "p:1"}, "http://archive.test/", "http://p:1"},
		{"all", map[string]string{"ALL_PROXY": "socks5://p:1"}, "https://archive.test/", "socks5://p:1"},
		{"all, for http", map[string]string{"all_proxy": "p:1"}, "http://archive.test/", "http://p:1"},
		{"all and https", map[string]string{"ALL_PROXY": "http://a:1", "HTTPS_PROXY": "http://p:1"}, "https://archive.test/", "http://p:1"},
		{"small letters win", map[string]string{"HTTPS_PROXY": "http://a:1", "https_proxy": "http://p:1"}, "https://archive.test/", "http://p:1"},
		{"except", map[string]string{"ALL_PROXY": "http://p:1", "NO_PROXY": ".test"}, "https://archive.test/", ""},
		{"loopback", map[string]string{"ALL_PROXY": "http://p:1"}, "http://127.0.0.1:80/", ""},
		{"password", map[string]string{"HTTPS_PROXY": "http://u:a%23b@p:1"}, "https://archive.test/", "http://u:a%23b@p:1"},
		{"#", map[string]string{"HTTPS_PROXY": "http://u:se#cret@p:1"}, "https://archive.test/", "HTTPS_PROXY: a # in the user or password of a proxy must be written %23"},
		{"# after digits", map[string]string{"all_proxy": "http://u:12#cret@p:1"}, "https://archive.test/", "all_proxy: a # "},
		{"#, where it is not used", map[string]string{"HTTPS_PROXY": "http://u:se#cret@p:1", "NO_PROXY": "archive.test"}, "https://archive.test/", ""},
		{"/", map[string]string{"HTTPS_PROXY": "http://u:se/cret@p:1"}, "https://archive.test/", "HTTPS_PROXY: it must be a URL such as"},
		{"/ after digits", map[string]string{"HTTPS_PROXY": "http://u:12/cret@p:1"}, "https://archive.test/", "HTTPS_PROXY: it must be a URL such as"},
		{"scheme", map[string]string{"HTTPS_PROXY": "ftp://p:1"}, "https://archive.test/", `the scheme "ftp"`},
		{"nothing", map[string]string{"HTTPS_PROXY": "http://"}, "https://archive.test/", "it must be a URL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			target, _ := url.Parse(test.url)
			proxy, err := newProxies(environment(test.variables)).of(&http.Request{URL: target})
			got := ""
			switch {
			case err != nil:
				got = err.Error()
			case proxy != nil:
				got = proxy.String()
			}
			if !strings.HasPrefix(got, test.want) && !strings.Contains(got, test.want) || test.want == "" && got != "" || strings.Contains(got, "cret") {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestProxyThatFails: its failures are told from those of the server behind it.
func TestProxyThatFails(t *testing.T) {
	for _, test := range []struct {
		target  string
		status  int // of the proxy; 0: nobody listens
		want    string
		refused bool
	}{
		{"https://archive.test/", 407, "(HTTPS_PROXY) answered 407 Proxy Authentication Required for archive.test:443", true},
		{"https://archive.test/", 403, "(HTTPS_PROXY) answered 403 Forbidden for archive.test:443", true},
		{"https://archive.test/", 502, "(HTTPS_PROXY) answered 502 Bad Gateway for archive.test:443", false},
		{"http://archive.test/", 407, "(HTTP_PROXY) answered 407 Proxy Authentication Required", true},
		{"https://archive.test/", 0, "(HTTPS_PROXY) failed: dial tcp", false},
		{"http://archive.test/", 0, "(HTTP_PROXY) failed: dial tcp", false},
	} {
		t.Run(fmt.Sprint(test.target, test.status), func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(test.status) }))
			defer server.Close()
			if test.status == 0 {
				server.Close()
			}
			proxy := strings.Replace(server.URL, "http://", "http://user:cret@", 1)
			transport := New(1, environment(map[string]string{"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy}))
			defer transport.CloseIdleConnections()
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, test.target, nil)
			_, err := transport.RoundTrip(request)
			var failure *ProxyError
			if !errors.As(err, &failure) || failure.Refused() != test.refused {
				t.Fatalf("%v", err)
			}
			host := strings.TrimPrefix(server.URL, "http://")
			if text := failure.Error(); !strings.HasPrefix(text, "the proxy "+host+" "+test.want) || strings.Contains(text, "cret") {
				t.Errorf("%s\nwant the proxy %s %s", text, host, test.want)
			}
		})
	}
}

func TestCertificatesOfTheEnvironment(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	server.Config.ErrorLog = nil
	dir, empty := t.TempDir(), t.TempDir()
	bundle := filepath.Join(dir, "bundle.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for name, content := range map[string][]byte{bundle: text, filepath.Join(dir, "README"): []byte("no certificate")} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	missing := filepath.Join(empty, "missing.pem")
	for _, test := range []struct {
		name      string
		variables map[string]string
		want      string // part of the error; empty: trusted
	}{
		{"none", nil, "unknown authority"},
		{"file", map[string]string{"SSL_CERT_FILE": bundle}, ""},
		{"bundle of requests", map[string]string{"REQUESTS_CA_BUNDLE": bundle}, ""},
		{"bundle of curl", map[string]string{"CURL_CA_BUNDLE": bundle}, ""},
		{"directory of requests", map[string]string{"REQUESTS_CA_BUNDLE": dir}, ""},
		{"directory", map[string]string{"SSL_CERT_DIR": dir}, ""},
		{"directories", map[string]string{"SSL_CERT_DIR": empty + string(os.PathListSeparator) + dir}, ""},
		{"the first wins", map[string]string{"SSL_CERT_FILE": bundle, "REQUESTS_CA_BUNDLE": missing}, ""},
		{"the directory adds", map[string]string{"SSL_CERT_FILE": bundle, "SSL_CERT_DIR": empty}, ""},
		{"missing file", map[string]string{"SSL_CERT_FILE": missing}, "SSL_CERT_FILE: open " + missing},
		{"missing bundle", map[string]string{"CURL_CA_BUNDLE": missing}, "CURL_CA_BUNDLE: open " + missing},
		{"missing directory", map[string]string{"SSL_CERT_DIR": missing}, "SSL_CERT_DIR: open " + missing},
		{"no certificate", map[string]string{"SSL_CERT_FILE": filepath.Join(dir, "README")}, "holds no certificate in PEM form"},
		{"no certificate in a directory", map[string]string{"REQUESTS_CA_BUNDLE": empty}, "holds no certificate in PEM form"},
	} {
		t.Run(test.name, func(t *testing.T) {
			transport := New(1, environment(test.variables))
			defer transport.CloseIdleConnections()
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
			response, err := transport.RoundTrip(request)
			if err == nil {
				response.Body.Close()
			}
			if got := fmt.Sprint(err); test.want == "" && err != nil || !strings.Contains(got, test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// TestCertificatesDoNotMatterWithoutTLS: a wrong variable does not stop http.
func TestCertificatesDoNotMatterWithoutTLS(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	transport := New(1, environment(map[string]string{"SSL_CERT_FILE": "/nowhere"}))
	defer transport.CloseIdleConnections()
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}
