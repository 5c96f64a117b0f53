package syntax

import "fmt"

// Error is a syntax error at a place in the text that was given.
type Error struct {
	Line    int // from 1
	Column  int // from 1, in characters (runes)
	Message string
}

// Error is the message with its place.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (line %d, column %d)", e.Message, e.Line, e.Column)
}
