package api

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"imapsh/runtime/termtext"
)

// LocalFiles are the files and directories that continue a path, as they stand in a string
// literal; quote 0 is none. Closing is what follows a file.
func LocalFiles(typed string, quote byte, closing string) (found []Candidate) {
	word := typed
	if quote != 0 {
		word = strings.NewReplacer(`\\`, `\`, `\`, "").Replace(word)
	}
	dir, start := filepath.Split(word)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		name, end := entry.Name(), closing
		if strings.HasPrefix(name, ".") && !strings.HasPrefix(start, ".") || termtext.EscapeLine(name) != name {
			continue
		}
		if entry.IsDir() {
			name, end = name+string(filepath.Separator), ""
		}
		if inside := Literal(dir+name, quote); strings.HasPrefix(inside, typed) {
			found = append(found, Candidate{Text: dir + name, Insert: inside + end})
		}
	}
	return found
}

// Literal is a text as it stands in a string literal; quote 0 is none.
func Literal(text string, quote byte) string {
	if quote == 0 || !strings.ContainsAny(text, `\'"`) {
		return text
	}
	return strings.NewReplacer(`\`, `\\`, string(rune(quote)), `\`+string(rune(quote))).Replace(text)
}
