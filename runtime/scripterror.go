package runtime

import (
	"errors"
	"fmt"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
	"io"
	"strconv"
	"strings"

	"github.com/dop251/goja"
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
	room := columns - 2 // for the signs that there is more
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

// Detail is how much WriteError says of where an error came from.
type Detail int

// The details, each with those before it.
const (
	Message    Detail = iota // one line, and the hint
	SourceLine               // the line of the source with a caret
	SourceFile               // its file, line and column, and the calls that led there
)

// WriteError prints an error for people: one line, then as much of the place as
// is wanted and known, then the hint.
func WriteError(w io.Writer, err error, detail Detail) {
	fmt.Fprintln(w, err)
	var script *ScriptError
	if errors.As(err, &script) {
		if line := script.Line(); detail >= SourceLine && line != "" {
			fmt.Fprintln(w, line)
		}
		if frames := script.Frames(); detail >= SourceFile && frames != "" {
			fmt.Fprintln(w, "    at "+frames)
		}
	}
	var hinter api.Hinter
	if errors.As(err, &hinter) && hinter.Hint() != "" {
		fmt.Fprintln(w, "hint: "+hinter.Hint())
	}
}
