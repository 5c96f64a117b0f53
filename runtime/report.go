package runtime

import (
	"errors"
	"fmt"
	"imapsh/runtime/api"
	"io"
)

// Detail is how much WriteError tells of where an error came from.
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
