package sandbox

import (
	"io/fs"
	"os"
	"strings"
)

// places are the directories below which code has its files: those that were given, or
// the default ones. One that does not exist is none.
func (p Policy) places(given []string) ([]place, error) {
	dirs := given
	if len(dirs) == 0 {
		dirs = p.defaults()
	}
	var found []place
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || !info.IsDir() {
			continue
		}
		if len(given) == 0 && !p.Trusted && tooWide(info) && dir != p.dataDir() {
			continue
		}
		found = append(found, place{path: dir, info: info, closed: p.isClosed(resolved(dir))})
	}
	return found, nil
}

// makeDataDir makes the data directory, below which a path is to be written, as the
// first download would. Its parent must exist.
func (p Policy) makeDataDir(path string) {
	dir := p.dataDir()
	if dir != "" && len(p.Write) == 0 && (path == dir || strings.HasPrefix(path, dir+string(os.PathSeparator))) {
		_ = os.Mkdir(dir, 0o777) // what it is wrong with is found when it is opened
	}
}

func (p Policy) dataDir() string {
	if p.DataDir == nil {
		return ""
	}
	return p.DataDir()
}

func (p Policy) defaults() []string {
	dirs := []string{"."}
	for _, dir := range []string{p.ScriptDir, p.dataDir()} {
		if dir != "" {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// tooWide reports whether a directory holds far more than a recipe's files: the root of
// the file system and the user's home directory.
func tooWide(dir fs.FileInfo) bool {
	home, _ := os.UserHomeDir()
	for _, wide := range []string{string(os.PathSeparator), home} {
		if info, err := os.Stat(wide); wide != "" && err == nil && os.SameFile(info, dir) {
			return true
		}
	}
	return false
}

// placesInWords names the directories, for an error.
func (p Policy) placesInWords(given []string) string {
	if len(given) > 0 {
		return strings.Join(given, ", ")
	}
	words := "the working directory, their own directory and DATA_DIR"
	if info, err := os.Stat("."); err == nil && !p.Trusted && tooWide(info) {
		words = "their own directory and DATA_DIR (here the working directory is the home directory or /: --allow-read . and --allow-write . allow it)"
	}
	return words
}
