package syntax

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
