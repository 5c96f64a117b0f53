package archive

import (
	"bufio"
	"crypto/md5"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	newName   = "imap_swe_l1a_sci_20260201_v001.0001.cdf"
	newPath   = "imap/swe/l1a/2026/02/" + newName
	newCal    = "imap_swe_cal_20260201_v001.csv"
	newQuick  = "imap_swe_l1a_spectrogram_20260201_v001.0001.png"
	quickDir  = "imap/quicklook/swe/l1a/2026/02/"
	ancillDir = "imap/ancillary/swe/"
)

// uploadURL asks for the URL to put a file to.
func (o origins) uploadURL(t testing.TB, name string) string {
	t.Helper()
	got := request(t, "GET", o.api+"/api-key/upload/"+name, "", "x-api-key", testKey)
	if got.status != 200 || got.header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %d %s", name, got.status, got.body)
	}
	return jsonText(t, got.body)
}

func TestUploadNames(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath)})
	for _, test := range []struct {
		name, file string
		status     int
		want       string
	}{
		{"none", "", 400, "No filename given for the upload."},
		{"no convention", "notes.txt", 400, `"notes.txt" is not a valid`},
		{"no level", "imap_swe_l9_sci_20260201_v001.0001.cdf", 400, "data level"},
		{"science without a major version", "imap_swe_l1a_sci_20260201_v001.cdf", 400, "is uploaded with a version of the form vMMM.mmmm"},
		{"long", "imap_swe_l1a_" + strings.Repeat("x", 250) + "_20260201_v001.0001.cdf", 400, "bytes long"},
		{"exists", filepath.Base(magPath), 409, `{"error":"FileAlreadyExists","message":"The file '` + magPath + `' already exists.`},
		{"science", newName, 200, "/" + newPath + "?"},
		{"path", "any/where/" + newName, 200, "/" + newPath + "?"},
		{"ancillary", newCal, 200, "/" + ancillDir + newCal + "?"},
		{"quicklook", newQuick, 200, "/" + quickDir + newQuick + "?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := request(t, "GET", o.api+"/api-key/upload/"+test.file, "", "x-api-key", testKey)
			if got.status != test.status || got.header.Get("Content-Type") != "application/json" {
				t.Errorf("%d %s", got.status, got.header.Get("Content-Type"))
			}
			text := got.body
			if test.status != 409 {
				text = jsonText(t, got.body)
			}
			if !strings.Contains(text, test.want) {
				t.Errorf("%s\nwant %s", text, test.want)
			}
		})
	}
}

func TestUpload(t *testing.T) {
	for _, kind := range []string{"directory", "memory"} {
		t.Run(kind, func(t *testing.T) {
			var store Store
			dir := t.TempDir()
			if kind == "directory" {
				store = dirStoreOf(t, dir)
			} else {
				store = NewMemStore(nil)
			}
			var c clock
			c.set(noon)
			o := serve(t, Options{Store: store, Now: c.now})
			sum := md5.Sum([]byte("content"))
			for _, test := range []struct{ name, path, query string }{
				{newName, newPath, ""},
				{newCal, ancillDir + newCal, "?table=ancillary"},
				{newQuick, quickDir + newQuick, "?table=quicklook"},
			} {
				url := o.uploadURL(t, test.name)
				got := request(t, "PUT", url, "content", "Content-MD5", base64.StdEncoding.EncodeToString(sum[:]))
				if got.status != 200 || got.header.Get("ETag") != etag("content") || got.body != "" {
					t.Fatalf("%s: %d %v %s", test.name, got.status, got.header, got.body)
				}
				// An object is never replaced.
				if got := request(t, "PUT", url, "other"); got.status != 409 || !strings.Contains(got.body, "FileAlreadyExists") {
					t.Errorf("again: %d %s", got.status, got.body)
				}
				if got := request(t, "GET", o.api+"/api-key/upload/"+test.name, "", "x-api-key", testKey); got.status != 409 {
					t.Errorf("another URL: %d %s", got.status, got.body)
				}
				// Only ancillary files are released at once.
				anonymous := []string{}
				if test.query == "?table=ancillary" {
					anonymous = []string{test.path}
				}
				if got := paths(t, request(t, "GET", o.api+"/query"+test.query, "")); !slices.Equal(got, anonymous) {
					t.Errorf("anonymous: %q", got)
				}
				if got := request(t, "GET", o.api+"/download/"+test.path, "").status; got != 302 && len(anonymous) > 0 || got != 403 && len(anonymous) == 0 {
					t.Errorf("anonymous download: %d", got)
				}
				listed := request(t, "GET", o.api+"/api-key/query"+test.query, "", "x-api-key", testKey)
				if got := paths(t, listed); !slices.Equal(got, []string{test.path}) || !strings.Contains(listed.body, `"20260110 12:00:00"`) {
					t.Errorf("with a key: %s", listed.body)
				}
				redirect := request(t, "GET", o.api+"/api-key/download/"+test.path, "", "x-api-key", testKey)
				if got := request(t, "GET", redirect.header.Get("Location"), ""); got.body != "content" || got.header.Get("ETag") != etag("content") {
					t.Errorf("%d %q", got.status, got.body)
				}
			}
			if kind == "directory" {
				noTemporaryFiles(t, dir, 3)
				// A new catalog of the same directory has the same ingestion dates.
				again := serve(t, Options{Store: dirStoreOf(t, dir)})
				if got := request(t, "GET", again.api+"/api-key/query", "", "x-api-key", testKey).body; !strings.Contains(got, `"20260110 12:00:00"`) {
					t.Errorf("catalogued again: %s", got)
				}
			}
		})
	}
}

// noTemporaryFiles checks that a directory has that many files, and no temporary one.
func noTemporaryFiles(t testing.TB, dir string, want int) {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != unreleasedList {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) != want || strings.Contains(strings.Join(files, " "), ".upload-") {
		t.Errorf("the files are %q, want %d; %v", files, want, err)
	}
}

func TestRefusedUploads(t *testing.T) {
	dir := t.TempDir()
	o := serve(t, Options{Store: dirStoreOf(t, dir)})
	url := o.uploadURL(t, newName)
	address, target, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	// By hand, because an HTTP client would not send what is wrong.
	raw := func(headers, body string) string {
		t.Helper()
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := fmt.Fprintf(conn, "PUT /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n%s", target, address, headers, body); err != nil {
			t.Fatal(err)
		}
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(bufio.NewReader(conn))
		if err != nil {
			t.Fatal(err)
		}
		return string(answer)
	}
	sum := md5.Sum([]byte("other"))
	for _, test := range []struct{ name, headers, body, want string }{
		{"a type, which is signed as empty", "Content-Length: 5\r\nContent-Type: application/json\r\n", "bytes", "HTTP/1.1 403 Forbidden|SignatureDoesNotMatch"},
		{"no length", "", "", "HTTP/1.1 411 Length Required|MissingContentLength"},
		{"chunks", "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n", "HTTP/1.1 411 Length Required|MissingContentLength"},
		{"too short", "Content-Length: 10\r\n", "short", "HTTP/1.1 400 Bad Request|IncompleteBody"},
		{"other digest", "Content-Length: 5\r\nContent-MD5: " + base64.StdEncoding.EncodeToString(sum[:]) + "\r\n", "bytes", "HTTP/1.1 400 Bad Request|BadDigest"},
		{"digest of nothing", "Content-Length: 0\r\nContent-MD5: " + base64.StdEncoding.EncodeToString(sum[:]) + "\r\n", "", "HTTP/1.1 400 Bad Request|InvalidRequest"},
		{"no digest", "Content-Length: 5\r\nContent-MD5: x\r\n", "bytes", "HTTP/1.1 400 Bad Request|InvalidDigest"},
		{"digest of wrong length", "Content-Length: 5\r\nContent-MD5: eA==\r\n", "bytes", "HTTP/1.1 400 Bad Request|InvalidDigest"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, code, _ := strings.Cut(test.want, "|")
			if got := raw(test.headers, test.body); !strings.HasPrefix(got, status) || !strings.Contains(got, "<Code>"+code+"</Code>") {
				t.Errorf("%s\nwant %s", got, test.want)
			}
			noTemporaryFiles(t, dir, 0)
		})
	}
	if got := paths(t, request(t, "GET", o.api+"/api-key/query", "", "x-api-key", testKey)); len(got) != 0 {
		t.Errorf("listed: %q", got)
	}
	hidden, err := o.catalog.hiddenPaths(t.Context())
	if err != nil || len(hidden) != 0 {
		t.Errorf("still marked as hidden: %v %v", hidden, err)
	}
	if got := raw("Content-Length: 0\r\nContent-Type:\r\n", ""); !strings.HasPrefix(got, "HTTP/1.1 400 Bad Request") || !strings.Contains(got, "The file is empty.") {
		t.Errorf("empty: %s", got)
	}
	// After all that the URL still works.
	if got := raw("Content-Length: 1\r\nContent-Type:\r\n", "x"); !strings.HasPrefix(got, "HTTP/1.1 200 OK") || !strings.Contains(got, etag("x")) {
		t.Errorf("after the refusals: %s", got)
	}
}

// TestWhatExistsCanBeAskedFor: who is told that a file exists finds it in the catalog,
// though the upload that was faster has not catalogued it yet.
func TestWhatExistsCanBeAskedFor(t *testing.T) {
	for _, method := range []string{"GET", "PUT"} {
		dir := t.TempDir()
		o := serve(t, Options{Store: dirStoreOf(t, dir)})
		url := o.uploadURL(t, newName)
		write(t, dir, newPath, "content") // stored, but not catalogued
		if method == "GET" {
			url = o.api + "/api-key/upload/" + newName
		}
		if got := request(t, method, url, "content", "x-api-key", testKey); got.status != 409 {
			t.Errorf("%s: %d %s", method, got.status, got.body)
		}
		if got := request(t, "GET", o.api+"/api-key/download/"+newPath, "", "x-api-key", testKey); got.status != 302 {
			t.Errorf("after %s: %d %s", method, got.status, got.body)
		}
		if got := request(t, "GET", o.api+"/download/"+newPath, ""); got.status != 403 {
			t.Errorf("after %s, anonymous: %d %s", method, got.status, got.body)
		}
	}
}

// TestFullCatalogDisk: a database that cannot grow is a full disk.
func TestFullCatalogDisk(t *testing.T) {
	a := open(t, Options{Store: NewMemStore(nil)})
	conn, err := a.catalog.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	_, err = conn.ExecContext(t.Context(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO hidden SELECT i FROM n")
	if err == nil {
		t.Fatal("the database grows")
	}
	refused := a.notStored(httptest.NewRequest("PUT", "/x", nil), fmt.Errorf("changing the catalog: %w", err))
	if refused.status != 507 || !strings.Contains(refused.message, "no space is left") {
		t.Errorf("%d %s", refused.status, refused.message)
	}
}

func TestConcurrentUploads(t *testing.T) {
	for _, kind := range []string{"directory", "memory"} {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			store := NewMemStore(nil)
			if kind == "directory" {
				store = dirStoreOf(t, dir)
			}
			o := serve(t, Options{Store: store, Catalog: filepath.Join(dir, ".imapsh", "catalog.sqlite")})
			url := o.uploadURL(t, newName)
			const n = 8
			statuses := make([]int, n)
			contents := make([]string, n)
			var group sync.WaitGroup
			for i := range n {
				contents[i] = strings.Repeat(fmt.Sprint(i), 1<<16)
				group.Go(func() {
					got, err := send("PUT", url, contents[i])
					if err != nil {
						t.Error(err)
					}
					statuses[i] = got.status
				})
			}
			// Readers meanwhile.
			for range 4 {
				group.Go(func() {
					for range 10 {
						got, err := send("GET", o.api+"/api-key/query", "", "x-api-key", testKey)
						if err != nil || got.status != 200 || !json.Valid([]byte(got.body)) {
							t.Errorf("%d %s %v", got.status, got.body, err)
						}
					}
				})
			}
			group.Wait()
			won := slices.Index(statuses, 200)
			for i, status := range statuses {
				if i != won && status != 409 {
					t.Errorf("statuses %v", statuses)
				}
			}
			if won < 0 {
				t.Fatalf("none of them won: %v", statuses)
			}
			if got := request(t, "GET", o.signer.sign(o.objects, "GET", newPath), ""); got.body != contents[won] {
				t.Errorf("not the content of upload %d", won)
			}
			if got := request(t, "GET", o.api+"/download/"+newPath, ""); got.status != 403 {
				t.Errorf("anonymous download: %d", got.status)
			}
		})
	}
}

// failing is a store that cannot create.
type failing struct {
	Store
	err error
}

func (f failing) Create(path string, _ time.Time, body io.Reader) error {
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	return &fs.PathError{Op: "write", Path: path, Err: f.err}
}

func TestUploadsThatCannotBeStored(t *testing.T) {
	for _, test := range []struct {
		name   string
		err    error
		status int
		want   string
	}{
		{"full", syscall.ENOSPC, 507, "no space is left"},
		{"read-only file system", syscall.EROFS, 500, "read-only"},
		{"no permission", fs.ErrPermission, 500, "read-only"},
		{"broken", errors.New("the disk is on fire"), 500, "could not write"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := serve(t, Options{Store: failing{memory(), test.err}})
			got := request(t, "PUT", o.uploadURL(t, newName), "content")
			if got.status != test.status || !strings.Contains(got.body, test.want) {
				t.Errorf("%d %s", got.status, got.body)
			}
			if got := paths(t, request(t, "GET", o.api+"/api-key/query", "", "x-api-key", testKey)); len(got) != 0 {
				t.Errorf("listed: %q", got)
			}
		})
	}
}

// late is a store that fails when the object has its name already.
type late struct{ Store }

func (l late) Create(path string, modTime time.Time, body io.Reader) error {
	if err := l.Store.Create(path, modTime, body); err != nil {
		return err
	}
	return &fs.PathError{Op: "sync", Path: path, Err: errors.New("the disk is on fire")}
}

// TestUploadThatIsStoredAllTheSame: what the store holds is known, whatever it said.
func TestUploadThatIsStoredAllTheSame(t *testing.T) {
	o := serve(t, Options{Store: late{memory()}})
	for name, path := range map[string]string{newName: newPath, newCal: ancillDir + newCal} {
		if got := request(t, "PUT", o.uploadURL(t, name), "content"); got.status != 500 {
			t.Errorf("%d %s", got.status, got.body)
		}
		if got := request(t, "GET", o.api+"/api-key/upload/"+name, "", "x-api-key", testKey); got.status != 409 {
			t.Errorf("another URL: %d %s", got.status, got.body)
		}
		location := request(t, "GET", o.api+"/api-key/download/"+path, "", "x-api-key", testKey).header.Get("Location")
		if got := request(t, "GET", location, ""); got.body != "content" || got.header.Get("ETag") != etag("content") {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	if got := request(t, "GET", o.api+"/download/"+newPath, ""); got.status != 403 {
		t.Errorf("anonymous download: %d %s", got.status, got.body)
	}
	if got := paths(t, request(t, "GET", o.api+"/api-key/query", "", "x-api-key", testKey)); !slices.Equal(got, []string{newPath}) {
		t.Errorf("listed: %q", got)
	}
}

// TestWhatACrashLeft: a temporary file is removed when it is too old to be one
// that another process writes.
func TestWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Dir(magPath) + "/"
	left := write(t, dir, folder+".upload-LEFT", "x")
	other := write(t, dir, folder+".other", "x")
	elsewhere := write(t, dir, ".upload-ELSEWHERE", "x")
	twoDaysAgo := time.Now().Add(-48 * time.Hour) // where nothing can be locked, age tells
	if err := os.Chtimes(left, twoDaysAgo, twoDaysAgo); err != nil {
		t.Fatal(err)
	}
	live, young, err := dirStoreOf(t, dir).(*dirStore).createTemp(filepath.FromSlash(filepath.Dir(magPath)))
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	young = filepath.Join(dir, young)
	open(t, Options{Store: dirStoreOf(t, dir)})
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	for _, file := range []string{other, elsewhere, young} {
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	}
}

func TestUploadToReadOnlyDirectory(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("everything may be written here")
	}
	dir := t.TempDir()
	write(t, dir, magPath, "mag")
	if err := os.Chmod(filepath.Join(dir, "imap"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "imap"), 0o755) })
	o := serve(t, Options{Store: dirStoreOf(t, dir)})
	got := request(t, "PUT", o.uploadURL(t, newName), "content")
	if got.status != 500 || !strings.Contains(got.body, "read-only") {
		t.Errorf("%d %s", got.status, got.body)
	}
	noTemporaryFiles(t, dir, 1)
	if _, err := Open(t.Context(), Options{Store: memory(), Catalog: filepath.Join(dir, "imap", ".imapsh", "c")}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a catalog there: %v", err)
	}
}

func TestUploadIsHiddenEvenIfTheServerDies(t *testing.T) {
	dir := t.TempDir()
	catalog := filepath.Join(dir, ".imapsh", "catalog.sqlite")
	a := open(t, Options{Store: dirStoreOf(t, dir), Catalog: catalog})
	// What keep does until just before the server dies.
	if err := a.catalog.change(t.Context(), func(w *change) error { return w.hide(newPath) }); err != nil {
		t.Fatal(err)
	}
	write(t, dir, newPath, "content")
	o := serve(t, Options{Store: dirStoreOf(t, dir), Catalog: catalog})
	if got := request(t, "GET", o.api+"/download/"+newPath, ""); got.status != 403 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := paths(t, request(t, "GET", o.api+"/query", "")); len(got) != 0 {
		t.Errorf("listed: %q", got)
	}
}

func TestRenamingWhereThereAreNoLinks(t *testing.T) {
	dir := t.TempDir()
	d := dirStoreOf(t, dir).(*dirStore)
	defer d.Close()
	write(t, dir, "temp", "new")
	write(t, dir, "taken", "old")
	if err := d.claim("temp", "taken"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	// No link can be made of a folder: as on a file system without links.
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := d.claim("folder", "taken"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if err := d.claim("folder", "free"); err != nil {
		t.Error(err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "taken")); err != nil || string(content) != "old" {
		t.Errorf("%q %v", content, err)
	}
}
