package sdc

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"imapsh/sdc/faultserver"
	"imapsh/sdc/internal/transport"
)

// The file that the tests of faults transfer.
const (
	someName = "imap_mag_l0_raw_20250101_v001.0001.pkts"
	somePath = "imap/mag/l0/2025/01/" + someName
	secret   = "kq7-the-secret-key"
)

// The names of what lies in a data directory beside the archive's files.
const (
	partEnding     = ".part"
	partNoteEnding = ".part.json"
	ownDir         = ".imapsh"
	locksDir       = ownDir + "/locks"
	lockFile       = locksDir + "/" + someName + ".lock"
	recordFile     = ownDir + "/verified/imap/mag/l0/2025/01.jsonl"
)

// someBytes are n bytes that no two calls with different seeds share.
func someBytes(n int, seed uint64) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	r.Read(b)
	return b
}

func md5Hex(b []byte) string {
	sum := md5.Sum(b)
	return hex.EncodeToString(sum[:])
}

// rig is an archive of two origins, api.test and store.test, on a network in
// memory, whose clock is that of testing/synctest. What the store does next is
// scripted; what is not, it does right.
type rig struct {
	t       testing.TB
	client  *Client
	options Options // of the client
	content []byte

	mu       sync.Mutex
	asked    []string // "METHOD origin path range" of each request
	headers  []http.Header
	onAPI    faultserver.Script  // what the API does with its first requests; nil: right
	onStore  faultserver.Script  // likewise
	always   http.HandlerFunc    // what the store does with all requests that are not scripted
	server   *faultserver.Server // does what is right
	listener map[string]*memoryListener
}

// inRig runs a test in a bubble of synctest, against a rig.
func inRig(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, content: someBytes(1<<20, 1), listener: map[string]*memoryListener{}}
		r.server = &faultserver.Server{StoreURL: "http://store.test", Path: somePath, Content: func() []byte {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.content
		}}
		defer time.Sleep(time.Hour) // of the bubble: what is left of the handlers ends
		for host, handler := range map[string]http.HandlerFunc{"api.test": r.api, "store.test": r.store, "other.test": r.other} {
			l := &memoryListener{conns: make(chan net.Conn), closed: make(chan struct{})}
			r.listener[host+":80"] = l
			server := &http.Server{Handler: handler}
			go server.Serve(l)
			defer server.Close()
		}
		transport := transport.Direct(maxConcurrency)
		transport.DialContext = func(ctx context.Context, _, addr string) (net.Conn, error) {
			r.mu.Lock()
			l := r.listener[addr]
			r.mu.Unlock()
			if l == nil {
				return nil, &net.DNSError{Err: "no such host", Name: addr, IsNotFound: true}
			}
			return l.dial(ctx)
		}
		defer transport.CloseIdleConnections()
		r.options = Options{URL: "http://api.test", APIKey: secret, DataDir: t.TempDir(), HTTP: &http.Client{Transport: transport}}
		r.reopen(func(*Options) {})
		test(t, r)
	})
}

// reopen gives the rig a client with other options.
func (r *rig) reopen(change func(*Options)) {
	r.t.Helper()
	change(&r.options)
	client, err := New(r.options)
	if err != nil {
		r.t.Fatal(err)
	}
	r.client = client
}

type memoryListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	down   atomic.Bool // for now
}

func (l *memoryListener) dial(ctx context.Context) (net.Conn, error) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	if l.down.Load() {
		return nil, refused
	}
	here, there := net.Pipe()
	select {
	case l.conns <- there:
		return here, nil
	case <-l.closed:
		return nil, refused
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *memoryListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *memoryListener) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *memoryListener) Addr() net.Addr { return &net.TCPAddr{} }

// note writes a request down, and gives the handler scripted for it.
func (r *rig) note(request *http.Request, script *faultserver.Script) http.HandlerFunc {
	r.mu.Lock()
	defer r.mu.Unlock()
	line := request.Method + " " + request.Host + " " + request.URL.Path
	if span := request.Header.Get("Range"); span != "" {
		line += " " + span
	}
	r.asked = append(r.asked, line)
	r.headers = append(r.headers, request.Header.Clone())
	if script == nil {
		return nil
	}
	return script.Next()
}

func (r *rig) api(w http.ResponseWriter, request *http.Request) {
	if scripted := r.note(request, &r.onAPI); scripted != nil {
		scripted(w, request)
		return
	}
	r.rightAPI(w, request)
}

func (r *rig) rightAPI(w http.ResponseWriter, request *http.Request) { r.server.AnswerAPI(w, request) }

func (r *rig) store(w http.ResponseWriter, request *http.Request) {
	scripted := r.note(request, &r.onStore)
	switch {
	case scripted != nil:
		scripted(w, request)
	case r.always != nil:
		r.always(w, request)
	default:
		r.right(w, request)
	}
}

// right is what the object store does when nothing goes wrong.
func (r *rig) right(w http.ResponseWriter, request *http.Request) { r.server.AnswerStore(w, request) }

func (r *rig) keep(w http.ResponseWriter, request *http.Request) { r.server.Keep(w, request) }

func (r *rig) other(w http.ResponseWriter, request *http.Request) { r.note(request, nil) }

// The faults, by the names that the tests use.
var (
	serve       = faultserver.Serve
	cutAfter    = faultserver.CutAfter
	silentAfter = faultserver.SilentAfter
	status      = faultserver.Status
	times       = faultserver.Times
)

// requests lists what all origins were asked, in the order in which it came. The
// handler of a request that was given up may still be at it.
func (r *rig) requests() (lines []string, headers []http.Header) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.asked), slices.Clone(r.headers)
}

// forget lets requests begin anew.
func (r *rig) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked, r.headers = nil, nil
}

// to lists the requests that an origin got.
func (r *rig) to(host string) []string {
	asked, _ := r.requests()
	var lines []string
	for _, line := range asked {
		if strings.Contains(line, " "+host+" ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// download fetches the file of the tests.
func (r *rig) download(o DownloadOptions) (Transfer, error) {
	r.t.Helper()
	return r.client.Download(r.t.Context(), someName, o)
}

// whole checks that the file lies there with the archive's bytes, and nothing
// else but what this package keeps for itself.
func (r *rig) whole(t Transfer, err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatalf("failed: %v", err)
	}
	got, err := os.ReadFile(t.Path)
	if err != nil || !bytes.Equal(got, r.content) {
		r.t.Fatalf("the file is not the archive's: %d bytes, error %v", len(got), err)
	}
	if files := filesIn(r.t, r.client.DataDir()); len(files) != 1 {
		r.t.Errorf("files: %v", files)
	}
}

// failed checks that there is no file, an error that says so, and no secret in it.
func (r *rig) failed(t Transfer, err error, want string) {
	r.t.Helper()
	switch {
	case err == nil:
		r.t.Fatal("it succeeded")
	case !strings.Contains(err.Error(), want):
		r.t.Errorf("error: %v\nwant:  %s", err, want)
	case t.Status != Failed:
		r.t.Errorf("status %q", t.Status)
	}
	noSecret(r.t, err)
	if _, err := os.Lstat(r.client.LocalPath(somePath)); !errors.Is(err, fs.ErrNotExist) {
		r.t.Errorf("there is a file: %v", err)
	}
}

func noSecret(t testing.TB, err error) {
	t.Helper()
	text := fmt.Sprintf("%v %+v %#v", err, err, err)
	for _, word := range []string{secret, "sigsecret"} {
		if strings.Contains(text, word) {
			t.Errorf("a secret is shown: %s", text)
		}
	}
}

// filesIn lists the files in a data directory, without this package's own.
func filesIn(t testing.TB, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() && entry.Name() == ownDir {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var errInterrupted = errors.New("^C")

// contextWithCancelAfter is a context that somebody interrupts.
func contextWithCancelAfter(t testing.TB, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(t.Context(), d, errInterrupted)
}
