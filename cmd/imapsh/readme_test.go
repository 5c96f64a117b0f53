package main

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"imapsh/runtime"
)

// transcript is a session as the README shows it: what is typed, what comes back.
type transcript struct {
	typed []string
	want  []string

	out  *bytes.Buffer // of the program
	next int
	got  []string
}

// readTranscript finds the session of the demo in the README.
func readTranscript(t *testing.T) *transcript {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "    $ imapsh --demo=20260211\n")
	if !found {
		t.Fatal("the README has no transcript")
	}
	s := &transcript{out: &bytes.Buffer{}}
	for line := range strings.Lines(rest) {
		line, inBlock := strings.CutPrefix(line, "    ")
		if !inBlock {
			break
		}
		switch {
		case strings.HasPrefix(line, "imap[demo]> "):
			s.typed = append(s.typed, strings.TrimPrefix(line, "imap[demo]> "))
			s.want = append(s.want, "")
		case strings.HasPrefix(line, "  ... "):
			s.typed[len(s.typed)-1] += strings.TrimPrefix(line, "  ... ")
		case len(s.want) > 0:
			s.want[len(s.want)-1] += line
		}
	}
	return s
}

// Read types the next statement, and keeps what came of the one before.
func (s *transcript) Read(string, string) (string, error) {
	if s.next > 0 {
		s.got = append(s.got, s.out.String())
	}
	s.out.Reset()
	if s.next == len(s.typed) {
		return "", io.EOF
	}
	s.next++
	return strings.TrimSuffix(s.typed[s.next-1], "\n"), nil
}

// Close has nothing to close.
func (*transcript) Close() error { return nil }

// TestReadmeTranscript types what the README's reader is shown, and compares.
func TestReadmeTranscript(t *testing.T) {
	s := readTranscript(t)
	t.Chdir(t.TempDir())
	c := &cli{stdin: strings.NewReader(""), stdout: s.out, stderr: s.out, env: func(string) string { return "" }}
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
	session, err := c.newSession("", nil)
	if err != nil {
		t.Fatal(err)
	}
	prompt := &runtime.Prompt{Session: session, Editor: s, Stdout: s.out, Stderr: s.out, Text: c.promptText}
	if err := prompt.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.got) < 5 || len(s.got) != len(s.want) {
		t.Fatalf("%d of %d statements were answered", len(s.got), len(s.want))
	}
	seconds := regexp.MustCompile(`\d+\.\d+ s`)
	for i, want := range s.want {
		want, got := seconds.ReplaceAllString(want, "N s"), seconds.ReplaceAllString(s.got[i], "N s")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s(-README +program)\n%s", s.typed[i], diff)
		}
	}
}
