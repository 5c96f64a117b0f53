package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// check parses a text between a head and a tail. Its error is in terms of the text
// alone: what goes wrong only in the tail is something that the text leaves open.
func (s *scanned) check(head, tail string) (*parsed, error) {
	if s.deep {
		return nil, s.errorAt(problem{0, tooDeep})
	}
	full := head + s.text + tail
	program, found := parse(full)
	if found != nil {
		found.offset -= len(head)
	}
	switch {
	case s.class >= 0 && (found == nil || found.offset >= s.class):
		return nil, s.errorAt(problem{s.class, "Invalid regular expression: missing /"})
	case s.stray >= 0 && (found == nil || found.offset >= s.stray):
		return nil, s.errorAt(problem{s.stray, "Unexpected token " + s.text[s.stray:s.stray+1]})
	case found != nil && found.offset < s.end():
		return nil, s.errorAt(*found)
	case s.tail != tailNone || len(s.open) > 0:
		return nil, s.errorAt(s.unclosed())
	case found != nil:
		return nil, s.errorAt(problem{s.end(), endOfInput})
	}
	if unsupported, ok := s.unsupportedRegex(); ok {
		return nil, s.errorAt(unsupported)
	}
	return &parsed{s, program, len(head)}, nil
}

// end is where the text ends, but for white space and comments.
func (s *scanned) end() int {
	if n := len(s.tokens); n > 0 && s.tail != tailComment {
		return s.tokens[n-1].end
	}
	return len(strings.TrimRight(s.text, " \t\r\n"))
}

// unclosed says which bracket, template or comment is still open.
func (s *scanned) unclosed() problem {
	end := s.end()
	switch s.tail {
	case tailComment:
		return problem{end, "missing */ at the end of a comment"}
	case tailString:
		return problem{end, "missing " + string(s.quote) + " at the end of a string"}
	}
	last := s.open[len(s.open)-1]
	closing := string(closes(last.char))
	opening := string(last.char)
	switch last.char {
	case '`':
		closing = "`"
	case '$':
		opening = "${"
	}
	line, _ := newLines(s.text).place(last.start)
	return problem{end, fmt.Sprintf("missing %s for the %s of line %d", closing, opening, line)}
}

// errorAt words a problem for people and says where in the text it is.
func (s *scanned) errorAt(p problem) *Error {
	line, column := newLines(s.text).place(p.offset)
	return &Error{Line: line, Column: column, Message: s.reword(p)}
}

// reword says plainly what goja says in its own terms.
func (s *scanned) reword(p problem) string {
	message := strings.TrimPrefix(p.message, "SyntaxError: ")
	i := s.tokenFrom(p.offset)
	if i == len(s.tokens) || s.tokens[i].start != p.offset {
		return s.illegal(p, message)
	}
	text := s.text[s.tokens[i].start:s.tokens[i].end]
	switch {
	case message == "Unexpected identifier" && i > 0 && s.is(i-1, "await"):
		return "await works at the top level and in async functions only"
	case strings.HasPrefix(message, "Unexpected") && (text == "import" || text == "export"):
		if text == "export" {
			return "export works at the top level of a file only"
		}
		return "import works in files only; here require('./lib.js') gives what a file exports"
	case message == "Unexpected identifier", message == "Unexpected reserved word":
		return message + " " + text
	}
	switch {
	case message != illegalToken:
		return message
	case s.tokens[i].kind == number:
		return text + " is not a number"
	case s.tokens[i].kind == quoted && (len(text) == 1 || text[len(text)-1] != text[0]):
		return "the string is not closed"
	case s.tokens[i].kind == quoted:
		return "the string has an escape that is not valid"
	}
	return s.illegal(p, message)
}

// illegal names the character that starts no token.
func (s *scanned) illegal(p problem, message string) string {
	if message != illegalToken || p.offset >= len(s.text) {
		return message
	}
	r, _ := utf8.DecodeRuneInString(s.text[p.offset:])
	return fmt.Sprintf("Unexpected character %q", r)
}

// illegalToken is goja's word for what is no token.
const illegalToken = "Unexpected token ILLEGAL"

// is reports whether token i is the word.
func (s *scanned) is(i int, text string) bool {
	return s.tokens[i].kind == word && s.text[s.tokens[i].start:s.tokens[i].end] == text
}

// tokenFrom is the index of the first token that ends after offset.
func (s *scanned) tokenFrom(offset int) int {
	low, high := 0, len(s.tokens)
	for low < high {
		if middle := (low + high) / 2; s.tokens[middle].end <= offset {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
