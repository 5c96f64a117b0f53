package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"imapsh/runtime"
	"imapsh/runtime/editor"
	"imapsh/runtime/syntax"
	"imapsh/sdc"
)

// runPrompt reads statements from the terminal.
func (c *cli) runPrompt(ctx context.Context) error {
	c.interactive = true
	if err := c.makeClient(ctx); err != nil {
		return err
	}
	session, err := c.newSession("", nil)
	if err != nil {
		return err
	}
	history, err := editor.OpenHistory(filepath.Join(xdg.StateHome, "imapsh", "history.jsonl"))
	if err != nil {
		fmt.Fprintf(c.stderr, "imapsh: no history is kept: %v\n", err)
		if history, err = editor.OpenHistory(""); err != nil {
			return err
		}
	}
	history.Secret = c.client.HoldsCredential
	dumb := c.env("TERM") == "dumb" || !isTerminal(c.stdout)
	lines, err := editor.New(editor.Config{
		History: history, Incomplete: runtime.Incomplete, Complete: session.Complete, Highlight: syntax.Highlight,
		Color: c.color(c.stdout), Dumb: dumb,
	})
	if err != nil {
		return err
	}
	defer lines.Close()
	// ^C stops a call and never the prompt: between calls nobody listens.
	signal.Reset(os.Interrupt)
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	// These end it in order, with the terminal given back and no stack on the screen.
	signal.Notify(c.signals, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGHUP)
	context.AfterFunc(ctx, func() { _ = lines.Close() })
	prompt := &runtime.Prompt{
		Session: session, Editor: lines, Stdout: c.stdout, Stderr: c.stderr, Text: c.promptText,
		Secret: c.client.HoldsCredential, History: history.Entries, EditText: c.editText, Abandon: c.abandon, Dumb: dumb,
		Keep: func(text string) { _, _ = history.Add(text) }, // as the editor does: History.Err tells
	}
	err = c.runStartupFile(func(path, text string) error { return prompt.Start(ctx, path, text) })
	var exit *runtime.ExitError
	switch {
	case errors.As(err, &exit):
		return exit
	case err != nil:
		runtime.WriteError(c.stderr, c.hinted(err), runtime.SourceFile) // a prompt with a fault in it beats none
	}
	if err := c.setGiven(); err != nil {
		return err
	}
	c.banner()
	err = prompt.Run(ctx)
	if err == nil && ctx.Err() != nil { // a signal closed the editor
		err = context.Cause(ctx)
	}
	return errors.Join(err, c.memory.Save())
}

// abandon ends the program in the middle of a call that nothing stops.
func (c *cli) abandon() {
	fmt.Fprintln(c.stderr, "imapsh: the call does not stop; leaving")
	os.Exit(exitInterrupted)
}

// editText opens the user's editor on a text and gives what was saved.
func (c *cli) editText(text string) (string, error) {
	command := strings.Fields(cmp.Or(strings.TrimSpace(c.env("VISUAL")), strings.TrimSpace(c.env("EDITOR")), "vi"))
	if _, err := exec.LookPath(command[0]); err != nil {
		return "", fmt.Errorf("%w; set VISUAL or EDITOR to the editor to open", err)
	}
	dir, err := os.MkdirTemp("", "imapsh-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "statement.js")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", err
	}
	cmd := exec.Command(command[0], append(command[1:], path)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.stdin, c.stdout, c.stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %w", command[0], err)
	}
	saved, err := os.ReadFile(path)
	return string(saved), err
}

func (c *cli) banner() {
	where := c.client.URL()
	if c.flags.demo {
		where = "a built-in sample archive (its last day: " + c.flags.demoDay.Format(time.DateOnly) + ")"
	}
	fmt.Fprintf(c.stdout, "imapsh %s · %s · %s\n", version(), where, c.client.Caller())
	fmt.Fprintf(c.stdout, "files go to %s · help lists what there is, ^D leaves\n", c.client.DataDir())
	fmt.Fprintln(c.stdout, "try: query({instrument: 'mag', data_level: 'l2', version: 'latest'})")
}

// promptText names the archive unless it is the usual one.
func (c *cli) promptText() string {
	switch {
	case c.client.URL() == sdc.DefaultURL:
		return "imap> "
	case c.flags.demo:
		return "imap[demo]> "
	}
	where := c.client.URL()
	if u, err := url.Parse(where); err == nil {
		where = u.Host
	}
	return "imap[" + where + "]> "
}
