// Package home expands the ~ of paths that a user types.
package home

import (
	"os"
	"path/filepath"
	"strings"
)

// Expand replaces a ~ before the first slash of a path by the user's home directory,
// as a shell does where it reads the path. Where there is no home directory the path
// stays as it is.
func Expand(path string) string {
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
