package runtime

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/inspect"
	"imapsh/runtime/syntax"
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
	return name, argument, ok && !p.Session.declares(name)
}

// isNegation reports whether what follows a ! is an expression over what there is.
func (p *Prompt) isNegation(text string) bool {
	if _, err := syntax.Prepare("!" + text); err != nil {
		return false
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !isIdentifier("_" + string(r)) })
	if end < 0 {
		end = len(text)
	}
	first := text[:end]
	return !isIdentifier(first) || slices.Contains(syntax.Keywords(), first) || p.Session.declares(first)
}

// shell carries out a word of shellWord.
func (p *Prompt) shell(ctx context.Context, name, argument string) {
	words, err := shellWords(argument)
	switch name {
	case "!":
		err = p.system(ctx, argument)
	case "who":
		p.who()
	case "pwd":
		var dir string
		if dir, err = os.Getwd(); err == nil {
			fmt.Fprintln(p.Stdout, inspect.EscapeLine(dir))
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
		p.report(Usagef("%s: %v", name, err))
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
		err = os.Chdir(ExpandHome(to))
	}
	if err != nil {
		return reasonOf(to, err)
	}
	p.before = from
	now, err := os.Getwd()
	if err == nil {
		fmt.Fprintln(p.Stdout, inspect.EscapeLine(now))
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
			paths = append(paths, ExpandHome(word))
		case flags == "" || strings.Trim(flags, "la") != "":
			return fmt.Errorf("%s: the flags are -l and -a; !ls has those of the system", word)
		default:
			long, all = long || strings.Contains(flags, "l"), all || strings.Contains(flags, "a")
		}
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
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
			if name = inspect.EscapeLine(name); err == nil && info.IsDir() {
				name += "/"
			}
			if long && err == nil {
				fmt.Fprintf(p.Stdout, "%12d  %s  ", info.Size(), info.ModTime().Format("2006-01-02 15:04"))
			}
			fmt.Fprintln(p.Stdout, name)
		}
	}
	return nil
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
	names := p.Session.variables()
	if len(names) == 0 {
		fmt.Fprintln(p.Stderr, "there are no variables yet")
	}
	widest := 0
	for _, name := range names {
		widest = max(widest, len(name))
	}
	for _, name := range names {
		fmt.Fprintf(p.Stdout, "%-*s  %s\n", widest, name, p.brief(name))
	}
}

// brief is the value of a variable in one line, or that it must not be shown.
func (p *Prompt) brief(name string) string {
	value := p.Session.peek(p.Session.vm.GlobalObject(), name)
	if value == nil {
		return "undefined"
	}
	if c := p.Session.classNameOf(value); c != "" {
		return c
	}
	text := p.Session.Format(value)
	if p.Secret != nil && p.Secret(text) {
		return "'<set>'"
	}
	const most = 60
	first, _, more := strings.Cut(text, "\n")
	if runes := []rune(first); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	if more {
		first += " …"
	}
	return first
}

// variables are the names that the user declared, sorted.
func (s *Session) variables() []string {
	names := slices.DeleteFunc(s.read.Names(s.vm.GlobalObject()), func(name string) bool {
		return s.given[name] || name == "_" || name == "_error" || !isIdentifier(name)
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// classNameOf names the class of the API that an object belongs to, with the length of a
// list; it is empty where there is none.
func (s *Session) classNameOf(value goja.Value) string {
	object, ok := value.(*goja.Object)
	if !ok {
		return ""
	}
	c := s.classOf(object)
	switch {
	case c == nil:
		return ""
	case c.list:
		length, _ := s.read.Length(object)
		return fmt.Sprintf("%s(%d)", c.Name, length)
	}
	return c.Name
}

// Restore gives the built-in names that a script has lost, by assigning to them, their
// values back, and tells which; the variables stay.
func (s *Session) Restore() (restored []string) {
	global := s.vm.GlobalObject()
	for name, value := range s.initial {
		if now := s.peek(global, name); now == nil || !now.SameAs(value) {
			s.hide(global, name, value)
			restored = append(restored, name)
		}
	}
	slices.Sort(restored)
	return restored
}
