package runtime

import (
	"cmp"
	"errors"
	"imapsh/runtime/api"
	"imapsh/runtime/secret"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// located finds the script's own frames and the line of the first.
func (s *Session) located(e *ScriptError) *ScriptError {
	e.screen = s.Width()
	inScript := false // the innermost call, and not only one further out
	if len(e.Stack) > 0 {
		_, inScript = s.sources[e.Stack[0].File]
	}
	var own []Frame
	for _, frame := range e.Stack {
		src, known := s.sources[frame.File]
		if !known {
			continue
		}
		frame.Line, frame.Column = src.origin(frame.Line, frame.Column)
		if strings.HasPrefix(frame.Function, "module:") { // what a module became
			frame.Function = ""
		}
		own = append(own, frame)
	}
	e.Stack = own
	if len(own) > 0 {
		text := s.sources[own[0].File].text
		for i, frame := range own {
			own[i].File = cmp.Or(s.sources[frame.File].shown, frame.File)
		}
		line := lineOf(text, own[0].Line)
		own[0].Column = calleeColumn(line, own[0].Column)
		e.line, e.column = line, own[0].Column
		if inScript {
			e.correct()
		}
		e.mark(text)
		s.hideSecrets(e, text)
	}
	return e
}

// mark finds the word that a call was wrong about, in the lines of the call.
func (e *ScriptError) mark(text string) {
	var usage *api.UsageError
	if !errors.As(e.cause, &usage) || usage.Token == "" {
		return
	}
	const maxLines = 20
	from := e.Stack[0].Column - 1
	for i := range maxLines {
		line := []rune(lineOf(text, e.Stack[0].Line+i))
		if column, ok := findWord(line, from, []rune(usage.Token)); ok {
			e.line, e.column, e.width = string(line), column+1, utf8.RuneCountInString(usage.Token)
			e.Stack[0].Line, e.Stack[0].Column = e.Stack[0].Line+i, column+1
			return
		}
		from = 0
	}
}

// findWord finds a word that no letter or digit touches.
func findWord(line []rune, from int, word []rune) (int, bool) {
	inWord := func(i int) bool {
		return i >= 0 && i < len(line) && (line[i] == '_' || unicode.IsLetter(line[i]) || unicode.IsDigit(line[i]))
	}
	for i := from; i+len(word) <= len(line); i++ {
		if slices.Equal(line[i:i+len(word)], word) && !inWord(i-1) && !inWord(i+len(word)) {
			return i, true
		}
	}
	return 0, false
}

// calleeColumn is where the name of a call begins, given the column of its
// bracket, which is what goja records.
func calleeColumn(line string, column int) int {
	runes := []rune(line)
	if column < 2 || column > len(runes) || runes[column-1] != '(' {
		return column
	}
	for column > 1 && (runes[column-2] == '_' || runes[column-2] == '$' || unicode.IsLetter(runes[column-2]) || unicode.IsDigit(runes[column-2])) {
		column--
	}
	return column
}

// framesOf are the places of an exception. (Its String would run the script's code.)
func framesOf(thrown *goja.Exception) []Frame {
	var found []Frame
	for _, f := range thrown.Stack() {
		at := f.Position()
		found = append(found, Frame{Function: f.FuncName(), File: at.Filename, Line: at.Line, Column: at.Column})
	}
	return found
}

// frames reads the lines of a stack: "at name (file:line:column(pc))" or
// "at file:line:column(pc)", with or without the pc.
func frames(stack string) []Frame {
	place := regexp.MustCompile(`^\s*at (?:(.*) \()?(.+):(\d+):(\d+)(?:\(\d+\))?\)?$`)
	var found []Frame
	for line := range strings.Lines(stack) {
		m := place.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		row, _ := strconv.Atoi(m[3])
		column, _ := strconv.Atoi(m[4])
		found = append(found, Frame{Function: m[1], File: m[2], Line: row, Column: column})
	}
	return found
}

func lineOf(text string, n int) string {
	for line := range strings.Lines(text) {
		if n--; n == 0 {
			return strings.TrimRight(line, "\r\n")
		}
	}
	return ""
}

// hideSecrets covers what may be a credential in the line that is shown, and in a message
// about its words.
func (s *Session) hideSecrets(e *ScriptError, text string) {
	var covered []string
	e.line, covered = secret.Mask(e.line, lineOf(text, e.Stack[0].Line-1), s.options.Secret)
	if e.Class != "SyntaxError" && e.Class != "ReferenceError" {
		return
	}
	for _, word := range covered {
		for word := range strings.FieldsSeq(word) {
			if len(word) >= 4 {
				e.Message = strings.ReplaceAll(e.Message, strings.Trim(word, "\"'`;,()"), "(hidden)")
				e.Advice = ""
			}
		}
	}
}
