package api

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"imapsh/runtime/home"
	"imapsh/runtime/termtext"
)

// LocalFiles are the files and directories that continue a path, as they stand in a string
// literal; quote 0 is none. Closing is what follows a file.
func LocalFiles(typed string, quote byte, closing string) (found []Candidate) {
	word := typed
	if quote != 0 {
		word = strings.NewReplacer(`\\`, `\`, `\`, "").Replace(word)
	}
	for _, path := range LocalPaths(word) {
		end := closing
		if os.IsPathSeparator(path[len(path)-1]) {
			end = ""
		}
		if inside := Literal(path, quote); strings.HasPrefix(inside, typed) {
			found = append(found, Candidate{Text: path, Insert: inside + end})
		}
	}
	return found
}

// LocalPaths are the paths of files and directories that continue a word, sorted; those of
// directories end with a separator. A ~ at the start of the word stands for the home
// directory. Hidden files are among them only where the word asks for them, and names
// with control characters never are.
func LocalPaths(word string) (paths []string) {
	dir, start := filepath.Split(word)
	entries, err := os.ReadDir(home.Expand(cmp.Or(dir, ".")))
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, start) || strings.HasPrefix(name, ".") && start == "" || termtext.EscapeLine(name) != name {
			continue
		}
		path := dir + name
		if info, err := os.Stat(filepath.Join(home.Expand(cmp.Or(dir, ".")), name)); err == nil && info.IsDir() {
			path += string(filepath.Separator)
		}
		paths = append(paths, path)
	}
	return paths
}

// Literal is a text as it stands in a string literal; quote 0 is none.
func Literal(text string, quote byte) string {
	if quote == 0 || !strings.ContainsAny(text, `\'"`) {
		return text
	}
	return strings.NewReplacer(`\`, `\\`, string(rune(quote)), `\`+string(rune(quote))).Replace(text)
}
