package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/adrg/xdg"

	"imapsh/runtime"
	"imapsh/runtime/editor"
	"imapsh/sdc"
)

// runPrompt reads statements from the terminal.
func (c *cli) runPrompt(ctx context.Context) error {
	session, err := c.session(ctx, "", nil)
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
	lines, err := editor.New(editor.Config{
		History: history, Incomplete: runtime.Incomplete,
		Color: c.color(c.stdout), Dumb: c.env("TERM") == "dumb",
	})
	if err != nil {
		return err
	}
	defer lines.Close()
	// ^C stops a call and not the prompt, which hears of it by itself.
	signal.Reset(os.Interrupt)
	signal.Notify(c.signals, syscall.SIGTERM)
	context.AfterFunc(ctx, func() { _ = lines.Close() })
	c.banner()
	prompt := &runtime.Prompt{Session: session, Editor: lines, Stdout: c.stdout, Stderr: c.stderr, Text: c.promptText}
	return prompt.Run(ctx)
}

func (c *cli) banner() {
	where := c.client.URL()
	if c.flags.demo {
		where = "a built-in sample archive (January and February 2026)"
	}
	fmt.Fprintf(c.stdout, "imapsh %s · %s · %s\n", version(), where, c.client.Caller())
	fmt.Fprintf(c.stdout, "files go to %s · help lists what there is, ^D leaves\n", c.client.DataDir())
	fmt.Fprintln(c.stdout, "try: query({instrument: 'mag', data_level: 'l2', start_date: '2026-01-05', version: 'latest'})")
}

// promptText names the archive unless it is the usual one.
func (c *cli) promptText() string {
	where := c.client.URL()
	switch {
	case where == sdc.DefaultURL:
		return "imap> "
	case c.flags.demo:
		return "imap[demo]> "
	}
	if u, err := url.Parse(where); err == nil {
		where = u.Host
	}
	return "imap[" + where + "]> "
}
