package sandbox

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/runtime/api"
)

// maxListed bounds the files and directories that a pattern walks through.
const maxListed = 100_000

// Glob lists the files whose paths match a pattern, sorted: in each part * stands for any
// characters, ? for one and [a-z] for one of some, and ** alone for any directories, or
// none. What begins with a dot matches only a part that does. A file or a directory that
// may not be read is left out where a pattern meets it; one that the pattern names is an
// error. A relative pattern whose first directory is not under the working directory is
// one beside the recipe.
func (p Policy) Glob(pattern string) ([]string, error) {
	doing := "listing " + pattern
	parts := strings.FieldsFunc(pattern, func(r rune) bool { return r == '/' || r == filepath.Separator })
	for _, part := range parts {
		if _, err := filepath.Match(part, ""); err != nil {
			return nil, api.Usagef("%s: %q is not a pattern: a [ has no ]", doing, part)
		}
	}
	if len(parts) == 0 {
		return nil, api.Usagef("%s: name files, such as *.csv", doing)
	}
	start := "."
	if filepath.IsAbs(pattern) {
		start = string(filepath.Separator)
	}
	for len(parts) > 1 && !strings.ContainsAny(parts[0], `*?[\`) {
		start, parts = start+string(filepath.Separator)+parts[0], parts[1:]
	}
	info, err := p.stat(doing, start)
	shown := start
	if err == nil && info == nil && p.ScriptDir != "" && !filepath.IsAbs(pattern) {
		shown = p.ScriptDir + string(filepath.Separator) + start
		info, err = p.stat(doing, shown)
	}
	switch {
	case err != nil:
		return nil, describe(doing, err)
	case info == nil || !info.IsDir():
		return []string{}, nil
	}
	g := globber{policy: p, doing: doing, found: []string{}, seen: map[string]bool{}}
	if err := g.list(shown, parts); err != nil {
		return nil, err
	}
	slices.Sort(g.found)
	return g.found, nil
}

// globber is one walk along a pattern.
type globber struct {
	policy Policy
	doing  string
	found  []string
	seen   map[string]bool
	walked int
}

func (g *globber) list(dir string, parts []string) error {
	if parts[0] == "**" && len(parts) > 1 {
		if err := g.list(dir, parts[1:]); err != nil {
			return err
		}
	}
	for _, entry := range g.policy.entries(dir) {
		if g.walked++; g.walked > maxListed {
			return api.Usagef("%s: more than %d files and directories: narrow the pattern", g.doing, maxListed)
		}
		name := entry.Name()
		match, _ := filepath.Match(parts[0], name)
		anywhere := parts[0] == "**"
		if !match && !anywhere || strings.HasPrefix(name, ".") && !strings.HasPrefix(parts[0], ".") {
			continue
		}
		path := filepath.Join(dir, name)
		info, err := g.policy.stat(g.doing, path)
		if err != nil || info == nil { // somebody else's
			continue
		}
		rest := parts[1:]
		if anywhere {
			rest = parts
		}
		switch {
		case info.IsDir() && len(rest) > 0:
			if anywhere && entry.Type()&fs.ModeSymlink != 0 { // which may lead back
				continue
			}
			if err := g.list(path, rest); err != nil {
				return err
			}
		case info.Mode().IsRegular() && len(parts) == 1 && !g.seen[path]:
			g.seen[path] = true
			g.found = append(g.found, path)
		}
	}
	return nil
}

// entries are those of a directory that may be read.
func (p Policy) entries(dir string) []fs.DirEntry {
	at, err := p.resolve("listing "+dir, dir, p.Read)
	if err != nil {
		return nil
	}
	defer at.close()
	if at.info == nil || !at.info.IsDir() {
		return nil
	}
	found, err := fs.ReadDir(at.dir().FS(), filepath.ToSlash(at.name()))
	if err != nil {
		return nil
	}
	return found
}
