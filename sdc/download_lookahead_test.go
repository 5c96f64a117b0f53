package sdc

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestLocationsAreAskedForWhileFilesMove: the API's question and the store's answer of
// different files overlap, in order, and no more than maxAhead questions go ahead.
func TestLocationsAreAskedForWhileFilesMove(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		names := manyNames(80)
		there := archivePaths(t, names)[20]
		write(t, r.client.LocalPath(there), []byte("mine"))
		r.content = r.content[:1000]
		ahead, mostAhead := 0, 0
		r.onAPI = times(81, func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			ahead++
			mostAhead = max(mostAhead, ahead)
			r.mu.Unlock()
			time.Sleep(time.Second)
			r.rightAPI(w, q)
		})
		r.always = func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			ahead--
			r.mu.Unlock()
			time.Sleep(time.Second)
			r.right(w, q)
		}
		began := time.Now()
		report, _ := r.client.DownloadAll(t.Context(), names, DownloadOptions{})
		if lasted := time.Since(began); len(report.With(Downloaded)) != 79 || lasted > 13*time.Second {
			t.Errorf("%s in %v", report.Summary(), lasted) // without overlap it takes 20 s
		}
		if mostAhead > maxAhead+defaultConcurrency {
			t.Errorf("%d locations were known or asked for before their files moved", mostAhead)
		}
		asked := r.to("api.test")
		if len(asked) != 80 {
			t.Errorf("%d questions", len(asked))
		}
		for i, line := range asked { // in order, but for those that are under way together
			if at := slices.Index(archivePaths(t, names), strings.TrimPrefix(line, "GET api.test /api-key/download/")); at < i-16 || at > i+16 {
				t.Errorf("question %d is about file %d", i, at)
			}
		}
	})
}

// TestLocationsOfFilesThatStay are not asked for.
func TestLocationsOfFilesThatStay(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = r.content[:1000]
		names := manyNames(20)
		if _, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		r.forget()
		if _, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{}); err != nil {
			t.Error(err)
		}
		if asked, _ := r.requests(); len(asked) != 0 {
			t.Errorf("asked: %q", asked)
		}
	})
}

// TestLocationsThatAreTooOld are asked for again, before the store refuses them.
func TestLocationsThatAreTooOld(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = r.content[:1000]
		signed := map[string]time.Time{}
		r.onAPI = times(100, func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			id := fmt.Sprint(len(signed))
			signed[id] = time.Now()
			r.mu.Unlock()
			http.Redirect(w, q, "http://store.test"+strings.TrimPrefix(q.URL.Path, "/api-key/download")+"?X-Amz-Expires=60&X-Amz-Signature="+id, http.StatusFound)
		})
		r.always = func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			age := time.Since(signed[q.URL.Query().Get("X-Amz-Signature")])
			r.mu.Unlock()
			if age > time.Minute {
				t.Errorf("a URL that is good for a minute is used after %v", age)
			}
			time.Sleep(50 * time.Second)
			r.right(w, q)
		}
		if _, err := r.client.DownloadAll(t.Context(), manyNames(12), DownloadOptions{Concurrency: 1}); err != nil {
			t.Error(err)
		}
	})
}

// TestLocationThatIsRefused: what the API says ahead of a transfer counts for that file.
func TestLocationThatIsRefused(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = r.content[:1000]
		names := manyNames(10)
		missing := archivePaths(t, names)[6]
		r.onAPI = times(100, func(w http.ResponseWriter, q *http.Request) {
			switch {
			case strings.HasSuffix(q.URL.Path, missing):
				status(404, "File not found")(w, q)
			default:
				r.rightAPI(w, q)
			}
		})
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 2})
		if failed := report.With(Failed).FilePaths(); err == nil || !slices.Equal(failed, []string{missing}) {
			t.Errorf("failed: %v, %v", failed, err)
		}
		if asked := r.to("api.test"); len(asked) != len(names) {
			t.Errorf("%d questions for %d files", len(asked), len(names))
		}
	})
}

func TestLifeOfLocations(t *testing.T) {
	for query, want := range map[string]time.Duration{
		"": time.Minute, "X-Amz-Expires=100": 90 * time.Second, "X-Amz-Expires=86400": 5 * time.Minute,
		"X-Amz-Expires=0": 0, "X-Amz-Expires=soon": time.Minute, "X-Amz-Expires=-5": time.Minute,
	} {
		if got := lifeOf(&url.URL{RawQuery: query}); got != want {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
}
