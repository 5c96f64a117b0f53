package sdc

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// throttled refuses what is over a number of requests a second, with a burst of a second's.
type throttled struct {
	perSecond float64
	header    []string // of a refusal

	mu      sync.Mutex
	tokens  float64
	last    time.Time
	refused int
}

func (l *throttled) wrap(next http.HandlerFunc) http.HandlerFunc {
	l.tokens, l.last = l.perSecond, time.Now()
	return func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		now := time.Now()
		l.tokens = min(l.perSecond, l.tokens+l.perSecond*now.Sub(l.last).Seconds())
		l.last = now
		refuse := l.tokens < 1
		if refuse {
			l.refused++
		} else {
			l.tokens--
		}
		l.mu.Unlock()
		if refuse {
			status(429, "", l.header...)(w, r)
			return
		}
		next(w, r)
	}
}

// TestServerWithALimitOfRequests: it answers always, so no file fails; and the client
// learns how fast it may ask.
func TestServerWithALimitOfRequests(t *testing.T) {
	for _, header := range [][]string{nil, {"Retry-After", "2"}} {
		t.Run(fmt.Sprint(header), func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				r.content = r.content[:1000]
				limit := &throttled{perSecond: 6, header: header}
				r.always = limit.wrap(r.right)
				began := time.Now()
				report, err := r.client.DownloadAll(t.Context(), manyNames(196), DownloadOptions{})
				if err != nil || len(report.With(Downloaded)) != 196 {
					t.Errorf("%s: %v", report.Summary(), err)
				}
				if lasted := time.Since(began); limit.refused > 30 || lasted > 90*time.Second {
					t.Errorf("%d refusals, %v", limit.refused, lasted)
				}
				if asked := len(r.to("api.test")); asked != 196 {
					t.Errorf("the API was asked %d times", asked)
				}
			})
		})
	}
}

// TestRefusalsCountAgainstNoFile: one file is refused more often than the attempts of a
// file allow, while others get through.
func TestRefusalsCountAgainstNoFile(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = r.content[:1000]
		names := manyNames(200)
		refused, last := 0, archivePaths(t, names)[0]
		r.always = func(w http.ResponseWriter, q *http.Request) {
			if q.URL.Path == "/"+last && refused < 10 {
				refused++
				status(503, "")(w, q)
				return
			}
			time.Sleep(10 * time.Second)
			r.right(w, q)
		}
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 2})
		if err != nil {
			t.Errorf("%s: %v", report.Summary(), err)
		}
	})
}

// TestBackoffIsOfAnOrigin: what the store asks for does not slow the API.
func TestBackoffIsOfAnOrigin(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.onStore = []http.HandlerFunc{status(503, "", "Retry-After", "60")}
		r.onAPI = []http.HandlerFunc{nil, status(200, `[]`)}
		done := make(chan error)
		go func() {
			_, err := r.download(DownloadOptions{})
			done <- err
		}()
		time.Sleep(time.Second)
		began := time.Now()
		_, err := r.client.Query(t.Context(), Query{Filename: someName})
		if lasted := time.Since(began); err != nil || lasted > time.Second {
			t.Errorf("a question to the API took %v: %v", lasted, err)
		}
		if err := <-done; err != nil || time.Since(began) < 59*time.Second {
			t.Errorf("the store was asked again after %v: %v", time.Since(began), err)
		}
	})
}

// TestPauseThatIsTooLong: the others ask no more either.
func TestPauseThatIsTooLong(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.always = status(429, "", "Retry-After", "3600")
		report, err := r.client.DownloadAll(t.Context(), manyNames(50), DownloadOptions{Concurrency: 4})
		if err == nil || len(report.With(Failed)) != 50 || !strings.Contains(report[49].Err.Error(), "asks to wait") || ReasonOf(report[49].Err) != Busy {
			t.Errorf("%s: %v", report.Summary(), report[49].Err)
		}
		if asked := len(r.to("store.test")); asked > 4 {
			t.Errorf("the store was asked %d times", asked)
		}
	})
}

// TestHostWithoutAddress: of one that had an address before, it passes.
func TestHostWithoutAddress(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.whole(r.download(DownloadOptions{}))
		lost := r.listener["store.test:80"]
		r.mu.Lock()
		delete(r.listener, "store.test:80")
		r.mu.Unlock()
		r.client.transport.CloseIdleConnections()
		time.AfterFunc(5*time.Second, func() {
			r.mu.Lock()
			r.listener["store.test:80"] = lost
			r.mu.Unlock()
		})
		if _, err := r.download(DownloadOptions{Overwrite: true}); err != nil {
			t.Error(err)
		}
	})
	inRig(t, func(t *testing.T, r *rig) { // of one that never had
		delete(r.listener, "api.test:80")
		_, err := r.client.Query(t.Context(), Query{Filename: someName})
		if err == nil || !strings.Contains(err.Error(), "no address found") || strings.Contains(err.Error(), "tried") {
			t.Error(err)
		}
	})
}

func TestLimitsOfTheClient(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) { // 1 MiB at 10 KiB/s: the wait is no stall
		r.reopen(func(o *Options) { o.MaxRate = 10 << 10 })
		began := time.Now()
		r.whole(r.download(DownloadOptions{}))
		if lasted := time.Since(began); lasted < 100*time.Second || lasted > 105*time.Second || len(r.to("store.test")) != 1 {
			t.Errorf("%v, %v", lasted, r.to("store.test"))
		}
	})
	inRig(t, func(t *testing.T, r *rig) { // what stalls is found out all the same
		r.reopen(func(o *Options) { o.MaxRate = 10 << 10 })
		r.onStore = times(1, silentAfter(1<<10, r.right))
		r.whole(r.download(DownloadOptions{}))
		if want := []string{"GET store.test /" + somePath, "GET store.test /" + somePath + " bytes=1024-"}; !slices.Equal(r.to("store.test"), want) {
			t.Errorf("%q", r.to("store.test"))
		}
	})
	inRig(t, func(t *testing.T, r *rig) { // an upload
		r.reopen(func(o *Options) { o.MaxRate = 10 << 10 })
		write(t, r.client.LocalPath(somePath), r.content)
		began := time.Now()
		if _, err := r.client.Upload(t.Context(), someName, UploadOptions{}); err != nil {
			t.Error(err)
		}
		if lasted := time.Since(began); lasted < 100*time.Second || lasted > 105*time.Second {
			t.Errorf("%v", lasted)
		}
	})
	inRig(t, func(t *testing.T, r *rig) { // 40 requests at 2 a second
		r.reopen(func(o *Options) { o.MaxRequests = 2 })
		r.content = r.content[:1000]
		began := time.Now()
		if _, err := r.client.DownloadAll(t.Context(), manyNames(20), DownloadOptions{}); err != nil {
			t.Error(err)
		}
		if lasted := time.Since(began); lasted < 19*time.Second || lasted > 20*time.Second {
			t.Errorf("%v", lasted)
		}
	})
}
