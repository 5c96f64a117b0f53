package recipes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"imapsh/runtime/termtext"
)

// Git runs the machine's git with arguments and gives its standard output. What stdin
// holds is its standard input.
type Git func(ctx context.Context, stdin string, args ...string) ([]byte, error)

// NewGit gives the Git of this machine, with the user's own keys, credential helpers and
// proxies. environment is the program's; git is given neither the archive's credential
// nor a variable that points it to another repository. With ask it may ask the user.
func NewGit(environment []string, ask bool) Git {
	env := slices.DeleteFunc(slices.Clone(environment), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return strings.HasPrefix(name, "IMAP_") || slices.Contains(repositoryVariables, name)
	})
	env = append(env, "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C")
	if !ask {
		env = append(env, "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=")
	}
	return func(ctx context.Context, stdin string, args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, "git", slices.Concat(guards, args)...)
		cmd.Env, cmd.Stdin, cmd.WaitDelay = env, strings.NewReader(stdin), 10*time.Second
		cmd.Dir = os.TempDir() // no repository that the working directory is in counts
		var out, complaint bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &complaint
		err := cmd.Run()
		switch {
		case errors.Is(err, exec.ErrNotFound):
			return nil, errors.New("git is not installed: recipes of others are fetched and read with it")
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			return nil, fmt.Errorf("git: %s", complaintOf(complaint.String(), err))
		}
		return out.Bytes(), nil
	}
}

// repositoryVariables would have git read another repository than the one it is told.
var repositoryVariables = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES", "GIT_TEMPLATE_DIR", "GIT_TRACE", "GIT_TRACE_CURL",
}

// guards keep git from running anything that a repository brings, and from protocols
// that start programs.
var guards = []string{
	"-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false", "-c", "core.symlinks=false",
	"-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.ssh.allow=always", "-c", "protocol.file.allow=always",
	"-c", "fetch.fsckObjects=true", "-c", "fetch.recurseSubmodules=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
}

// complaintOf is the line of git's words that says what is wrong.
func complaintOf(text string, err error) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		for _, kind := range []string{"fatal: ", "error: "} {
			if rest, ok := strings.CutPrefix(line, kind); ok {
				lines = append(lines, rest)
			}
		}
	}
	if len(lines) == 0 {
		lines = append(strings.Split(strings.TrimSpace(text), "\n"), err.Error())
	}
	return termtext.EscapeLine(lines[0])
}
