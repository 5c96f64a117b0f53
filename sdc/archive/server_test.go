package archive

import (
	"context"
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
			s, err := Listen(t.Context(), a, addr)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			served := make(chan error, 1)
			go func() { served <- s.Serve(ctx) }()

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
			if conn, err := net.Dial("tcp", base.Host); err == nil {
				conn.Close()
				t.Error("it still listens")
			}
		})
	}
}

func TestServerThatIsStoppedBeforeItServes(t *testing.T) {
	a := open(t, Options{Store: memory()})
	s, err := Listen(t.Context(), a, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Serve(ctx); err != nil {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", s.api.Addr().String()); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
}

func TestListenFails(t *testing.T) {
	a := open(t, Options{Store: memory()})
	s, err := Listen(t.Context(), a, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"127.0.0.1", strings.TrimPrefix(s.URL(), "http://")} {
		if _, err := Listen(t.Context(), a, addr); err == nil {
			t.Errorf("%s: no error", addr)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Serve(ctx); err != nil {
		t.Error(err)
	}
}
