package syntax

import "strings"

// Limits that hand-written code does not come near to, and that keep goja's
// recursive parser and compiler from using up the stack, which no recover catches.
const (
	maxNesting   = 1000     // brackets inside one another
	maxRun       = 10_000   // tokens of statements that are not over, outer ones and inner ones
	maxArrows    = 10       // arrow functions in the parameters of others: each level is parsed twice
	maxTextBytes = 16 << 20 // of a string
	maxJSON      = 10_000   // lists and objects inside one another
)

// Refusal says why a string that eval or Function is given may not be given to goja; it
// is empty when it may. A text with a bracket that has no partner may: goja stops there.
func Refusal(text string) string {
	s := scan(text)
	if s.deep {
		return tooDeep
	}
	if unsupported, _ := s.unsupportedRegex(); unsupported.message != "" {
		return unsupported.message
	}
	return unhardened(text)
}

const tooDeep = "the text is too long or too deeply nested"

// JSONTooDeep reports whether JSON, which may be of any length, is too deeply nested.
func JSONTooDeep(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '[', '{':
			if depth++; depth > maxJSON {
				return true
			}
		case ']', '}':
			depth--
		}
	}
	return false
}

// count adds a token to the run that it belongs to: a measure of how deep a
// recursive parser may get with if (a) if (b)…, a ? b : c ? d…, !!!a or a = b = c.
func (s *scanner) count(k kind, start int) {
	run := &s.run
	inControl := false
	if n := len(s.open); n > 0 {
		run = &s.open[n-1].run
		inControl = s.open[n-1].controls
	}
	if k == word && s.begins(start) {
		s.runs -= *run
		*run = 0
	}
	weight := 1
	if c := s.text[start]; k == punctuator && (c == ':' || c == '=' && s.pos > start+1) {
		weight = 20 // goja takes quadratic time for labels, and for => of =>
	}
	*run += weight
	s.runs += weight
	s.deep = s.deep || s.runs > maxRun
	if c := s.text[start]; k == punctuator && (c == ',' || c == ';') && !inControl {
		s.runs -= *run
		*run = 0
	}
}

// begins reports whether a word begins a statement, after } or on a line of its own.
func (s *scanner) begins(start int) bool {
	n := len(s.tokens)
	if n == 0 {
		return true
	}
	last := s.tokens[n-1]
	switch s.previous() {
	case "}":
		switch s.text[start:s.pos] {
		case "else", "catch", "finally", "while", "in", "instanceof", "of":
			return false
		}
		return true
	case ")":
		if s.last.controls {
			return false
		}
	case "]":
	default:
		if last.kind == punctuator || s.operandExpected() || s.afterWord("do", "else", "extends", "async", "function", "class", "const", "let", "var") {
			return false
		}
	}
	return strings.ContainsAny(s.text[last.end:start], "\n\r")
}

// arrow counts an arrow function in, on top of those in its own parameters.
func (s *scanner) arrow() {
	if s.previous() == ")" {
		s.hold(s.last.arrows + 1)
	}
}

// hold notes the nesting of arrow functions in the innermost open bracket.
func (s *scanner) hold(arrows int) {
	if n := len(s.open) - 1; n >= 0 {
		s.open[n].arrows = max(s.open[n].arrows, arrows)
		s.deep = s.deep || arrows > maxArrows
	}
}
