package api

import (
	"slices"
	"strings"
)

// Nearest is the candidate that a mistyped word most likely meant, or none: one that
// begins with the word, one that has it as a part, such as start_date for start, or else
// the one with the fewest changes. There is none where the word is one of the candidates.
func Nearest(word string, candidates []string) (string, bool) {
	if slices.Contains(candidates, word) { // it was not mistyped
		return "", false
	}
	best, found := 0, ""
	for _, candidate := range candidates {
		if is := likeness(candidate, word); is > best || is == best && is > 0 && len(candidate) < len(found) {
			best, found = is, candidate
		}
	}
	if found != "" {
		return found, true
	}
	changes := len(word)/3 + 1
	for _, candidate := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(candidate)); d <= changes && (found == "" || d < changes) {
			changes, found = d, candidate
		}
	}
	return found, found != ""
}

// minPrefix is how many letters of a word say enough to complete it.
const minPrefix = 3

// likeness is 3 for a name that begins with a word, 2 for one of several parts of which
// the word is one, 1 where a part begins with the word, else 0.
func likeness(name, word string) int {
	name, word = plainWord(name), plainWord(word)
	prefix := func(of string) bool { return len(word) >= minPrefix && strings.HasPrefix(of, word) }
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' })
	switch {
	case prefix(name):
		return 3
	case len(parts) > 1 && slices.Contains(parts, word):
		return 2
	case slices.ContainsFunc(parts, prefix):
		return 1
	}
	return 0
}

// plainWord is a word in small letters, without the dashes of a flag.
func plainWord(word string) string { return strings.TrimLeft(strings.ToLower(word), "-") }

// Suggest is a phrase to put behind an error about a word: empty when no
// candidate is near.
func Suggest(word string, candidates []string) string {
	if candidate, ok := Nearest(word, candidates); ok {
		return `; did you mean "` + candidate + `"?`
	}
	return ""
}

// SuggestFrom is Suggest for candidates that are few enough to be named where none is
// near; kind is what they are, such as options.
func SuggestFrom(kind, word string, candidates []string) string {
	if hint := Suggest(word, candidates); hint != "" {
		return hint
	}
	return "; the " + kind + " are " + strings.Join(candidates, ", ")
}

// editDistance counts the letters added, dropped, changed or swapped with their
// neighbour that lie between two words.
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
