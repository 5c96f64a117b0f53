package prompt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
)

// shellWord recognises what a shell knows: who, pwd, cd, ls and !command. A variable of
// such a name wins over it, and so does JavaScript that begins with !.
func (p *Prompt) shellWord(typed string) (name, argument string, ok bool) {
	if command, found := strings.CutPrefix(typed, "!"); found {
		command = strings.TrimSpace(command)
		return "!", command, command != "" && !p.isNegation(command)
	}
	name, argument, _ = strings.Cut(typed, " ")
	argument = strings.TrimSpace(argument)
	switch name {
	case "who", "pwd":
		ok = argument == ""
	case "cd", "ls":
		ok = argument == "" || !strings.ContainsRune("=,;?:&|+", rune(argument[0]))
	}
	return name, argument, ok && !p.Session.Declares(name)
}

// isNegation reports whether what follows a ! is an expression over what there is.
func (p *Prompt) isNegation(text string) bool {
	if _, err := syntax.Prepare("!" + text); err != nil && !syntax.Incomplete("!"+text) {
		return false
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !syntax.IsIdentifier("_" + string(r)) })
	if end < 0 {
		end = len(text)
	}
	first := text[:end]
	return !syntax.IsIdentifier(first) || slices.Contains(syntax.Keywords(), first) || p.Session.Declares(first)
}

// shell carries out a word of shellWord.
func (p *Prompt) shell(ctx context.Context, name, argument string) {
	words, err := shellWords(argument)
	if p.Confined && (name == "!" || name == "cd") {
		p.showError(api.Usagef("%s: not at a prompt that keeps a recipe's rights, which it would widen", name))
		return
	}
	switch name {
	case "!":
		err = p.system(ctx, argument)
	case "who":
		p.who()
	case "pwd":
		var dir string
		if dir, err = os.Getwd(); err == nil {
			fmt.Fprintln(p.Stdout, termtext.EscapeLine(dir))
		}
	case "cd":
		if err == nil {
			err = p.changeDirectory(words)
		}
	case "ls":
		if err == nil {
			err = p.listFiles(words)
		}
	}
	if err != nil {
		p.showError(api.Usagef("%s: %v", name, err))
	}
}

// system runs a command of the system's shell, on the prompt's terminal.
func (p *Prompt) system(ctx context.Context, command string) error {
	if p.System == nil {
		return errors.New("there is no shell here")
	}
	if command == "cd" || strings.HasPrefix(command, "cd ") {
		return errors.New("a command cannot change the directory of the prompt; type cd DIR alone")
	}
	return p.System(ctx, command)
}

// changeDirectory changes the working directory: to the home directory, to one that is
// named, or with - to the one before.
func (p *Prompt) changeDirectory(words []string) error {
	to := "~"
	switch {
	case len(words) > 1:
		return errors.New("name one directory, in quotes where it has blanks")
	case len(words) == 1:
		to = words[0]
	}
	if to == "-" {
		if p.before == "" {
			return errors.New("there is no directory before this one")
		}
		to = p.before
	}
	from, err := os.Getwd()
	if err == nil {
		err = os.Chdir(home.Expand(to))
	}
	if err != nil {
		return reasonOf(to, err)
	}
	p.before = from
	now, err := os.Getwd()
	if err == nil {
		fmt.Fprintln(p.Stdout, termtext.EscapeLine(now))
	}
	return err
}

// listFiles lists directories, files and what patterns match; names that begin with a
// dot with -a only, sizes and times with -l.
func (p *Prompt) listFiles(words []string) error {
	long, all := false, false
	var paths []string
	for _, word := range words {
		flags, isFlag := strings.CutPrefix(word, "-")
		switch {
		case !isFlag:
			paths = append(paths, home.Expand(word))
		case flags == "" || strings.Trim(flags, "la") != "":
			return fmt.Errorf("%s: the flags are -l and -a; !ls has those of the system", word)
		default:
			long, all = long || strings.Contains(flags, "l"), all || strings.Contains(flags, "a")
		}
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var names []string
	for _, path := range paths {
		found, err := filesOf(path, all)
		if err != nil {
			return err
		}
		for _, file := range found {
			info, err := os.Stat(file)
			name := file
			if info, dirErr := os.Stat(path); dirErr == nil && info.IsDir() {
				name = filepath.Base(file)
			}
			if name = termtext.EscapeLine(name); err == nil && info.IsDir() {
				name += "/"
			}
			if long && err == nil {
				name = fmt.Sprintf("%12d  %s  %s", info.Size(), info.ModTime().Format("2006-01-02 15:04"), name)
			}
			names = append(names, name)
		}
	}
	room := 0
	if !long {
		room = p.Session.Width()
	}
	for _, line := range inColumns(names, room) {
		fmt.Fprintln(p.Stdout, line)
	}
	return nil
}

// inColumns sets names down as many columns as fit into room.
func inColumns(names []string, room int) []string {
	const gap = 2
	widest := 1
	for _, name := range names {
		widest = max(widest, termtext.Width(name))
	}
	columns := max((room+gap)/(widest+gap), 1)
	rows := (len(names) + columns - 1) / columns
	lines := make([]string, rows)
	for i, name := range names {
		if i+rows < len(names) { // another column follows
			name += strings.Repeat(" ", widest+gap-termtext.Width(name))
		}
		lines[i%rows] += name
	}
	return lines
}

// filesOf are the files in a directory, those that a pattern matches, or the file itself.
func filesOf(path string, all bool) (files []string, err error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		entries, err := os.ReadDir(path)
		for _, entry := range entries {
			if all || !strings.HasPrefix(entry.Name(), ".") {
				files = append(files, filepath.Join(path, entry.Name()))
			}
		}
		return files, reasonOf(path, err)
	case err == nil:
		return []string{path}, nil
	}
	if files, _ = filepath.Glob(path); len(files) == 0 {
		return nil, reasonOf(path, err)
	}
	return files, nil
}

// reasonOf is the error of a path as it was given, without the call of the system.
func reasonOf(path string, err error) error {
	var inner *os.PathError
	if errors.As(err, &inner) {
		return fmt.Errorf("%s: %w", path, inner.Err)
	}
	return err
}

// who lists the variables of the session.
func (p *Prompt) who() {
	variables := p.Session.Variables()
	if len(variables) == 0 {
		fmt.Fprintln(p.Stderr, "there are no variables yet")
	}
	widest, wide := 0, 0
	for _, v := range variables {
		widest, wide = max(widest, termtext.Width(v.Name)), max(wide, len(v.Type))
	}
	for _, v := range variables {
		line := fmt.Sprintf("%s%s  %-*s  %s", v.Name, strings.Repeat(" ", widest-termtext.Width(v.Name)), wide, v.Type, p.brief(v))
		fmt.Fprintln(p.Stdout, strings.TrimRight(line, " "))
	}
}

// brief is the value of a variable in one line, or that it must not be shown.
func (p *Prompt) brief(v runtime.Variable) string {
	if v.List {
		return "" // a table has no short form
	}
	text := p.Session.Format(v.Value)
	if p.Secret != nil && p.Secret(text) {
		return "'<set>'"
	}
	const maxShown = 60
	first, _, more := strings.Cut(text, "\n")
	if runes := []rune(first); len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	if more {
		first += " …"
	}
	return first
}
