package prompt

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"imapsh/runtime/statefile"
	"imapsh/runtime/termtext"
)

// SeenWords are words that results have shown, by kind, so that completion can
// offer them: descriptors seen, the names of the last result's files.
type SeenWords struct {
	path string // where lasting words are kept; empty: nowhere

	mu      sync.Mutex
	loaded  bool
	changed bool
	newer   error // a newer program wrote the file: it is left as it is
	lasting map[string][]string
	passing map[string][]string
}

// maxLasting bounds the words of a kind that are kept from session to session.
const maxLasting = 2000

// wordsFormat is the format of the file that this program writes, and the newest one
// that it reads.
const wordsFormat = 1

// wordsFile is what the file holds. One without a format holds the words alone.
type wordsFile struct {
	Format int                 `json:"format"`
	Words  map[string][]string `json:"words"`
}

// NewSeenWords returns words of which the lasting ones are in a file, which is read when
// it is needed first; an empty path is no file.
func NewSeenWords(path string) *SeenWords { return &SeenWords{path: path} }

// Remember adds words, and keeps them for this session and later ones.
func (m *SeenWords) Remember(kind string, words []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	known := map[string]bool{}
	for _, word := range m.lasting[kind] {
		known[word] = true
	}
	for _, word := range words {
		if !known[word] && word != "" && !unprintable(word) {
			known[word] = true
			m.lasting[kind] = append(m.lasting[kind], word)
			m.changed = true
		}
	}
	if more := len(m.lasting[kind]) - maxLasting; more > 0 {
		m.lasting[kind] = m.lasting[kind][more:]
	}
}

// unprintable reports whether a word cannot be shown and typed as it is, and so not offered.
func unprintable(word string) bool { return termtext.EscapeLine(word) != word }

// SetRecent sets the words of a kind, which are kept until the next ones; the slice is not
// copied, unless a word in it cannot be offered.
func (m *SeenWords) SetRecent(kind string, words []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.passing == nil {
		m.passing = map[string][]string{}
	}
	if slices.ContainsFunc(words, unprintable) {
		words = slices.DeleteFunc(slices.Clone(words), unprintable)
	}
	m.passing[kind] = words
}

// Words lists what is known of a kind, each word once.
func (m *SeenWords) Words(kind string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.load()
	words := slices.Clone(m.lasting[kind])
	lasting := make(map[string]bool, len(words))
	for _, word := range words {
		lasting[word] = true
	}
	for _, word := range m.passing[kind] {
		if !lasting[word] {
			words = append(words, word)
		}
	}
	return words
}

// load reads the file once. What cannot be read is not worth a word: it is only
// what has been seen before.
func (m *SeenWords) load() {
	if m.loaded {
		return
	}
	m.loaded = true
	m.lasting = map[string][]string{}
	if m.path == "" {
		return
	}
	if text, err := statefile.Read(m.path); err == nil {
		m.lasting, m.newer = readWords(m.path, text)
	}
	if m.lasting == nil {
		m.lasting = map[string][]string{}
	}
	for kind, words := range m.lasting {
		m.lasting[kind] = slices.DeleteFunc(words, unprintable)
	}
}

// readWords reads the words of a file, and refuses one of a newer format.
func readWords(path string, text []byte) (words map[string][]string, err error) {
	if err := statefile.CheckFormat(path, text, wordsFormat); err != nil {
		return nil, err
	}
	var file wordsFile
	if err := json.Unmarshal(text, &file); err == nil && file.Format > 0 {
		return file.Words, nil
	}
	_ = json.Unmarshal(text, &words)
	return words, nil
}

// Save writes the lasting words, if there are new ones. The error of a file that a newer
// program wrote is returned once.
func (m *SeenWords) Save() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.path == "" || !m.changed {
		return nil
	}
	if m.newer != nil {
		m.changed = false
		return fmt.Errorf("keeping learnt words: %w", m.newer)
	}
	text, err := json.Marshal(wordsFile{wordsFormat, m.lasting})
	if err != nil {
		return err
	}
	if err := statefile.Replace(m.path, text); err != nil {
		return fmt.Errorf("keeping learnt words: %w", err)
	}
	m.changed = false
	return nil
}
