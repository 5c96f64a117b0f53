package present

import "imapsh/naming"

// otherVersions counts the files of which another version came before.
func otherVersions(paths []string) (n int) {
	seen := map[string]bool{}
	for _, p := range paths {
		path, err := naming.Parse(naming.Base(p))
		if err != nil {
			continue
		}
		file := naming.Unversioned(path)
		if seen[file] {
			n++
		}
		seen[file] = true
	}
	return n
}
