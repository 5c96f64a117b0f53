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
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/editor"
	"imapsh/runtime/prompt"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// runPrompt reads statements from the terminal, after a recipe perhaps. What is typed then
// has the recipe's rights, since what the recipe declares acts for it.
func (c *cli) runPrompt(ctx context.Context, after *started) error {
	c.interactive = true
	connect, of, args := c.makeClient, recipe{}, []string(nil)
	if after != nil {
		connect, of = c.connect, after.recipe // a recipe does not see what init.js declares
		var err error
		if args, err = recipeArgs(c.programFlags, after.recipe, after.args); err != nil {
			return err
		}
		after.args = args
	}
	if err := connect(ctx); err != nil {
		return err
	}
	c.started = after
	session, err := c.newSession(of, args)
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
	p := &prompt.Prompt{
		Session: session, Stdout: c.stdout, Stderr: c.stderr, Text: c.promptText,
		Secret: c.client.HoldsCredential, History: history.Entries, EditText: c.editText, Abandon: c.abandon, Dumb: dumb,
		Recipe: c.loadedRecipe, Recipes: func() []string { return c.loadable(ctx) }, System: c.system, Confined: after != nil,
		Keep: func(text string) { _, _ = history.Add(text) }, // as the editor does: History.Err has the error
	}
	lines, err := editor.New(editor.Config{
		History: history, Incomplete: p.Incomplete, Complete: p.Complete, Highlight: syntax.Highlight,
		Color: c.color(c.stdout), Dumb: dumb,
		Unprompt: prompt.Unprompt,
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
	p.Editor = lines
	if after == nil {
		err = c.startPrompt(ctx, p)
	}
	if err != nil {
		return err
	}
	c.banner()
	if after != nil {
		c.runStarted(ctx, p)
	}
	err = p.Run(ctx)
	if err == nil && ctx.Err() != nil { // a signal closed the editor
		err = context.Cause(ctx)
	}
	if err := history.Err(); err != nil {
		c.logger().Warn("keeping the history: " + err.Error())
	}
	if err := c.words.Save(); err != nil { // words that were seen are no part of what was asked for
		c.logger().Warn(err.Error())
	}
	return err
}

// startPrompt lets init.js and then flags and environment make the settings.
func (c *cli) startPrompt(ctx context.Context, p *prompt.Prompt) error {
	err := c.runStartupFile(func(path, text string) error { return p.Start(ctx, path, text, []string{}) })
	var exit *runtime.ExitError
	switch {
	case errors.As(err, &exit):
		return exit
	case err != nil:
		runtime.WriteError(c.stderr, c.hinted(err), runtime.SourceFile) // a prompt with a fault in it beats none
	}
	return c.setGiven()
}

// runStarted runs the recipe after which the prompt stays; its exit ends it alone.
func (c *cli) runStarted(ctx context.Context, p *prompt.Prompt) {
	r := c.started
	err := p.Start(ctx, r.name, r.text, r.args)
	var exit *runtime.ExitError
	switch {
	case errors.As(err, &exit):
		fmt.Fprintf(c.stderr, "(%s left with exit code %d)\n", r.name, exit.Code)
	case err != nil:
		runtime.WriteError(c.stderr, c.hinted(err), runtime.SourceFile)
	}
	fmt.Fprintf(c.stderr, "(the prompt keeps the variables and the rights of %s: files of its places, and the archive that it was started for)\n", r.name)
}

// loadedRecipe finds what .load is given, as the command line finds a recipe. An added
// recipe is none: loaded, it would have the rights of who types.
func (c *cli) loadedRecipe(name string) (path, text string, err error) {
	found, err := c.findRecipe(context.Background(), nil, name)
	if err == nil && found.repository != "" {
		return "", "", api.Usagef(".load %s: an added recipe runs with its own rights: run('%[1]s')", name)
	}
	return found.name, found.text, err
}

// loadable are the names that loadedRecipe finds; those of added recipes have a slash.
func (c *cli) loadable(ctx context.Context) []string {
	return slices.DeleteFunc(c.recipeNames(ctx), func(name string) bool { return strings.Contains(name, "/") })
}

// system runs a command in the user's shell, which has the terminal meanwhile.
func (c *cli) system(ctx context.Context, command string) error {
	name, flag := cmp.Or(c.env("SHELL"), "sh"), "-c"
	if shell := c.env("ComSpec"); shell != "" && filepath.Separator == '\\' {
		name, flag = shell, "/C"
	}
	cmd := exec.CommandContext(ctx, name, flag, command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.stdin, c.stdout, c.stderr
	return cmd.Run()
}

// abandon ends the program in the middle of a call that nothing stops.
func (c *cli) abandon() {
	fmt.Fprintln(c.stderr, "imapsh: the call does not stop; leaving")
	os.Exit(exitInterrupted)
}

// editText opens the user's editor on a text and gives what was saved.
func (c *cli) editText(text string) (string, error) {
	dir, err := os.MkdirTemp("", "imapsh-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "statement.js")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", err
	}
	if err := c.openEditor(path); err != nil {
		return "", err
	}
	saved, err := os.ReadFile(path)
	return string(saved), err
}

// openEditor opens the user's editor on a file and waits for it.
func (c *cli) openEditor(path string) error {
	command := strings.Fields(cmp.Or(strings.TrimSpace(c.env("VISUAL")), strings.TrimSpace(c.env("EDITOR")), "vi"))
	if _, err := exec.LookPath(command[0]); err != nil {
		return fmt.Errorf("%w; set VISUAL or EDITOR to the editor to open", err)
	}
	cmd := exec.Command(command[0], append(command[1:], path)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.stdin, c.stdout, c.stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	return nil
}

func (c *cli) banner() {
	where := c.client.URL()
	if c.flags.demo {
		where = "a built-in sample archive (its last day: " + c.flags.demoDay.Format(time.DateOnly) + ")"
	}
	for _, line := range []string{
		fmt.Sprintf("imapsh %s · %s · %s", thisBuild().name(), where, c.client.Caller()),
		fmt.Sprintf("files go to %s · help lists what there is, ^D leaves", c.client.DataDir()),
		"try: query({instrument: 'mag', data_level: 'l2', version: 'latest'})",
	} {
		fmt.Fprintln(c.stdout, termtext.Fold(line, c.width(), ""))
	}
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
