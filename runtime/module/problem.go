package module

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// Error is what is wrong in a file of a bundle.
type Error struct {
	File    string // the name of the file
	Line    int    // from 1; 0: no place is known
	Column  int    // from 1, in characters
	Width   int    // characters at fault; 0: only the place is known
	Source  string // the line
	Message string
	Syntax  bool // the text is no code, or imports what a module does not export
}

// Error is the message with its place.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// problem is the first of esbuild's errors, in terms of the files.
func (b *build) problem(messages []api.Message) error {
	m := messages[0]
	e := &Error{File: b.entry.Name, Message: reword(m), Syntax: m.PluginName == ""}
	if m.Location == nil {
		return e
	}
	e.File = strings.TrimPrefix(m.Location.File, namespace+":")
	e.Line, e.Source = m.Location.Line, m.Location.LineText
	from := min(m.Location.Column, len(e.Source)) // in bytes, as the length
	to := min(from+m.Location.Length, len(e.Source))
	e.Column, e.Width = utf8.RuneCountInString(e.Source[:from])+1, utf8.RuneCountInString(e.Source[from:to])
	if e.File == generated {
		e.File, e.Line = b.entry.Name, 0
	}
	return e
}

// misleading are the warnings of what has another meaning here than the text has.
func misleading(warnings []api.Message) []api.Message {
	return slices.DeleteFunc(slices.Clone(warnings), func(m api.Message) bool { return m.ID != emptyMeta })
}

// emptyMeta is the identity of esbuild's warning of import.meta, which is {} then.
const emptyMeta = "empty-import-meta"

const requiredAwait = "a module with await at its top level is imported, not required"

// reword says plainly what esbuild says of its own world.
func reword(m api.Message) string {
	text := strings.ReplaceAll(m.Text, namespace+":", "")
	switch {
	case m.ID == emptyMeta:
		return "import.meta is not here: readText and its kin find a relative path beside the recipe as well"
	case strings.HasPrefix(text, "Top-level await is currently not supported with the \"cjs\""):
		return requiredAwait
	case strings.Contains(text, "Top-level return cannot be used inside an ECMAScript module"):
		return "return does not work at the top level of a module; its result is what it exports as default"
	case strings.HasPrefix(text, "This require call is not allowed because the"):
		return requiredAwait
	}
	return text
}
