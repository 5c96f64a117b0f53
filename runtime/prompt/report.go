package prompt

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"imapsh/runtime"
	"imapsh/runtime/termtext"
)

// typedName begins the names of the statements that were typed. They need no
// telling: they stand on the screen.
const typedName = "line "

func (p *Prompt) nextName() string {
	p.statements++
	return fmt.Sprint(typedName, p.statements)
}

// showError prints an error and keeps it in _error. Its sentences are folded between words;
// the line of the source stays as it is.
func (p *Prompt) showError(err error) {
	detail := runtime.SourceLine
	var script *runtime.ScriptError
	if errors.As(err, &script) && !strings.HasPrefix(script.Place(), typedName) {
		detail = runtime.SourceFile
	}
	var text strings.Builder
	runtime.WriteError(&text, err, detail)
	for line := range strings.Lines(text.String()) {
		if !strings.HasPrefix(line, "    ") {
			line = termtext.Fold(strings.TrimSuffix(line, "\n"), p.Session.Width(), "  ") + "\n"
		}
		_, _ = io.WriteString(p.Stderr, line)
	}
	p.Session.Set("_error", p.Session.ErrorValue(err))
}

// call is a function's name with words behind it, as a command line has them.
var call = regexp.MustCompile(`^([\pL_$][\pL\pN_$]*)\s+(--?)?[\pL\pN'"./~]`)

// advise says, of an error of what was typed, what the prompt has for it: its words are
// no JavaScript, and its functions are no commands.
func (p *Prompt) advise(typed string, err error) {
	var script *runtime.ScriptError
	if !errors.As(err, &script) {
		return
	}
	if name, ok := strings.CutSuffix(script.Message, " is not defined"); ok && script.Class == "ReferenceError" {
		all := commands()
		if i := slices.IndexFunc(all, func(c command) bool { return strings.TrimPrefix(c.word, ".") == name }); i >= 0 {
			script.Advice = strings.TrimSpace(all[i].word+" "+all[i].argument) + " is no JavaScript: it stands alone on a line, and " + all[i].doc
		}
		return
	}
	if parts := call.FindStringSubmatch(strings.TrimSpace(typed)); parts != nil && script.Class == "SyntaxError" && p.Session.IsFunction(parts[1]) {
		script.Advice = fmt.Sprintf("%s is a function: its arguments stand in brackets, words in quotes; %s? shows examples", parts[1], parts[1])
	}
}
