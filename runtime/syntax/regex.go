package syntax

import (
	"regexp"
	"strings"
)

// posixClass is a class of POSIX, which counts inside a class of characters.
var posixClass = regexp.MustCompile(`^\[:\^?[a-z]+:\]`)

// hasPOSIXClass reports whether one stands inside a class of characters.
func hasPOSIXClass(pattern string) bool {
	inClass := false
	for i := 0; i < len(pattern); i++ {
		switch {
		case pattern[i] == '\\':
			i++
		case inClass && posixClass.MatchString(pattern[i:]):
			return true
		case pattern[i] == '[':
			inClass = true
		case pattern[i] == ']':
			inClass = false
		}
	}
	return false
}

// UnsupportedPattern says what the engine would match wrongly in a regular expression:
// it takes \p{L} for a letter p, with the flag u as well, and [[:alpha:]] for a letter.
// It is empty where it matches what the language says.
func UnsupportedPattern(pattern, flags string) string {
	if hasPOSIXClass(pattern) {
		return `Invalid regular expression: [:alpha:] and its like are no classes of JavaScript; name the characters, as in [A-Za-z]`
	}
	if !strings.Contains(flags, "u") {
		return ""
	}
	for i := 0; i+1 < len(pattern); i++ {
		if pattern[i] != '\\' {
			continue
		}
		if i++; pattern[i] == 'p' || pattern[i] == 'P' {
			return `Invalid regular expression: \p{...} is not supported; name the characters, as in [A-Za-zÀ-ž]`
		}
	}
	return ""
}

// unsupportedRegex is the first regular expression that the engine would match wrongly.
func (s *scanned) unsupportedRegex() (problem, bool) {
	for _, t := range s.tokens {
		if t.kind != regex {
			continue
		}
		text := s.text[t.start:t.end]
		end := strings.LastIndexByte(text, '/')
		if message := UnsupportedPattern(text[1:max(end, 1)], text[end+1:]); message != "" {
			return problem{t.start, message}, true
		}
	}
	return problem{}, false
}

// regexAllowed reports whether a / starts a regular expression here.
func (s *scanner) regexAllowed() bool {
	if len(s.tokens) == 0 || s.operandExpected() || s.afterWord("do", "else") {
		return true
	}
	switch s.previous() {
	case ")":
		return s.last.controls
	case "}":
		return !s.last.expression
	case "{", ";", "=>":
		return true
	}
	return false
}

// regex reads a regular expression; false where there is none after all, because
// its line ends first.
func (s *scanner) regex() bool {
	class := false
	for i := s.pos + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\n' || c == '\r':
			return s.noRegex(class)
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			start := s.pos
			for s.pos = i + 1; s.pos < len(s.text) && wordByte(s.text[s.pos]); s.pos++ {
			}
			s.emit(regex, start)
			return true
		}
	}
	return s.noRegex(class)
}

// noRegex notes what looked like a regular expression and ends with its line.
func (s *scanner) noRegex(class bool) bool {
	if class && s.class < 0 {
		s.class = s.pos
	}
	return false
}
