package sdc

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestProxyThatRefuses: it is asked once for each transfer under way, not eight times
// for each file, and it is not the archive that refuses.
func TestProxyThatRefuses(t *testing.T) {
	for _, status := range []int{403, 407} {
		var asked atomic.Int64
		proxy := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(status)
		}))
		t.Setenv("HTTPS_PROXY", strings.Replace(proxy, "http://", "http://user:"+secret+"@", 1))
		client := newClient(t, Options{URL: "https://archive.test"})
		report, err := client.DownloadAll(t.Context(), manyNames(50), DownloadOptions{Concurrency: 2})
		var refused *Error
		if !errors.As(err, &refused) || refused.Reason != ProxyRefused || refused.Unauthorized() ||
			!strings.Contains(refused.Error(), "the proxy "+strings.TrimPrefix(proxy, "http://")+" (HTTPS_PROXY) answered 40") {
			t.Errorf("%v", err)
		}
		if len(report.With(Failed)) != 50 || asked.Load() > 4 {
			t.Errorf("%s, the proxy was asked %d times", report.Summary(), asked.Load())
		}
		noSecret(t, refused)
	}
}

func TestReasonsOfCertificates(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	for url, want := range map[string]Reason{secure.URL: Certificate, "https://archive.test": OtherHost} {
		given := &http.Client{}
		if want == OtherHost {
			given = secure.Client()
			given.Transport.(*http.Transport).DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, "tcp", secure.Listener.Addr().String())
			}
		}
		_, err := newClient(t, Options{URL: url, HTTP: given}).Query(t.Context(), Query{Filename: someName})
		if ReasonOf(err) != want || strings.Contains(err.Error(), "tried") {
			t.Errorf("%s: %q, %v", url, ReasonOf(err), err)
		}
	}
}

// TestVariableThatCannotBeUsed stops at once and is named.
func TestVariableThatCannotBeUsed(t *testing.T) {
	for variable, value := range map[string]string{"HTTPS_PROXY": "http://user:" + secret + "#@proxy:1", "SSL_CERT_FILE": t.TempDir() + "/missing"} {
		t.Run(variable, func(t *testing.T) {
			t.Setenv(variable, value)
			_, err := newClient(t, Options{URL: "https://archive.test"}).Query(t.Context(), Query{Filename: someName})
			if ReasonOf(err) != Environment || !strings.Contains(err.Error(), ": "+variable+": ") || strings.Contains(err.Error(), "tried") {
				t.Errorf("%q, %v", ReasonOf(err), err)
			}
			noSecret(t, err)
		})
	}
}
