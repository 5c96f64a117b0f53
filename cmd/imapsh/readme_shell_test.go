package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"imapsh/runtime/prompt"
)

// readmeShell is a shell of the system that runs the README's commands one after another.
type readmeShell struct {
	stdin  io.Writer
	output *bufio.Reader // of both streams
	addr   string        // a free one in place of the README's
}

// readmeAddr is the address that the README's server listens on.
const readmeAddr = "127.0.0.1:8123"

// startShell starts a shell that ends with the test.
func startShell(t *testing.T) *readmeShell {
	t.Helper()
	path, err := exec.LookPath("sh")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("the README's commands and paths are those of a POSIX system")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	output, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), path)
	command.Env = append(os.Environ(), "NO_PROXY=*")
	command.Stdout, command.Stderr = written, written
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	written.Close()
	t.Cleanup(func() {
		stdin.Close()
		_ = command.Wait()
		output.Close()
	})
	return &readmeShell{stdin, bufio.NewReader(output), addr}
}

// run runs a command and returns what it prints, on both streams, and its exit code. The
// next command finds the code in $?.
func (s *readmeShell) run(t *testing.T, command string) (output string, status int) {
	t.Helper()
	const end = "-- exit code "
	command = strings.ReplaceAll(strings.TrimSpace(command), readmeAddr, s.addr)
	if _, err := fmt.Fprintf(s.stdin, "%s\nstatus=$?; echo; echo '%s'$status; (exit $status)\n", command, end); err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	for {
		line, err := s.output.ReadString('\n')
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, output)
		}
		if code, ok := strings.CutPrefix(line, end); ok {
			status, err = strconv.Atoi(strings.TrimSpace(code))
			if err != nil {
				t.Fatal(err)
			}
			output = strings.TrimSuffix(output, "\n") // that of echo
			return strings.ReplaceAll(output, s.addr, readmeAddr), status
		}
		output += line
	}
}

// typist is a line editor at which a test types.
type typist struct {
	statements []statement
	out        *bytes.Buffer // of the program
	next       int
	got        []string
}

// Read types the next statement, and keeps what came of the one before.
func (e *typist) Read(string, string) (string, error) {
	if e.next > 0 {
		e.got = append(e.got, e.out.String())
	}
	e.out.Reset()
	if e.next == len(e.statements) {
		return "", io.EOF
	}
	e.next++
	return strings.TrimSuffix(e.statements[e.next-1].code, "\n"), nil
}

// Close has nothing to close.
func (*typist) Close() error { return nil }

// typeStatements types the statements of a step at the prompt of the demo.
func typeStatements(t *testing.T, guide string, line int, s shellStep) {
	t.Helper()
	editor := &typist{statements: s.typed, out: &bytes.Buffer{}}
	c := &cli{stdin: strings.NewReader(""), stdout: editor.out, stderr: editor.out, env: func(string) string { return "" }}
	c.flags.noRC, c.flags.quiet = true, true
	if err := (demoFlag{&c.flags}).Set("20260211"); err != nil {
		t.Fatal(err)
	}
	if err := c.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		for _, closeIt := range c.close {
			closeIt()
		}
	}()
	session, err := c.newSession(recipe{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &prompt.Prompt{Session: session, Editor: editor, Stdout: editor.out, Stderr: editor.out, Text: c.promptText}
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(editor.got) != len(s.typed) {
		t.Fatalf("%s:%d: %d of %d statements were answered", guide, line, len(editor.got), len(s.typed))
	}
	for i, statement := range s.typed {
		compare(t, guide, line, statement.code, statement.output, editor.got[i])
	}
}
