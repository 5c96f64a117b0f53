// Package secret finds keys, tokens and passwords in code, so that they are neither kept
// nor shown.
package secret

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// keyGiven is a long text without blanks that something named like a key is set to, or
// the form of an access key of the object store.
var keyGiven = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i:key|token|pwd)["']?\s*[:=]\s*["'` + "`" + `][^\s"'` + "`" + `]{16,}|\bAKIA[0-9A-Z]{16}\b`)
})

// Looks reports whether a string seems to hold a key, a token or a password. It errs on
// the side of secrecy.
func Looks(text string) bool {
	if keyGiven().MatchString(text) {
		return true
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc([]string{
		"api_key", "apikey", "api-key", "access_token", "accesstoken", "access-token",
		"auth_token", "authtoken", "refresh_token", "id_token", "bearer ", "authorization",
		"password", "passwd", "passphrase", "secret", "private key", "private_key",
		"privatekey", "eyjhbgci", // a JSON web token
	}, func(word string) bool { return strings.Contains(text, word) })
}

// value is what stands unquoted behind a name of a secret, to the end of its statement or
// argument; what follows the word bearer; or any literal, the last of which may lack its
// end.
var value = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:key|token|pwd|passw?d|password|passphrase|secret|authorization)\w*\s*[:=(,]\s*([^;,)\s"'` + "`" + `][^;,)"'` + "`" + `]*)|` +
		`"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|` + "`([^`]*)`?" + `|bearer\s+([^;,)"'` + "`" + `]+)`)
})

// Mask covers what may be secret in a line of code, as many characters as it has; what it
// covered is given as well. before is the line above: a statement may go on. held
// reports whether a string holds a secret that is known; it may be nil.
func Mask(line, before string, held func(string) bool) (masked string, covered []string) {
	before = strings.TrimSpace(before)
	goesOn := before != "" && !strings.ContainsAny(before[len(before)-1:], ";{}") && Looks(before)
	if !goesOn && !Looks(line) && (held == nil || !held(line)) {
		return line, nil
	}
	if goesOn && !Looks(line) {
		return cover(line, 0, len(line)), strings.Fields(line)
	}
	masked = line
	found := value().FindAllStringSubmatchIndex(line, -1)
	for _, at := range slices.Backward(found) { // the last first: a cover may be shorter in bytes
		for group := 2; group < len(at); group += 2 {
			if at[group] >= 0 && at[group] < at[group+1] {
				covered = append(covered, strings.Trim(line[at[group]:at[group+1]], "\"'`; \t"))
				masked = cover(masked, at[group], at[group+1])
			}
		}
	}
	if held != nil && held(masked) { // it stands outside of any literal
		return cover(line, 0, len(line)), strings.Fields(line)
	}
	return masked, covered
}

// cover replaces the letters and digits of a part of a line. It leaves brackets, blanks
// and quotes, by which the place of an error is found.
func cover(line string, from, to int) string {
	var b strings.Builder
	b.WriteString(line[:from])
	for _, r := range line[from:to] {
		if strings.ContainsRune(" \t\"'`()[]{};,", r) {
			b.WriteRune(r)
		} else {
			b.WriteByte('*')
		}
	}
	b.WriteString(line[to:])
	return b.String()
}
