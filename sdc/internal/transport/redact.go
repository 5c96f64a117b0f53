package transport

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// MaxDetail is how much of a server's text an error repeats, in bytes.
const MaxDetail = 2000

// Redact removes the credentials, and the signatures of URLs, from a string that a server
// sent, since some servers repeat what they were asked. It shortens the text to one line of
// [MaxDetail] bytes.
func (a *API) Redact(text string) string {
	for _, secret := range a.secrets() {
		quoted := strconv.Quote(secret)
		for _, form := range []string{secret, quoted[1 : len(quoted)-1], url.QueryEscape(secret), url.PathEscape(secret)} {
			if len(secret) >= minUnique {
				text = strings.ReplaceAll(text, form, "…")
			} else {
				text = withoutWord(text, form)
			}
		}
	}
	return OneLine(withoutSignatures(text), MaxDetail)
}

// Holds reports whether a string is one of the credentials, or holds one that is too long to
// stand there by chance.
func (a *API) Holds(text string) bool {
	for _, secret := range a.secrets() {
		if text == secret || len(secret) >= minUnique && strings.Contains(text, secret) {
			return true
		}
	}
	return false
}

// minUnique is the length of a credential, in bytes, that stands nowhere by chance.
const minUnique = 8

// withoutWord removes a word from a string, but not from longer words and paths.
func withoutWord(text, word string) string {
	var out strings.Builder
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return out.String() + text[from:]
		}
		at += from
		end := at + len(word)
		out.WriteString(text[from:at])
		if at > 0 && inWord(text[at-1]) || end < len(text) && inWord(text[end]) {
			out.WriteString(word)
		} else {
			out.WriteString("…")
		}
		from = end
	}
}

// inWord reports whether a byte belongs to a word or a path.
func inWord(b byte) bool {
	return b == '_' || b == '-' || b == '.' || b == '/' || b == '\\' || b >= 0x80 ||
		'0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}

func withoutSignatures(text string) string { return signatures.ReplaceAllString(text, "$1…") }

// signatures are the parameters of signed URLs: of the store's older and newer kinds (the
// signature, whatever stands before that word) and of its content network.
var signatures = regexp.MustCompile(`(?i)((?:signature|x-amz-credential|x-amz-security-token|awsaccesskeyid|key-pair-id|policy)=)[^&\s"'<>]*`)

// OneLine is a server's text as one line of at most so many bytes, without characters that
// move the cursor.
func OneLine(text string, max int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsPrint(r):
			return r
		}
		return unicode.ReplacementChar
	}, text)
	text = strings.TrimSpace(text)
	if len(text) > max {
		text = strings.ToValidUTF8(text[:max], "") + " …"
	}
	return text
}
