//go:build !windows

package editor

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"testing"

	"github.com/creack/pty"

	"imapsh/runtime/vttest"
)

// TestChild is the program that the other tests run on a terminal of its own.
func TestChild(t *testing.T) {
	if os.Getenv("EDITOR_TEST_CHILD") == "" {
		t.Skip("run by TestTerminal")
	}
	e, err := New(Config{Incomplete: braces})
	if err != nil {
		t.Fatal(err)
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	for {
		text, err := e.Read("> ", ".. ")
		switch {
		case errors.Is(err, ErrInterrupt):
			fmt.Printf("dropped %q\n", text)
		case err != nil:
			fmt.Println(err)
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			os.Exit(0)
		case text == "wait":
			fmt.Println("waiting")
			<-interrupted
			fmt.Println("\nstopped")
		default:
			fmt.Printf("%q\n", text)
		}
	}
}

func TestTerminal(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), "EDITOR_TEST_CHILD=1", "TERM=xterm")
	terminal, err := pty.StartWithSize(child, &pty.Winsize{Rows: 12, Cols: 40})
	if err != nil {
		t.Skip("no terminal:", err)
	}
	defer terminal.Close()
	if err := vttest.KeepOutput(terminal); err != nil {
		t.Fatal(err)
	}
	screen := vttest.New(40, 12)
	over := make(chan struct{})
	go func() {
		_, _ = io.Copy(screen, terminal)
		close(over)
	}()
	d := &desk{t: t, screen: screen}
	types := func(keys string) {
		t.Helper()
		if _, err := io.WriteString(terminal, keys); err != nil {
			t.Fatal(err)
		}
	}

	d.sees("> ▏")
	types("a {\r")
	d.sees("> a {\n.. ▏")
	types("\x1b[200~\tb }\n\x1b[201~")
	d.sees("> a {\n..  b }▏")
	types("\r")
	d.sees("> a {\n..  b }\n\"a {\\n\\tb }\"\n> ▏")
	types(up)
	d.sees("> a {\n..  b }\n\"a {\\n\\tb }\"\n> a {\n..  b }▏")
	types("\x03")
	d.sees("> a {\n..  b }\n\"a {\\n\\tb }\"\n> a {\n..  b }^C\ndropped \"a {\\n\\tb }\"\n> ▏")
	types("\x0cwait\r")
	d.sees("> wait\nwaiting\n▏")
	types("\x03") // now a signal; the terminal echoes it
	d.sees("> wait\nwaiting\n^C\nstopped\n> ▏")
	types("\x0cabcdefghijklmnopqrstuvwxyz")
	d.sees("> abcdefghijklmnopqrstuvwxyz▏")
	screen.Resize(20, 12)
	if err := pty.Setsize(terminal, &pty.Winsize{Rows: 12, Cols: 20}); err != nil {
		t.Fatal(err)
	}
	types("\x0c")
	d.sees("> abcdefghijklmnopq\nrstuvwxyz▏")
	types("\x15\x04")
	<-over
	if err := child.Wait(); err != nil {
		t.Error(err)
	}
	d.sees(">\nEOF\n▏")
	if unknown := screen.Unknown(); len(unknown) > 0 {
		t.Errorf("the terminal does not understand %q", unknown)
	}
	const all = "2004h 2004l 2004h 2004l 2004h 2004l 2004h 2004l "
	if screen.Modes() != all {
		t.Errorf("modes %s, not %s", screen.Modes(), all)
	}
}
