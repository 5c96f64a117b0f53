package naming

import "strings"

// spiceMatch follows a pattern of spiceGrammar through a name. It keeps what
// fills the holes, and how far it came.
type spiceMatch struct {
	name                   string
	start, end, prediction spiceDate
	versionAt, versionEnd  int // between which bytes the version's digits stand

	reached int    // bytes of the name that fit
	wanted  string // what the pattern has next
	ending  bool   // whether the name had to end with that
}

// match reports whether the name, from some byte on, fits a pattern to its end.
func (m *spiceMatch) match(pattern string, at int) bool {
	token, rest := cutToken(pattern)
	if token[0] == '<' {
		return m.fill(token, rest, at)
	}
	word, exact := token, token[0] == '['
	if exact {
		word = token[1 : len(token)-1]
	}
	n := commonPrefix(m.name[at:], word, exact)
	if rest == "" {
		return n == len(word) && at+n == len(m.name) || m.stop(at, word, true)
	}
	return n == len(word) && m.match(rest, at+n) || m.stop(at+n, word[n:], false)
}

// fill matches a hole at some byte of the name, and the pattern after it.
func (m *spiceMatch) fill(hole, rest string, at int) bool {
	text := m.name[at:]
	kind, form, _ := strings.Cut(hole[1:len(hole)-1], " ")
	length := 0
	switch kind {
	case "start":
		length = m.start.read(text, form)
	case "end":
		length = m.end.read(text, form)
	case "prediction":
		length = m.prediction.read(text, form)
	case "version":
		length = leadingDigits(text)
		if form != "N" && length != len(form) {
			length = 0
		}
		m.versionAt, m.versionEnd = at, at+length
	case "_vN":
		if commonPrefix(text, "_v", false) == len("_v") {
			length = len("_v") + leadingDigits(text[len("_v"):])
			m.versionAt, m.versionEnd = at+len("_v"), at+length
		}
		return m.match(rest, at+length)
	case "_odNNN":
		if commonPrefix(text, "_od", false) == len("_od") && leadingDigits(text[len("_od"):]) == len("NNN") {
			length = len("_odNNN")
		}
		return m.match(rest, at+length)
	case "text":
		for length = leadingText(text); length > 1; length-- {
			if m.match(rest, at+length) {
				return true
			}
		}
	}
	return length > 0 && m.match(rest, at+length) || m.stop(at, hole, false)
}

// stop records the farthest point from which the name went another way.
func (m *spiceMatch) stop(at int, wanted string, ending bool) bool {
	if m.wanted == "" || at > m.reached {
		m.reached, m.wanted, m.ending = at, wanted, ending
	}
	return false
}

// cutToken divides a pattern after its first hole, exact word or plain text.
func cutToken(pattern string) (token, rest string) {
	end := 0
	switch pattern[0] {
	case '<':
		end = strings.IndexByte(pattern, '>') + 1
	case '[':
		end = strings.IndexByte(pattern, ']') + 1
	default:
		if end = strings.IndexAny(pattern, "<["); end < 0 {
			end = len(pattern)
		}
	}
	return pattern[:end], pattern[end:]
}

// commonPrefix counts the bytes that a string shares with a word, exactly or
// whatever the case of ASCII letters.
func commonPrefix(text, word string, exact bool) int {
	n := 0
	for n < len(text) && n < len(word) &&
		(text[n] == word[n] || !exact && lower(text[n]) == lower(word[n])) {
		n++
	}
	return n
}

// leadingText counts the letters, digits, hyphens and underscores that s begins with.
func leadingText(s string) int {
	for i := range len(s) {
		c := lower(s[i])
		if (c < 'a' || c > 'z') && !isDigit(c) && c != '-' && c != '_' {
			return i
		}
	}
	return len(s)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
