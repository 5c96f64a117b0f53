package runtime

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/inspect"
	"imapsh/runtime/secret"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
)

// ScriptError is an error that a script did not catch.
type ScriptError struct {
	Class   string // SDCError; empty when something that is no Error was thrown
	Message string
	Advice  string // what to do next; may be empty
	Stack   []Frame
	Value   goja.Value // what was thrown; nil for a syntax error
	line    string     // of the source, where the fault is
	column  int        // in line, from 1
	width   int        // characters at fault; 0: only the place is known
	screen  int        // columns of the screen; 0: any number
	cause   error      // the Go error it stems from
}

// Frame is a place in a script.
type Frame struct {
	Function     string // empty at the top level
	File         string
	Line, Column int // from 1
}

// Error is the class and the message in one line.
func (e *ScriptError) Error() string {
	message := termtext.EscapeLine(strings.Join(strings.Fields(e.Message), " "))
	if e.Class == "" {
		return message
	}
	return e.Class + ": " + message
}

// Hint is what to do next.
func (e *ScriptError) Hint() string { return e.Advice }

// Unwrap is the Go error that the script's stems from, if any.
func (e *ScriptError) Unwrap() error { return e.cause }

// Line shows the line of the source with a caret under the place; empty when it
// is not known.
func (e *ScriptError) Line() string {
	if len(e.Stack) == 0 || e.line == "" {
		return ""
	}
	const indent = "    "
	runes := []rune(strings.TrimRight(strings.ReplaceAll(e.line, "\t", " "), " "))
	start := min(max(e.column-1, 0), len(runes))
	end := min(start+max(e.width, 1), len(runes))
	if e.screen > 0 {
		runes, start, end = excerpt(runes, start, end, max(e.screen-1-len(indent), 20))
	}
	mark := max(screenWidth(runes[start:end]), 1)
	return indent + termtext.EscapeLine(string(runes)) + "\n" +
		indent + strings.Repeat(" ", screenWidth(runes[:start])) + strings.Repeat("^", mark)
}

// excerpt is the part of a line about the characters from start to end that fits into
// some columns, and where they are in it: were the line broken by the screen, no caret
// would stand under its place.
func excerpt(line []rune, start, end, columns int) (part []rune, partStart, partEnd int) {
	if screenWidth(line) <= columns {
		return line, start, end
	}
	room := columns - 2 // for what tells that there is more
	from, to := start, start
	grow := func(limit int, step func() bool) {
		for screenWidth(line[from:to]) < limit && step() {
		}
		for to > start && screenWidth(line[from:to]) > room { // a wide character too much
			to--
		}
	}
	left := func() bool { from--; return from > 0 }
	right := func() bool { to++; return to < len(line) }
	if from > 0 {
		grow(room/3, left)
	}
	if to < len(line) {
		grow(room, right)
	}
	if to == len(line) && from > 0 {
		grow(room, left)
	}
	end = min(end, to)
	if from > 0 {
		part = append(part, '…')
	}
	shift := len(part) - from
	part = append(part, line[from:to]...)
	if to < len(line) {
		part = append(part, '…')
	}
	return part, start + shift, end + shift
}

func screenWidth(runes []rune) int {
	return termtext.Width(termtext.EscapeLine(string(runes)))
}

// Frames are the calls that led to the error, the innermost first, as in
// "deep r.js:2:8, outer r.js:5"; empty when they are not known.
func (e *ScriptError) Frames() string {
	const shown = 10
	var parts []string
	for i, frame := range e.Stack {
		if i == shown {
			parts = append(parts, fmt.Sprintf("… %d more", len(e.Stack)-shown))
			break
		}
		part := frame.File + ":" + strconv.Itoa(frame.Line)
		if i == 0 {
			part = e.Place()
		}
		if frame.Function != "" && frame.Function != "<anonymous>" {
			part = frame.Function + " " + part
		}
		parts = append(parts, part)
	}
	return termtext.EscapeLine(strings.Join(parts, ", "))
}

// Place is the file, line and column; empty when they are not known.
func (e *ScriptError) Place() string {
	if len(e.Stack) == 0 {
		return ""
	}
	at := e.Stack[0]
	return at.File + ":" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
}

// explain turns what goja gives into the session's errors.
func (s *Session) explain(err error) error {
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		cause, ok := interrupted.Value().(error)
		if script, unplaced := cause.(*ScriptError); unplaced {
			script.Stack = framesOf(&interrupted.Exception)
			return s.located(script)
		}
		if ok {
			return cause
		}
		return context.Canceled
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return s.located(&ScriptError{
			Class: "RangeError", Message: "too many calls inside one another: a function calls itself without end",
			Stack: framesOf(&overflow.Exception),
		})
	}
	var thrown *goja.Exception
	var rejected *rejection
	switch {
	case errors.As(err, &thrown):
		return s.scriptError(thrown.Value(), framesOf(thrown))
	case errors.As(err, &rejected):
		return s.scriptError(rejected.reason, nil)
	}
	return &ScriptError{Class: classOf(err), Message: err.Error(), cause: err}
}

func classOf(err error) string {
	var usage *api.UsageError
	if errors.As(err, &usage) {
		return "UsageError"
	}
	return "Error"
}

// scriptError reads a thrown value. Reading may run a script's own getters, which
// may throw in their turn: then the error says what could be read.
func (s *Session) scriptError(value goja.Value, stack []Frame) (e *ScriptError) {
	e = &ScriptError{Value: value, Stack: stack}
	object, ok := value.(*goja.Object)
	if !ok || instanceOf(value) != nil { // which is no error, and refuses to be asked for a message
		e.Message = "thrown: " + inspect.Printer{}.Format(s.vm, value)
		return s.located(e)
	}
	thrown := s.vm.Try(func() {
		message, name := object.Get("message"), object.Get("name")
		if message == nil || name == nil {
			plain := s.printer(value, inspect.Printer{})
			plain.Color = false // a message is printed with its control characters escaped
			e.Message = "thrown: " + plain.Format(s.vm, value)
			return
		}
		e.Class, e.Message = name.String(), message.String()
		if hint := object.Get("hint"); hint != nil && !goja.IsUndefined(hint) {
			e.Advice = hint.String()
		}
		if text := object.Get("stack"); len(e.Stack) == 0 && text != nil {
			e.Stack = frames(text.String())
		}
		if object.ClassName() == "Error" {
			if held := object.Get("value"); held != nil {
				if h, ok := held.Export().(*heldError); ok {
					e.cause = h.err
				}
			}
		}
	})
	if thrown != nil {
		e.Message = "an error that cannot be read"
	}
	if name, ok := strings.CutSuffix(e.Message, " is not defined"); ok && e.Class == "ReferenceError" && e.Advice == "" &&
		len(e.Stack) > 0 && e.Stack[0].File == "<eval>" {
		e.Advice = "eval sees global variables only; new Function('" + name + "', 'return …') is called with what it needs"
	}
	if name, ok := strings.CutSuffix(e.Message, " is not defined"); ok && e.Class == "ReferenceError" && e.Advice == "" {
		e.Advice = s.adviceOnName(name)
	}
	if name, ok := strings.CutPrefix(e.Message, "Object has no member '"); ok && e.Advice == "" {
		name = strings.TrimSuffix(name, "'")
		if list := s.api.ListWith(name); list != nil {
			e.Advice = name + " is a method of a " + list.Name + "; a.concat(b) and filter keep one, [...a, ...b] and map make a plain array"
		} else if near, ok := api.Nearest(name, s.api.Members()); ok {
			e.Advice = "did you mean " + near + "?"
		}
	}
	return s.located(e)
}

// adviceOnName is for a name that nothing has: a word that an option takes, which
// lacks its quotes, or a function's name that was mistyped.
func (s *Session) adviceOnName(name string) string {
	if instead, ok := absent[name]; ok {
		return instead
	}
	if s.api.Takes(name) {
		return "a word is written in quotes: '" + name + "'"
	}
	if near, ok := api.Nearest(name, s.api.Names()); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

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
		own = append(own, frame)
	}
	e.Stack = own
	if len(own) > 0 {
		text := s.sources[own[0].File].text
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

// mark finds the word that a call was wrong about, in the lines of the call.
func (e *ScriptError) mark(text string) {
	var usage *api.UsageError
	if !errors.As(e.cause, &usage) || usage.Token == "" {
		return
	}
	const mostLines = 20
	from := e.Stack[0].Column - 1
	for i := range mostLines {
		line := []rune(lineOf(text, e.Stack[0].Line+i))
		if column, ok := findWord(line, from, []rune(usage.Token)); ok {
			e.line, e.column, e.width = string(line), column+1, utf8.RuneCountInString(usage.Token)
			e.Stack[0].Line, e.Stack[0].Column = e.Stack[0].Line+i, column+1
			return
		}
		from = 0
	}
}

// correct puts right what the engine says of the place: it calls null undefined, and
// speaks of an object where something that is called is no function.
func (e *ScriptError) correct() {
	if e.Class != "TypeError" || e.cause != nil {
		return
	}
	runes := []rune(e.line)
	at := min(max(e.column-1, 0), len(runes))
	before, after := strings.TrimRight(string(runes[:at]), " "), string(runes[at:])
	if what, ok := strings.CutSuffix(strings.TrimSuffix(e.Message, " or null"), " of undefined"); ok && strings.HasPrefix(what, "Cannot read property ") {
		base := strings.TrimRight(strings.TrimRight(before, ".?["), " ")
		word := base[len(strings.TrimRightFunc(base, isNamePart)):]
		if strings.HasPrefix(after, "null.") || strings.HasPrefix(after, "null[") { // of a call the place is where it begins
			word = "null"
		}
		switch word {
		case "undefined":
		case "null":
			e.Message = what + " of null"
		default:
			e.Message = what + " of null or undefined"
		}
		return
	}
	value, isValue := strings.CutPrefix(e.Message, "Value is not an object: ")
	missing := strings.HasPrefix(e.Message, "Object has no member '")
	call := len(after) - len(strings.TrimLeftFunc(after, isNamePart))
	if (isValue || missing) && call > 0 && strings.HasPrefix(strings.TrimLeft(after[call:], " "), "(") {
		name := before[len(strings.TrimRightFunc(before, func(r rune) bool { return r == '.' || isNamePart(r) })):] + after[:call]
		e.Message = name + " is not a function"
		if isValue {
			e.Message += ": it is " + value
		}
	}
}

func isNamePart(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
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

func (s *Session) syntaxError(name, text string, err error) error {
	var at *syntax.Error
	if !errors.As(err, &at) {
		return &ScriptError{Class: "SyntaxError", Message: err.Error()}
	}
	e := &ScriptError{
		Class:   "SyntaxError",
		Message: at.Message,
		Stack:   []Frame{{File: name, Line: at.Line, Column: at.Column}},
		line:    lineOf(text, at.Line),
		column:  at.Column,
		screen:  s.Width(),
	}
	s.hideSecrets(e, text)
	return e
}

func lineOf(text string, n int) string {
	for line := range strings.Lines(text) {
		if n--; n == 0 {
			return strings.TrimRight(line, "\r\n")
		}
	}
	return ""
}
