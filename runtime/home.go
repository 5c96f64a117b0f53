package runtime

import (
	"os"
	"path/filepath"
	"strings"
)

// ExpandHome replaces a ~ before the first slash of a path by the user's home directory,
// as a shell does.
func ExpandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
