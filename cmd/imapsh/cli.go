package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/runtime/prompt"
	"imapsh/sdc"
)

// cli is the program with the world it runs in, so that a test can give it another.
type cli struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) string

	args         []string // the whole command line
	flags        globalFlags
	client       *sdc.Client
	given        sdc.Options    // what flags and environment say
	interactive  bool           // output is for a person
	programFlags *pflag.FlagSet // those that stand before a recipe
	starting     bool           // the startup file runs
	words        *prompt.SeenWords
	signals      chan os.Signal // those that end the run
	started      *started       // the recipe that ran before the prompt, whose rights it keeps
	runs         int            // recipes that others run
	close        []func()       // what was opened for this run, the last first
	demoNamed    sync.Once      // the line that names the demo's data directory

	more           []*api.Func    // what sessions offer beside the shell's API
	testArchive    string         // directory that the demo serves in tests of recipes; empty: the sample files
	commonFlags    *pflag.FlagSet // those of every command
	projectDataDir string         // that of imapsh.json
}

// globalFlags are those of every command.
type globalFlags struct {
	url, apiKey, dataDir string
	apiKeyFile           string
	demo, json, quiet    bool
	demoDay              time.Time // the last day of the demo's archive
	noColor, verbose     bool
	debug, readOnly      bool
	noRC, noUpload       bool
	stay                 bool
	timeout              time.Duration
	maxMemory            byteCount
	allowRead            []string
	allowWrite           []string
	evaluate, printed    string
	limitRate            byteRate
	maxRequests          requestRate
	maxQueryRequests     uint
	maxQueryBytes        byteCount
}

// run is the program: it returns the exit code.
func (c *cli) run(ctx context.Context, args []string) int {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	c.signals = make(chan os.Signal, 1)
	signal.Notify(c.signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(c.signals)
	go func() {
		select {
		case received := <-c.signals:
			signal.Stop(c.signals) // a second one kills
			if received == os.Interrupt {
				cancel(runtime.ErrInterrupted)
			}
			cancel(errTerminated)
		case <-ctx.Done():
		}
	}()
	defer func() {
		for i := len(c.close) - 1; i >= 0; i-- {
			c.close[i]()
		}
	}()
	root := c.rootCommand()
	out := &checkedWriter{Writer: c.stdout}
	root.SetOut(out)
	c.args = args
	root.SetArgs(args)
	var err error
	if !c.completeRecipe(ctx, root, out, args) {
		err = root.ExecuteContext(ctx)
	}
	if err == nil {
		err = out.err
	}
	c.complain(err)
	return exitCode(err)
}

// errTerminated ends what runs when the program is asked to end.
var errTerminated = errors.New("terminated")

// usageError is a mistake on the command line.
type usageError struct{ error }

// Unwrap is the mistake itself.
func (e usageError) Unwrap() error { return e.error }

// silentExit is an exit code that needs no words.
type silentExit int

func (silentExit) Error() string { return "" }

// The exit codes, as the README lists them.
const (
	exitDone         = 0
	exitScript       = 1
	exitUsage        = 2
	exitTransfers    = 3
	exitUnauthorized = 4
	exitArchive      = 5
	exitInterrupted  = 130
	exitTerminated   = 143
)

func exitCode(err error) int {
	var silent silentExit
	var exit *runtime.ExitError
	var usage usageError
	var transfers *sdc.TransferError
	var refused *sdc.Error
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &silent):
		return int(silent)
	case errors.As(err, &exit):
		return exit.Code
	case errors.Is(err, runtime.ErrInterrupted):
		return exitInterrupted
	case errors.Is(err, errTerminated):
		return exitTerminated
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &transfers):
		return transfersCode(transfers.Report)
	case errors.As(err, &refused):
		return archiveCode(refused)
	}
	return exitScript
}

// transfersCode is 3, unless nothing was done at all for one and the same reason.
func transfersCode(report sdc.Report) int {
	code := 0
	for _, t := range report {
		var refused *sdc.Error
		if t.Status != sdc.Failed || !errors.As(t.Err, &refused) || refused.NotFound() {
			return exitTransfers
		}
		if one := archiveCode(refused); code == 0 || code == one {
			code = one
		} else {
			return exitTransfers
		}
	}
	return code
}

func archiveCode(e *sdc.Error) int {
	switch {
	case e.Unauthorized():
		return exitUnauthorized
	case e.NotFound(), e.Exists():
		return exitTransfers
	}
	return exitArchive
}

// complain prints an error that ends the program.
func (c *cli) complain(err error) {
	var silent silentExit
	var exit *runtime.ExitError
	if err == nil || errors.As(err, &silent) || errors.As(err, &exit) {
		return
	}
	err = c.hinted(err)
	if c.flags.json { // standard error holds lines of JSON: this is the last, for programs
		c.writeErrorEvent(err)
	}
	var out strings.Builder
	var script *runtime.ScriptError
	detail := runtime.SourceFile
	if errors.As(err, &script) && len(script.Stack) > 0 && script.Stack[0].File == commandLine &&
		!strings.Contains(c.flags.evaluate+c.flags.printed, "\n") { // the code is on the line above
		detail = runtime.Message
	}
	runtime.WriteError(&out, err, detail)
	_, _ = io.WriteString(c.stderr, "imapsh: "+out.String())
}

// rootCommand is the tree of commands.
func (c *cli) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "imapsh [flags] recipe.js [args]",
		Short: "Find, fetch and upload the files of NASA's IMAP mission",
		Long: `imapsh is the shell for the files of NASA's IMAP mission: without arguments a
prompt, with the name of a recipe its run, and commands for the common jobs.
Flags stand before the recipe; what follows its name is the recipe's.

Settings: IMAP_DATA_ACCESS_URL, IMAP_API_KEY or IMAP_API_KEY_FILE,
IMAP_ACCESS_TOKEN, IMAP_DATA_DIR; flags win over them.

Exit codes: 0 done, 1 script error, 2 usage, 3 some transfers failed or a check
found something, 4 not authorised, 5 network or server, 130 interrupted.`,
		Example: `  imapsh --demo                               try it over a built-in sample archive
  imapsh fetch_week.js --start 2026-01-05     run a recipe
  imapsh -p "query({instrument: 'swe'})"      run a line and print its value
  imapsh query --instrument swe               the same as a command`,
		Version:           thisBuild().name(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.ArbitraryArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE:              c.runRoot,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return c.recipeNames(cmd.Context()), cobra.ShellCompDirectiveDefault
			}
			return nil, cobra.ShellCompDirectiveDefault // a recipe's own
		},
	}
	root.SetIn(c.stdin)
	root.SetErr(c.stderr)
	root.SetVersionTemplate("imapsh " + thisBuild().describe() + "\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) {
			var names []string
			add := func(flag *pflag.Flag) { names = append(names, "--"+flag.Name) }
			cmd.LocalNonPersistentFlags().VisitAll(add) // a command's own are meant first
			cmd.Flags().VisitAll(add)
			err = fmt.Errorf("%w%s", err, api.Suggest("--"+unknown.GetSpecifiedName(), names))
		}
		return usageError{err}
	})

	global := root.PersistentFlags()
	c.commonFlags = global
	global.StringVar(&c.flags.url, "url", "", "base URL of the archive (default "+sdc.DefaultURL+")")
	global.StringVar(&c.flags.apiKey, "api-key", "", "key for the archive; IMAP_API_KEY keeps it out of the process list")
	global.StringVar(&c.flags.apiKeyFile, "api-key-file", "", "file that holds the key and that nobody but its owner may read (IMAP_API_KEY_FILE)")
	global.StringVar(&c.flags.dataDir, "data-dir", "", "directory of the files on this machine (default data, with --demo "+demoDataDir+")")
	global.Var(demoFlag{&c.flags}, "demo", "work on a built-in sample archive (key: "+demoKey+") that ends today, or on a day from 2026-02-11")
	global.Lookup("demo").NoOptDefVal = "today"
	global.BoolVar(&c.flags.json, "json", false, "print results as JSON")
	global.BoolVar(&c.flags.quiet, "quiet", false, "no progress")
	global.BoolVar(&c.flags.noColor, "no-color", false, "no colours")
	global.BoolVarP(&c.flags.verbose, "verbose", "v", false, "log each request to standard error")
	global.BoolVar(&c.flags.debug, "debug", false, "as -v, and what serve or --demo catalogues")
	global.BoolVar(&c.flags.noRC, "norc", false, "do not run the startup file ~/.config/imapsh/init.js")
	global.BoolVar(&c.flags.readOnly, "read-only", false, "refuse whatever changes the archive")
	global.Var(&c.flags.limitRate, "limit-rate", "bytes a second, of all transfers together, such as 500k or 2M")
	global.Var(&c.flags.maxRequests, "max-requests", "requests a second, to all servers together")
	global.UintVar(&c.flags.maxQueryRequests, "max-query-requests", 0, "requests of one query (default 20000)")
	global.Var(&c.flags.maxQueryBytes, "max-query-bytes", "bytes of all answers to one query, such as 500M (default 2G)")
	root.Flags().VarP((*codeLines)(&c.flags.evaluate), "eval", "e", "run this code; given again: more lines of it")
	root.Flags().VarP((*codeLines)(&c.flags.printed), "print", "p", "run this code and print its value; given again: more lines of it")
	c.flags.maxMemory = byteCount(defaultMaxMemory())
	root.Flags().BoolVarP(&c.flags.stay, "interactive", "i", false, "stay at the prompt after a recipe, with its variables and its rights")
	root.Flags().Var(&c.flags.maxMemory, "max-memory", "stop what takes more memory than this, such as 500M or 2G (default: half of the memory there is)")
	root.Flags().Lookup("max-memory").DefValue = "" // the usage says it in words
	root.Flags().DurationVar(&c.flags.timeout, "timeout", 0, "stop a recipe that runs longer, such as 90s or 10m (default: never)")
	root.Flags().StringArrayVar(&c.flags.allowRead, "allow-read", nil, "let a recipe read files under this directory only; given again: this one, too")
	root.Flags().StringArrayVar(&c.flags.allowWrite, "allow-write", nil, "let a recipe write files under this directory only; given again: this one, too")
	root.Flags().BoolVar(&c.flags.noUpload, "no-upload", false, "refuse uploads of recipes and at the prompt")
	c.programFlags = root.Flags()
	root.Flags().SetInterspersed(false) // what follows a recipe's name is the recipe's
	root.SetHelpCommand(c.helpCommand())
	root.AddCommand(c.functionCommands(bindings.New(bindings.Host{}).Commands())...)
	root.AddCommand(
		c.testCommand(),
		c.cdfCommand(),
		c.checkContentCommand(),
		c.plotCommand(),
		c.packetsCommand(),
		c.namesCommand(),
		c.cleanCommand(),
		c.recipesCommand(),
		c.serveCommand(),
		c.typesCommand(),
		c.docsCommand(),
	)
	return root
}

// connect makes the client that the flags and the environment describe, and lets
// the startup file settle the rest.
func (c *cli) connect(ctx context.Context) error {
	if err := c.makeClient(ctx); err != nil {
		return err
	}
	err := c.runStartupFile(func(path, text string) error {
		stdout := c.stdout // standard output is for what was asked
		c.stdout = c.stderr
		session, err := c.newSession(recipe{}, nil)
		c.stdout = stdout
		if err == nil {
			_, err = session.Load(ctx, path, text, []string{}) // as the prompt does
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.setGiven()
}

// makeClient makes a client of the default archive, to which the startup file may
// give settings, and notes those that flags and environment give, which win over
// them. A key of the startup file is thus bound to the URL that it says, or to the
// default one, and never to a URL that somebody's flag names.
func (c *cli) makeClient(ctx context.Context) error {
	if err := c.useProject(); err != nil {
		return err
	}
	key, err := c.apiKey()
	if err != nil {
		return err
	}
	given := sdc.Options{
		URL:         cmp.Or(c.flags.url, c.env("IMAP_DATA_ACCESS_URL")),
		APIKey:      key,
		AccessToken: c.env("IMAP_ACCESS_TOKEN"),
		DataDir:     home.Expand(cmp.Or(c.flags.dataDir, c.env("IMAP_DATA_DIR"), c.projectDataDir)),
	}
	if c.flags.demo {
		if c.flags.url != "" {
			return usageError{errors.New("--demo brings its own archive: give it or --url, not both")}
		}
		url, err := c.startDemo(ctx)
		if err != nil {
			return err
		}
		given = sdc.Options{URL: url, APIKey: key, DataDir: home.Expand(cmp.Or(c.flags.dataDir, demoDataDir))}
	}
	if _, err := sdc.New(given); err != nil { // before anything runs
		return usageError{err}
	}
	now := time.Now
	if c.flags.demo { // its archive ends on a day of its own
		now = func() time.Time { return c.flags.demoDay }
	}
	client, err := sdc.New(sdc.Options{Now: now, ReadOnly: c.flags.readOnly, UserAgent: "imapsh/" + thisBuild().name(), Log: c.logger(),
		MaxRate: int64(c.flags.limitRate.byteCount), MaxRequests: float64(c.flags.maxRequests),
		QueryBudget: sdc.QueryBudget{Requests: int(c.flags.maxQueryRequests), Bytes: int64(c.flags.maxQueryBytes)}})
	if err != nil {
		return err
	}
	c.client, c.given = client, given
	if c.flags.demo {
		return client.NameArchive(given.URL, demoArchive)
	}
	return nil
}

// logger writes to standard error what -v or --debug ask for.
func (c *cli) logger() *slog.Logger {
	level := slog.LevelWarn
	switch {
	case c.flags.debug:
		level = slog.LevelDebug
	case c.flags.verbose:
		level = slog.LevelInfo
	}
	return slog.New(newMessages(c.stderr, level))
}

// color reports whether a stream takes colours.
func (c *cli) color(stream io.Writer) bool {
	return !c.flags.noColor && c.env("NO_COLOR") == "" && c.env("TERM") != "dumb" && isTerminal(stream)
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width is that of standard output's terminal; 0 where there is none.
func (c *cli) width() int { return widthOf(c.stdout) }

// height is that of standard output's terminal; 0 where there is none.
func (c *cli) height() int {
	file, ok := c.stdout.(*os.File)
	if !ok {
		return 0
	}
	_, height, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return height
}

// errWidth is that of standard error's.
func (c *cli) errWidth() int { return widthOf(c.stderr) }

func widthOf(stream io.Writer) int {
	file, ok := stream.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return width
}
