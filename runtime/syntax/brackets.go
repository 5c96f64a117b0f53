package syntax

// push opens a bracket.
func (s *scanner) push(b bracket) {
	s.open = append(s.open, b)
	s.deep = s.deep || len(s.open) > maxNesting
}

// punctuator reads brackets one by one and other signs as far as the scanner
// needs to tell them apart.
func (s *scanner) punctuator(c byte) {
	start := s.pos
	switch c {
	case '(':
		s.push(bracket{char: c, start: start, controls: s.afterWord("if", "while", "for", "with")})
	case '[':
		s.push(bracket{char: c, start: start})
	case '{':
		s.push(bracket{char: c, start: start, expression: s.operandExpected()})
	case ')', ']', '}':
		if !s.close(c) {
			s.stray = start
			return
		}
		if s.last.char == '$' { // back to the text of the template
			s.template(start, start+1)
			return
		}
	}
	s.pos++
	if c == '+' || c == '-' || c == '=' {
		if next := s.peek(); next == c && c != '=' || next == '>' && c == '=' {
			s.pos++
		}
	}
	if c == '=' && s.pos == start+2 {
		s.arrow()
	}
	s.emit(punctuator, start)
}

func (s *scanner) peek() byte {
	if s.pos < len(s.text) {
		return s.text[s.pos]
	}
	return 0
}

// close takes the partner of a closing bracket away.
func (s *scanner) close(c byte) bool {
	n := len(s.open) - 1
	if n < 0 || closes(s.open[n].char) != c {
		return false
	}
	s.last, s.open = s.open[n], s.open[:n]
	s.runs -= s.last.run
	s.hold(s.last.arrows)
	return true
}

// closes is the bracket that closes an open one.
func closes(open byte) byte {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	case '{', '$':
		return '}'
	}
	return 0
}

// previous is the text of the last token.
func (s *scanner) previous() string {
	if len(s.tokens) == 0 {
		return ""
	}
	t := s.tokens[len(s.tokens)-1]
	return s.text[t.start:t.end]
}

// afterWord reports whether the last token is one of the keywords, not a property.
func (s *scanner) afterWord(keywords ...string) bool {
	n := len(s.tokens)
	if n == 0 || s.tokens[n-1].kind != word || n > 1 && s.text[s.tokens[n-2].start] == '.' {
		return false
	}
	last := s.previous()
	for _, k := range keywords {
		if last == k {
			return true
		}
	}
	return false
}

// operandExpected reports whether the next token starts an operand, going by the
// one before it: then { is an object and / a regular expression.
func (s *scanner) operandExpected() bool {
	if len(s.tokens) == 0 {
		return false
	}
	last := s.tokens[len(s.tokens)-1]
	switch last.kind {
	case word:
		return s.afterWord("return", "typeof", "instanceof", "in", "new", "delete", "void", "throw", "case", "await", "yield")
	case punctuator:
		switch s.text[last.start:last.end] {
		case ")", "]", "}", "{", ";", "=>", "++", "--":
			return false
		}
		return true
	case template: // after ${
		return s.text[last.end-1] == '{'
	}
	return false
}
