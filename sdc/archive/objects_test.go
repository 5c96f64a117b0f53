package archive

import (
	"crypto/md5"
	"encoding/hex"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func etag(content string) string {
	sum := md5.Sum([]byte(content))
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func TestGetObject(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath)})
	url := o.signer.sign(o.objects, "GET", magPath)
	tag, n := etag(magPath), len(magPath)
	modified := noon.Format(http.TimeFormat)
	tests := []struct {
		name    string
		headers []string
		status  int
		body    string
		length  string
	}{
		{"whole", nil, 200, magPath, ""},
		{"first bytes", []string{"Range", "bytes=0-3"}, 206, magPath[:4], "bytes 0-3/"},
		{"from the middle", []string{"Range", "bytes=10-"}, 206, magPath[10:], "bytes 10-"},
		{"last bytes", []string{"Range", "bytes=-5"}, 206, magPath[n-5:], "bytes "},
		{"beyond the end", []string{"Range", "bytes=1000-"}, 416, "", "bytes */"},
		{"If-Range holds", []string{"Range", "bytes=4-", "If-Range", tag}, 206, magPath[4:], "bytes 4-"},
		{"If-Range fails", []string{"Range", "bytes=4-", "If-Range", `"x"`}, 200, magPath, ""},
		{"If-Range by date holds", []string{"Range", "bytes=4-", "If-Range", modified}, 206, magPath[4:], "bytes 4-"},
		{"If-Range by date fails", []string{"Range", "bytes=4-", "If-Range", noon.Add(time.Hour).Format(http.TimeFormat)}, 200, magPath, ""},
		{"If-None-Match", []string{"If-None-Match", tag}, 304, "", ""},
		{"If-Match fails", []string{"If-Match", `"x"`}, 412, "", ""},
		{"no encoding", []string{"Accept-Encoding", "gzip, br"}, 200, magPath, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := request(t, "GET", url, "", test.headers...)
			if got.status != test.status || test.status < 300 && got.body != test.body {
				t.Errorf("%d %q, want %d %q", got.status, got.body, test.status, test.body)
			}
			if r := got.header.Get("Content-Range"); !strings.HasPrefix(r, test.length) || (r == "") != (test.length == "") {
				t.Errorf("Content-Range %q, want %q", r, test.length)
			}
			if test.status < 300 && (got.header.Get("ETag") != tag || got.header.Get("Accept-Ranges") != "bytes" ||
				got.header.Get("Content-Type") != "binary/octet-stream" || got.header.Get("Content-Encoding") != "" ||
				got.header.Get("Last-Modified") != modified) {
				t.Errorf("headers %v", got.header)
			}
		})
	}
}

// clock is a time that a test sets.
type clock struct{ unix atomic.Int64 }

func (c *clock) set(t time.Time) { c.unix.Store(t.Unix()) }
func (c *clock) now() time.Time  { return time.Unix(c.unix.Load(), 0) }

func TestSignedURLs(t *testing.T) {
	var c clock
	c.set(noon)
	o := serve(t, Options{Store: memory(magPath, swePath), Now: c.now})
	other := open(t, Options{Store: memory(), Now: c.now})
	get := o.signer.sign(o.objects, "GET", magPath)
	put := o.signer.sign(o.objects, "PUT", "imap/mag/l0/2026/01/imap_mag_l0_raw_20260109_v001.0002.pkts")
	const denied, mismatch, argument = "403 AccessDenied", "403 SignatureDoesNotMatch", "400 InvalidArgument"
	tests := []struct {
		name, method, url string
		at                time.Duration
		headers           []string
		want, message     string
	}{
		{"good", "GET", get, 0, nil, "200", ""},
		{"until the end of its hour", "GET", get, time.Hour - time.Second, nil, "200", ""},
		{"expired", "GET", get, time.Hour, nil, denied, "Request has expired"},
		{"expired PUT", "PUT", put, time.Hour, nil, denied, "Request has expired"},
		{"from the future", "GET", get, -time.Hour, nil, denied, "Request is not valid yet"},
		{"clocks a little apart", "GET", get, -10 * time.Minute, nil, "200", ""},
		{"unsigned", "GET", o.objects + "/" + magPath, 0, nil, denied, "Access Denied"},
		{"HEAD", "HEAD", get, 0, nil, "403", ""},
		{"POST", "POST", get, 0, nil, mismatch, ""},
		{"PUT to the URL of a GET", "PUT", get, 0, nil, mismatch, ""},
		{"GET of the URL of a PUT", "GET", put, 0, nil, mismatch, ""},
		{"another path", "GET", strings.Replace(get, magPath, swePath, 1), 0, nil, mismatch, ""},
		{"a longer life", "GET", strings.Replace(get, "Expires=3600", "Expires=36000", 1), 0, nil, mismatch, ""},
		{"another date", "GET", strings.Replace(get, "20260110T12", "20260110T13", 1), 0, nil, mismatch, ""},
		{"another signature", "GET", strings.Replace(get, "Signature=", "Signature=0", 1), 0, nil, mismatch, ""},
		{"no signature", "GET", strings.Replace(get, "Signature=", "Signature=&x=", 1), 0, nil, mismatch, ""},
		{"more signed headers", "GET", get + "%3Bx-api-key", 0, nil, mismatch, ""},
		{"another parameter", "GET", get + "&versionId=1", 0, nil, mismatch, ""},
		{"a parameter twice", "GET", get + "&X-Amz-Expires=36000", 0, nil, mismatch, ""},
		{"another server's secret", "GET", other.signer.sign(o.objects, "GET", magPath), 0, nil, mismatch, ""},
		{"a token beside it", "GET", get, 0, []string{"Authorization", "Bearer x"}, argument, "Only one auth mechanism allowed"},
		{"a key beside it", "GET", get, 0, []string{"x-api-key", "x", "User-Agent", "python-requests/2.32"}, "200", ""},
		{"a header of S3", "GET", get, 0, []string{"x-amz-date", "x"}, "400 AccessDenied", "There were headers present in the request which were not signed"},
		{"a token beside a PUT", "PUT", put, 0, []string{"Authorization", "Bearer x", "x-api-key", "x"}, argument, ""},
		{"a header of S3 beside a PUT", "PUT", put, 0, []string{"x-amz-meta-a", "x"}, "400 AccessDenied", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c.set(noon.Add(test.at))
			got := request(t, test.method, test.url, "", test.headers...)
			status, code, _ := strings.Cut(test.want, " ")
			if strconv.Itoa(got.status) != status ||
				code != "" && !strings.Contains(got.body, "<Error><Code>"+code+"</Code><Message>"+test.message) {
				t.Errorf("%d %s, want %s %s", got.status, got.body, test.want, test.message)
			}
			if code != "" && got.header.Get("Content-Type") != "application/xml" {
				t.Errorf("Content-Type %s", got.header.Get("Content-Type"))
			}
		})
	}
}

func TestETagIsRememberedUntilTheFileChanges(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, magPath, "first")
	o := serve(t, Options{Store: dirStoreOf(t, dir)})
	url := o.signer.sign(o.objects, "GET", magPath)
	get := func(want string) {
		t.Helper()
		if got, err := send("GET", url, ""); err != nil || got.header.Get("ETag") != etag(want) || got.body != want {
			t.Errorf("%s %q %v, want %s %q", got.header.Get("ETag"), got.body, err, etag(want), want)
		}
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { get("first") })
	}
	group.Wait()
	known, err := o.catalog.find(t.Context(), magPath)
	if err != nil || `"`+known.md5+`"` != etag("first") {
		t.Fatalf("%+v %v", known, err)
	}
	// The one that is remembered is the one that is sent.
	if _, err := o.catalog.db.Exec("UPDATE objects SET md5 = 'remembered'"); err != nil {
		t.Fatal(err)
	}
	if got := request(t, "GET", url, ""); got.header.Get("ETag") != `"remembered"` {
		t.Errorf("%s", got.header.Get("ETag"))
	}
	write(t, dir, magPath, "a longer one")
	get("a longer one")
	write(t, dir, magPath, "the same len")
	later := noon.Add(time.Nanosecond * 1000)
	if err := os.Chtimes(file, later, later); err != nil {
		t.Fatal(err)
	}
	get("the same len")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if got := request(t, "GET", url, ""); got.status != 404 || !strings.Contains(got.body, "<Code>NoSuchKey</Code>") {
		t.Errorf("a file that is gone: %d %s", got.status, got.body)
	}
}
