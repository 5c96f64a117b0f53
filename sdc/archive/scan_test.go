package archive

import (
	"context"
	"fmt"
	"path/filepath"
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
