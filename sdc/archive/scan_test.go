package archive

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkOpen100k catalogues 100,000 objects in a new catalog on disk, and then
// opens it again when nothing has changed.
func BenchmarkOpen100k(b *testing.B) {
	store := NewMemStore(func(yield func(MemFile) bool) {
		for i := range 100_000 {
			day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%500)
			path := fmt.Sprintf("imap/mag/l2/%s/imap_mag_l2_product-%d_%s_v001.0001.cdf",
				day.Format("2006/01"), i/500, day.Format("20060102"))
			if !yield(MemFile{path, day, func() []byte { return nil }}) {
				return
			}
		}
	})
	run := func(b *testing.B, catalog string) {
		a, err := Open(context.Background(), Options{Store: store, Catalog: catalog})
		if err != nil {
			b.Fatal(err)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			run(b, filepath.Join(b.TempDir(), "catalog.sqlite"))
		}
	})
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			run(b, "")
		}
	})
	b.Run("known", func(b *testing.B) {
		catalog := filepath.Join(b.TempDir(), "catalog.sqlite")
		run(b, catalog)
		for b.Loop() {
			run(b, catalog)
		}
	})
}

// TestReplacedFile: a file that was replaced in place by hand has a new ingestion date,
// whether a scan or a download notices it first.
func TestReplacedFile(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(t *testing.T, file string)
		asked  bool // for the object, while the archive runs
		want   string
	}{
		{"unchanged", func(*testing.T, string) {}, true, "20260110 12:00:00"},
		{"another size, same time", func(t *testing.T, file string) { rewrite(t, file, "longer than before", noon) }, false, "20260112 12:00:00"},
		{"same size, later", func(t *testing.T, file string) { rewrite(t, file, "NEW", noon.Add(time.Hour)) }, false, "20260112 12:00:00"},
		{"same size, earlier", func(t *testing.T, file string) { rewrite(t, file, "NEW", noon.Add(-time.Hour)) }, false, "20260112 12:00:00"},
		{"asked for before the scan", func(t *testing.T, file string) { rewrite(t, file, "NEW", noon.Add(time.Hour)) }, true, "20260112 12:00:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			file := write(t, dir, magPath, "old")
			write(t, dir, swePath, "other")
			now := noon.AddDate(0, 0, 1)
			o := serve(t, Options{Store: dirStoreOf(t, dir), Catalog: filepath.Join(dir, ".imapsh", "catalog.sqlite"), Unreleased: []string{magPath},
				Now: func() time.Time { return now }})
			get := func(endpoint string) reply {
				return request(t, "GET", o.api+"/api-key"+endpoint, "", "x-api-key", testKey)
			}
			ask := func() {
				r := request(t, "GET", get("/download/"+magPath).header.Get("Location"), "")
				content, _ := os.ReadFile(file)
				if r.status != 200 || r.body != string(content) || r.header.Get("ETag") != etag(r.body) {
					t.Fatalf("%d %q, ETag %s", r.status, r.body, r.header.Get("ETag"))
				}
			}
			ask()
			test.change(t, file)
			now = noon.AddDate(0, 0, 2)
			if test.asked {
				ask()
			}
			if err := o.Rescan(t.Context()); err != nil {
				t.Fatal(err)
			}
			now = noon.AddDate(0, 0, 3)
			for range 2 { // another scan finds nothing new
				if got := paths(t, get("/query?ingestion_date="+url.QueryEscape(test.want)+"&instrument=mag")); !slices.Equal(got, []string{magPath}) {
					t.Errorf("ingested at %s: %q", test.want, got)
				}
				if err := o.Rescan(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			ask()
			if got := paths(t, get("/query?ingestion_date="+url.QueryEscape("20260110 12:00:00")+"&instrument=swe")); !slices.Equal(got, []string{swePath}) {
				t.Errorf("the other file: %q", got)
			}
			if got := request(t, "GET", o.api+"/download/"+magPath, ""); got.status != 403 {
				t.Errorf("it was hidden, and is not: %d", got.status)
			}
		})
	}
}

func rewrite(t *testing.T, file, content string, modTime time.Time) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, modTime, modTime); err != nil {
		t.Fatal(err)
	}
}
