//go:build unix

package sandbox_test

import (
	"strings"
	"syscall"
	"testing"
)

// TestPipe refuses what a read would wait for.
func TestPipe(t *testing.T) {
	y := newYard(t)
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Skip(err)
	}
	p := y.policy()
	if _, err := p.ReadFile("pipe"); err == nil || !strings.Contains(err.Error(), "it is not a file") {
		t.Errorf("reading: %v", err)
	}
	if _, err := p.OpenUpload("pipe"); err == nil {
		t.Error("uploading a pipe")
	}
	if err := p.WriteFile("pipe", nil); err == nil {
		t.Error("writing over a pipe")
	}
	p.Args = []string{"pipe"} // opened, and not waited for: the client looks at what it is
	file, err := p.OpenUpload("pipe")
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}
