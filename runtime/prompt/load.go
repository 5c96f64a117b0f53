package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/runtime/inspect"
	"imapsh/runtime/secret"
	"imapsh/runtime/syntax"
)

// load runs a file, or a recipe that is found by its name, as if it had been typed: its
// declarations stay. Its exit ends the file and not the session.
func (p *Prompt) load(ctx context.Context, argument string) (leave bool, err error) {
	words, err := shellWords(argument)
	if err == nil && len(words) == 0 {
		err = errors.New("name a file, and the arguments that it takes")
	}
	if err != nil {
		p.showError(api.Usagef(".load: %v", err))
		return false, nil
	}
	path, text, err := p.find(home.Expand(words[0]))
	if err != nil {
		p.showError(api.Usagef(".load: %v", err))
		return false, nil
	}
	value, err := p.evaluate(ctx, func(ctx context.Context) (goja.Value, error) {
		return p.Session.Load(ctx, path, text, words[1:])
	})
	var exit *runtime.ExitError
	switch {
	case errors.As(err, &exit):
		fmt.Fprintf(p.Stderr, "(%s left with exit code %d)\n", path, exit.Code)
	case err != nil:
		p.showError(err)
	default:
		if _, err := syntax.Prepare(text); err != nil { // it returns, or begins with #!
			text = "// .load " + argument
		}
		p.succeeded = append(p.succeeded, text)
		p.show(value, false)
	}
	return false, nil
}

// find reads the file that .load is given.
func (p *Prompt) find(name string) (path, text string, err error) {
	if p.Recipe != nil {
		return p.Recipe(name)
	}
	data, err := os.ReadFile(name)
	return name, string(data), err
}

// save writes the statements that succeeded into a new file that .load and imapsh can run.
func (p *Prompt) save(argument string) {
	words, err := shellWords(argument)
	statements := p.shareable()
	switch {
	case err != nil:
	case len(words) != 1:
		err = errors.New("name one file")
	case len(statements) == 0:
		err = errors.New("no statement has succeeded yet")
	}
	if err != nil {
		p.showError(api.Usagef(".save: %v", err))
		return
	}
	path := home.Expand(words[0])
	var text strings.Builder
	for _, statement := range statements {
		text.WriteString(strings.TrimRight(syntax.ForFile(statement), "\n") + "\n")
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.WriteString(file, text.String())
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
	}
	if errors.Is(err, fs.ErrExist) {
		err = fmt.Errorf("%s exists and is not overwritten; choose another name", path)
	}
	if err != nil {
		p.showError(api.Usagef(".save: %v", err))
		return
	}
	fmt.Fprintf(p.Stderr, "%d %s saved in %s\n", len(statements), inspect.Plural(len(statements), "statement"), path)
}

// shareable are the statements that succeeded, for a file that is made to be shared:
// none that looks as if it held a key, or holds the present one.
func (p *Prompt) shareable() []string {
	return slices.DeleteFunc(slices.Clone(p.succeeded), func(text string) bool {
		return secret.Looks(text) || p.Secret != nil && p.Secret(text)
	})
}
