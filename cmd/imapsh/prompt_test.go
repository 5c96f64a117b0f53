//go:build !windows

package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// TestInterruptAtThePrompt stops what a session may be in the middle of; the
// session goes on.
func TestInterruptAtThePrompt(t *testing.T) {
	t.Parallel()
	started := make(chan struct{}, 1)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/download/") {
			http.Redirect(w, r, "http://"+r.Host+"/object", http.StatusFound)
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

	term := startTerminal(t, window{env: []string{"IMAP_DATA_ACCESS_URL=" + api.URL}})
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
	term.expect("its variables are kept")
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
	t.Parallel()
	term := startTerminal(t, window{}, "--demo=20260211")
	const prompt = "imap[demo]> "
	term.expect("try: query({instrument: 'mag'")
	term.ready(prompt)
	const ran = "\x1b[?2004l" // the editor lets go of the terminal: the statement runs
	for _, step := range []struct{ typed, want string }{
		{"query({instrument: 'swe', data_level: 'l2', version: 'latest'})", "… 20 more"},
		{"_.length", "40\r\n"},
		{"nothing.here", "ReferenceError: nothing is not defined"},
		{"_error.name", "'ReferenceError'"},
		{"help", "query products download upload"},
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
