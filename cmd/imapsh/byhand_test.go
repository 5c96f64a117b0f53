package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExitCodesOfFilesPutThereByHand: without --verify what the archive cannot say
// is no failure; with it the exit code says why.
func TestExitCodesOfFilesPutThereByHand(t *testing.T) {
	const name = "imap_swe_l2_sci_20260105_v001.0002.cdf"
	dir := t.TempDir()
	path := filepath.Join(dir, "imap/swe/l2/2026/01", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("by hand"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		status int
		body   string
		want   int
	}{
		{"not in the archive", 404, `"File not found"`, exitTransfers},
		{"not released", 403, `"The file is not a part of a public release yet."`, exitUnauthorized},
		{"unreachable", 0, "", exitArchive},
	} {
		t.Run(test.name, func(t *testing.T) {
			url := "http://127.0.0.1:1"
			if test.status > 0 {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(test.status)
					_, _ = io.WriteString(w, test.body)
				}))
				defer server.Close()
				url = server.URL
			}
			for verify, want := range map[bool]int{false: exitDone, true: test.want} {
				args := []string{"--norc", "--url", url, "--data-dir", dir, "download", name}
				if verify {
					args = append(args, "--verify")
				}
				var stderr strings.Builder
				c := &cli{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr, env: func(string) string { return "" }}
				if got := c.run(t.Context(), args); got != want {
					t.Errorf("verify %v: exit code %d, want %d\n%s", verify, got, want, stderr.String())
				}
			}
		})
	}
}
