//go:build !windows

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// reading is what the editor sends as it takes the terminal: keys are read from
// then on, and ^C is one of them.
const reading = "\x1b[?2004h"

// terminal is the program in a pseudo-terminal.
type terminal struct {
	t      *testing.T
	pty    *os.File
	screen *lineWaiter
	seen   int // how far expect has read
	cmd    *exec.Cmd
}

func startTerminal(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "imapsh", args...)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "TERM=xterm", "NO_COLOR=1", "NO_PROXY=*",
		"IMAP_API_KEY=", "IMAP_ACCESS_TOKEN=", "IMAP_DATA_DIR="+filepath.Join(home, "data"))
	cmd.Env = append(cmd.Env, env...)
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 100})
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	term := &terminal{t: t, pty: file, screen: newLineWaiter(), cmd: cmd}
	go func() { _, _ = io.Copy(term.screen, file) }()
	t.Cleanup(func() {
		_ = file.Close()
		_ = cmd.Wait()
	})
	return term
}

// expect waits until a text comes on the screen, after all that was expected before.
func (term *terminal) expect(text string) {
	term.t.Helper()
	limit := time.After(20 * time.Second)
	for {
		all := term.screen.text()
		if i := strings.Index(all[term.seen:], text); i >= 0 {
			term.seen += i + len(text)
			return
		}
		select {
		case <-term.screen.more:
		case <-limit:
			term.t.Fatalf("%q did not come; since then came %q", text, all[term.seen:])
		}
	}
}

// ready waits until the editor reads keys.
func (term *terminal) ready(prompt string) {
	term.t.Helper()
	term.expect(reading)
	term.expect(prompt)
}

func (term *terminal) send(keys string) {
	term.t.Helper()
	if _, err := term.pty.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

// TestInterruptAtThePrompt stops what a session may be in the middle of; the
// session goes on.
func TestInterruptAtThePrompt(t *testing.T) {
	started := make(chan struct{}, 1)
	var api *httptest.Server
	api = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/download/") {
			http.Redirect(w, r, api.URL+"/object", http.StatusFound)
			return
		}
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write(make([]byte, 100))
		w.(http.Flusher).Flush()
		select {
		case started <- struct{}{}:
		default:
		}
		<-r.Context().Done()
	}))
	defer api.Close()

	term := startTerminal(t, []string{"IMAP_DATA_ACCESS_URL=" + api.URL})
	prompt := "imap[" + strings.TrimPrefix(api.URL, "http://") + "]> "
	term.ready(prompt)
	term.send("let kept = 41\r")
	term.ready(prompt)
	for _, test := range []struct {
		code  string
		begun func()
	}{
		{"print('go' + 'ing'); while (true) {}", func() { term.expect("going") }},
		{"print('go' + 'ing'); sleep(60)", func() { term.expect("going") }},
		{"print('go' + 'ing'); while (true) try { sleep(60) } catch {}", func() { term.expect("going") }},
		{"download('imap_swe_l0_raw_20260105_v001.0001.pkts')", func() { <-started }},
	} {
		term.send(test.code + "\r")
		test.begun()
		term.send("\x03")
		term.expect("interrupted")
		term.ready(prompt)
	}
	if left, _ := filepath.Glob(filepath.Join(term.cmd.Dir, "data/imap/*/*/*/*/*.pkts")); len(left) > 0 {
		t.Errorf("a half file got its final name: %v", left)
	}
	term.send("kept + 1\r")
	term.expect("42\r\n")
	term.ready(prompt)

	// In a promise's callback the stop breaks the engine: that is said, and the
	// session starts anew.
	term.send("await null; print('go' + 'ing'); while (true) {}\r")
	term.expect("going")
	term.send("\x03")
	term.expect("without its variables")
	term.ready(prompt)
	term.send("await Promise.resolve(6).then(x => 7 * x)\r")
	term.expect("42\r\n")
	term.ready(prompt)

	// ^C drops a line; on an empty one it hints, and a second one leaves.
	term.send("half a line\x03")
	term.ready(prompt)
	term.send("\x03")
	term.expect("^C again, ^D or exit leaves")
	term.ready(prompt)
	term.send("\x03")
	if err := term.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestPromptSession is a first minute at the prompt.
func TestPromptSession(t *testing.T) {
	term := startTerminal(t, nil, "--demo")
	const prompt = "imap[demo]> "
	term.expect("try: query({instrument: 'mag'")
	term.ready(prompt)
	const ran = "\x1b[?2004l" // the editor lets go of the terminal: the statement runs
	for _, step := range []struct{ typed, want string }{
		{"query({instrument: 'swe', data_level: 'l2', version: 'latest'})", "… 20 more"},
		{"_.length", "40\r\n"},
		{"nothing.here", "ReferenceError: nothing is not defined"},
		{"_error.name", "'ReferenceError'"},
		{"help", "Finds files in the archive"},
		{"query?", "catalog to look in"},
		{"let x = 1; let x = 2", ran},
		{"class A {}", ran},
		{"class A { two() { return 2 } }", ran},
		{"function f() {\r  return new A().two() + 40\r}\rf()", "42\r\n"},
		{"await Promise.resolve('waited')", "'waited'"},
		{"query({instrument: 'ialirt'})", "No files."},
	} {
		term.send(step.typed + "\r")
		term.expect(step.want)
		term.ready(prompt)
	}
	term.send("exit(5)\r")
	_ = term.cmd.Wait()
	if code := term.cmd.ProcessState.ExitCode(); code != 5 {
		t.Errorf("exit code %d", code)
	}
}
