package sdc

import (
	"bytes"
	"cmp"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestMain is also the other process of the tests that need one: children maps
// what it is asked to do.
func TestMain(m *testing.M) {
	if name := os.Getenv("SDC_TEST_CHILD"); name != "" {
		if err := children()[name](); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	log.SetOutput(io.Discard) // net/http's words on what the tests' servers do
	os.Exit(m.Run())
}

// child is this test binary as another process, with settings for its client.
func child(t testing.TB, name, api, dir string, env ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), append([]string{"SDC_TEST_CHILD=" + name, "SDC_TEST_URL=" + api, "SDC_TEST_DIR=" + dir}, env...)...)
	cmd.Stderr = new(bytes.Buffer)
	return cmd
}

func childClient() (*Client, error) {
	api := os.Getenv("SDC_TEST_URL")
	if api == "" { // it would mean the real archive
		return nil, errors.New("SDC_TEST_URL is not set")
	}
	return New(Options{URL: api, DataDir: os.Getenv("SDC_TEST_DIR"), APIKey: secret})
}

func children() map[string]func() error {
	return map[string]func() error{
		"download": childDownloads,
		"killed":   childKilledBeforeRename,
		"disk":     childOnDisk,
		"serve":    childServes,
		"fetch":    childFetches,
	}
}

func childDownloads() error {
	client, err := childClient()
	if err != nil {
		return err
	}
	fmt.Println("begun")
	transfer, err := client.Download(context.Background(), cmp.Or(os.Getenv("SDC_TEST_NAME"), someName), DownloadOptions{})
	fmt.Println(transfer.Status)
	return err
}

func TestTwoProcessesOneFile(t *testing.T) {
	content := someBytes(1<<20, 1)
	var asked atomic.Int64
	begun := make(chan struct{}, 4)
	store := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			for range cap(begun) {
				<-begun
			}
		}
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	}))
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store+"/x", http.StatusFound)
	}))
	dir := t.TempDir()
	var mu sync.Mutex
	ends := map[string]int{}
	var processes sync.WaitGroup
	for range cap(begun) {
		processes.Go(func() {
			cmd := child(t, "download", api, dir)
			begins := sync.OnceFunc(func() { begun <- struct{}{} })
			defer begins()
			cmd.Stdout = writerFunc(func(text []byte) {
				begins()
				mu.Lock()
				defer mu.Unlock()
				for word := range strings.FieldsSeq(string(text)) {
					ends[word]++
				}
			})
			if err := cmd.Run(); err != nil {
				t.Errorf("%v: %s", err, cmd.Stderr)
			}
		})
	}
	processes.Wait()
	got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(somePath)))
	if err != nil || !bytes.Equal(got, content) || ends["downloaded"] != 1 || ends["skipped"] != 3 || asked.Load() != 1 {
		t.Errorf("%v, asked %d times, %d bytes, %v", ends, asked.Load(), len(got), err)
	}
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("files: %v", files)
	}
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) { f(p); return len(p), nil }

// childKilledBeforeRename fetches a file and dies when it is on the disk but
// does not have its name.
func childKilledBeforeRename() error {
	client, err := childClient()
	if err != nil {
		return err
	}
	d := newDownload(client, DownloadOptions{})
	ctx := context.Background()
	if _, err := d.dir.Lock(ctx, somePath); err != nil {
		return err
	}
	part, err := d.dir.OpenPart(somePath)
	if err != nil {
		return err
	}
	f := &fetch{object: &object{client: client, path: somePath}, part: part, meter: (&notifier{}).meter(somePath)}
	if _, err := f.run(ctx); err != nil {
		return err
	}
	return part.Complete(ctx, VerifiedMD5, func(VerificationRecord) {
		if self, err := os.FindProcess(os.Getpid()); err == nil && self.Kill() == nil {
			time.Sleep(time.Minute) // until it is dead
		}
	})
}

func TestKilledBetweenSyncAndRename(t *testing.T) {
	content := someBytes(1<<20, 1)
	var mu sync.Mutex
	var spans []string
	store := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		spans = append(spans, r.Header.Get("Range"))
		mu.Unlock()
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	}))
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store+"/x", http.StatusFound)
	}))
	client := newClient(t, Options{URL: api})
	cmd := child(t, "killed", api, client.DataDir())
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() > 0 {
		t.Fatalf("it was not killed: %v %s", err, cmd.Stderr)
	}
	path := client.LocalPath(somePath)
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file")
	}
	// Neither its lock nor its part is in the way: nothing is fetched twice.
	transfer, err := client.Download(t.Context(), someName, DownloadOptions{})
	got, _ := os.ReadFile(path)
	mu.Lock()
	defer mu.Unlock()
	if err != nil || !bytes.Equal(got, content) || transfer.Bytes != 0 || len(spans) != 2 || spans[1] != "bytes=1048576-" {
		t.Errorf("%+v %v %q", transfer, err, spans)
	}
	if files := filesIn(t, client.DataDir()); len(files) != 1 {
		t.Errorf("files: %v", files)
	}
}

func TestProxyAndCertificateFromTheEnvironment(t *testing.T) {
	content := someBytes(1000, 1)
	var proxied atomic.Int64
	var base atomic.Value
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.IsAbs() { // as a proxy is asked
			proxied.Add(1)
		}
		if strings.Contains(r.URL.Path, "/download/") {
			http.Redirect(w, r, base.Load().(string)+"/x", http.StatusFound)
			return
		}
		serve(w, r, content, `"1"`)
	})
	secure := httptest.NewTLSServer(handler)
	defer secure.Close()
	certificate := filepath.Join(t.TempDir(), "ca.pem")
	write(t, certificate, pemOf(secure.Certificate().Raw))
	base.Store(secure.URL)
	cmd := child(t, "download", base.Load().(string), t.TempDir(), "SSL_CERT_FILE="+certificate)
	if err := cmd.Run(); err != nil {
		t.Errorf("with SSL_CERT_FILE: %v %s", err, cmd.Stderr)
	}
	plain := httptest.NewServer(handler)
	defer plain.Close()
	// An address of this machine that a proxy is used for: for 127.0.0.1 none ever is.
	base.Store(strings.Replace(plain.URL, "127.0.0.1", "0.0.0.0", 1))
	for _, test := range []struct {
		except string
		want   int64
	}{{"", 2}, {"0.0.0.0", 0}} {
		proxied.Store(0)
		cmd := child(t, "download", base.Load().(string), t.TempDir(), "HTTP_PROXY="+plain.URL, "http_proxy="+plain.URL,
			"NO_PROXY="+test.except, "no_proxy="+test.except)
		if err := cmd.Run(); err != nil || proxied.Load() != test.want {
			t.Errorf("with HTTP_PROXY and NO_PROXY=%s: %v %s, %d requests", test.except, err, cmd.Stderr, proxied.Load())
		}
	}
}

func pemOf(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
