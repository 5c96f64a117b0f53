//go:build !windows

package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	xterm "golang.org/x/term"

	"imapsh/runtime/vttest"
)

// update writes the screens of testdata anew: go test ./cmd/imapsh -update
var update = flag.Bool("update", false, "write testdata/*.screen anew")

// reading is what the editor sends as it takes the terminal: keys are read from
// then on, and ^C is one of them.
const reading = "\x1b[?2004h"

// window is where a program runs, and in what world.
type window struct {
	columns, rows int      // 0: 100 and 40
	unknown       bool     // the pseudo-terminal does not tell its size
	env           []string // besides that of every test
	command       string   // of a shell, to run in place of imapsh with its arguments
	home          string   // of its files and settings; empty: a new one
}

// terminal is the program in a pseudo-terminal: all that it wrote, and what stands on
// the screen.
type terminal struct {
	t      *testing.T
	pty    *os.File
	screen *lineWaiter
	vt     *vttest.Terminal
	seen   int // how far expect has read
	cmd    *exec.Cmd
	home   string
	before *xterm.State  // of the pseudo-terminal, before the program began
	over   chan struct{} // closed when the program writes no more
}

// worldOf is the environment of a program whose settings and files are in a directory
// of their own, under the working directory.
func worldOf(home string, env []string) []string {
	return append(append(os.Environ(),
		"HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_STATE_HOME="+home, "XDG_CACHE_HOME="+home, "TERM=xterm", "NO_COLOR=1", "NO_PROXY=*",
		"IMAP_API_KEY=", "IMAP_ACCESS_TOKEN=", "IMAP_DATA_ACCESS_URL=", "IMAP_DATA_DIR=data", "VISUAL=", "EDITOR="), env...)
}

func startTerminal(t *testing.T, w window, args ...string) *terminal {
	t.Helper()
	if w.columns == 0 {
		w.columns, w.rows = 100, 40
	}
	if w.home == "" {
		w.home = t.TempDir()
	}
	cmd := exec.CommandContext(t.Context(), "imapsh", args...)
	if w.command != "" {
		cmd = exec.CommandContext(t.Context(), "sh", "-c", w.command)
	}
	cmd.Dir = w.home
	cmd.Env = worldOf(w.home, w.env)
	size := &pty.Winsize{Rows: uint16(w.rows), Cols: uint16(w.columns)}
	if w.unknown {
		size = &pty.Winsize{}
	}
	file, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	if err := pty.Setsize(file, size); err != nil {
		t.Fatal(err)
	}
	if err := vttest.KeepOutput(file); err != nil {
		t.Fatal(err)
	}
	before := stateOf(t, file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = cmd.Start()
	_ = tty.Close()
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{
		t: t, pty: file, screen: newLineWaiter(), vt: vttest.New(w.columns, w.rows), cmd: cmd, home: w.home, before: before, over: make(chan struct{}),
	}
	go func() {
		defer close(term.over)
		_, _ = io.Copy(io.MultiWriter(term.vt, term.screen), file)
	}()
	t.Cleanup(func() {
		_ = file.Close()
		_ = cmd.Wait()
		<-term.over
		if unknown := term.vt.Unknown(); len(unknown) > 0 {
			t.Errorf("the terminal does not understand %q", unknown)
		}
	})
	return term
}

// expect waits until a string comes on the screen, after all that was expected before.
func (term *terminal) expect(text string) {
	term.t.Helper()
	limit := time.After(testTimeout)
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

// stateOf is how a terminal treats what is typed.
func stateOf(t *testing.T, file *os.File) (state *xterm.State) {
	t.Helper()
	raw, err := file.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	err = raw.Control(func(fd uintptr) {
		if state, err = xterm.GetState(int(fd)); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// waits waits until the screen is as it should be.
func (term *terminal) waits(what string, ok func(screen string) bool) {
	term.t.Helper()
	limit := time.After(testTimeout)
	for {
		changed := term.vt.Changed()
		if ok(term.vt.Screen()) {
			return
		}
		select {
		case <-changed:
		case <-limit:
			term.t.Fatalf("%s: not seen; the screen is\n%s", what, term.vt.Screen())
		}
	}
}

// sees waits for a screen, all of it; ▏ is the cursor.
func (term *terminal) sees(want string) {
	term.t.Helper()
	want = strings.TrimPrefix(want, "\n")
	term.waits("the screen\n"+want+"\n", func(screen string) bool { return normal(screen) == want })
}

// shows waits for a string on the screen.
func (term *terminal) shows(text string) {
	term.t.Helper()
	term.waits(text, func(screen string) bool { return strings.Contains(screen, text) })
}

// prompts is how often the editor has taken the terminal.
func (term *terminal) prompts() int { return strings.Count(term.vt.Modes(), "2004h") }

// prompted waits for the prompt, the n-th of the session or a later one. All that the
// statement before it wrote is then on the screen.
func (term *terminal) prompted(n int) {
	term.t.Helper()
	term.waits("the prompt", func(screen string) bool { return term.prompts() >= n && strings.Contains(screen, "> ▏") })
}

// enters types statements, each after the answer to the one before.
func (term *terminal) enters(statements ...string) {
	term.t.Helper()
	for _, statement := range statements {
		term.answers(func() { term.send(statement + "\r") })
	}
}

// answers does what the program answers with a new prompt.
func (term *terminal) answers(do func()) {
	term.t.Helper()
	if term.prompts() == 0 {
		term.prompted(1)
	}
	n := term.prompts()
	do()
	term.prompted(n + 1)
}

// clear begins a new screen.
func (term *terminal) clear() {
	term.t.Helper()
	term.enters(".clear")
}

// resize is somebody who pulls at the window.
func (term *terminal) resize(columns, rows int) {
	term.t.Helper()
	term.vt.Resize(columns, rows)
	if err := pty.Setsize(term.pty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(columns)}); err != nil {
		term.t.Fatal(err)
	}
}

// ends waits for the end of the program and gives its exit code.
func (term *terminal) ends() int {
	term.t.Helper()
	select {
	case <-term.over:
	case <-time.After(testTimeout):
		term.t.Fatalf("the program goes on; the screen is\n%s", term.vt.Screen())
	}
	_ = term.cmd.Wait()
	return term.cmd.ProcessState.ExitCode()
}

// session is what stands on the screen and what has left it at the top, without the
// directory of the test.
func (term *terminal) session() string {
	return strings.ReplaceAll(strings.Join(append(term.vt.Scrolled(), term.vt.Screen()), "\n"), term.home, "HOME")
}

// normal is a screen without what differs from run to run: version, ports, times.
func normal(screen string) string {
	for _, change := range []struct{ pattern, with string }{
		{`imapsh devel\S*`, "imapsh VERSION"},
		{`127\.0\.0\.1:\d+`, "127.0.0.1:PORT"},
		{`\b\d+(\.\d+)? ?m?s\b`, "TIME"},
		{`\b\d+(\.\d+)? [kMG]?B/s\b`, "RATE"},
	} {
		screen = regexp.MustCompile(change.pattern).ReplaceAllString(screen, change.with)
	}
	return screen
}

// golden compares a session with testdata/name.screen.
func (term *terminal) golden(name string) {
	term.t.Helper()
	path := filepath.Join("testdata", name+".screen")
	got := normal(term.session()) + "\n"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			term.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		term.t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(got)) {
		term.t.Errorf("the session is\n%s\nbut %s is\n%s\n(go test ./cmd/imapsh -update writes it anew)", got, path, want)
	}
}
