package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/naming"
)

const testKey = "the-key"

// open opens an archive that is closed with the test.
func open(t testing.TB, o Options) *Archive {
	t.Helper()
	a, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// origins is an archive that is served on loopback.
type origins struct {
	*Archive
	api, objects string
}

// serve opens an archive that accepts testKey and serves both its origins.
func serve(t testing.TB, o Options) origins {
	t.Helper()
	o.Keys = append(o.Keys, testKey)
	a := open(t, o)
	objects := httptest.NewServer(a.Objects())
	t.Cleanup(objects.Close)
	api := httptest.NewServer(a.API(objects.URL))
	t.Cleanup(api.Close)
	return origins{a, api.URL, objects.URL}
}

// reply is an answer, read to its end.
type reply struct {
	status int
	header http.Header
	body   string
}

// request sends a request without following a redirect. Headers are name, value, ….
func request(t testing.TB, method, url, body string, headers ...string) reply {
	t.Helper()
	r, err := send(method, url, body, headers...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// send is request for a goroutine that is not the test's own, which may not end it.
func send(method, url, body string, headers ...string) (reply, error) {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return do(r)
}

func do(r *http.Request) (reply, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header, string(content)}, err
}

// jsonText is a JSON string as an answer holds it.
func jsonText(t testing.TB, body string) string {
	t.Helper()
	var s string
	if err := json.Unmarshal([]byte(body), &s); err != nil {
		t.Fatalf("%q is no JSON string: %v", body, err)
	}
	return s
}

// paths are the file_path of the rows of an answer.
func paths(t testing.TB, r reply) []string {
	t.Helper()
	var rows []struct {
		Path string `json:"file_path"`
	}
	if err := json.Unmarshal([]byte(r.body), &rows); err != nil || r.status != http.StatusOK {
		t.Fatalf("status %d: %v: %s", r.status, err, r.body)
	}
	list := []string{}
	for _, row := range rows {
		list = append(list, row.Path)
	}
	return list
}

var noon = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)

// memory is a store in memory whose files hold their own paths.
func memory(paths ...string) Store {
	return NewMemStore(func(yield func(MemFile) bool) {
		for _, path := range paths {
			if !yield(MemFile{path, noon, func() []byte { return []byte(path) }}) {
				return
			}
		}
	})
}

// write makes a file with its folders.
func write(t testing.TB, dir, path, content string) string {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, noon, noon); err != nil {
		t.Fatal(err)
	}
	return file
}

func dirStoreOf(t testing.TB, dir string) Store {
	t.Helper()
	s, err := NewDirStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	magPath   = "imap/mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts"
	swePath   = "imap/swe/l0/2026/01/imap_swe_l0_raw_20260109_v001.0001.pkts"
	oldPath   = "imap/swe/l0/2026/01/imap_swe_l0_raw_20260109_v003.pkts"
	calPath   = "imap/ancillary/swe/imap_swe_cal_20251113_20251117_v001.cdf"
	quickPath = "imap/quicklook/swe/l1a/2026/01/imap_swe_l1a_spectrogram_20260124_v001.0009.jpg"
	leapPath  = "imap/spice/lsk/naif0012.tls"
)

func TestOpenCataloguesTheDirectory(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{magPath, swePath, calPath, quickPath, leapPath,
		"imap/swe/l0/imap_swe_l0_raw_20260110_v001.0001.pkts",                // not its place
		"imap/swe/l0/2026/01/notes.txt",                                      // no convention
		"imap/swe/l0/2026/01/.imap_swe_l0_raw_20260111_v001.0001.pkts",       // hidden
		"imap/.trash/imap_swe_l0_raw_20260111_v001.0001.pkts",                // hidden
		"elsewhere/swe/l0/2026/01/imap_swe_l0_raw_20260112_v001.0001.pkts"} { // not the archive
		write(t, dir, path, path)
	}
	catalog := filepath.Join(dir, ".imapsh", "catalog.sqlite")
	ctx := context.Background()
	now := noon.AddDate(0, 0, 2)
	reopen := func(unreleased ...string) *Archive {
		t.Helper()
		a, err := Open(ctx, Options{Store: dirStoreOf(t, dir), Catalog: catalog, Unreleased: unreleased, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	check := func(a *Archive, query string, want ...string) {
		t.Helper()
		w := httptest.NewRecorder()
		a.API("http://objects").ServeHTTP(w, httptest.NewRequest("GET", query, nil))
		if got := paths(t, reply{w.Code, w.Header(), w.Body.String()}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	download := func(a *Archive, path string) int {
		w := httptest.NewRecorder()
		a.API("http://objects").ServeHTTP(w, httptest.NewRequest("GET", "/download/"+path, nil))
		return w.Code
	}
	shut := func(a *Archive) {
		t.Helper()
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}

	a := reopen()
	check(a, "/query", magPath, swePath)
	check(a, "/query?table=ancillary", calPath)
	check(a, "/query?table=quicklook", quickPath)
	check(a, "/query?ingestion_date=20260110+12:00:00&instrument=mag", magPath)
	for path, want := range map[string]int{
		leapPath: 302, magPath: 302, "imap/swe/l0/2026/01/notes.txt": 302, "imap/swe/l0/imap_swe_l0_raw_20260110_v001.0001.pkts": 302,
		"imap/swe/l0/2026/01/.imap_swe_l0_raw_20260111_v001.0001.pkts":     404,
		"elsewhere/swe/l0/2026/01/imap_swe_l0_raw_20260112_v001.0001.pkts": 404,
		"imap/MAG/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts":      404,
		"imap/mag": 404,
	} {
		if got := download(a, path); got != want {
			t.Errorf("/download/%s: %d, want %d", path, got, want)
		}
	}

	// A file that is put beside a running archive waits for a scan.
	late := "imap/mag/l0/2026/01/imap_mag_l0_raw_20260110_v001.0001.pkts"
	write(t, dir, late, "")
	check(a, "/query", magPath, swePath)
	if err := a.Rescan(ctx); err != nil {
		t.Fatal(err)
	}
	check(a, "/query", magPath, late, swePath)
	shut(a)

	// The ingestion date of an unchanged file is that of the first time; what is gone is not listed.
	now = noon.AddDate(0, 0, 3)
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(late))); err != nil {
		t.Fatal(err)
	}
	a = reopen(swePath, leapPath)
	check(a, "/query", magPath)
	check(a, "/query?ingestion_date=20260110+12:00:00", magPath)
	for path, want := range map[string]int{swePath: 403, leapPath: 403, magPath: 302, late: 404} {
		if got := download(a, path); got != want {
			t.Errorf("/download/%s: %d, want %d", path, got, want)
		}
	}
	shut(a)

	// Hidden is not forgotten: neither when it is not named any more, nor
	// while the file is away.
	for _, path := range []string{swePath, magPath} {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(path))); err != nil {
			t.Fatal(err)
		}
	}
	a = reopen()
	check(a, "/query")
	shut(a)
	write(t, dir, swePath, "")
	write(t, dir, magPath, "")
	a = reopen()
	check(a, "/query", magPath)
	shut(a)
}

// TestTheLossOfTheCatalogReleasesNothing: what hides a file lies beside it.
func TestTheLossOfTheCatalogReleasesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, magPath, magPath)
	write(t, dir, swePath, swePath)
	catalog := filepath.Join(dir, ".imapsh", "catalog.sqlite")
	o := serve(t, Options{Store: dirStoreOf(t, dir), Catalog: catalog, Unreleased: []string{swePath}})
	if got := request(t, "PUT", o.uploadURL(t, newName), "content"); got.status != 200 {
		t.Fatal(got)
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.Dir(magPath), ".unreleased"), []byte("# by hand\n"+filepath.Base(magPath)), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, catalog := range map[string]string{"gone": filepath.Join(t.TempDir(), "catalog.sqlite"), "in memory": ""} {
		o := serve(t, Options{Store: dirStoreOf(t, dir), Catalog: catalog})
		for _, path := range []string{swePath, newPath, magPath} {
			if got := request(t, "GET", o.api+"/download/"+path, ""); got.status != 403 {
				t.Errorf("%s: %s: %d", name, path, got.status)
			}
		}
		if got := paths(t, request(t, "GET", o.api+"/query", "")); len(got) != 0 {
			t.Errorf("%s: listed: %q", name, got)
		}
	}
}

func TestOpenFails(t *testing.T) {
	ctx := context.Background()
	if _, err := Open(ctx, Options{}); err == nil {
		t.Error("without a store: no error")
	}
	if _, err := NewDirStore(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
	file := write(t, t.TempDir(), "file", "not a database, and longer than the header of one would be: "+strings.Repeat("x", 200))
	for name, catalog := range map[string]string{
		"folder is a file": filepath.Join(file, "catalog.sqlite"),
		"not a database":   file,
		"a folder":         filepath.Dir(file),
	} {
		if _, err := Open(ctx, Options{Store: memory(), Catalog: catalog}); err == nil || !strings.Contains(err.Error(), "catalog") {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := filepath.Join(t.TempDir(), "catalog.sqlite")
	a, err := Open(ctx, Options{Store: memory(), Catalog: newer})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.catalog.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, Options{Store: memory(), Catalog: newer}); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("a newer catalog: %v", err)
	}
}

func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	var log bytes.Buffer
	o := serve(t, Options{Store: memory(magPath), Log: slog.New(slog.NewTextHandler(&log, nil))})
	redirect := request(t, "GET", o.api+"/api-key/download/"+magPath, "", "x-api-key", testKey)
	got := request(t, "GET", redirect.header.Get("Location"), "")
	if got.status != 200 {
		t.Fatal(got)
	}
	request(t, "GET", o.api+"/query?instrument=mag&api_key="+testKey, "")
	text := log.String()
	for _, want := range []string{"path=/api-key/download/" + magPath, "status=302", "status=200", "path=/" + magPath, "duration=", "method=GET"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log has no %q:\n%s", want, text)
		}
	}
	for _, secret := range []string{testKey, "X-Amz", "Signature"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log has %q:\n%s", secret, text)
		}
	}
}

// catalogued adds rows to a catalog without files.
func catalogued(t testing.TB, a *Archive, entries ...entry) {
	t.Helper()
	err := a.catalog.change(context.Background(), func(w *change) error {
		for _, e := range entries {
			name, err := naming.Parse(e.path)
			if err != nil {
				return err
			}
			if err := w.add(e, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
