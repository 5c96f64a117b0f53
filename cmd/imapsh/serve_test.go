package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
)

func TestServeOptions(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("keys", "# the team's\none\ntwo:read\n", 0o600)
	open := write("open", "one\n", 0o644)
	for _, test := range []struct {
		name       string
		flags      serveFlags
		env        string
		keys, read []string
		max        int64
		want       string // of the error
	}{
		{name: "none"},
		{name: "all places", flags: serveFlags{keys: []string{"flag"}, keysFile: file}, env: "env, more:read",
			keys: []string{"flag", "env", "one"}, read: []string{"more", "two"}},
		{name: "scope", flags: serveFlags{keys: []string{"k:write"}}, want: "KEY or KEY:read"},
		{name: "no key", flags: serveFlags{keys: []string{":read"}}, want: "KEY or KEY:read"},
		{name: "size", flags: serveFlags{maxUpload: "2G"}, max: 2 << 30},
		{name: "bytes", flags: serveFlags{maxUpload: "1000"}, max: 1000},
		{name: "no size", flags: serveFlags{maxUpload: "2GB"}, want: `"2GB": must be a number of bytes`},
		{name: "no bytes", flags: serveFlags{maxUpload: "0"}, want: `"0": must be a number of bytes`},
		{name: "half of TLS", flags: serveFlags{cert: "x"}, want: "give both"},
		{name: "no certificate", flags: serveFlags{cert: file, key: file}, want: "--tls-cert"},
		{name: "objects URL", flags: serveFlags{listen: archive.ListenOptions{ObjectsURL: "objects.example.org"}}, want: "--objects-url"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &cli{stderr: os.Stderr, env: func(name string) string { return map[string]string{"IMAPSH_ACCEPT_KEYS": test.env}[name] }}
			got, err := c.serveOptions(&test.flags)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v, want %s", err, test.want)
				}
				return
			}
			if err != nil || !slices.Equal(got.Keys, test.keys) || !slices.Equal(got.ReadKeys, test.read) || got.MaxUpload != test.max {
				t.Errorf("%v %v %d %v", got.Keys, got.ReadKeys, got.MaxUpload, err)
			}
		})
	}
	if runtime.GOOS != "windows" {
		c := &cli{stderr: os.Stderr, env: func(string) string { return "" }}
		if _, err := c.serveOptions(&serveFlags{keysFile: open}); err == nil || !strings.Contains(err.Error(), "others than its owner may use it") {
			t.Errorf("a file that others may read: %v", err)
		}
	}
}

// TestCopiedCatalogHides: where the directory cannot be written, what the catalog hides
// stays hidden, though no list beside the data says so.
func TestCopiedCatalogHides(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	path := sample.Files()[0].Path
	store := sample.Store(sample.Files()[:1])
	catalog := filepath.Join(dir, "catalog.sqlite")
	archivetest.Open(t, archive.Options{Store: store, Catalog: catalog, Unreleased: []string{path}})
	// It stays open: the write-ahead log holds what the file does not.
	copied, err := copyCatalog(catalog, temp)
	if err != nil {
		t.Fatal(err)
	}
	b := archivetest.Open(t, archive.Options{Store: store, Catalog: copied})
	if status := statusOf(b, "/download/"+path); status != 403 {
		t.Errorf("status %d", status)
	}
	if _, err := copyCatalog(filepath.Join(dir, "none.sqlite"), temp); err != nil {
		t.Errorf("no catalog: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := copyCatalog(filepath.Join(dir, "folder"), temp); err == nil {
		t.Error("a catalog that cannot be read: no error")
	}
}

// TestServeWarnsOfKeysInClear where other machines can reach it.
func TestServeWarnsOfKeysInClear(t *testing.T) {
	for _, test := range []struct {
		name, addr string
		args       []string
		want       bool
	}{
		{"all addresses", ":0", []string{"--accept-key", "k"}, true},
		{"no keys", ":0", nil, false},
		{"loopback", "127.0.0.1:0", []string{"--accept-key", "k"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			said := newLineWaiter()
			server := &cli{stdin: strings.NewReader(""), stdout: said, stderr: said, env: func(string) string { return "" }}
			ended := make(chan int, 1)
			args := append([]string{"serve", "--data-dir", t.TempDir(), "--addr", test.addr}, test.args...)
			go func() { ended <- server.run(ctx, args) }()
			said.wait(t, "serving")
			cancel()
			<-ended
			text := said.text()
			reached := strings.Contains(text, "other machines reach it at http://")
			if warned := strings.Contains(text, "warning: keys travel in clear"); warned != (test.want && reached) || reached && test.name == "loopback" {
				t.Errorf("%s", text)
			}
		})
	}
}

// statusOf asks an archive's API.
func statusOf(a *archive.Archive, path string) int {
	w := httptest.NewRecorder()
	a.API("http://objects").ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Code
}
