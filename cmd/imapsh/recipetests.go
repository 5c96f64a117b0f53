package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/recipetest"
	"imapsh/runtime/termtext"
	"imapsh/sdc/archive/sample"
)

// testCommand runs tests of recipes.
func (c *cli) testCommand() *cobra.Command {
	var only, directory string
	cmd := &cobra.Command{
		Use:   "test [FILE...]",
		Short: "Run tests of recipes over a sample archive",
		Long: `test runs the tests of *.test.js and *.test.ts files: those that are named, or all of
the working directory and of scripts/. Each test has an archive of its own, the sample
archive that ends on 11 February 2026, a clock that stands on that day, an API key, and
an empty working directory. run('fetch_week.js', ['-i', 'swe']) runs a recipe there and
gives {code, stdout, stderr, files}; assert has the names of node:assert.
With --archive each test reads the archive of a directory, in the archive's layout; the clock
stands on the day of its newest file, and nothing is uploaded there.

With -v each test is listed. The exit code is 1 when a test fails.`,
		Example: `  imapsh test
  imapsh test scripts/gaps.test.js --run 'no gap'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			pattern, err := regexp.Compile(only)
			if err != nil {
				return usageError{fmt.Errorf("--run: %w", err)}
			}
			tests := recipeTests{cli: c, archive: directory, only: pattern}
			if tests.day, err = testDay(directory); err != nil {
				return usageError{fmt.Errorf("--archive: %w", err)}
			}
			if directory != "" {
				if tests.archive, err = filepath.Abs(directory); err != nil {
					return err
				}
			}
			return tests.run(cmd.Context(), args)
		},
	}
	cmd.Flags().StringVar(&directory, "archive", "", "directory of an archive to test over (default: the sample archive)")
	cmd.Flags().StringVar(&only, "run", "", "only tests whose names match this regular expression")
	return cmd
}

// testResult is what came of one test.
type testResult struct {
	File    string  `json:"file"`
	Test    string  `json:"test,omitempty"` // empty: the file itself
	Action  string  `json:"action"`         // pass or fail
	Elapsed float64 `json:"elapsed"`        // seconds
	Output  string  `json:"output,omitempty"`
}

// recipeTests is a run of tests.
type recipeTests struct {
	*cli
	archive string // directory of the archive; empty: the sample archive
	day     string // the clock's, as YYYYMMDD
	only    *regexp.Regexp
}

// testDay is the day on which the clock of tests stands: the sample archive's, or that of a directory's newest file.
func testDay(directory string) (string, error) {
	if directory == "" {
		return sample.FirstLastDay, nil
	}
	var newest time.Time
	err := filepath.WalkDir(directory, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return err
	})
	if err == nil && newest.IsZero() {
		err = fmt.Errorf("%s holds no files", directory)
	}
	return newest.UTC().Format("20060102"), err
}

func (c recipeTests) run(ctx context.Context, files []string) error {
	if len(files) == 0 {
		for _, pattern := range []string{"*.test.js", "*.test.ts", "scripts/*.test.js", "scripts/*.test.ts"} {
			found, _ := filepath.Glob(pattern)
			files = append(files, found...)
		}
	}
	if len(files) == 0 {
		return usageError{errors.New("test: no *.test.js or *.test.ts here or in scripts/: name the files")}
	}
	failed := false
	for _, file := range files {
		absolute, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(absolute)
		if err != nil {
			return usageError{err}
		}
		began, count := time.Now(), 0
		ok, err := c.testFile(ctx, absolute, string(text), func(r testResult) error {
			r.File = file
			count++
			return c.reportTest(r)
		})
		if err != nil {
			return err
		}
		failed = failed || !ok
		if !c.flags.json {
			word := "ok  "
			if !ok {
				word = "FAIL"
			}
			if _, err := fmt.Fprintf(c.stdout, "%s  %s  %s  %.1fs\n", word, termtext.EscapeLine(file), counted(count, "test"), time.Since(began).Seconds()); err != nil {
				return err
			}
		}
	}
	if failed {
		return silentExit(exitScript)
	}
	return nil
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (c *cli) reportTest(r testResult) error {
	switch {
	case c.flags.json:
		line, err := json.Marshal(r)
		if err == nil {
			_, err = fmt.Fprintf(c.stdout, "%s\n", line)
		}
		return err
	case r.Action == "pass" && !c.flags.verbose:
		return nil
	}
	text := fmt.Sprintf("--- %s: %s (%.2fs)\n", strings.ToUpper(r.Action), termtext.EscapeLine(r.Test), r.Elapsed)
	for line := range strings.Lines(strings.TrimRight(r.Output, "\n")) {
		text += "    " + strings.TrimRight(line, "\n") + "\n"
	}
	_, err := io.WriteString(c.stdout, forTest(text))
	return err
}

func forTest(text string) string { return termtext.Escape(text) }

// testFile runs the tests of one file, each in a world of its own.
func (c recipeTests) testFile(ctx context.Context, path, text string, report func(testResult) error) (ok bool, err error) {
	var names []string
	load := func(w *testWorld) (*runtime.Session, error) {
		session, err := w.session(path, text)
		if err == nil {
			names, err = recipetest.Load(ctx, session, path, text, runInTest)
		}
		return session, err
	}
	if err := c.inTestWorld(ctx, path, func(w *testWorld) error { _, err := load(w); return err }); err != nil {
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		return false, report(testResult{Test: filepath.Base(path), Action: "fail", Output: errorText(c.cli, err)})
	}
	ok = true
	for i, name := range names {
		if !c.only.MatchString(name) {
			continue
		}
		began, output, difference := time.Now(), "", ""
		err := c.inTestWorld(ctx, path, func(w *testWorld) error {
			session, err := load(w)
			if err == nil {
				err = recipetest.Run(ctx, session, i)
				difference = recipetest.Difference(session, err)
			}
			output = w.output.String()
			return err
		})
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		r := testResult{Test: name, Action: "pass", Elapsed: time.Since(began).Seconds()}
		if err != nil {
			ok, r.Action, r.Output = false, "fail", output+errorText(c.cli, err)+difference
		}
		if err := report(r); err != nil {
			return false, err
		}
	}
	return ok, nil
}

func errorText(c *cli, err error) string {
	var out strings.Builder
	runtime.WriteError(&out, c.hinted(err), runtime.SourceFile)
	return out.String()
}

// runInTest is the global function behind run of a test.
const runInTest = "runInTest"

// testWorld is what one test sees.
type testWorld struct {
	*cli
	output bytes.Buffer // of the test itself
}

// inTestWorld makes a world, in an empty working directory, and takes it away again.
func (c recipeTests) inTestWorld(ctx context.Context, path string, do func(*testWorld) error) error {
	before, err := os.Getwd()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "imapsh-test-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chdir(dir); err != nil {
		return err
	}
	defer func() { _ = os.Chdir(before) }()
	w := &testWorld{}
	w.cli = &cli{stdin: strings.NewReader(""), stdout: &w.output, stderr: &w.output, programFlags: c.programFlags, env: func(name string) string {
		if name == "IMAPSH_PATH" {
			return filepath.Dir(path)
		}
		return ""
	}}
	w.flags.noRC, w.flags.quiet, w.flags.apiKey, w.flags.maxMemory = true, true, demoKey, c.flags.maxMemory
	w.flags.demo, w.testArchive = true, c.archive
	if c.archive != "" {
		w.flags.apiKey = "" // that archive knows no key
	}
	if w.flags.demoDay, err = time.Parse("20060102", c.day); err != nil {
		return err
	}
	defer func() {
		for _, closeIt := range w.close {
			closeIt()
		}
	}()
	if err := w.connect(ctx); err != nil {
		return err
	}
	w.more = []*api.Func{w.runFunc()}
	return do(w)
}

// session is one for the test file itself, with a recipe's rights.
func (w *testWorld) session(path, text string) (*runtime.Session, error) {
	return w.sessionOf(rights{}, recipe{name: path, dir: filepath.Dir(path), text: text}, nil)
}

type testRunInput struct {
	Name string   `arg:"name" doc:"the recipe"`
	Args []string `arg:"args?" doc:"its arguments"`
}

// runFunc runs a recipe as the command line does, and gives what a shell would see.
func (w *testWorld) runFunc() *api.Func {
	return api.Define(runInTest, "Runs a recipe; gives {code, stdout, stderr, files}.", func(ctx context.Context, in testRunInput) ([]api.Property, error) {
		before := filesHere()
		var stdout, stderr bytes.Buffer
		outer, outerErr, dataDir := w.stdout, w.stderr, w.client.DataDir()
		w.stdout, w.stderr = &stdout, &stderr
		err := w.runAsCommand(ctx, in.Name, in.Args)
		w.complain(err)
		w.stdout, w.stderr = outer, outerErr
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err := w.client.SetDataDir(dataDir); err != nil { // what the recipe set is over with it
			return nil, err
		}
		changed := []string{}
		for _, file := range filesHere() {
			if !before.has(file) {
				changed = append(changed, file.path)
			}
		}
		return []api.Property{{Name: "code", Value: exitCode(err)}, {Name: "stdout", Value: stdout.String()}, {Name: "stderr", Value: stderr.String()}, {Name: "files", Value: changed}}, nil
	})
}

func (w *testWorld) runAsCommand(ctx context.Context, name string, args []string) error {
	found, err := w.findRecipe(ctx, nil, name)
	if err != nil {
		return err
	}
	if asked, err := helpOf(w.stdout, found, args, true); asked {
		return err
	}
	if args, err = recipeArgs(w.programFlags, found, args); err != nil {
		return err
	}
	session, err := w.sessionOf(rights{named: namedFiles(args)}, found, args)
	if err != nil {
		return err
	}
	_, err = session.Run(ctx, found.name, found.text)
	return wrongArgument(found, err)
}

// presentFile is a file of a test's working directory.
type presentFile struct {
	path     string
	size     int64
	modified time.Time
}

type presentFiles []presentFile

func (files presentFiles) has(file presentFile) bool {
	for _, other := range files {
		if other.path == file.path && other.size == file.size && other.modified.Equal(file.modified) {
			return true
		}
	}
	return false
}

// filesHere are the files below the working directory, but for hidden ones.
func filesHere() presentFiles {
	var files presentFiles
	_ = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); len(name) > 1 && name[0] == '.' && entry.IsDir() {
			return filepath.SkipDir
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && entry.Name()[0] != '.' {
			files = append(files, presentFile{filepath.ToSlash(path), info.Size(), info.ModTime()})
		}
		return nil
	})
	return files
}
