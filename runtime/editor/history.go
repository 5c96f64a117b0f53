package editor

import (
	"slices"
	"strings"
	"sync"

	"imapsh/runtime/secret"
)

// historyLimit is how many statements a history keeps.
const historyLimit = 5000

// History is the list of statements that were entered, oldest first, each one once. It may
// be used by several goroutines, and its file by several programs at a time.
type History struct {
	// Secret reports whether a statement must not be kept; it is asked besides LooksSecret.
	// Set it before the first Add. It may be nil.
	Secret func(text string) bool

	mu      sync.Mutex
	entries []string
	file    *historyFile // nil: in memory only
	err     error
}

// OpenHistory reads the history that is kept in a file, one JSON object a line; lines that
// it cannot read are skipped. The file and its directory are made by the first Add, for the
// user alone. With an empty path the history is in memory only.
func OpenHistory(path string) (*History, error) {
	h := &History{}
	if path == "" {
		return h, nil
	}
	file := &historyFile{path: path}
	all, err := file.load()
	if err != nil {
		return nil, err
	}
	h.file = file
	h.entries = newest(all, historyLimit)
	return h, nil
}

// Add keeps a statement as the newest one, and in the file if there is one. It reports whether
// it was kept: an empty statement, one that starts with a space and one that looks as if it
// held a key are not. When the file cannot be written the statement is still kept in memory.
func (h *History) Add(text string) (bool, error) {
	text = strings.TrimRight(text, " \t\n")
	if text == "" || text[0] == ' ' || LooksSecret(text) || h.Secret != nil && h.Secret(text) {
		return false, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := slices.Index(h.entries, text); i >= 0 {
		h.entries = slices.Delete(h.entries, i, i+1)
	}
	h.entries = append(h.entries, text)
	if extra := len(h.entries) - historyLimit; extra > 0 {
		h.entries = slices.Delete(h.entries, 0, extra)
	}
	if h.file == nil {
		return true, nil
	}
	h.err = h.file.append(text)
	return true, h.err
}

// Entries returns the statements, oldest first.
func (h *History) Entries() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.entries)
}

// Err returns what went wrong with the file at the last Add, nil if nothing did: an editor
// adds what it reads and does not stop for that.
func (h *History) Err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.err
}

// suggest returns what the newest statement that starts with text adds to it.
func (h *History) suggest(text string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, entry := range slices.Backward(h.entries) {
		if len(entry) > len(text) && strings.HasPrefix(entry, text) {
			return entry[len(text):]
		}
	}
	return ""
}

// newest drops all but the last occurrence of each text, and the oldest beyond limit.
func newest(all []string, limit int) []string {
	seen := make(map[string]bool, len(all))
	kept := make([]string, 0, min(len(all), limit))
	for _, text := range slices.Backward(all) {
		if len(kept) == limit {
			break
		}
		if !seen[text] {
			seen[text] = true
			kept = append(kept, text)
		}
	}
	slices.Reverse(kept)
	return kept
}

// LooksSecret reports whether a string seems to hold a key, a token or a password.
func LooksSecret(text string) bool { return secret.Looks(text) }
