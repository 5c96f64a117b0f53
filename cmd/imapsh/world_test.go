package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/sample"
)

// sampleArchive is an archive of the released sample files that accepts the key secret-key.
func sampleArchive() archive.Options {
	return archive.Options{Store: sample.Store(sample.Released(sample.Files())), Keys: []string{"secret-key"}}
}

// interrupt sends what ^C sends.
func interrupt(p *os.Process) error { return p.Signal(syscall.SIGINT) }

// testTimeout is how long a test waits for what must come, on a machine that may be loaded.
const testTimeout = time.Minute

// lineWaiter collects what a program writes and lets a test wait for a line of it.
type lineWaiter struct {
	mu      sync.Mutex
	written bytes.Buffer
	more    chan struct{}
}

func newLineWaiter() *lineWaiter { return &lineWaiter{more: make(chan struct{}, 1)} }

func (l *lineWaiter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, err := l.written.Write(p)
	select {
	case l.more <- struct{}{}:
	default:
	}
	return n, err
}

func (l *lineWaiter) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.String()
}

// wait gives the first whole line that holds a word.
func (l *lineWaiter) wait(t *testing.T, word string) string {
	t.Helper()
	limit := time.After(testTimeout)
	for {
		for line := range strings.Lines(l.text()) {
			if strings.Contains(line, word) && strings.HasSuffix(line, "\n") {
				return line
			}
		}
		select {
		case <-l.more:
		case <-limit:
			t.Fatalf("no line with %q in:\n%s", word, l.text())
		}
	}
}

// sameFiles compares the n files of a directory under two roots.
func sameFiles(t *testing.T, a, b, dir string, n int) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(b, dir))
	if err != nil || len(entries) != n {
		t.Fatalf("%d files in %s, want %d (%v)", len(entries), dir, n, err)
	}
	for _, e := range entries {
		x, errX := os.ReadFile(filepath.Join(a, dir, e.Name()))
		y, errY := os.ReadFile(filepath.Join(b, dir, e.Name()))
		if errX != nil || errY != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs (%v, %v)", e.Name(), errX, errY)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
