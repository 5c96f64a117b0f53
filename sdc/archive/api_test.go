package archive

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCredentials(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath, swePath), Unreleased: []string{swePath}, Keys: []string{"another", ""}})
	const forbidden, unauthorized = `{"message":"Forbidden"}`, `{"message":"Unauthorized"}`
	tests := []struct {
		name, path, header, value string
		status                    int
		body                      string // "" when any
	}{
		{"anonymous", "/query", "", "", 200, ""},
		{"a key without the prefix is not read", "/query", "x-api-key", "wrong", 200, ""},
		{"key", "/api-key/query", "x-api-key", testKey, 200, ""},
		{"another key", "/api-key/query", "x-api-key", "another", 200, ""},
		{"no key", "/api-key/query", "", "", 403, forbidden},
		{"wrong key", "/api-key/query", "x-api-key", testKey + "x", 403, forbidden},
		{"empty key", "/api-key/query", "x-api-key", "", 403, forbidden},
		{"token for a key", "/api-key/query", "Authorization", "Bearer " + testKey, 403, forbidden},
		{"token", "/authorized/query", "Authorization", "Bearer " + testKey, 200, ""},
		{"no token", "/authorized/query", "", "", 401, unauthorized},
		{"wrong token", "/authorized/query", "Authorization", "Bearer x", 401, unauthorized},
		{"other scheme", "/authorized/query", "Authorization", "Basic " + testKey, 401, unauthorized},
		{"key for a token", "/authorized/query", "x-api-key", testKey, 401, unauthorized},
		{"download, no key", "/api-key/download/" + magPath, "", "", 403, forbidden},
		{"download, key", "/api-key/download/" + swePath, "x-api-key", testKey, 302, ""},
		{"download, token", "/authorized/download/" + swePath, "Authorization", "bearer " + testKey, 302, ""},
		{"download, anonymous", "/download/" + swePath, "x-api-key", testKey, 403, "The file " + swePath + " is not a part of a public release yet."},
		{"upload, anonymous", "/upload/imap_swe_l0_raw_20260109_v001.0002.pkts", "x-api-key", testKey, 403, forbidden},
		{"upload, wrong key", "/api-key/upload/imap_swe_l0_raw_20260109_v001.0002.pkts", "x-api-key", "x", 403, forbidden},
		{"upload, wrong token", "/authorized/upload/imap_swe_l0_raw_20260109_v001.0002.pkts", "Authorization", "Bearer x", 403, forbidden},
		{"upload, token", "/authorized/upload/imap_swe_l0_raw_20260109_v001.0002.pkts", "Authorization", "Bearer " + testKey, 403, forbidden},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var headers []string
			if test.header != "" {
				headers = []string{test.header, test.value}
			}
			got := request(t, "GET", o.api+test.path, "", headers...)
			if got.status != test.status || test.body != "" && strings.TrimSpace(got.body) != test.body {
				t.Errorf("%d %s, want %d %s", got.status, got.body, test.status, test.body)
			}
			if got.header.Get("Content-Type") != "application/json" && !strings.HasPrefix(got.body, "The file ") {
				t.Errorf("Content-Type %q of %s", got.header.Get("Content-Type"), got.body)
			}
		})
	}
}

func TestUnknownEndpoints(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath)})
	for _, target := range []string{
		"GET /", "GET /x", "GET /query/", "GET /query/x", "GET /api-key", "GET /api-key/", "GET /api-key/x", "GET /api-key/api-key/query",
		"GET /spice-query/x", "POST /metakernel", "POST /query", "HEAD /upload/x", "POST /download/" + magPath, "DELETE /download/" + magPath,
		"PUT /api-key/upload/imap_swe_l0_raw_20260109_v001.0002.pkts", "OPTIONS /query", "GET //query", "GET /./query", "GET /downloads/x",
	} {
		method, path, _ := strings.Cut(target, " ")
		got := request(t, method, o.api+path, "", "x-api-key", testKey)
		if got.status != 404 || got.header.Get("Content-Type") != "application/json" ||
			method != "HEAD" && got.body != `{"message":"Not Found"}`+"\n" {
			t.Errorf("%s: %d %s", target, got.status, got.body)
		}
	}
}

// TestNeverPublic: some classes of files are refused to the anonymous, released or not.
func TestNeverPublic(t *testing.T) {
	const release = "imap/release/mag/imap_mag_data-release-001_20260101_20260131_v001.txt"
	o := serve(t, Options{Store: memory(magPath, quickPath, release)})
	for path, want := range map[string]int{magPath: 302, quickPath: 403, release: 403} {
		if got := request(t, "GET", o.api+"/download/"+path, ""); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
		if got := request(t, "GET", o.api+"/api-key/download/"+path, "", "x-api-key", testKey); got.status != 302 {
			t.Errorf("%s with a key: %d", path, got.status)
		}
	}
}

func TestHealth(t *testing.T) {
	a := open(t, Options{Store: memory(magPath)})
	for _, want := range []int{200, 500} {
		w := httptest.NewRecorder()
		a.API("http://objects").ServeHTTP(w, httptest.NewRequest("GET", "/healthz", nil))
		if w.Code != want {
			t.Errorf("%d, want %d", w.Code, want)
		}
		if want == 200 {
			if err := a.catalog.db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestQueryParametersAreBounded: the number is looked at before anything else.
func TestQueryParametersAreBounded(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath)})
	for n, want := range map[int]string{100: "x is not a valid query parameter", 101: "101 query parameters are too many: at most 100"} {
		got := request(t, "GET", o.api+"/query?"+strings.TrimSuffix(strings.Repeat("x=1&", n), "&"), "")
		if got.status != 400 || !strings.Contains(got.body, want) {
			t.Errorf("%d parameters: %d %s", n, got.status, got.body)
		}
	}
}

func TestDownload(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath, leapPath)})
	for _, path := range []string{magPath, leapPath} {
		got := request(t, "GET", o.api+"/download/"+path, "")
		var body struct {
			URL string `json:"download_url"`
		}
		if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != 302 || body.URL != got.header.Get("Location") {
			t.Fatalf("%d %s %v", got.status, got.body, err)
		}
		u, err := url.Parse(body.URL)
		if err != nil || u.Path != "/"+path || !strings.HasPrefix(body.URL, o.objects+"/") {
			t.Errorf("%s: %v", body.URL, err)
		}
		if q := u.Query(); q.Get("X-Amz-Expires") != "3600" || q.Get("X-Amz-Date") == "" || q.Get("X-Amz-Signature") == "" {
			t.Errorf("the query of %s", body.URL)
		}
		if got := request(t, "GET", body.URL, ""); got.status != 200 || got.body != path {
			t.Errorf("%s: %d %q", body.URL, got.status, got.body)
		}
		head := request(t, "HEAD", o.api+"/download/"+path, "")
		if head.status != 302 || head.body != "" {
			t.Errorf("HEAD: %d %q", head.status, head.body)
		}
		if got := request(t, "GET", head.header.Get("Location"), ""); got.status != 200 || got.body != path {
			t.Errorf("after HEAD: %d %q", got.status, got.body)
		}
	}
	for _, path := range []string{"/download", "/download/"} {
		got := request(t, "GET", o.api+path, "")
		if got.status != 400 || !strings.HasPrefix(got.body, "No file requested") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// watched is a store that fails the test when it is asked for a path.
type watched struct {
	Store
	t *testing.T
}

func (w watched) Open(path string) (Object, error) {
	w.t.Errorf("the store was asked for %q", path)
	return w.Store.Open(path)
}

func TestHostilePaths(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "data/"+magPath, "mag")
	write(t, dir, "secret", "secret")
	o := serve(t, Options{Store: watched{dirStoreOf(t, filepath.Join(dir, "data")), t}})
	for _, path := range []string{
		"../secret", "imap/../../secret", "imap/%2e%2e/%2e%2e/secret", "%2e%2e%2fsecret", "imap/..%2f..%2fsecret",
		"/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "imap", "imap/", "imap/mag", "imap/mag/", ".", "..", "etc/passwd",
		"imap//mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts",
		"imap/./mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts",
		"imap/x/../mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts",
		"imap_mag_l0_raw_20260109_v001.0001.pkts", magPath + "/", magPath + "%00", magPath + "%00.txt", magPath + ".", magPath + "%20", magPath + "::$DATA",
		strings.ReplaceAll(magPath, "/", `%5c`), `..%5c..%5csecret`, "C:/Windows/win.ini", "imap/%ff%fe", strings.ToUpper(magPath),
		"imap/" + strings.Repeat("x", 5000), "imap/" + strings.Repeat("x/", 2000),
	} {
		r := httptest.NewRequest("GET", "http://server/", nil)
		// The raw path of the request line, which a client would clean.
		r.URL = &url.URL{Scheme: "http", Host: strings.TrimPrefix(o.api, "http://"), Path: "/"}
		unescaped, err := url.PathUnescape("/download/" + path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Path, r.URL.RawPath, r.RequestURI = unescaped, "/download/"+path, ""
		got, err := do(r)
		if err != nil || got.status != 404 || !strings.HasPrefix(got.body, "File not found, make sure you include the full path to the file") {
			t.Errorf("%s: %d %s %v", path, got.status, got.body, err)
		}
	}
}

func TestSymbolicLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "data/"+magPath, "mag")
	write(t, dir, "outside/l0/2026/01/imap_lo_l0_raw_20260109_v001.0001.pkts", "secret")
	link := func(target, name string) {
		t.Helper()
		name = filepath.Join(dir, "data", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, name); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	out := "imap/swe/l0/2026/01/imap_swe_l0_raw_20260101_v001.0001.pkts"
	in := "imap/swe/l0/2026/01/imap_swe_l0_raw_20260102_v001.0001.pkts"
	nowhere := "imap/swe/l0/2026/01/imap_swe_l0_raw_20260103_v001.0001.pkts"
	link(filepath.Join(dir, "outside/l0/2026/01/imap_lo_l0_raw_20260109_v001.0001.pkts"), out)
	link("../../../../mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0001.pkts", in)
	link("nothing", nowhere)
	link(filepath.Join(dir, "outside"), "imap/lo")
	link("../../outside", "imap/hi")
	o := serve(t, Options{Store: dirStoreOf(t, filepath.Join(dir, "data"))})
	if got := strings.Join(paths(t, request(t, "GET", o.api+"/query", "")), " "); got != magPath+" "+in {
		t.Errorf("listed: %s", got)
	}
	for path, status := range map[string]int{
		magPath: 302, in: 302, out: 404, nowhere: 404,
		"imap/lo/l0/2026/01/imap_lo_l0_raw_20260109_v001.0001.pkts": 404,
		"imap/hi/l0/2026/01/imap_lo_l0_raw_20260109_v001.0001.pkts": 404,
	} {
		got := request(t, "GET", o.api+"/download/"+path, "")
		if got.status != status {
			t.Errorf("%s: %d, want %d", path, got.status, status)
		}
		if status == 302 {
			if got := request(t, "GET", got.header.Get("Location"), ""); got.body != "mag" {
				t.Errorf("%s: %d %s", path, got.status, got.body)
			}
		}
	}
	// A link is not written through either: it takes the name.
	for _, path := range []string{out, nowhere} {
		url := o.signer.sign(o.objects, "PUT", path)
		if got := request(t, "PUT", url, "x"); got.status != 409 {
			t.Errorf("PUT to %s: %d %s", path, got.status, got.body)
		}
	}
	for _, path := range []string{"imap/lo/l0/2026/01/imap_lo_l0_raw_20260102_v001.0001.pkts"} {
		if got := request(t, "PUT", o.signer.sign(o.objects, "PUT", path), "x"); got.status < 500 {
			t.Errorf("PUT to %s: %d %s", path, got.status, got.body)
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, "outside/l0/2026/01"))
	if err != nil || len(entries) != 1 {
		t.Errorf("outside: %v %v", entries, err)
	}
}

// TestSharedArchive reads a copy of the real files of the project's data.
func TestSharedArchive(t *testing.T) {
	const shared = "../../../shared/data/archive"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared data are missing: ", err)
	}
	dir := t.TempDir()
	files := map[string]string{}
	err := filepath.WalkDir(shared, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(shared, file)
		if err != nil {
			return err
		}
		write(t, dir, name, string(content))
		files[filepath.ToSlash(name)] = string(content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o := serve(t, Options{Store: dirStoreOf(t, dir), Catalog: filepath.Join(dir, ".imapsh", "catalog.sqlite")})
	if got := paths(t, request(t, "GET", o.api+"/query?instrument=codice", "")); len(got) != 12 {
		t.Errorf("%d files of codice: %q", len(got), got)
	}
	for path, content := range files {
		if !strings.HasPrefix(path, "imap/") {
			continue
		}
		got := request(t, "GET", o.api+"/download/"+path, "")
		if got.status != http.StatusFound {
			t.Errorf("%s: %d", path, got.status)
			continue
		}
		r, err := http.Get(got.header.Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || string(body) != content {
			t.Errorf("%s: %d bytes, want %d, %v", path, len(body), len(content), err)
		}
	}
}
