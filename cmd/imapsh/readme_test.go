package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"imapsh/bindings/recipes"
	"imapsh/scripts"
)

// readFile reads a file of the repository.
func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestReadme does what the README's reader is shown, from its first example to its last,
// and compares: commands in one shell, statements at the prompt, files by their names.
func TestReadme(t *testing.T) {
	readme := readFile(t, "README.md")
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "scripts"), os.DirFS("../../scripts")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	shell := startShell(t)
	// The commands of Go that the README shows: those that need this package are taken as run.
	shell.run(t, `go() { case "$*" in
"run ./cmd/imapsh "*) shift 2; command imapsh "$@" ;;
"test ./..." | "install ./cmd/imapsh") ;;
*) echo "the test does not know go $*"; return 1 ;;
esac; }`)
	followGuide(t, "README.md", readme, dir, shell, func() { checkCount(t, readme) })
}

// TestHelpPages does what the pages of help show, each page in a directory of its own.
func TestHelpPages(t *testing.T) {
	for _, topic := range helpTopics() {
		t.Run(topic.Name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			shell := startShell(t)
			shell.run(t, "alias imapsh='imapsh --demo=20260211'; export XDG_CONFIG_HOME=$PWD/.config XDG_STATE_HOME=$PWD/.state")
			if _, status := shell.run(t, "command -v git"); status != 0 && strings.Contains(topic.Text, "$ git ") {
				t.Skip("its examples need git")
			}
			followGuide(t, topic.Name+".md", topic.Text, dir, shell, func() {})
		})
	}
}

// followGuide does what a guide shows, in a directory that stands for /home/ada. Indented
// is called behind each block of commands whose output is not shown.
func followGuide(t *testing.T, guide, text, dir string, shell *readmeShell, indented func()) {
	t.Helper()
	for _, b := range blocksOf(text) {
		switch b.kind {
		case "js": // a file that later commands use
			if err := os.WriteFile(b.name, []byte(b.text), 0o644); err != nil {
				t.Fatalf("%s:%d: %v", guide, b.line, err)
			}
		case "indented": // commands whose output is not shown
			for line := range strings.Lines(b.text) {
				if out, status := shell.run(t, line); status != 0 {
					t.Errorf("%s:%d: %sexit code %d\n%s", guide, b.line, line, status, out)
				}
			}
			indented()
		case "console":
			for _, step := range b.steps() {
				if len(step.typed) > 0 {
					typeStatements(t, guide, b.line, step)
					continue
				}
				out, status := shell.run(t, step.command)
				compare(t, guide, b.line, step.command, strings.ReplaceAll(step.output, "/home/ada", dir), out)
				if status != 0 && !step.statusFollows {
					t.Errorf("%s:%d: %s: exit code %d, which is not shown", guide, b.line, step.command, status)
				}
			}
		default:
			t.Errorf("%s:%d: a block of kind %q, which no test runs", guide, b.line, b.kind)
		}
	}
}

// compare reports where output is not what is shown of it. A line … stands for any
// lines; durations and rates are not compared.
func compare(t *testing.T, guide string, line int, command, shown, output string) {
	t.Helper()
	speed := regexp.MustCompile(`in (\d+\.\d+ s|\d+ ms) \([^)]*/s\)`)
	shown, output = speed.ReplaceAllString(shown, "in N s"), speed.ReplaceAllString(output, "in N s")
	// What a machine that is slow today says every ten seconds of a query.
	output = regexp.MustCompile(`(?m)^query: .*answered\n`).ReplaceAllString(output, "")
	parts := strings.Split("\n"+shown, "\n…\n")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	if !regexp.MustCompile(`\A` + strings.Join(parts, `\n(?:.*\n)*`) + `\z`).MatchString("\n" + output) {
		t.Errorf("%s:%d: %s (-guide +program)\n%s", guide, line, command, cmp.Diff(shown, output))
	}
}

// checkCount compares how many files the README's first command leaves.
func checkCount(t *testing.T, readme string) {
	t.Helper()
	promise := regexp.MustCompile("It leaves ([0-9]+) files under `(.*?)`").FindStringSubmatch(readme)
	if promise == nil {
		t.Fatal("the README does not say how many files its first command leaves")
	}
	count := 0
	err := filepath.WalkDir(promise[2], func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			count++
		}
		return err
	})
	if err != nil || strconv.Itoa(count) != promise[1] {
		t.Errorf("the README's first command leaves %d files, not %s (%v)", count, promise[1], err)
	}
}

// TestReadmeNames: the README's tables have each flag, command and function of the
// program, and the README names no other flag.
func TestReadmeNames(t *testing.T) {
	readme := readFile(t, "README.md")
	_, reference, _ := strings.Cut(readme, "\n## Reference\n")
	c := &cli{stderr: os.Stderr, env: func(string) string { return "" }}
	root := c.rootCommand()
	root.InitDefaultHelpFlag()
	root.InitDefaultVersionFlag()
	root.InitDefaultCompletionCmd()
	shown := func(what string) bool {
		return regexp.MustCompile("`" + regexp.QuoteMeta(what) + "[`\\[( {.]").MatchString(reference)
	}
	known := map[string]bool{}
	for _, flags := range []*pflag.FlagSet{root.Flags(), root.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) {
			known["--"+f.Name] = true
			if !shown("--" + f.Name) {
				t.Errorf("the table of flags lacks --%s", f.Name)
			}
		})
	}
	var visit func(*cobra.Command)
	visit = func(command *cobra.Command) {
		command.Flags().VisitAll(func(f *pflag.Flag) { known["--"+f.Name] = true })
		for _, sub := range command.Commands() {
			if command == root && !sub.Hidden && !shown("imapsh "+sub.Name()) {
				t.Errorf("the table of commands lacks %s", sub.Name())
			}
			visit(sub)
		}
	}
	visit(root)
	shipped, err := fs.Glob(scripts.FS, "*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range shipped {
		text, err := fs.ReadFile(scripts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if outline, _ := recipes.Read(name, string(text)); outline.Args != nil {
			for _, option := range outline.Args.Options {
				known[option.Flag()] = true
			}
		}
	}
	for _, option := range regexp.MustCompile(`(?m)^ +'?([\w-]+)'?: \{type: `).FindAllStringSubmatch(readme, -1) { // of its recipes
		known["--"+option[1]] = true
	}
	guides := map[string]string{"the README": readme}
	for _, topic := range helpTopics() {
		guides["help on "+topic.Name] = topic.Text
	}
	for guide, text := range guides {
		for _, flag := range regexp.MustCompile(`--[a-z][a-z-]+`).FindAllString(text, -1) {
			if !known[flag] {
				t.Errorf("%s names %s, which is no flag", guide, flag)
			}
		}
	}
	var help, stderr bytes.Buffer
	c = &cli{stdin: strings.NewReader(""), stdout: &help, stderr: &stderr, env: func(string) string { return "" }}
	if code := c.run(t.Context(), []string{"--norc", "-e", "help('functions')"}); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	functions := regexp.MustCompile(`(?m)^  ([a-zA-Z]\w*)`).FindAllStringSubmatch(help.String(), -1)
	if len(functions) < 10 {
		t.Errorf("help lists %d functions:\n%s", len(functions), help.String())
	}
	for _, function := range functions {
		if !shown(function[1]) {
			t.Errorf("the table of functions lacks %s", function[1])
		}
	}
}

// TestSentences: a sentence of the guides has 25 words at most.
func TestSentences(t *testing.T) {
	const limit = 25
	guides := map[string]string{}
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		guides[name] = readFile(t, name)
	}
	for _, topic := range helpTopics() {
		guides[topic.Name+".md"] = topic.Text
	}
	for name, text := range guides {
		for _, sentence := range sentencesOf(text) {
			if n := len(strings.Fields(sentence)); n > limit {
				t.Errorf("%s: %d words: %s", name, n, sentence)
			}
		}
	}
}

// TestContributing: each file and test that CONTRIBUTING.md names is there, and each module
// that go.mod requires has its costs in the table.
func TestContributing(t *testing.T) {
	text := readFile(t, "CONTRIBUTING.md")
	for _, match := range regexp.MustCompile("`([A-Za-z_./]+)`").FindAllStringSubmatch(text, -1) {
		name := match[1]
		top, _, isPath := strings.Cut(name, "/")
		if !isPath || !slices.Contains([]string{".ci", ".github", "bindings", "cmd", "naming", "runtime", "scripts", "sdc"}, top) {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", name)); err != nil {
			t.Errorf("there is no %s", name)
		}
	}
	out, err := exec.Command("git", "grep", "-h", "^func Test", "--", "../..").Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	for _, match := range regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(text, -1) {
		if !strings.Contains(string(out), "func "+match[1]+"(") {
			t.Errorf("there is no test %s", match[1])
		}
	}
	_, direct, _ := strings.Cut(readFile(t, "go.mod"), "\nrequire (\n")
	direct, _, _ = strings.Cut(direct, "\n)")
	for _, match := range regexp.MustCompile(`(?m)^\t(\S+) v`).FindAllStringSubmatch(direct, -1) {
		if !strings.Contains(text, match[1]) {
			t.Errorf("the table of modules lacks %s", match[1])
		}
	}
}
