package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/dop251/goja"
	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/bindings/recipes/parseargs"
	"imapsh/bindings/sandbox"
	"imapsh/runtime"
	"imapsh/runtime/home"
	"imapsh/runtime/prompt"
	"imapsh/runtime/termtext"
)

// runRoot is imapsh without a command: a recipe, code, standard input, or the prompt.
func (c *cli) runRoot(cmd *cobra.Command, args []string) error {
	ctx := cmd.Context()
	evaluate, printed := cmd.Flags().Changed("eval"), cmd.Flags().Changed("print")
	if (evaluate || printed) && cmd.ArgsLenAtDash() == 0 { // cobra has taken the -- away
		args = append([]string{"--"}, args...)
	}
	switch {
	case evaluate && printed:
		return usageError{errors.New("-e runs code and -p prints its value too: give one of them")}
	case evaluate:
		return c.runCode(ctx, c.flags.evaluate, args, false)
	case printed:
		return c.runCode(ctx, c.flags.printed, args, true)
	case c.flags.stay && (len(args) == 0 || args[0] == "-"):
		return usageError{errors.New("-i stays at the prompt after a recipe: give the recipe")}
	case len(args) > 0 && args[0] == "-", len(args) == 0 && !isTerminal(c.stdin):
		text, err := readAll(ctx, c.stdin)
		if err != nil {
			return err
		}
		found, args := recipe{name: standardInput, text: string(text)}, args[min(1, len(args)):]
		if asked, err := helpOf(c.stdout, found, args, false); asked {
			return err
		}
		return c.runScript(ctx, found, args)
	case len(args) > 0:
		found, err := c.findRecipe(ctx, cmd, args[0])
		if err != nil {
			return err
		}
		if asked, err := helpOf(c.stdout, found, args[1:], true); asked {
			return err
		}
		if c.flags.stay {
			return c.runPrompt(ctx, &started{found, args[1:]})
		}
		return c.runScript(ctx, found, args[1:])
	}
	if c.flags.json {
		return usageError{errors.New("--json is for commands, -p and recipes; at the prompt JSON.stringify(_) gives it")}
	}
	return c.runPrompt(ctx, nil)
}

// readAll reads a stream to its end, unless ctx ends first: a reader cannot be stopped.
func readAll(ctx context.Context, r io.Reader) (text []byte, err error) {
	read := make(chan struct{})
	go func() {
		defer close(read)
		text, err = io.ReadAll(r)
	}()
	select {
	case <-read:
		return text, err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// session connects and makes a session for a recipe, which sees args.
func (c *cli) session(ctx context.Context, r recipe, args []string) (*runtime.Session, error) {
	args, err := recipeArgs(c.programFlags, r, args)
	if err != nil {
		return nil, err
	}
	if err := c.connect(ctx); err != nil {
		return nil, err
	}
	return c.newSession(r, args)
}

// private are the places that no recipe reaches.
func (c *cli) private() []string {
	places := []string{filepath.Join(xdg.ConfigHome, "imapsh"), filepath.Join(xdg.StateHome, "imapsh"), filepath.Join(xdg.CacheHome, "imapsh")}
	if file := c.keyFile(); file != "" {
		places = append(places, file)
	}
	return places
}

func (c *cli) newSession(r recipe, args []string) (*runtime.Session, error) {
	trusted := (c.interactive || c.flags.evaluate+c.flags.printed != "") && c.started == nil || c.starting
	return c.sessionOf(rights{trusted: trusted, named: namedFiles(args)}, r, args)
}

// rights are what code may do: all, if its user typed it, upload the files that the user
// named, and nothing that the code which runs it may not do.
type rights struct {
	trusted bool
	named   []string
	caller  *sandbox.Policy // nil: its user
}

// namedFiles are the words of arguments that may be files which the user names, in --to=list.csv
// the value.
func namedFiles(args []string) []string {
	words := args
	for _, arg := range args {
		if _, value, attached := strings.Cut(arg, "="); attached && strings.HasPrefix(arg, "-") {
			words = append(slices.Clip(words), value)
		}
	}
	return words
}

func (c *cli) sessionOf(r rights, of recipe, args []string) (*runtime.Session, error) {
	if c.interactive && c.words == nil { // nobody completes elsewhere
		c.words = prompt.NewSeenWords(filepath.Join(xdg.StateHome, "imapsh", "words.json"))
	}
	if args == nil {
		args = []string{}
	}
	for _, dirs := range [][]string{c.flags.allowRead, c.flags.allowWrite} {
		for i := range dirs {
			dirs[i] = home.Expand(dirs[i])
		}
	}
	for _, dir := range slices.Concat(c.flags.allowRead, c.flags.allowWrite) {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, usageError{fmt.Errorf("--allow-read, --allow-write: %q: there is no such directory", dir)}
		}
	}
	dataDir := c.client.DataDir
	if !r.trusted { // whatever a recipe sets it to
		started := dataDir()
		dataDir = func() string { return started }
	}
	policy := sandbox.Policy{
		Trusted: r.trusted, ScriptDir: of.dir, Modules: c.recipeDirs(), DataDir: dataDir, Args: r.named, URL: c.client.URL(),
		Read: c.flags.allowRead, Write: c.flags.allowWrite, NoUpload: c.flags.noUpload,
		Added: of.repository, Allowed: of.allowed, Private: c.private(),
	}
	if r.caller != nil {
		policy = policy.Within(*r.caller)
	}
	host := c.host(policy)
	host.Run = c.runFrom(r, policy)
	var known func(kind string) []string
	if c.words != nil {
		known = c.words.Words
	}
	offered := bindings.New(host)
	offered.Funcs = append(offered.Funcs, c.more...)
	prompt.AddHelp(offered)
	offered.Topics = append(offered.Topics, helpTopics()...)
	return runtime.New(runtime.Options{
		API: offered, Stdout: c.stdout, Stderr: c.stderr, Args: args,
		Modules: c.modules(of, policy), Dir: of.moduleDir(),
		Secret: c.client.HoldsCredential, MaxMemory: int64(c.flags.maxMemory), Width: c.width, Height: c.height, Color: c.color(c.stdout), Hint: c.shellHint, Words: known,
	})
}

// host is what the functions of the shell work on.
func (c *cli) host(policy sandbox.Policy) bindings.Host {
	host := bindings.Host{
		Client: c.client, Stdout: c.stdout, Starting: func() bool { return c.starting },
		Sandbox: policy, Width: c.width, Progress: c.progress, QueryProgress: c.queryProgress, ReadProgress: c.readProgress, MaxMemory: int64(c.flags.maxMemory), Draw: c.drawFigure,
	}
	if c.words != nil {
		host.Words = c.words
	}
	return host
}

// codeLines is code that a flag gives, a line or more at a time.
type codeLines string

// Set adds a line.
func (l *codeLines) Set(line string) error {
	if *l != "" {
		*l += "\n"
	}
	*l += codeLines(line)
	return nil
}

// Type is what the help calls it.
func (*codeLines) Type() string { return "code" }

// String is all of it.
func (l *codeLines) String() string { return string(*l) }

// These name code that no file holds: what a flag gave, and what came in.
const (
	commandLine   = "command line"
	theCode       = "the code" // the same, as a recipe
	standardInput = "standard input"
)

func (c *cli) runCode(ctx context.Context, code string, args []string, printValue bool) error {
	session, err := c.session(ctx, recipe{name: theCode, text: code}, args)
	if err != nil {
		return err
	}
	ctx, done := c.bounded(ctx)
	defer done()
	if err := c.printCode(ctx, session, code, printValue); err != nil {
		return err
	}
	return session.Wait(ctx)
}

// printCode runs code and prints its value, if that is asked for.
func (c *cli) printCode(ctx context.Context, session *runtime.Session, code string, printValue bool) error {
	value, err := session.Eval(ctx, commandLine, code)
	var wrong *parseargs.ArgumentError
	if errors.As(err, &wrong) {
		return usageError{wrong}
	}
	if err != nil || !printValue || goja.IsUndefined(value) {
		return err
	}
	var text string
	if c.flags.json {
		if text, err = session.JSON(ctx, value); err != nil {
			return err
		}
		if isTerminal(c.stdout) {
			text = termtext.EscapeJSON(text)
		}
	} else {
		text = session.Text(value)
	}
	_, err = fmt.Fprintln(c.stdout, text)
	return err
}

func (c *cli) runScript(ctx context.Context, r recipe, args []string) error {
	session, err := c.session(ctx, r, args)
	if err != nil {
		return err
	}
	ctx, done := c.bounded(ctx)
	defer done()
	_, err = session.Run(ctx, r.name, r.text)
	return wrongArgument(r, err)
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, child := range cmd.Root().Commands() {
		names = append(names, child.Name())
	}
	return names
}
