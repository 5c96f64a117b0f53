package sdc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestLargeFileInRanges fetches a file over several connections, some of which break.
func TestLargeFileInRanges(t *testing.T) {
	content := someBytes(100<<20, 9)
	etag := `"` + md5Hex(content) + `"`
	for _, test := range []struct {
		name  string
		fault func(n int, w http.ResponseWriter, r *http.Request) bool // true: it answered
		proof Verification
		etag  string
		conns [2]int
	}{
		{"no fault", nil, VerifiedMD5, etag, [2]int{4, 6}},
		{"multipart ETag", nil, VerifiedSize, `"abc-7"`, [2]int{4, 6}},
		{"resets and an expired URL", func(n int, w http.ResponseWriter, r *http.Request) bool {
			switch n {
			case 2, 4:
				serve(&cutWriter{w, 5 << 20, func() { panic(http.ErrAbortHandler) }}, r, content, etag)
			case 3, 6:
				status(403, "<Error><Message>Request has expired</Message></Error>")(w, r)
			case 5:
				status(503, "")(w, r)
			default:
				return false
			}
			return true
		}, VerifiedMD5, etag, [2]int{4, 12}},
		{"changes meanwhile", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				serve(w, r, someBytes(len(content), 8), `"`+strings.Repeat("ab", 16)+`"`)
			}
			return n == 1
		}, VerifiedMD5, etag, [2]int{4, 12}},
		{"ranges not served", func(n int, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("ETag", etag)
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			_, _ = w.Write(content)
			return true
		}, VerifiedMD5, etag, [2]int{1, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var n, connections atomic.Int64
			store := counted(t, &connections, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if test.fault == nil || !test.fault(int(n.Add(1)), w, r) {
					serve(w, r, content, test.etag)
				}
			}))
			api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, store+"/x", http.StatusFound)
			}))
			client := newClient(t, Options{URL: api})
			client.moving.first = time.Millisecond
			transfer, err := client.Download(t.Context(), someName, DownloadOptions{})
			got, readErr := os.ReadFile(transfer.Path)
			if err != nil || readErr != nil || !bytes.Equal(got, content) || transfer.Verified != test.proof {
				t.Fatalf("%d bytes, verified %q: %v", len(got), transfer.Verified, err)
			}
			if files := filesIn(t, client.DataDir()); len(files) != 1 {
				t.Errorf("files: %v", files)
			}
			if c := int(connections.Load()); c < test.conns[0] || c > test.conns[1] {
				t.Errorf("%d connections, want %v", c, test.conns)
			}
		})
	}
}

// TestRangesGoOnInTheNextCall interrupts a fetch in ranges and finishes it.
func TestRangesGoOnInTheNextCall(t *testing.T) {
	content := someBytes(100<<20, 9)
	etag := `"` + md5Hex(content) + `"`
	ctx, cancel := context.WithCancelCause(t.Context())
	var spans []string
	var mu sync.Mutex
	store := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		spans = append(spans, r.Header.Get("Range"))
		n := len(spans)
		mu.Unlock()
		if n == 5 { // the first to finish its range asks for this one
			cancel(errInterrupted)
		}
		serve(w, r, content, etag)
	}))
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store+"/x", http.StatusFound)
	}))
	client := newClient(t, Options{URL: api})
	transfer, err := client.Download(ctx, someName, DownloadOptions{})
	if !errors.Is(err, errInterrupted) {
		t.Fatal(err)
	}
	left := filesIn(t, client.DataDir())
	spans = nil
	transfer, err = client.Download(t.Context(), someName, DownloadOptions{})
	got, _ := os.ReadFile(transfer.Path)
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes: %v", len(got), err)
	}
	if len(left) == 2 && slices.Contains(spans, "") {
		t.Errorf("it started anew although %v was there: %q", left, spans)
	}
	t.Logf("left %v, then moved %d bytes", left, transfer.Bytes)
}
