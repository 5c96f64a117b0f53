package syntax

import "strings"

// Heads and tails that make a string a body in which await and return are allowed.
// They add no line in front, so that places are moved along by the head's length alone.
const (
	bodyHead  = "async function _(args){"
	bodyTail  = "\n}"
	valueHead = bodyHead + "("
	valueTail = "\n)}"
)

// Incomplete reports whether the text is the start of a statement that needs more
// lines: brackets, a template literal or a comment are open, it ends with an
// operator, with `if (x)`, with `try {}`. Text with an error that no further line
// can mend is complete, and so is text that could go on but need not.
func Incomplete(src string) bool {
	s := scan(src)
	if s.deep || s.stray >= 0 || s.class >= 0 {
		return false
	}
	if s.startsWithBrace() {
		switch s.state(valueHead, valueTail) {
		case sound:
			return false
		case unfinished:
			return true
		}
	}
	return s.state(bodyHead, bodyTail) == unfinished
}

// state is how a string stands between a head and a tail.
type state byte

const (
	sound state = iota
	unfinished
	broken
)

func (s *scanned) state(head, tail string) state {
	cut := s.tail != tailNone || len(s.open) > 0
	if !cut {
		if _, found := parse(head + s.text + tail); found == nil {
			return sound
		}
	}
	// Without its tail the body never ends, so an error before the end of the text is
	// one that nothing added there can mend.
	text := head + s.text + s.mend() + "\n" // goja takes the end of the text for the end of /[
	switch _, found := parse(text); {
	case found == nil: // goja lets some blocks end with the text
		return unfinished
	case found.message == endOfInput && found.offset >= len(text):
		return unfinished
	case strings.HasPrefix(found.message, "Missing catch or finally"):
		// the place is that of try: is its block the last thing in the text?
		text += "finally {}"
		if _, found = parse(text); found == nil || found.message == endOfInput && found.offset >= len(text) {
			return unfinished
		}
	}
	return broken
}

// mend ends the comment or the literal that the text breaks off in.
func (s *scanned) mend() string {
	switch s.tail {
	case tailComment:
		return "*/"
	case tailTemplate:
		return " `" // the space for a backslash before it
	case tailString:
		if strings.HasSuffix(s.text, "\\") {
			return "\n" + string(s.quote)
		}
		return string(s.quote)
	}
	return ""
}

// startsWithBrace reports whether the text may be an object literal at the start of
// a statement. As in node, a semicolon at the end says that it is a block.
func (s *scanned) startsWithBrace() bool {
	n := len(s.tokens)
	return n > 0 && s.text[s.tokens[0].start] == '{' && s.text[s.tokens[n-1].start] != ';'
}
