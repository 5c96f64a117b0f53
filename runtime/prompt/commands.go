package prompt

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/syntax"
)

// command is a word of the prompt that is no JavaScript.
type command struct {
	word, argument string // argument: "" none; in brackets: may be left out
	doc            string
	takes          argumentKind
}

// argumentKind is what completes the argument of a command.
type argumentKind int

const (
	nothing argumentKind = iota
	file
	directory
	recipe // a recipe by its name, or a file
	topic  // what help can be asked for
)

// commands are the words of the prompt, as .help lists them.
func commands() []command {
	return []command{
		{".help", "[NAME]", "this list, or what help says of a name; help lists the functions", topic},
		{".load", "FILE [ARG…]", "runs a file or a recipe as if it were typed", recipe},
		{".save", "FILE", "writes the statements that succeeded so far into a new file", file},
		{".editor", "", "opens $VISUAL, $EDITOR or vi on the last statement and runs what is saved", nothing},
		{".history", "[N]", "shows the last N statements (20)", nothing},
		{".reset", "", "restores built-in names that were assigned to (print = 3); variables stay", nothing},
		{".clear", "", "clears the screen", nothing},
		{".exit", "[CODE]", "leaves, as exit, quit and ^D do", nothing},
		{"it", "", "shows the next page of the last result", nothing},
		{"who", "", "lists the variables with their types and values", nothing},
		{"cd", "[DIR]", "changes the working directory; cd - returns to the one before", directory},
		{"pwd", "", "shows the working directory", nothing},
		{"ls", "[-l] [-a] [PATH…]", "lists files", file},
		{"!", "COMMAND", "runs a command in the shell $SHELL", nothing},
	}
}

// showCommands is .help.
func (p *Prompt) showCommands() {
	for _, c := range commands() {
		call := c.word
		if c.argument != "" && c.word != "!" {
			call += " "
		}
		fmt.Fprintf(p.Stdout, "  %-20s %s\n", call+c.argument, c.doc)
	}
	fmt.Fprintln(p.Stdout, "A variable called it, who, cd, pwd or ls wins over the word.")
	if p.Confined {
		fmt.Fprintln(p.Stdout, "cd and !COMMAND are refused here: this prompt keeps a recipe's rights.")
	}
}

// bareWord is a word of the prompt without what JavaScript would have behind it: quit() and
// who; are quit and who. A variable of such a name wins.
func (p *Prompt) bareWord(typed string) string {
	word := strings.TrimSpace(strings.TrimSuffix(typed, ";"))
	word = strings.TrimSuffix(word, "()")
	switch word {
	case "exit", "help":
		return word
	case "quit", "it", "who", "pwd", "ls", "cd":
		if !p.Session.Declares(word) {
			return word
		}
	}
	return typed
}

// promptWord recognises a word of the prompt: a dot and letters, or one of the
// bare words that every shell knows.
func promptWord(typed string) (name, argument string, ok bool) {
	name, argument, _ = strings.Cut(typed, " ")
	switch name {
	case "exit", "quit":
		if _, err := strconv.Atoi(argument); err == nil || argument == "" {
			return ".exit", argument, true
		}
	case "help", "?":
		if argument == "" {
			return "help", "", true
		}
	}
	if len(name) < 2 || name[0] != '.' || !isDottedName(name) || name[1] >= '0' && name[1] <= '9' {
		return "", "", false
	}
	return name, strings.TrimSpace(argument), true
}

// command carries out a word of the prompt.
func (p *Prompt) command(ctx context.Context, name, argument string) (leave bool, err error) {
	if i := slices.IndexFunc(commands(), func(c command) bool { return c.word == name }); i >= 0 && argument != "" && commands()[i].argument == "" {
		p.showError(api.Usagef("%s: it takes no argument, and got %q", name, argument))
		return false, nil
	}
	switch name {
	case "help":
		return false, p.help("")
	case ".exit":
		return p.exit(argument)
	case ".help":
		if argument != "" {
			return false, p.help(argument)
		}
		p.showCommands()
	case ".clear":
		if p.Dumb {
			break
		}
		fmt.Fprint(p.Stdout, "\x1b[H\x1b[2J\x1b[3J")
	case ".history":
		p.showHistory(argument)
	case ".load":
		return p.load(ctx, argument)
	case ".save":
		p.save(argument)
	case ".reset":
		if restored := p.Session.Restore(); len(restored) > 0 {
			fmt.Fprintf(p.Stderr, "restored: %s\n", strings.Join(restored, ", "))
		} else {
			fmt.Fprintln(p.Stderr, "nothing was lost")
		}
	case ".editor":
		return p.edit(ctx)
	default:
		var names []string
		for _, c := range commands() {
			if c.word[0] == '.' {
				names = append(names, c.word)
			}
		}
		p.showError(api.Usagef("no command %s%s", name, api.SuggestFrom("commands", name, names)))
	}
	return false, nil
}

func (p *Prompt) exit(argument string) (leave bool, err error) {
	if argument == "" {
		return true, nil
	}
	code, err := strconv.Atoi(argument)
	if err != nil || code < 0 || code > 255 {
		p.showError(api.Usagef(".exit: %q: must be an exit code, from 0 to 255", argument))
		return false, nil
	}
	return true, &runtime.ExitError{Code: code}
}

func isDottedName(text string) bool {
	for _, r := range text {
		if r != '.' && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return text != ""
}

// Incomplete reports whether what was typed needs more lines. The prompt's own words
// are whole, though "query?" is half a conditional to JavaScript.
func (p *Prompt) Incomplete(text string) bool {
	typed := strings.TrimSpace(text)
	if _, _, isShell := p.shellWord(typed); isShell {
		return false
	}
	_, isHelp := p.helpTopic(typed)
	if _, _, isWord := promptWord(typed); isHelp || isWord {
		return false
	}
	return syntax.Incomplete(text)
}
