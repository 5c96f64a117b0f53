package sdc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"imapsh/naming"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
)

// realArchive serves files with the server's own code, on two ports, and counts
// the connections to both.
func realArchive(t testing.TB, paths []string, content func(path string) []byte, wrap func(http.Handler) http.Handler) (api string, connections *atomic.Int64) {
	t.Helper()
	a := archivetest.Open(t, archive.Options{Keys: []string{secret}, Store: archive.NewMemStore(func(yield func(archive.MemFile) bool) {
		for _, path := range paths {
			file := archive.MemFile{Path: path, ModTime: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Bytes: func() []byte { return content(path) }}
			if !yield(file) {
				return
			}
		}
	})})
	connections = new(atomic.Int64)
	if wrap == nil {
		wrap = func(h http.Handler) http.Handler { return h }
	}
	objects := counted(t, connections, wrap(a.Objects()))
	return counted(t, connections, wrap(a.API(objects))), connections
}

// counted serves a handler and counts its connections.
func counted(t testing.TB, n *atomic.Int64, h http.Handler) string {
	server := httptest.NewUnstartedServer(h)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			n.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func newClient(t testing.TB, o Options) *Client {
	t.Helper()
	if o.DataDir == "" {
		o.DataDir = t.TempDir()
	}
	client, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.transport.CloseIdleConnections)
	return client
}

func archivePaths(t testing.TB, names []string) []string {
	t.Helper()
	paths := make([]string, len(names))
	for i, name := range names {
		named, err := naming.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = named.ArchivePath()
	}
	return paths
}

func TestFiveHundredFilesOverFewConnections(t *testing.T) {
	paths := archivePaths(t, manyNames(500))
	api, connections := realArchive(t, paths, func(path string) []byte { return []byte(path) }, nil)
	client := newClient(t, Options{URL: api, APIKey: secret})
	report, err := client.DownloadAll(t.Context(), paths, DownloadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, transfer := range report {
		got, err := os.ReadFile(transfer.Path)
		if transfer.FilePath != paths[i] || string(got) != paths[i] || err != nil || transfer.Verified != VerifiedMD5 {
			t.Fatalf("%+v %v", transfer, err)
		}
	}
	// How many it takes a loaded machine decides, but not one for each file.
	if n := connections.Load(); n > int64(len(paths)/2) {
		t.Errorf("%d connections to the two origins, for %d files", n, len(paths))
	}
}

// TestKeyStaysWithItsOrigin: the key reaches the API and no other origin,
// whatever redirects say and whatever URL is set later.
func TestKeyStaysWithItsOrigin(t *testing.T) {
	var mu sync.Mutex
	var leaks []string
	bare := func(name string, h http.HandlerFunc) string {
		return counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var dump bytes.Buffer
			_ = r.Header.Write(&dump)
			if strings.Contains(dump.String()+r.URL.String(), secret) || r.Header.Get("Authorization") != "" || r.Header.Get("x-api-key") != "" {
				mu.Lock()
				leaks = append(leaks, name+" "+r.URL.Path)
				mu.Unlock()
			}
			h(w, r)
		}))
	}
	second := bare("redirect target", func(w http.ResponseWriter, r *http.Request) { serve(w, r, []byte("content"), `"1"`) })
	store := bare("store", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, second+"/x?X-Amz-Signature=sigsecret", http.StatusTemporaryRedirect)
	})
	withUser := strings.Replace(store, "http://", "http://user:"+secret+"@", 1)
	other := bare("other API", status(403, `{"message": "Forbidden"}`))
	sees := 0
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("x-api-key") != secret || !strings.HasPrefix(r.URL.Path, "/api-key/"):
			w.WriteHeader(403)
		case strings.Contains(r.URL.Path, "/query"):
			sees++
			http.Redirect(w, r, other+"/query", http.StatusFound)
		default:
			sees++
			http.Redirect(w, r, withUser+"/x?X-Amz-Signature=sigsecret", http.StatusFound)
		}
	}))
	client := newClient(t, Options{URL: api, APIKey: secret})
	if _, err := client.Download(t.Context(), someName, DownloadOptions{}); err != nil {
		t.Error(err)
	}
	if _, err := client.Query(t.Context(), Query{Filename: someName}); err == nil {
		t.Error("a query was redirected")
	} else {
		noSecret(t, err)
	}
	if sees != 2 {
		t.Errorf("the API saw the key %d times", sees)
	}
	// 127.0.0.2 is another origin than 127.0.0.1, and so is another port.
	for _, base := range []string{other, strings.Replace(api, "127.0.0.1", "127.0.0.2", 1), strings.Replace(api, "127.0.0.1", "localhost", 1)} {
		if err := client.SetURL(base); err != nil {
			t.Fatal(err)
		}
		if client.Caller() != "anonymous" {
			t.Errorf("%s: %s", base, client.Caller())
		}
	}
	if err := client.SetURL(other); err != nil {
		t.Fatal(err)
	}
	_, err := client.Query(t.Context(), Query{Filename: someName})
	var refused *Error
	if !errors.As(err, &refused) || refused.Reason != OtherOrigin {
		t.Errorf("%v", err)
	}
	if err := client.SetURL(api + "/"); err != nil || client.Caller() != "API key" {
		t.Errorf("back at its origin: %s %v", client.Caller(), err)
	}
	if len(leaks) > 0 {
		t.Errorf("the key went to: %q", leaks)
	}
}

func TestServersThatRepeatTheKey(t *testing.T) {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		fmt.Fprintf(w, "you sent %s; try http://store/x?X-Amz-Signature=sigsecret1&X-Amz-Signature=sigsecret2", r.Header.Get("x-api-key"))
	})
	client := newClient(t, Options{URL: counted(t, new(atomic.Int64), echo), APIKey: secret})
	_, err := client.Query(t.Context(), Query{Filename: someName})
	if err == nil || !strings.Contains(err.Error(), "you sent …; try") {
		t.Errorf("%v", err)
	}
	noSecret(t, err)
}

func TestRedirectFromHTTPSToHTTP(t *testing.T) {
	plain := counted(t, new(atomic.Int64), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the store was asked over http") }))
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/upload/") {
			_ = json.NewEncoder(w).Encode(plain + "/x?X-Amz-Signature=sigsecret")
			return
		}
		http.Redirect(w, r, plain+"/x?X-Amz-Signature=sigsecret", http.StatusFound)
	}))
	defer secure.Close()
	client := newClient(t, Options{URL: secure.URL, APIKey: secret, HTTP: secure.Client()})
	_, err := client.Download(t.Context(), someName, DownloadOptions{})
	if err == nil || !strings.Contains(err.Error(), "not safe") {
		t.Errorf("%v", err)
	}
	noSecret(t, err)
	write(t, client.LocalPath(somePath), []byte("x"))
	_, err = client.Upload(t.Context(), someName, UploadOptions{})
	if err == nil || !strings.Contains(err.Error(), "did not say where to put") {
		t.Errorf("%v", err)
	}
	noSecret(t, err)
}

func TestCertificateThatIsNotTrusted(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	secure.Config.ErrorLog = nil
	defer secure.Close()
	client := newClient(t, Options{URL: secure.URL, APIKey: secret})
	_, err := client.Query(t.Context(), Query{Filename: someName})
	var failure *Error
	if !errors.As(err, &failure) || failure.Reason != Certificate || strings.Contains(err.Error(), "tried") {
		t.Errorf("%v", err)
	}
}

func TestErrorsHaveReasons(t *testing.T) {
	for _, test := range []struct {
		status int
		key    string
		text   string // in the error
		reason Reason
	}{
		{401, "", "401 Unauthorized: told", NoCredential},
		{403, "", "403 Forbidden: told", NoCredential},
		{401, secret, "401 Unauthorized: told", KeyRefused},
		{404, secret, "404 Not Found: told", NotFound},
		{409, secret, "409 Conflict: told", AlreadyExists},
		{502, secret, "502 Bad Gateway: told", Down},
		{301, secret, "301 Moved", WrongURL},
	} {
		t.Run(fmt.Sprint(test.status, test.key != ""), func(t *testing.T) {
			server := counted(t, new(atomic.Int64), status(test.status, `{"message": "told\u001b[2J"}`))
			client := newClient(t, Options{URL: server, APIKey: test.key})
			client.transfers.FirstWait = time.Millisecond
			_, err := client.Download(t.Context(), someName, DownloadOptions{})
			var failure *Error
			if !errors.As(err, &failure) || !strings.Contains(err.Error(), test.text) || strings.ContainsRune(err.Error(), '\x1b') ||
				failure.Reason != test.reason || failure.Status != test.status || failure.FilePath != somePath {
				t.Errorf("%v: reason %q of %q", err, failure.Reason, failure.FilePath)
			}
			noSecret(t, err)
		})
	}
}

func TestNobodyListens(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.listener["api.test:80"].Close()
		_, err := r.client.Query(t.Context(), Query{Filename: someName})
		var failure *Error
		if !errors.As(err, &failure) || !strings.Contains(err.Error(), "connection refused (tried 3 times") {
			t.Errorf("%v", err)
		}
	})
}

func TestURLs(t *testing.T) {
	for text, want := range map[string]string{
		"":                             DefaultURL,
		"http://127.0.0.1:8080/":       "http://127.0.0.1:8080",
		" https://api.example/prod// ": "https://api.example/prod",
		"ftp://x":                      "error",
		"nonsense":                     "error",
		"https://u:" + secret + "@x":   "error",
		"https://x?key=" + secret:      "error",
		"http://[::1":                  "error",
		"http://127.0.0.1:99999":       "error",
		"http://127.0.0.1:0":           "error",
	} {
		client, err := New(Options{URL: text})
		got := "error"
		if err == nil {
			got = client.URL()
		} else {
			noSecret(t, err)
		}
		if got != want {
			t.Errorf("%q: %s %v, want %s", text, got, err, want)
		}
	}
}

func TestLogHoldsNoSecret(t *testing.T) {
	paths := archivePaths(t, []string{someName})
	api, _ := realArchive(t, paths, func(string) []byte { return []byte("x") }, nil)
	var log bytes.Buffer
	client := newClient(t, Options{URL: api, APIKey: secret, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if _, err := client.Download(t.Context(), someName, DownloadOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Download(t.Context(), manyNames(3)[2], DownloadOptions{}); err == nil {
		t.Fatal("it was found")
	}
	if text := log.String(); strings.Contains(text, secret) || strings.Contains(text, "Amz") || !strings.Contains(text, "status=302") || !strings.Contains(text, "status=404") {
		t.Errorf("log: %s", text)
	}
}

// TestLogShowsParameters: those of the API's questions, never those of a signed URL.
func TestLogShowsParameters(t *testing.T) {
	api, _ := realArchive(t, archivePaths(t, []string{someName}), func(string) []byte { return []byte("x") }, nil)
	var log bytes.Buffer
	client := newClient(t, Options{URL: api, APIKey: secret, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if _, err := client.Query(t.Context(), Query{Instrument: []naming.Instrument{"mag"}, StartDate: "20250101"}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Download(t.Context(), someName, DownloadOptions{}); err != nil {
		t.Fatal(err)
	}
	if text := log.String(); !strings.Contains(text, "/api-key/query?instrument=mag&start_date=20250101") ||
		strings.Contains(text, "Amz") || strings.Contains(text, secret) {
		t.Errorf("log: %s", text)
	}
}
