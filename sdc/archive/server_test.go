package archive

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestServer(t *testing.T) {
	a := open(t, Options{Store: memory(magPath), Keys: []string{testKey}})
	for _, addr := range []string{"127.0.0.1:0", ":0"} {
		t.Run(addr, func(t *testing.T) {
			s, err := Listen(t.Context(), addr)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			served := make(chan error, 1)
			go func() { served <- s.Serve(ctx, a) }()

			base, err := url.Parse(s.URL())
			if err != nil || base.Hostname() != "127.0.0.1" || base.Path != "" {
				t.Fatalf("%s %v", s.URL(), err)
			}
			location := request(t, "GET", s.URL()+"/download/"+magPath, "").header.Get("Location")
			objects, err := url.Parse(location)
			if err != nil || objects.Hostname() != "127.0.0.1" || objects.Port() == base.Port() {
				t.Errorf("%s %v", location, err)
			}
			response, err := http.Get(location)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if err != nil || string(body) != magPath {
				t.Errorf("%q %v", body, err)
			}
			stop()
			if err := <-served; err != nil {
				t.Error(err)
			}
			noMore(t, s)
		})
	}
}

func TestServerThatIsStoppedBeforeItServes(t *testing.T) {
	a := open(t, Options{Store: memory()})
	s, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Serve(ctx, a); err != nil {
		t.Error(err)
	}
	noMore(t, s)
}

func TestServerThatNeverServes(t *testing.T) {
	s, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	noMore(t, s)
}

// noMore checks that a server does not listen any more. (Its port may be another's by now.)
func noMore(t testing.TB, s *Server) {
	t.Helper()
	for _, listener := range []net.Listener{s.api, s.objects} {
		if _, err := listener.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("%s still listens: %v", listener.Addr(), err)
		}
	}
}

func TestListenFails(t *testing.T) {
	s, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"127.0.0.1", strings.TrimPrefix(s.URL(), "http://")} {
		if _, err := Listen(t.Context(), addr); err == nil {
			t.Errorf("%s: no error", addr)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
