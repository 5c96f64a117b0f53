package recipes

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"imapsh/runtime/termtext"
)

// These bound what is read of a repository: recipes are small, and each run reads all.
const (
	maxFiles = 5000
	maxBytes = 20 << 20
	maxDepth = 30
)

// snapshot is a commit of a repository, each byte of it checked against the hash that
// names it. Nothing of it is ever written as a file.
type snapshot struct {
	Commit string // its hash, in hexadecimal
	Tree   string // that of its top directory
	SHA256 string // of all files' names and bytes: SHA-1 alone holds no attacker off
	Files  map[string]string
	// Skipped says why something is no file: a symbolic link or a submodule, which are not
	// followed.
	Skipped map[string]string
}

// object is what git keeps under a hash.
type object struct{ kind, data string }

// readSnapshot reads a commit out of a bare repository. git says what there is; what it
// gives is believed only where the hash agrees.
func readSnapshot(ctx context.Context, git Git, dir, commit string) (*snapshot, error) {
	listed, err := git(ctx, "", "--git-dir="+dir, "ls-tree", "-r", "-t", "-l", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	wanted := []string{commit, commit + "^{tree}"}
	total := int64(0)
	for line := range strings.SplitSeq(strings.TrimSuffix(string(listed), "\x00"), "\x00") {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[1] == "commit" {
			continue
		}
		wanted = append(wanted, fields[2])
		size, _ := strconv.ParseInt(fields[3], 10, 64)
		total += size
	}
	if len(wanted) > maxFiles || total > maxBytes {
		return nil, fmt.Errorf("the repository is too large for recipes: %d files of %d MB; at most %d of %d MB are read", len(wanted)-2, total>>20, maxFiles, maxBytes>>20)
	}
	out, err := git(ctx, strings.Join(wanted, "\n")+"\n", "--git-dir="+dir, "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	objects, err := readObjects(out, len(commit))
	if err != nil {
		return nil, err
	}
	s := &snapshot{Commit: commit, Files: map[string]string{}, Skipped: map[string]string{}}
	top, err := get(objects, "commit", commit)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(top, "\n")
	var isTree bool
	if s.Tree, isTree = strings.CutPrefix(first, "tree "); !isTree || len(s.Tree) != len(commit) {
		return nil, fmt.Errorf("commit %s names no tree", commit)
	}
	if err := s.walk(objects, s.Tree, "", 0); err != nil {
		return nil, err
	}
	s.SHA256 = s.digest()
	return s, nil
}

// readObjects reads the answer of cat-file --batch, and names each object by the hash of
// what came.
func readObjects(out []byte, hashLength int) (map[string]object, error) {
	objects := map[string]object{}
	for len(out) > 0 {
		head, rest, found := bytes.Cut(out, []byte("\n"))
		fields := strings.Fields(string(head))
		if !found || len(fields) != 3 {
			return nil, fmt.Errorf("git has not all of it: %s", termtext.EscapeLine(string(head)))
		}
		size, err := strconv.Atoi(fields[2])
		if err != nil || size < 0 || size >= len(rest) {
			return nil, fmt.Errorf("git gave less than it said: %s", termtext.EscapeLine(string(head)))
		}
		o := object{fields[1], string(rest[:size])}
		objects[o.hash(hashLength)] = o
		out = rest[size+1:]
	}
	return objects, nil
}

// hash is that by which git names an object: of SHA-1, or of SHA-256 in repositories
// whose hashes are as long.
func (o object) hash(hexLength int) string {
	var h hash.Hash = sha1.New()
	if hexLength == 2*sha256.Size {
		h = sha256.New()
	}
	fmt.Fprintf(h, "%s %d\x00%s", o.kind, len(o.data), o.data)
	return hex.EncodeToString(h.Sum(nil))
}

func get(objects map[string]object, kind, name string) (string, error) {
	o, ok := objects[name]
	if !ok || o.kind != kind {
		return "", fmt.Errorf("the %s %s is not what was added: its bytes were changed, or are gone", kind, name)
	}
	return o.data, nil
}

// walk reads a directory and those below it.
func (s *snapshot) walk(objects map[string]object, tree, under string, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%s: directories are nested more than %d deep", termtext.EscapeLine(under), maxDepth)
	}
	data, err := get(objects, "tree", tree)
	if err != nil {
		return err
	}
	for data != "" {
		head, rest, found := strings.Cut(data, "\x00")
		mode, name, spaced := strings.Cut(head, " ")
		size := len(tree) / 2
		if !found || !spaced || len(rest) < size {
			return fmt.Errorf("tree %s cannot be read", tree)
		}
		id := hex.EncodeToString([]byte(rest[:size]))
		data = rest[size:]
		if !safeName(name) {
			return fmt.Errorf("the repository has a file of a name that is refused: %q", termtext.EscapeLine(under+name))
		}
		if _, twice := s.Files[under+name]; twice {
			return fmt.Errorf("the repository has %q twice", termtext.EscapeLine(under+name))
		}
		switch mode {
		case "40000":
			err = s.walk(objects, id, under+name+"/", depth+1)
		case "100644", "100755", "100664":
			s.Files[under+name], err = get(objects, "blob", id)
		case "120000":
			s.Skipped[under+name] = "a symbolic link"
		case "160000":
			s.Skipped[under+name] = "a submodule"
		default:
			err = fmt.Errorf("%s has the mode %s, which no file has", termtext.EscapeLine(under+name), termtext.EscapeLine(mode))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// safeName reports whether a file may have the name: one part of a path on any system,
// that nothing takes for another directory or for git's own.
func safeName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.EqualFold(name, ".git") &&
		!strings.ContainsAny(name, `/\:`) && !strings.ContainsFunc(name, termtext.Unsafe)
}

// digest is the SHA-256 of all names and bytes.
func (s *snapshot) digest() string {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(s.Files)) {
		fmt.Fprintf(h, "%d %s %d %s", len(path), path, len(s.Files[path]), s.Files[path])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// recipes are the paths of the recipes that its top, scripts/ and recipes/ hold.
func (s *snapshot) recipes() []string {
	var paths []string
	for _, path := range slices.Sorted(maps.Keys(s.Files)) {
		dir, _, nested := strings.Cut(path, "/")
		if nested && (strings.Count(path, "/") > 1 || dir != "scripts" && dir != "recipes") {
			continue
		}
		if IsRecipe(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// names are the recipes as they are called, without directory and ending.
func (s *snapshot) names() []string {
	names := s.recipes()
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	return names
}

// find is the path of the recipe that a name means: the path itself, or without its
// ending, at the top, in recipes/ or in scripts/.
func (s *snapshot) find(name string) (path string, ok bool) {
	for _, dir := range []string{"", "recipes/", "scripts/"} {
		for _, ending := range append([]string{""}, Endings...) {
			if _, ok := s.Files[dir+name+ending]; ok && IsRecipe(dir+name+ending) {
				return dir + name + ending, true
			}
		}
	}
	return "", false
}
