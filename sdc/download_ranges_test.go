package sdc

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var smallRanges = rangeSizes{from: 80 << 10, each: 16 << 10}

// TestLargeFileInRanges fetches a file over several connections, some of which break.
func TestLargeFileInRanges(t *testing.T) {
	content := someBytes(int(40*smallRanges.each+7), 9)
	etag := `"` + md5Hex(content) + `"`
	for _, test := range []struct {
		name  string
		fault func(n int, w http.ResponseWriter, r *http.Request) bool // true: it answered
		proof Verification
		etag  string
	}{
		{"no fault", nil, VerifiedMD5, etag},
		{"multipart ETag", nil, VerifiedSize, `"abc-7"`},
		{"resets and an expired URL", func(n int, w http.ResponseWriter, r *http.Request) bool {
			switch n {
			case 2, 4:
				cutAfter(5<<10, func(w http.ResponseWriter, r *http.Request) { serve(w, r, content, etag) })(w, r)
			case 3, 6:
				status(403, "<Error><Message>Request has expired</Message></Error>")(w, r)
			case 5:
				status(503, "")(w, r)
			default:
				return false
			}
			return true
		}, VerifiedMD5, etag},
		{"changes meanwhile", func(n int, w http.ResponseWriter, r *http.Request) bool {
			if n == 1 {
				serve(w, r, someBytes(len(content), 8), `"`+strings.Repeat("ab", 16)+`"`)
			}
			return n == 1
		}, VerifiedMD5, etag},
		{"ranges announced, not served", func(n int, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Accept-Ranges", "bytes")
			w.Header().Set("ETag", etag)
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			_, _ = w.Write(content)
			return true
		}, VerifiedMD5, etag},
		{"ranges not served", func(n int, w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("ETag", etag)
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			_, _ = w.Write(content)
			return true
		}, VerifiedMD5, etag},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) { // whose clock makes the back-off after the 503 short
				var n atomic.Int64
				r.content, r.client.ranges = content, smallRanges
				r.always = func(w http.ResponseWriter, q *http.Request) {
					if test.fault == nil || !test.fault(int(n.Add(1)), w, q) {
						serve(w, q, content, test.etag)
					}
				}
				transfer, err := r.download(DownloadOptions{})
				r.whole(transfer, err)
				if transfer.Verified != test.proof {
					t.Errorf("verified %q", transfer.Verified)
				}
			})
		})
	}
}

// TestRangesAtATime holds every range back until all that may be under way are.
func TestRangesAtATime(t *testing.T) {
	content := someBytes(int(40*smallRanges.each), 9)
	var helpers atomic.Int64
	all := make(chan struct{})
	client := rangesFrom(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			switch helpers.Add(1) {
			case rangeConcurrency - 1: // the first range comes with the answer to the first request
				close(all)
			}
			select {
			case <-all:
			case <-time.After(time.Minute):
				t.Errorf("%d ranges are under way beside the first, want %d", helpers.Load(), rangeConcurrency-1)
			}
		}
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	})
	if _, err := client.Download(t.Context(), someName, DownloadOptions{}); err != nil {
		t.Fatal(err)
	}
}

// TestRangeThatFailsIsToldAtOnce: the slow first answer does not hold it up.
func TestRangeThatFailsIsToldAtOnce(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.client.ranges = rangeSizes{from: 80 << 10, each: 4 << 20}
		r.content = someBytes(16<<20, 1)
		r.always = status(404, "gone")
		r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) { r.right(&slowWriter{w}, q) })
		began := time.Now()
		_, err := r.download(DownloadOptions{})
		if lasted := time.Since(began); err == nil || !strings.Contains(err.Error(), "gone") || lasted > 10*time.Second {
			t.Errorf("%v after %v", err, lasted)
		}
	})
}

// TestRangesGoOnInTheNextCall interrupts a fetch in ranges and finishes it: the next
// call asks for the second range, and for none that came behind it.
func TestRangesGoOnInTheNextCall(t *testing.T) {
	content := someBytes(int(40*smallRanges.each), 9)
	ctx, cancel := context.WithCancelCause(t.Context())
	var mu sync.Mutex
	var next string // the first that the next call asks for
	later := 0
	client := rangesFrom(t, func(w http.ResponseWriter, r *http.Request) {
		var start int64
		span := r.Header.Get("Range")
		fmt.Sscanf(span, "bytes=%d-", &start)
		held := start == smallRanges.each || start >= rangeConcurrency*smallRanges.each
		mu.Lock()
		switch {
		case ctx.Err() != nil:
			held = false
			next = cmp.Or(next, span)
		case held:
			if later++; later == rangeConcurrency { // the second, and those asked for by who has finished the others
				cancel(errInterrupted)
			}
		}
		mu.Unlock()
		if held {
			<-r.Context().Done() // until the call has let go: of what breaks before, a request is sent again
			panic(http.ErrAbortHandler)
		}
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	})
	if _, err := client.Download(ctx, someName, DownloadOptions{}); !errors.Is(err, errInterrupted) {
		t.Fatal(err)
	}
	transfer, err := client.Download(t.Context(), someName, DownloadOptions{})
	got, _ := os.ReadFile(transfer.Path)
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes: %v", len(got), err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := fmt.Sprintf("bytes=%d-", smallRanges.each); next != want {
		t.Errorf("the next call asked for %q, want %q", next, want)
	}
	if want := int64(len(content)) - (rangeConcurrency-1)*smallRanges.each; transfer.Bytes != want {
		t.Errorf("the next call moved %d bytes, want %d", transfer.Bytes, want)
	}
}

// TestPartOfARangeCounts has a range break in the middle for good.
func TestPartOfARangeCounts(t *testing.T) {
	content := someBytes(int(40*smallRanges.each), 9)
	var back atomic.Bool
	half := int(smallRanges.each / 2)
	client := rangesFrom(t, func(w http.ResponseWriter, r *http.Request) {
		right := func(w http.ResponseWriter, r *http.Request) { serve(w, r, content, `"abc-7"`) }
		begins := func(at int) bool { return strings.HasPrefix(r.Header.Get("Range"), fmt.Sprintf("bytes=%d-", at)) }
		switch {
		case back.Load():
			right(w, r)
		case begins(int(smallRanges.each)):
			cutAfter(half, right)(w, r)
		case begins(int(smallRanges.each) + half):
			status(404, "gone")(w, r)
		default:
			right(w, r)
		}
	})
	if _, err := client.Download(t.Context(), someName, DownloadOptions{}); err == nil {
		t.Fatal("no error")
	}
	back.Store(true)
	dir := client.openDataDir()
	defer dir.Close()
	part, err := dir.OpenPart(somePath)
	if err != nil {
		t.Fatal(err)
	}
	there := part.Received()
	if gap := part.Gap(smallRanges.each, int64(len(content))); gap.From < smallRanges.each+int64(half) {
		t.Errorf("the half range is not among %d bytes: %v is missing", there, gap)
	}
	part.Leave()
	transfer, err := client.Download(t.Context(), someName, DownloadOptions{})
	got, _ := os.ReadFile(transfer.Path)
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("%d bytes: %v", len(got), err)
	}
	if want := int64(len(content)) - there; transfer.Bytes != want {
		t.Errorf("the next call moved %d bytes, want %d", transfer.Bytes, want)
	}
}

// rangesFrom is a client of a store with this handler; more than a few kilobytes are a large file to it.
func rangesFrom(t *testing.T, store http.HandlerFunc) *Client {
	t.Helper()
	objects := counted(t, new(atomic.Int64), store)
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, objects+"/x", http.StatusFound)
	}))
	client := newClient(t, Options{URL: api})
	client.transfers.FirstWait = time.Millisecond
	client.ranges = smallRanges
	return client
}
