package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind byte

const (
	punctuator kind = iota
	word            // an identifier or a keyword
	number
	quoted   // a string literal
	template // a piece of a template literal: up to ${ or to its end
	regex
)

// lexeme is a piece of source text that is neither white space nor a comment.
type lexeme struct {
	kind       kind
	start, end int
}

// tail is what the text breaks off in the middle of.
type tail byte

const (
	tailNone tail = iota
	tailComment
	tailTemplate
	tailString // its last character is a backslash: the string goes on in the next line
)

// bracket is one that is still open: ( [ { or, for the ${ of a template, $. A
// template whose text is being read is `.
type bracket struct {
	char       byte
	start      int
	controls   bool // ( after if, while, for or with: what follows ) is a statement
	expression bool // { of an object literal or of a function expression
	arrows     int  // nested arrow functions among the parameters it holds
	run        int  // tokens inside it since an entry or a statement began
}

// scanned is what the scanner knows of a string. The parser knows more, but of sound
// text only, and nothing of how it breaks off.
type scanned struct {
	text   string
	tokens []lexeme
	open   []bracket // innermost last
	stray  int       // where a closing bracket has no partner, or -1
	class  int       // where a regular expression never leaves its [class], which goja overlooks, or -1
	tail   tail
	quote  byte // of tailString
	deep   bool // too deeply nested for a recursive parser to be safe
}

type scanner struct {
	scanned
	pos  int
	last bracket // the one closed last
	run  int     // as in bracket, outside of all
	runs int     // the sum of those that are open
}

// scan splits text into tokens. It takes any text and always ends.
func scan(text string) *scanned {
	s := &scanner{scanned: scanned{text: text, stray: -1, class: -1}}
	if len(text) > maxTextBytes {
		s.deep = true
		return &s.scanned
	}
	if strings.HasPrefix(text, "#!") {
		s.lineComment()
	}
	for s.pos < len(text) && s.tail == tailNone && !s.deep && s.stray < 0 {
		s.next()
	}
	if s.tail == tailNone && len(s.open) > 0 && s.open[len(s.open)-1].char == '`' {
		s.tail = tailTemplate
	}
	return &s.scanned
}

func (s *scanner) next() {
	c := s.text[s.pos]
	rest := s.text[s.pos:]
	switch {
	case c == ' ' || c >= '\t' && c <= '\r':
		s.pos++
	case strings.HasPrefix(rest, "//"):
		s.lineComment()
	case strings.HasPrefix(rest, "/*"):
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			s.pos, s.tail = len(s.text), tailComment
			return
		}
		s.pos += end + 4
	case c == '"' || c == '\'':
		s.string(c)
	case c == '`':
		s.push(bracket{char: '`', start: s.pos})
		s.template(s.pos, s.pos+1)
	case c >= '0' && c <= '9', c == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		s.number()
	case wordByte(c):
		s.word()
	case c == '/' && s.regexAllowed() && s.regex():
	default:
		s.punctuator(c)
	}
}

func (s *scanner) emit(k kind, start int) {
	s.count(k, start)
	s.tokens = append(s.tokens, lexeme{k, start, s.pos})
}

func (s *scanner) lineComment() {
	for s.pos < len(s.text) {
		if c := s.text[s.pos]; c == '\n' || c == '\r' || c == 0xE2 && isSeparator(s.text[s.pos:]) {
			return
		}
		s.pos++
	}
}

// string reads a literal; one that the end of its line cuts off is still a token,
// for the parser to complain of.
func (s *scanner) string(quote byte) {
	start := s.pos
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch s.text[s.pos] {
		case quote:
			s.pos++
			s.emit(quoted, start)
			return
		case '\n', '\r':
			s.emit(quoted, start)
			return
		case '\\':
			s.pos++
			switch {
			case s.pos >= len(s.text):
				s.tail, s.quote = tailString, quote
			case strings.HasPrefix(s.text[s.pos:], "\r\n"):
				s.pos++
				fallthrough
			default:
				if s.pos == len(s.text)-1 && (s.text[s.pos] == '\n' || s.text[s.pos] == '\r') {
					s.tail, s.quote = tailString, quote
				}
			}
		}
	}
	s.pos = len(s.text)
	s.emit(quoted, start)
}

// template reads the text of a template up to its end or to ${.
func (s *scanner) template(start, from int) {
	for s.pos = from; s.pos < len(s.text); s.pos++ {
		switch c := s.text[s.pos]; {
		case c == '`':
			s.pos++
			s.open = s.open[:len(s.open)-1]
			s.emit(template, start)
			return
		case c == '\\':
			s.pos++
		case c == '$' && strings.HasPrefix(s.text[s.pos:], "${"):
			s.push(bracket{char: '$', start: s.pos})
			s.pos += 2
			s.emit(template, start)
			return
		}
	}
	s.pos = len(s.text)
	s.emit(template, start)
}

func (s *scanner) number() {
	start := s.pos
	hex := strings.HasPrefix(s.text[start:], "0x") || strings.HasPrefix(s.text[start:], "0X")
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		sign := (c == '+' || c == '-') && !hex && s.text[s.pos-1]|0x20 == 'e'
		if !sign && c != '.' && !wordByte(c) {
			break
		}
		s.pos++
	}
	s.emit(number, start)
}

func (s *scanner) word() {
	start := s.pos
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if c < utf8.RuneSelf {
			if !wordByte(c) {
				break
			}
			s.pos++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		if unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			break
		}
		s.pos += size
	}
	if s.pos > start {
		s.emit(word, start)
		return
	}
	_, size := utf8.DecodeRuneInString(s.text[s.pos:])
	s.pos += size
}

// wordByte reports whether c is part of an identifier, a private name (#x) or an
// escape in one; the bytes of anything beyond ASCII count as such.
func wordByte(c byte) bool {
	return c == '_' || c == '$' || c == '\\' || c == '#' || c >= '0' && c <= '9' ||
		c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}
