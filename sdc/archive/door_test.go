package archive

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestReadOnlyKey(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath), ReadKeys: []string{"reader"}})
	for path, want := range map[string]int{"/api-key/query": 200, "/api-key/download/" + magPath: 302, "/api-key/upload/" + newName: 403} {
		got := request(t, "GET", o.api+path, "", "x-api-key", "reader")
		if got.status != want || want == 403 && !strings.Contains(got.body, "Upload access denied. Your API key has read-only permissions.") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

func TestUploadsAreBounded(t *testing.T) {
	o := serve(t, Options{Store: memory(), MaxUpload: 5})
	url := o.uploadURL(t, newName)
	if got := request(t, "PUT", url, "123456"); got.status != 413 || !strings.Contains(got.body, "6 bytes, but this archive takes 5 at most") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := request(t, "PUT", url, "12345"); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// small is a store whose disk has one byte left.
type small struct{ Store }

func (small) Free() (int64, bool) { return 1, true }

// TestSpaceIsLookedAtFirst: not a byte of the body is waited for.
func TestSpaceIsLookedAtFirst(t *testing.T) {
	o := serve(t, Options{Store: small{memory()}})
	if got := request(t, "PUT", o.uploadURL(t, newName), "12"); got.status != 507 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if free, known := dirStoreOf(t, t.TempDir()).(*dirStore).Free(); known && free <= 0 {
		t.Errorf("%d bytes free", free)
	}
}

// TestUploadThatStandsStill: a body that does not come is given up.
func TestUploadThatStandsStill(t *testing.T) {
	dir := t.TempDir()
	a := open(t, Options{Store: dirStoreOf(t, dir)})
	a.stall = time.Millisecond
	server := httptest.NewServer(a.Objects())
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	target := strings.TrimPrefix(a.signer.sign("http://x", "PUT", newPath), "http://x")
	if _, err := fmt.Fprintf(conn, "PUT %s HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nshort", target); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != 400 {
		t.Fatalf("%v %v", answer, err)
	}
	noTemporaryFiles(t, dir, 0)
}

// deadlines counts the write deadlines that are set.
type deadlines struct {
	*httptest.ResponseRecorder
	set int
}

func (d *deadlines) SetWriteDeadline(time.Time) error { d.set++; return nil }

// TestSlowTransferThatMoves: each piece has a deadline of its own, so that no transfer ends
// because it is long.
func TestSlowTransferThatMoves(t *testing.T) {
	content := strings.Repeat("x", 4*piece+1)
	for name, send := range map[string]func(w http.ResponseWriter) (int64, error){
		"write": func(w http.ResponseWriter) (int64, error) {
			n, err := w.Write([]byte(content))
			return int64(n), err
		},
		"file": func(w http.ResponseWriter) (int64, error) {
			return w.(io.ReaderFrom).ReadFrom(strings.NewReader(content))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
			n, err := send(&watchedWriter{d, http.NewResponseController(d), time.Minute})
			if err != nil || int(n) != len(content) || d.Body.String() != content {
				t.Errorf("%d bytes, %v", n, err)
			}
			if d.set < 5 {
				t.Errorf("%d deadlines for %d pieces", d.set, 5)
			}
		})
	}
}

// TestServersThatStartAtOnce share a directory that has no catalog yet.
func TestServersThatStartAtOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, magPath, magPath)
	catalog := filepath.Join(dir, ".imapsh", "catalog.sqlite")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			store, err := NewDirStore(dir)
			if err != nil {
				t.Error(err)
				return
			}
			a, err := Open(context.Background(), Options{Store: store, Catalog: catalog})
			if err != nil {
				t.Error(err)
				return
			}
			_ = a.Close()
		})
	}
	group.Wait()
}

// TestDoor: both ports speak TLS, and the objects have the URL that is given.
func TestDoor(t *testing.T) {
	lender := httptest.NewTLSServer(nil)
	certificate, client := lender.TLS.Certificates[0], lender.Client()
	lender.Close()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	a := open(t, Options{Store: memory(magPath)})
	for name, publicURL := range map[string]string{"own": "", "public": "https://objects.example.org/bucket/"} {
		t.Run(name, func(t *testing.T) {
			s, err := ListenWith(t.Context(), ListenOptions{Addr: "127.0.0.1:0", ObjectsAddr: "127.0.0.1:0", ObjectsURL: publicURL, Certificate: &certificate})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			served := make(chan error, 1)
			go func() { served <- s.Serve(ctx, a) }()
			response, err := client.Get(s.URL() + "/download/" + magPath)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			location := response.Header.Get("Location")
			want := publicURL
			if want == "" {
				want = "https://" + s.objects.Addr().String() + "/"
				object, err := client.Get(location)
				if err != nil {
					t.Fatal(err)
				}
				if body, err := io.ReadAll(object.Body); err != nil || string(body) != magPath {
					t.Errorf("%q %v", body, err)
				}
				object.Body.Close()
			}
			if !strings.HasPrefix(s.URL(), "https://") || !strings.HasPrefix(location, want+"imap/") {
				t.Errorf("%s %s, want %s", s.URL(), location, want)
			}
			client.CloseIdleConnections()
			stop()
			if err := <-served; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestBeyond(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:0": false, ":0": true} {
		s, err := Listen(t.Context(), addr)
		if err != nil {
			t.Fatal(err)
		}
		for _, url := range s.Beyond() {
			if !want || strings.Contains(url, "127.0.0.1") || !strings.HasPrefix(url, "http://") {
				t.Errorf("%s: %s", addr, url)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
