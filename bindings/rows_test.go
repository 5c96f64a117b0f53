package bindings_test

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/sdc"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
)

// manyFiles are n science files that no store holds the bytes of.
func manyFiles(n int) archive.Store {
	return archive.NewMemStore(func(yield func(archive.MemFile) bool) {
		day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		instruments := []string{"codice", "glows", "hi", "hit", "idex", "lo", "mag", "swapi", "swe", "ultra"}
		for i := range n {
			instrument := instruments[i%10]
			date := day.AddDate(0, 0, i/10%250)
			product := fmt.Sprintf("product-%d", i/2500)
			path := fmt.Sprintf("imap/%s/l1a/%s/imap_%s_l1a_%s_%s_v001.0001.cdf",
				instrument, date.Format("2006/01"), instrument, product, date.Format("20060102"))
			if !yield(archive.MemFile{Path: path, ModTime: date.AddDate(0, 0, 1), Bytes: func() []byte { return nil }}) {
				return
			}
		}
	})
}

// serve starts an archive over files for as long as the test runs.
func serve(tb testing.TB, store archive.Store) string {
	tb.Helper()
	return archivetest.Serve(tb, archive.Options{Store: store, Keys: []string{"key"}})
}

// shell makes a session of the shell's API.
func shell(tb testing.TB, url string, stdout io.Writer) *runtime.Session {
	tb.Helper()
	client, err := sdc.New(sdc.Options{URL: url, DataDir: tb.TempDir()})
	if err != nil {
		tb.Fatal(err)
	}
	api := bindings.New(bindings.Host{Client: client, Stdout: stdout})
	session, err := runtime.New(runtime.Options{API: api, Stdout: stdout})
	if err != nil {
		tb.Fatal(err)
	}
	return session
}

// BenchmarkRows asks for 100,000 records over HTTP, lists, filters and groups them.
func BenchmarkRows(b *testing.B) {
	url := serve(b, manyFiles(100_000))
	session := shell(b, url, io.Discard)
	for _, step := range []struct{ name, code string }{
		{"query", "files = query({data_level: 'l1a'})"},
		{"list", "print(files)"},
		{"filter", "files.filter(f => f.instrument === 'mag').length"},
		{"groupBy", "files.groupBy('instrument')"},
		{"all", "x = query({data_level: 'l1a'}); print(x); x.filter(f => f.instrument === 'mag'); x.groupBy('instrument')"},
	} {
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := session.Eval(context.Background(), "bench", step.code); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
