package main

import (
	"bytes"
	"context"
	"crypto/md5"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
)

// TestExitCodes checks the code for each way to end.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	url := archivetest.Serve(t, sampleArchive())
	tests := []struct {
		name string
		args []string
		want int
	}{
		{"done", []string{"-p", "1"}, 0},
		{"script error", []string{"-e", "throw new Error('x')"}, 1},
		{"a call made wrongly is the script's error", []string{"-e", "query({instrumnt: 1})"}, 1},
		{"exit", []string{"-e", "exit(7)"}, 7},
		{"help on a command that is none", []string{"help", "nosuch"}, 2},
		{"help on a command", []string{"help", "query"}, 0},
		{"no file at a time", []string{"download", "--concurrency", "0", "imap_swe_l2_sci_20260105_v001.0002.cdf"}, 2},
		{"names that are wrong", []string{"names", "x.csv"}, 3},
		{"unknown flag", []string{"--nonsense"}, 2},
		{"unknown command", []string{"nonsense"}, 2},
		{"wrong value of a flag", []string{"query", "--instrument", "x"}, 2},
		{"name that is none", []string{"upload", "x.csv"}, 2},
		{"names that are none", []string{"download", "x.csv", ""}, 2},
		{"name that is none beside one that is not there", []string{"download", "x.csv", "imap_swe_l2_sci_20300101_v001.0001.cdf"}, 3},
		{"name that is none beside one that comes", []string{"download", "x.csv", "imap_swe_l2_sci_20260105_v001.0002.cdf"}, 3},
		{"name that is none to a query", []string{"query", "--filename", "x.csv"}, 2},
		{"name that is none in a script", []string{"-e", "download('x.csv')"}, 1},
		{"upload that is refused here", []string{"--read-only", "--api-key", "secret-key", "upload", "imap_mag_cal_20260301_v001.csv"}, 2},
		{"lines of code", []string{"-e", "const a = 7", "-e", "exit(a)"}, 7},
		{"a flag that serve does not take", []string{"serve", "--read-only", "--addr", "127.0.0.1:0"}, 2},
		{"a line that names no file to hide", []string{"serve", "--unreleased", "LIST", "--addr", "127.0.0.1:0"}, 2},
		{"an empty key to accept", []string{"serve", "--accept-key", "", "--addr", "127.0.0.1:0"}, 2},
		{"a directory that is not there", []string{"names", "nowhere/"}, 2},
		{"one file not there", []string{"download", "imap_swe_l2_sci_20300101_v001.0001.cdf"}, 3},
		{"one file not there, in a script", []string{"-e", "download('imap_swe_l2_sci_20300101_v001.0001.cdf')"}, 3},
		{"some transfers of a script", []string{"-e", "download(['imap_swe_l2_sci_20300101_v001.0001.cdf', 'imap_swe_l2_sci_20260105_v001.0002.cdf'])"}, 3},
		{"wrong key", []string{"--api-key", "wrong", "query", "--instrument", "mag"}, 4},
		{"wrong key in a script", []string{"--api-key", "wrong", "-e", "query({instrument: 'mag'})"}, 4},
		{"nobody listens", []string{"--url", "http://127.0.0.1:1", "query", "--instrument", "mag"}, 5},
		{"nobody listens to a download", []string{"--url", "http://127.0.0.1:1", "download", "imap_swe_l2_sci_20260106_v001.0001.cdf"}, 5},
	}
	list := filepath.Join(dir, "unreleased.txt")
	if err := os.WriteFile(list, []byte("# of this week\nimap_mag_l2_norm-gse_20260105_v001.0001.cdf\nnorm-gse of Monday\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for i, arg := range test.args {
				test.args[i] = strings.ReplaceAll(arg, "LIST", list)
			}
			var stdout, stderr bytes.Buffer
			c := &cli{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, env: func(name string) string {
				return map[string]string{"IMAP_DATA_ACCESS_URL": url, "IMAP_DATA_DIR": dir}[name]
			}}
			if got := c.run(t.Context(), test.args); got != test.want {
				t.Errorf("exit code %d, want %d\n%s", got, test.want, stderr.String())
			}
		})
	}
}

// fullDisk is a stream that takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestOutputThatIsLost must not end as if all were well.
func TestOutputThatIsLost(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{
		{"-p", "1"},
		{"query", "--instrument", "swe"},
		{"--json", "query", "--instrument", "swe"},
		{"download", "imap_swe_l2_sci_20260105_v001.0002.cdf"},
		{"names", "imap_swe_l2_sci_20260105_v001.0002.cdf"},
		{"--version"}, {"help", "query"}, {"query", "--help"}, {"completion", "bash"},
	} {
		c := &cli{stdin: strings.NewReader(""), stdout: fullDisk{}, stderr: io.Discard, env: func(string) string { return "" }}
		if got := c.run(t.Context(), append([]string{"--demo=20260211"}, args...)); got != exitScript {
			t.Errorf("%q: exit code %d", args, got)
		}
	}
}

// TestSignalStops interrupts the real program in the middle of things.
func TestSignalStops(t *testing.T) {
	for _, code := range []string{"console.error('go'); while (true) {}", "console.error('go'); sleep(60)"} {
		cmd := exec.CommandContext(t.Context(), "imapsh", "-e", code)
		stderr, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := stderr.Read(make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
		if err := interrupt(cmd.Process); err != nil {
			t.Skip(err)
		}
		_ = cmd.Wait()
		if got := cmd.ProcessState.ExitCode(); got != 130 {
			t.Errorf("%s: exit code %d, want 130", code, got)
		}
	}
}

// TestSignalLeavesNoHalfFile stops a download in the middle: no file has its name
// before it is whole, and the next run goes on where this one stopped.
func TestSignalLeavesNoHalfFile(t *testing.T) {
	const name = "imap_swe_l0_raw_20260105_v001.0001.pkts"
	whole := bytes.Repeat([]byte("0123456789abcdef"), 4096)
	var ranges atomic.Int32
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/download/") {
			http.Redirect(w, r, "http://"+r.Host+"/object", http.StatusFound)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, md5.Sum(whole)))
		if r.Header.Get("Range") != "" {
			ranges.Add(1)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(whole))
			return
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
		_, _ = w.Write(whole[:len(whole)/2])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer api.Close()
	dir := t.TempDir()
	final := filepath.Join(dir, "imap/swe/l0/2026/01", name)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			ranges.Store(0)
			args := []string{"--norc", "--json", "--url", api.URL, "--data-dir", dir, "download", "--overwrite", name}
			cmd := exec.CommandContext(t.Context(), "imapsh", args...)
			said := newLineWaiter()
			cmd.Stderr = said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			said.wait(t, `"event":"bytes"`) // they are in the .part
			if err := cmd.Process.Signal(sig); err != nil {
				t.Skip(err)
			}
			_ = cmd.Wait()
			if code, want := cmd.ProcessState.ExitCode(), 128+int(sig.(syscall.Signal)); code != want {
				t.Errorf("exit code %d, want %d", code, want)
			}
			if _, err := os.Stat(final); err == nil {
				t.Error("half a file has its final name")
			}
			if out, err := exec.CommandContext(t.Context(), "imapsh", args...).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if got, err := os.ReadFile(final); err != nil || !bytes.Equal(got, whole) {
				t.Errorf("the file is not the archive's (%v)", err)
			}
			if ranges.Load() == 0 {
				t.Error("the next run began anew")
			}
			_ = os.Remove(final)
		})
	}
}

// TestServe runs the server as the command does, over real files, and the client
// against it.
func TestServe(t *testing.T) {
	dir := realArchive(t)
	url, stop := startServe(t, "--data-dir", dir, "--accept-key", "k")

	data := t.TempDir()
	imapsh := func(args ...string) string {
		t.Helper()
		var stdout, stderr bytes.Buffer
		c := &cli{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, env: func(name string) string {
			return map[string]string{"IMAP_DATA_DIR": data}[name]
		}}
		if code := c.run(t.Context(), append([]string{"--url", url}, args...)); code != 0 {
			t.Fatalf("%v: exit code %d\n%s", args, code, stderr.String())
		}
		return stdout.String()
	}
	if out := imapsh("query", "--instrument", "codice"); !strings.HasPrefix(out, "Found [12] matching files in science table\n") {
		t.Errorf("codice:\n%s", out)
	}
	imapsh("-e", "query({instrument: 'codice', data_level: 'l1a'}).download()")
	sameFiles(t, dir, data, "imap/codice/l1a/2024/04", 4)

	copyFile(t, dir+"/imap/codice/l1a/2024/04/imap_codice_l1a_hi-omni_20240429_v001.cdf", data+"/imap_codice_l1a_hi-omni_20240429_v001.0002.cdf")
	imapsh("--api-key", "k", "upload", data+"/imap_codice_l1a_hi-omni_20240429_v001.0002.cdf")
	if out := imapsh("--api-key", "k", "query", "--instrument", "codice", "--descriptor", "hi-omni", "--data-level", "l1a", "--version", "latest"); !strings.Contains(out, "v001.0002.cdf") {
		t.Errorf("the upload is not found:\n%s", out)
	}
	if out := imapsh("query", "--instrument", "codice", "--descriptor", "hi-omni", "--data-level", "l1a"); strings.Contains(out, "v001.0002.cdf") {
		t.Errorf("the upload is seen by everybody:\n%s", out)
	}
	if code := stop(); code != 0 {
		t.Errorf("serve ended with exit code %d", code)
	}
}

// startServe runs the server as the command does, on a free port, until stop.
func startServe(t *testing.T, args ...string) (url string, stop func() (code int)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said := newLineWaiter()
	server := &cli{stdin: strings.NewReader(""), stdout: said, stderr: said, env: func(string) string { return "" }}
	ended := make(chan int, 1)
	go func() { ended <- server.run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)) }()
	line := said.wait(t, "serving")
	return strings.Fields(line[strings.Index(line, "http://"):])[0], func() int {
		cancel()
		return <-ended
	}
}

// TestServeHidesUnreleased: the files that are named are for those with a key.
func TestServeHidesUnreleased(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, f := range sample.Files() {
		if !strings.HasPrefix(f.Path, "imap/swe/l2/2026/01/") || len(paths) == 2 {
			continue
		}
		paths = append(paths, f.Path)
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(t.TempDir(), "hidden.txt")
	if err := os.WriteFile(list, []byte("# not yet\n\n"+paths[0]+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	url, stop := startServe(t, "--data-dir", dir, "--accept-key", "k", "--unreleased", list)
	run := func(args ...string) (string, int) {
		var stdout, stderr bytes.Buffer
		c := &cli{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, env: func(string) string { return "" }}
		code := c.run(t.Context(), append([]string{"--norc", "--url", url, "--data-dir", t.TempDir()}, args...))
		return stdout.String() + stderr.String(), code
	}
	for _, test := range []struct {
		args []string
		want string
		code int
	}{
		{[]string{"query", "--instrument", "swe"}, "Found [1] matching files", 0},
		{[]string{"--api-key", "k", "query", "--instrument", "swe"}, "Found [2] matching files", 0},
		{[]string{"download", paths[0]}, "not a part of a public release yet", exitUnauthorized},
		{[]string{"--api-key", "k", "download", paths[0]}, "Successfully downloaded", 0},
		{[]string{"download", paths[1]}, "Successfully downloaded", 0},
	} {
		if out, code := run(test.args...); code != test.code || !strings.Contains(out, test.want) {
			t.Errorf("%v: exit code %d\n%s", test.args, code, out)
		}
	}
	if code := stop(); code != 0 {
		t.Errorf("serve ended with exit code %d", code)
	}
}
