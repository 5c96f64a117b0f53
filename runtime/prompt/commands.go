package prompt

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
)

// command is a word of the prompt that is no JavaScript.
type command struct{ name, doc string }

// commands are the words of the prompt, as .help lists them.
func commands() []command {
	return []command{
		{".help", "this list; help tells of the functions, query? of one"},
		{".load FILE [ARG…]", "runs a file or a recipe as if it were typed"},
		{".save FILE", "writes the statements that succeeded so far"},
		{".editor", "opens $VISUAL, $EDITOR or vi on the last statement, and runs what is saved"},
		{".history [N]", "shows the last N statements (20)"},
		{".reset", "puts built-ins back that were assigned to (print = 3); variables stay"},
		{".clear", "clears the screen"},
		{".exit [CODE]", "leaves, as exit, quit and ^D do"},
		{"it", "shows the next page of the last result, at the prompt"},
		{"who", "lists the variables with their types and values"},
		{"cd, pwd, ls", "change, show and list the working directory, unless a variable is called so"},
		{"!COMMAND", "runs a command in the shell $SHELL; not after imapsh -i, nor does cd work there"},
	}
}

// promptWord recognises a word of the prompt: a dot and letters, or one of the
// bare words that every shell knows.
func promptWord(typed string) (name, argument string, ok bool) {
	switch typed {
	case "exit", "quit":
		return ".exit", "", true
	case "help", "?":
		return "help", "", true
	}
	name, argument, _ = strings.Cut(typed, " ")
	if len(name) < 2 || name[0] != '.' || !isDottedName(name) || name[1] >= '0' && name[1] <= '9' {
		return "", "", false
	}
	return name, strings.TrimSpace(argument), true
}

// Complete finds what may stand at pos, in bytes, of a text: where a statement begins with
// a dot, the words that do, and the files that some take; else what the session finds.
func (p *Prompt) Complete(text string, pos int) api.Completion {
	behind, text := text, text[:pos]
	if _, _, ok := promptWord(text); text != "." && !(ok && text[0] == '.') {
		return p.Session.Complete(behind, pos)
	}
	if name, argument, ok := strings.Cut(text, " "); ok {
		argument = strings.TrimLeft(argument, `'"`) // as when it is carried out
		c := api.Completion{From: len(text) - len(argument), To: pos}
		if name == ".load" || name == ".save" {
			c.Candidates = api.LocalFiles(argument, 0, "")
		}
		return c
	}
	all := api.Completion{To: pos}
	for _, c := range commands() {
		name, argument, _ := strings.Cut(c.name, " ")
		insert := name
		if argument != "" && argument[0] != '[' {
			insert += " "
		}
		if strings.HasPrefix(name, text) {
			all.Candidates = append(all.Candidates, api.Candidate{Text: name, Insert: insert, Doc: c.doc})
		}
	}
	return all
}

// command carries out a word of the prompt.
func (p *Prompt) command(ctx context.Context, name, argument string) (leave bool, err error) {
	switch name {
	case "help":
		return false, p.help("")
	case ".exit":
		return p.exit(argument)
	case ".help":
		for _, c := range commands() {
			fmt.Fprintf(p.Stdout, "  %-18s %s\n", c.name, c.doc)
		}
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
			if c.name[0] != '.' {
				continue
			}
			word, _, _ := strings.Cut(c.name, " ")
			names = append(names, word)
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

func (p *Prompt) showHistory(argument string) {
	count := 20
	if argument != "" {
		if n, err := strconv.Atoi(argument); err == nil && n > 0 {
			count = n
		} else {
			p.showError(api.Usagef(".history: %q: must be an integer above 0", argument))
			return
		}
	}
	if p.History == nil {
		return
	}
	entries := p.History()
	for _, entry := range entries[max(len(entries)-count, 0):] {
		fmt.Fprintln(p.Stdout, entry) // as it was typed, to be copied
	}
}

func (p *Prompt) edit(ctx context.Context) (leave bool, err error) {
	if p.EditText == nil {
		p.showError(api.Usagef(".editor: there is no editor here; set EDITOR"))
		return false, nil
	}
	last := ""
	if statements := p.shareable(); len(statements) > 0 {
		last = statements[len(statements)-1]
	}
	text, err := p.EditText(last)
	if err != nil {
		p.showError(api.Usagef(".editor: %v", err))
		return false, nil
	}
	switch strings.TrimSpace(text) {
	case "":
		return false, nil
	case strings.TrimSpace(last): // most likely left without saving
		fmt.Fprintln(p.Stderr, "nothing was changed, so nothing runs")
		return false, nil
	}
	text = strings.TrimRight(text, "\n")
	fmt.Fprintln(p.Stdout, text) // what runs stands on the screen, as if it had been typed
	if p.Keep != nil {
		p.Keep(text)
	}
	return p.run(ctx, p.nextName(), text)
}

// helpTopic recognises "query?", "?query" and "help query".
func helpTopic(typed string) (string, bool) {
	if asked := strings.TrimRight(typed, "?"); asked != typed && asked != "" && !strings.ContainsAny(asked[len(asked)-1:], " \t\n") {
		// No half of a conditional, which has a blank there. Of an expression help says
		// that it knows none, which more lines would not.
		if _, err := syntax.Prepare(asked); err == nil || runtime.IsTopic(asked) {
			return strings.TrimSuffix(asked, "()"), true
		}
	}
	for _, cut := range []func() (string, bool){
		func() (string, bool) { return strings.CutSuffix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "?") },
		func() (string, bool) { return strings.CutPrefix(typed, "help ") },
	} {
		if topic, ok := cut(); ok {
			topic = strings.TrimSuffix(strings.TrimSpace(topic), "()")
			if runtime.IsTopic(topic) {
				return topic, true
			}
		}
	}
	return "", false
}

func isDottedName(text string) bool {
	for _, r := range text {
		if r != '.' && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return text != ""
}

// source prints the text of a function of the user's own; of anything else there is help.
func (p *Prompt) source(topic string) error {
	text, ok := p.Session.SourceOf(topic)
	if !ok {
		return p.help(topic)
	}
	_, err := io.WriteString(p.Stdout, termtext.Escape(text))
	return err
}

func (p *Prompt) help(topic string) error {
	var about []string
	if topic != "" {
		about = append(about, topic)
	}
	text, err := p.Session.Help(about...)
	if err != nil {
		p.showError(err)
		return nil
	}
	_, err = io.WriteString(p.Stdout, text)
	return err
}

// Incomplete reports whether what was typed needs more lines. The prompt's own words
// are whole, though "query?" is half a conditional to JavaScript.
func (p *Prompt) Incomplete(text string) bool {
	typed := strings.TrimSpace(text)
	if _, _, isShell := p.shellWord(typed); isShell {
		return false
	}
	_, isHelp := helpTopic(typed)
	if _, _, isWord := promptWord(typed); isHelp || isWord {
		return false
	}
	return syntax.Incomplete(text)
}
